"""A meeting's topics (议题, art. 54): asked for, reminded of, and shown as they stand."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from matters.meeting.late_topic import late_gone
from notices.card import headline
from notices.meeting.card import titled
from notices.meeting.count import keepers
from notices.meeting.late_topic import button, people_of
from notices.meeting.topic import TOPIC, buttons, short, text, topic_card
from notices.notice import Button, Notice
from rules.articles import cite
from rules.countersign.matter import Countersign
from rules.meeting.gates import GATE, GATED, Deadlines, behind, inside, last_day, next_reminder
from rules.meeting.matter import Meeting
from rules.meeting.topic import Gate, LateState, Topic, gate_deadlines
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.queries.meeting.topics import resting_on, sheet_behind, topic_sheets
from storage.unit_of_work import UnitOfWork


async def deadlines_of(work: UnitOfWork, meeting: Meeting) -> Deadlines:
    """W-10, W-5 and W-3 of the meeting on the calendar as it is."""
    return gate_deadlines(meeting.day, await work.calendar(), work.office.settings.periods)


async def topic_text(work: UnitOfWork, meeting: Meeting, topic: Topic) -> Markup:
    """What the topic has passed and what not, with the dates."""
    sheet, deadlines = await sheet_behind(work, topic), await deadlines_of(work, meeting)
    return text(meeting, topic, sheet, deadlines, await work.calendar(), shanghai_day(work.now))


async def card(work: UnitOfWork, meeting: Meeting, topic: Topic, to: Official) -> Notice:
    """The topic's card for one who runs the meeting, or for one of the reporting unit."""
    unit = not meeting.manages(to)
    deadlines = await deadlines_of(work, meeting)
    return Notice(
        to,
        await topic_text(work, meeting, topic),
        buttons(meeting, topic, unit=unit, late=inside(deadlines, work.now)),
        subject=f"{meeting.title}议题",
        card=topic_card(meeting, topic, unit=unit),
    )


async def redraw(work: UnitOfWork, meeting: Meeting, topic: Topic) -> None:
    """Every copy as it stands now."""
    deadlines, shown = await deadlines_of(work, meeting), await topic_text(work, meeting, topic)
    for unit in (False, True):
        live = buttons(meeting, topic, unit=unit, late=inside(deadlines, work.now))
        await work.redraw(topic_card(meeting, topic, unit=unit), shown, live)


async def redraw_resting_on(work: UnitOfWork, sheet: Countersign) -> None:
    """The countersign has moved on: the topics that rest on it show how it stands."""
    for meeting in await resting_on(work, sheet):
        for topic in meeting.topics:
            if topic.countersign_id == sheet.id:
                await redraw(work, meeting, topic)


async def overview(work: UnitOfWork, meeting: Meeting, to: Official) -> Notice:
    """All topics with what is still open of each, and a button for each."""
    lines, today, calendar = [], shanghai_day(work.now), await work.calendar()
    for topic in meeting.topics:
        against = behind(topic, await sheet_behind(work, topic))
        missing = [f"会签：{'；'.join(against)}"] if against else []
        missing += ["合法性审查未完成"] if topic.legal and topic.legal_at is None else []
        for gate in topic.gates:
            if gate.open:
                late = "，已逾期" if today > last_day(gate, meeting, calendar) else ""
                missing.append(f"{gate.kind}（{short(gate.due)}前{late}）")
        lines.append(Markup("<b>{}</b>").format(topic.numbered))
        lines += [Markup("· {}").format(one) for one in missing] or [Markup("· 已齐备")]
    head = titled(meeting, f"议题{len(meeting.topics)}项")
    rows = tuple((button(meeting, topic, f"议题{topic.number}", TOPIC),) for topic in meeting.topics)
    shown = Markup("\n").join([head, *lines, Markup("{}").format(cite(53, 54))])
    return Notice(to, shown, rows, subject=f"{meeting.title}议题")


async def pick(work: UnitOfWork, meeting: Meeting, topic: Topic, to: Official) -> Notice:
    """The unit's own countersigns of type 议题, each a button."""
    found = await topic_sheets(work, topic.unit) if topic.unit else []
    rows = tuple(
        (Button(f"{one.id}号 {one.title}"[:40], f"meeting:{meeting.id}:sheet:{topic.id}:{one.id}"),)
        for one in found
    )
    if found:
        said = headline("", f"议题“{topic.title}”", "", "请选所依据的会签")
    else:
        said = Markup("{}还没有类型为“议题”的会签。\n请先发「会签」，类型选“议题”。{}").format(
            topic.unit.name if topic.unit else "汇报单位", cite(53)
        )
    return Notice(to, said, rows, subject="选会签", card=f"meeting:{meeting.id}:pick:{topic.id}")


# ---------------------------------------------------------------- called, moved, changed, over


async def laid(
    work: UnitOfWork, meeting: Meeting, was: date | None = None, gone: Sequence[Topic] = ()
) -> None:
    """The meeting was called or moved, or its agenda changed: the gates are counted anew.

    `was` is the former meeting day of a change, `gone` has the topics that are on the agenda no more.
    """
    await work.flush()
    if not meeting.formal:
        return
    for topic in gone:
        await gone_from(work, meeting, topic)
    moved = await count(work, meeting)
    roster = await work.roster()
    for topic in meeting.topics:
        if await work.holders(topic_card(meeting, topic, unit=True)):
            await redraw(work, meeting, topic)
            continue
        for one in people_of(topic, roster):
            if not meeting.manages(one):
                await work.send(await card(work, meeting, topic, one))
        if topic.late is LateState.PENDING:
            await work.send(*[await card(work, meeting, topic, one) for one in keepers(meeting, roster)])
    if moved:
        await work.send(*await tell_moved(work, meeting, moved, was))


async def count(work: UnitOfWork, meeting: Meeting) -> dict[Topic, list[tuple[Gate, date]]]:
    """Set the dates and the timer; gives the open gates that moved, each with its former date."""
    moved: dict[Topic, list[tuple[Gate, date]]] = {}
    if meeting.kind not in GATED:
        return moved
    deadlines = await deadlines_of(work, meeting)
    for topic in meeting.topics:
        known = set(topic.gates)
        shifted = topic.count_gates(dict(deadlines))
        for gate in [*(one for one in topic.gates if one not in known), *(gate for gate, _ in shifted)]:
            gate.reminded(work.now)  # what lies before this moment is not reminded of
        if shifted:
            moved[topic] = shifted
    await work.flush()
    await set_timer(work, meeting)
    return moved


async def set_timer(work: UnitOfWork, meeting: Meeting) -> None:
    """The next reminder of any date, or none."""
    due = next_reminder(meeting, await work.calendar(), work.office.settings.hours, work.now)
    await work.timer(GATE, meeting.id, due)


async def tell_moved(
    work: UnitOfWork, meeting: Meeting, moved: Mapping[Topic, list[tuple[Gate, date]]], was: date | None
) -> list[Notice]:
    """Only what moved: to each unit its own, to the office all."""
    roster, deadlines = await work.roster(), await deadlines_of(work, meeting)
    why = "会议改期" if was is not None and was != meeting.day else "放假安排有变"
    by_person: dict[Official, list[Topic]] = {}
    for topic in moved:
        for one in dict.fromkeys([*people_of(topic, roster), *keepers(meeting, roster)]):
            by_person.setdefault(one, []).append(topic)
    head = titled(meeting, f"{why}，议题期限调整")
    notices = []
    for one, topics in by_person.items():
        lines = [head]
        for topic in topics:
            lines.append(Markup("{}. {}").format(topic.number, topic.title))
            lines += [
                Markup("· {}：{} → {}").format(gate.kind, short(former), deadlines[gate.kind].label)
                for gate, former in moved[topic]
            ]
        lines.append(Markup("{}").format(cite(54)))
        rows = tuple((button(meeting, topic, f"议题{topic.number}", TOPIC),) for topic in topics)
        subject = f"{meeting.title}议题期限调整"
        notices.append(Notice(one, Markup("\n").join(lines), rows, subject, news=True))
    return notices


async def gone_from(work: UnitOfWork, meeting: Meeting, topic: Topic) -> None:
    """It is on the agenda no more: no card of it has a button."""
    shown = titled(meeting, "已不在议程里", what=f"议题“{topic.title}”")
    for unit in (False, True):
        await work.retire(topic_card(meeting, topic, unit=unit), shown)
    if topic.late is LateState.PENDING:
        await late_gone(work, meeting, topic, "已不在议程里")


async def dropped(work: UnitOfWork, meeting: Meeting) -> None:
    """Cancelled or held: nothing more is due of its topics."""
    await work.drop_timers(GATE, meeting.id)
    for topic in meeting.topics:
        await redraw(work, meeting, topic)
        if topic.late is LateState.PENDING:
            await late_gone(work, meeting, topic, str(meeting.state))
