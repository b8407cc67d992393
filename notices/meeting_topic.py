"""The topics of a meeting and their gates (art. 52-54), as units, office and mayor hear of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from markupsafe import Markup

from notices.meeting_card import MORE_OFFICE_BUTTONS
from notices.meeting_count import keepers
from notices.meeting_excuse import which
from notices.meeting_late_topic import LAY, button, late_gone, people_of, settled
from rules.articles import cite
from rules.countersign import Countersign
from rules.countersign_legal import worth_asking
from rules.dates import moment_words
from rules.meeting import Meeting
from rules.meeting_gates import GATE, GATED, Deadlines, behind, inside, last_day, next_reminder
from rules.meeting_topic import Gate, GateKind, LateState, Topic, gate_deadlines
from rules.roster import Official, Roster
from rules.working_days import Calendar, shanghai_day
from storage.meeting_topics import resting_on, sheet_behind, topic_sheets
from storage.outbox import Button, Notice, Rows
from storage.work import Work

TOPICS, TOPIC, DATES, BEHIND, LEGAL, REVIEWED = "topics", "topic", "dates", "behind", "legal", "reviewed"
GATES: Final = tuple(GateKind)
TICKED: Final = {
    GateKind.MATERIALS: "材料已送审",
    GateKind.MAYOR: "已报区长、已印制",
    GateKind.COMMITTEE: "已报区委、已送达",
}


async def deadlines_of(work: Work, meeting: Meeting) -> Deadlines:
    """W-10, W-5 and W-3 of the meeting on the calendar as it is."""
    return gate_deadlines(meeting.day, await work.calendar(), work.office.settings.periods)


# ---------------------------------------------------------------- one topic


def topic_card(meeting: Meeting, topic: Topic, *, unit: bool) -> str:
    """The name of the card of those who run the meeting, or of the reporting unit's."""
    return f"meeting:{meeting.id}:topic:{topic.id}" + (":unit" if unit else "")


async def topic_text(work: Work, meeting: Meeting, topic: Topic) -> Markup:
    """What the topic has passed and what not, with the dates."""
    sheet, deadlines = await sheet_behind(work, topic), await deadlines_of(work, meeting)
    return text(meeting, topic, sheet, deadlines, await work.calendar(), shanghai_day(work.now))


def text(
    meeting: Meeting,
    topic: Topic,
    sheet: Countersign | None,
    deadlines: Deadlines,
    calendar: Calendar,
    today: date,
) -> Markup:
    """The same from what is given."""
    lines = [
        Markup("<b>议题{} · {}</b>").format(topic.number, topic.title),
        Markup("会议：{}").format(which(meeting)),
    ]
    if topic.unit:
        lines.append(Markup("汇报单位：{}").format(topic.unit.name))
    if not meeting.live:
        return Markup("\n").join([*lines, Markup("会议{}。").format(meeting.state)])
    lines += _late(topic)
    lines += _countersign(topic, sheet)
    lines += _legal(topic)
    lines += [_gate_line(meeting, gate, deadlines, calendar, today) for gate in topic.gates]
    if topic.gates:
        lines.append(Markup("{}").format(cite(54)))
    return Markup("\n").join(lines)


def _late(topic: Topic) -> Iterator[Markup]:
    if topic.late is None:
        return
    if topic.late is LateState.PENDING and not topic.late_reason:
        yield Markup(
            "<b>临时议题</b>：已不足会前10个工作日，除特殊情况外不受理；确需列入的，写明理由报区长审定。"
        )
        return
    yield Markup("<b>临时议题</b>：{}").format(settled(topic) or topic.late)
    if topic.late_reason:
        yield Markup("理由：{}").format(topic.late_reason)


def _countersign(topic: Topic, sheet: Countersign | None) -> Iterator[Markup]:
    """What art. 53 wants, and what is against it."""
    against = behind(topic, sheet)
    which_one = f"{topic.countersign_id}号《{sheet.title}》" if sheet else ""
    if not against:
        yield Markup("✅ 会签{}：意见一致，可以提交会议").format(which_one)
        return
    yield Markup("⚠️ 会签{}：{}").format(which_one, "；".join(against))
    if sheet is not None:
        yield Markup("未协商一致的议题，原则上不提交会议研究。{}").format(cite(53))
    else:
        yield Markup("会前应书面征求相关部门意见并协调一致。{}").format(cite(53))


def _legal(topic: Topic) -> Iterator[Markup]:
    if topic.legal_at and topic.legal_by:
        at = moment_words(topic.legal_at)
        yield Markup("✅ 合法性审查：已通过，{}于{}登记").format(topic.legal_by.name, at)
    elif topic.legal:
        yield Markup("⬜ 合法性审查：未完成")
    elif worth_asking(topic.title):
        yield Markup("从题名看可能是规范性文件或合同，请核对是否须合法性审查。")


def _gate_line(meeting: Meeting, gate: Gate, deadlines: Deadlines, calendar: Calendar, today: date) -> Markup:
    label = deadlines[gate.kind].label if deadlines[gate.kind].day == gate.due else _short(gate.due)
    if gate.done_at and gate.done_by:
        late = "，逾期" if shanghai_day(gate.done_at) > last_day(gate, meeting, calendar) else ""
        return Markup("✅ {}：{}于{}登记{}").format(
            gate.kind, gate.done_by.name, moment_words(gate.done_at), late
        )
    if today > last_day(gate, meeting, calendar):
        return Markup("⚠️ {}：应于{}前，已逾期").format(gate.kind, label)
    if today > gate.due:
        return Markup("⬜ {}：{}已到，请抓紧，至迟{}").format(
            gate.kind, label, calendar.before(meeting.day, 1).label
        )
    return Markup("⬜ {}：{}前").format(gate.kind, label)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def buttons(meeting: Meeting, topic: Topic, *, unit: bool, late: bool) -> Rows:
    """What the office may tick off; of the reporting unit only that it has briefed the mayor.

    `late` says that the date for the materials is over: the office may lay it before the mayor.
    """
    if not meeting.live:
        return ()
    rows: list[tuple[Button, ...]] = []
    open_gates = [
        gate for gate in topic.gates if gate.open and not (unit and gate.kind is not GateKind.MAYOR)
    ]
    if topic.late is LateState.PENDING:
        if not unit:
            rows.append((button(meeting, topic, "报区长审定", LAY),))
        return tuple(rows)
    rows += [
        (Button(TICKED[gate.kind], f"meeting:{meeting.id}:gate:{topic.id}:{GATES.index(gate.kind)}"),)
        for gate in open_gates
    ]
    more = [button(meeting, topic, "选会签", BEHIND)]
    if not unit and topic.legal_at is None:
        more.append(
            button(meeting, topic, "已通过合法性审查", REVIEWED)
            if topic.legal
            else button(meeting, topic, "须合法性审查", LEGAL)
        )
    rows.append(tuple(more))
    gate = topic.gate(GateKind.MATERIALS)
    if not unit and topic.late is None and late and gate is not None and gate.open:
        rows.append((button(meeting, topic, "按临时议题报区长", LAY),))
    if topic.gates:
        rows.append((button(meeting, topic, "期限怎么算", DATES),))
    return tuple(rows)


async def card(work: Work, meeting: Meeting, topic: Topic, to: Official) -> Notice:
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


async def redraw(work: Work, meeting: Meeting, topic: Topic) -> None:
    """Every copy as it stands now."""
    deadlines, shown = await deadlines_of(work, meeting), await topic_text(work, meeting, topic)
    for unit in (False, True):
        live = buttons(meeting, topic, unit=unit, late=inside(deadlines, work.now))
        await work.redraw(topic_card(meeting, topic, unit=unit), shown, live)


async def redraw_resting_on(work: Work, sheet: Countersign) -> None:
    """The countersign has moved on: the topics that rest on it show how it stands."""
    for meeting in await resting_on(work, sheet):
        for topic in meeting.topics:
            if topic.countersign_id == sheet.id:
                await redraw(work, meeting, topic)


async def overview(work: Work, meeting: Meeting, to: Official) -> Notice:
    """All topics with what is still open of each, and a button for each."""
    lines, today, calendar = [], shanghai_day(work.now), await work.calendar()
    for topic in meeting.topics:
        against = behind(topic, await sheet_behind(work, topic))
        missing = [f"会签：{'；'.join(against)}"] if against else []
        missing += ["合法性审查未完成"] if topic.legal and topic.legal_at is None else []
        for gate in topic.gates:
            if gate.open:
                late = "，已逾期" if today > last_day(gate, meeting, calendar) else ""
                missing.append(f"{gate.kind}（{_short(gate.due)}前{late}）")
        lines.append(Markup("<b>{}</b>").format(topic.numbered))
        lines += [Markup("· {}").format(one) for one in missing] or [Markup("· 已齐备")]
    head = Markup("<b>{} · 议题</b>").format(which(meeting))
    rows = tuple((button(meeting, topic, f"议题{topic.number}", TOPIC),) for topic in meeting.topics)
    shown = Markup("\n").join([head, *lines, Markup("{}").format(cite(53, 54))])
    return Notice(to, shown, rows, subject=f"{meeting.title}议题")


async def pick(work: Work, meeting: Meeting, topic: Topic, to: Official) -> Notice:
    """The unit's own countersigns of type 议题, each a button."""
    found = await topic_sheets(work, topic.unit) if topic.unit else []
    rows = tuple(
        (Button(f"{one.id}号 {one.title}"[:40], f"meeting:{meeting.id}:sheet:{topic.id}:{one.id}"),)
        for one in found
    )
    if found:
        said = Markup("请选“{}”所依据的会签：").format(topic.title)
    else:
        said = Markup("{}还没有类型为“议题”的会签；请先发「会签」，类型选“议题”。{}").format(
            topic.unit.name if topic.unit else "汇报单位", cite(53)
        )
    return Notice(to, said, rows, subject="选会签", card=f"meeting:{meeting.id}:pick:{topic.id}")


def explained(meeting: Meeting, topic: Topic, deadlines: Deadlines, to: Official) -> Notice:
    """How the three dates were counted."""
    lines = [Markup("<b>{}：期限怎么算</b>").format(topic.title)]
    lines += [
        Markup("{}：{}").format(gate.kind, deadlines[gate.kind].explain("会议当日")) for gate in topic.gates
    ]
    return Notice(to, Markup("\n").join([*lines, Markup("{}").format(cite(54))]), subject=meeting.title)


# ---------------------------------------------------------------- called, moved, changed, over


async def laid(work: Work, meeting: Meeting, was: date | None = None, gone: Sequence[Topic] = ()) -> None:
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


async def count(work: Work, meeting: Meeting) -> dict[Topic, list[tuple[Gate, date]]]:
    """Set the dates and the timer; gives the open gates that moved, each with its former date."""
    moved: dict[Topic, list[tuple[Gate, date]]] = {}
    if meeting.kind not in GATED:
        return moved
    deadlines = await deadlines_of(work, meeting)
    for topic in meeting.topics:
        known = set(topic.gates)
        shifted = topic.count_gates(dict(deadlines))
        for gate in [*(one for one in topic.gates if one not in known), *(gate for gate, _ in shifted)]:
            gate.nudged_at = work.now  # what lies before this moment is not reminded of
        if shifted:
            moved[topic] = shifted
    await work.flush()
    await set_timer(work, meeting)
    return moved


async def set_timer(work: Work, meeting: Meeting) -> None:
    """The next reminder of any date, or none."""
    due = next_reminder(meeting, await work.calendar(), work.office.settings.hours, work.now)
    if due is None:
        await work.drop_timers(GATE, meeting.id)
    else:
        await work.timer(GATE, meeting.id, due)


async def tell_moved(
    work: Work, meeting: Meeting, moved: Mapping[Topic, list[tuple[Gate, date]]], was: date | None
) -> list[Notice]:
    """Only what moved: to each unit its own, to the office all."""
    roster, deadlines = await work.roster(), await deadlines_of(work, meeting)
    why = "会议改期" if was is not None and was != meeting.day else "放假安排有变"
    by_person: dict[Official, list[Topic]] = {}
    for topic in moved:
        for one in dict.fromkeys([*people_of(topic, roster), *keepers(meeting, roster)]):
            by_person.setdefault(one, []).append(topic)
    head = Markup("<b>{}，议题期限相应调整</b>\n会议：{}").format(why, which(meeting))
    notices = []
    for one, topics in by_person.items():
        lines = [head]
        for topic in topics:
            lines.append(Markup("{}. {}").format(topic.number, topic.title))
            lines += [
                Markup("· {}：{} → {}").format(gate.kind, _short(former), deadlines[gate.kind].label)
                for gate, former in moved[topic]
            ]
        lines.append(Markup("{}").format(cite(54)))
        rows = tuple((button(meeting, topic, f"议题{topic.number}", TOPIC),) for topic in topics)
        notices.append(Notice(one, Markup("\n").join(lines), rows, subject=f"{meeting.title}议题期限调整"))
    return notices


async def gone_from(work: Work, meeting: Meeting, topic: Topic) -> None:
    """It is on the agenda no more: no card of it has a button."""
    shown = Markup("<b>{}</b>\n已不在“{}”的议程里。").format(topic.title, meeting.title)
    for unit in (False, True):
        await work.redraw(topic_card(meeting, topic, unit=unit), shown)
        await work.retire(topic_card(meeting, topic, unit=unit))
    if topic.late is LateState.PENDING:
        await late_gone(work, meeting, topic, "已不在议程里")


async def dropped(work: Work, meeting: Meeting) -> None:
    """Cancelled or held: nothing more is due of its topics."""
    await work.drop_timers(GATE, meeting.id)
    for topic in meeting.topics:
        await redraw(work, meeting, topic)
        if topic.late is LateState.PENDING:
            await late_gone(work, meeting, topic, str(meeting.state))


# ---------------------------------------------------------------- reminded


def remind(
    meeting: Meeting,
    due: Iterable[tuple[Topic, Gate]],
    against: Mapping[Topic, list[str]],
    deadlines: Deadlines,
    today: date,
    roster: Roster,
) -> list[Notice]:
    """The dates of today and of the next working day: to each unit its own, to the office all."""
    by_person: dict[Official, list[tuple[Topic, Gate]]] = {}
    for topic, gate in due:
        for one in dict.fromkeys([*people_of(topic, roster), *keepers(meeting, roster)]):
            by_person.setdefault(one, []).append((topic, gate))
    notices = []
    for one, gates in by_person.items():
        topics = list(dict.fromkeys(topic for topic, _ in gates))
        lines = [Markup("<b>议题期限提醒</b>\n会议：{}").format(which(meeting))]
        for topic in topics:
            lines.append(Markup("{}").format(topic.numbered))
            for other, gate in gates:
                if other is topic:
                    when = "今天到期" if gate.due == today else f"{deadlines[gate.kind].label}到期"
                    lines.append(Markup("· {}：{}").format(gate.kind, when))
            if against.get(topic):
                lines.append(Markup("· 会签：{}").format("；".join(against[topic])))
        lines.append(Markup("{}").format(cite(53, 54) if any(against.get(t) for t in topics) else cite(54)))
        rows = tuple((button(meeting, topic, f"议题{topic.number}", TOPIC),) for topic in topics)
        notices.append(Notice(one, Markup("\n").join(lines), rows, subject=f"{meeting.title}议题期限"))
    return notices


# ---------------------------------------------------------------- the office's card


def office_buttons(meeting: Meeting) -> Rows:
    """[议题], where there are any to see to."""
    if not (meeting.formal and meeting.live and meeting.topics):
        return ()
    return ((Button("议题", f"meeting:{meeting.id}:{TOPICS}"),),)


MORE_OFFICE_BUTTONS.append(office_buttons)
