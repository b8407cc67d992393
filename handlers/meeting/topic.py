"""议题: what stands behind each, its gates ticked off, and late topics before the mayor (art. 52-54)."""

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.meeting import count, excuse, tell
from matters.meeting import late_topic as late_topic_matter
from matters.meeting import topic as topic_matter
from matters.meeting.show import redraw_own
from matters.meeting.silence import reschedule
from matters.meeting.todo import LATE_TOPIC
from notices import absence
from notices.meeting import late_topic
from notices.meeting import told as meetings
from notices.meeting import topic as notices
from notices.notice import Notice
from rules.countersign.matter import Countersign
from rules.fields import reason
from rules.forms import Values
from rules.meeting.gates import (
    choose,
    decide_late,
    may_lay,
    may_see,
    put_reason,
    reviewed,
    strike,
    tick,
    topic_of,
    want_review,
)
from rules.meeting.matter import Meeting
from rules.meeting.topic import LateState, Topic
from rules.refused import Refused
from rules.roster import Official
from storage.queries.absence import absences
from storage.queries.meeting.topics import with_late_topics
from storage.unit_of_work import UnitOfWork


@on_tap("meeting:<id>:topics", Meeting)
async def overview(tap: Tap[Meeting]) -> str:
    """[议题] on the office's card."""
    work, official, meeting = tap.work, tap.official, tap.matter
    meeting.may_manage(official)
    await work.send(await topic_matter.overview(work, meeting, official))
    return ""


@on_tap("meeting:<id>:topic|dates|behind|legal|reviewed|late_lay:<topic>", Meeting)
async def one(tap: Tap[Meeting]) -> str:
    """A topic's card, how its dates were counted, its countersigns to pick from, the legal review."""
    work, official, meeting = tap.work, tap.official, tap.matter
    topic = topic_of(meeting, tap["topic"])
    may_see(meeting, topic, official)
    said = ""
    match tap.act:
        case notices.TOPIC:
            await work.send(await topic_matter.card(work, meeting, topic, official))
        case notices.DATES:
            deadlines = await topic_matter.deadlines_of(work, meeting)
            await work.send(notices.explained(meeting, topic, deadlines, official))
        case notices.BEHIND:
            await work.send(await topic_matter.pick(work, meeting, topic, official))
        case late_topic.LAY:
            may_lay(meeting, topic, official)
            await tap.begin(laying, {"meeting": meeting.id, "topic": topic.id})
        case notices.LEGAL:
            want_review(meeting, topic, official)
            said = "已登记：须合法性审查。"
            await _ticked(work, meeting, topic, official, "legal", said)
        case _:
            reviewed(meeting, topic, official, work.now)
            said = "已登记：合法性审查已通过。"
            await _ticked(work, meeting, topic, official, "reviewed", said)
    return said


async def _ticked(
    work: UnitOfWork,
    meeting: Meeting,
    topic: Topic,
    official: Official,
    what: str,
    said: str,
    number: int = 53,
    undo: str = "",
) -> None:
    detail, subject = {"topic": topic.title, "what": said}, f"meeting:{meeting.id}"
    await work.note(official, f"meeting.{what}", subject, article=number, detail=detail, undo=undo)
    await topic_matter.redraw(work, meeting, topic)


@on_tap("meeting:<id>:gate:<topic>:0|1|2", Meeting)
async def gate(tap: Tap[Meeting]) -> str:
    """[材料已送审] [已报区长、已印制] [已报区委、已送达]."""
    work, official, meeting = tap.work, tap.official, tap.matter
    topic, kind = topic_of(meeting, tap["topic"]), notices.GATES[int(tap.act)]
    tick(meeting, topic, kind, official, work.acted_at)
    await topic_matter.set_timer(work, meeting)
    await _ticked(work, meeting, topic, official, "gate", str(kind), 54, undo="登记")
    return f"已登记：{kind}。"


@on_tap("meeting:<id>:sheet:<topic>:<sheet>", Meeting)
async def sheet(tap: Tap[Meeting]) -> str:
    """The countersign behind the topic is picked (art. 53)."""
    work, official, meeting = tap.work, tap.official, tap.matter
    topic = topic_of(meeting, tap["topic"])
    behind = await work.session.get(Countersign, tap["sheet"])
    if behind is None:
        raise Refused("没有这份会签。")
    choose(meeting, topic, official, behind)
    await _ticked(work, meeting, topic, official, "behind", f"会签{behind.id}号")
    card = f"meeting:{meeting.id}:pick:{topic.id}"
    said = Markup("“{}”的会签：{}号《{}》。").format(topic.title, behind.id, behind.title)
    await work.retire(card, said)
    return "已选定。"


# ---------------------------------------------------------------- 临时议题


@on_tap(f"meeting:<id>:{late_topic.YES}|{late_topic.NO}:<topic>", Meeting)
async def decide(tap: Tap[Meeting]) -> str:
    """[同意列入] [不同意列入]: the mayor, or who stands in for them (代)."""
    work, official, meeting = tap.work, tap.official, tap.matter
    topic = topic_of(meeting, tap["topic"])
    asked, roster = topic.admission, await work.roster()
    agree = tap.act == late_topic.YES
    stand_in = await LATE_TOPIC.stand_in(work, meeting, asked) if asked else None
    late = decide_late(meeting, topic, official, stand_in, work.now, agree=agree, acted_at=work.acted_at)
    await work.note(
        official,
        f"meeting.{tap.act}",
        f"meeting:{meeting.id}",
        article=54,
        acting_for=late.acting_for,
        detail={"topic": topic.title, "reason": late.reason},
        undo="同意列入" if agree else "不同意列入",
    )
    await late_topic_matter.redraw_late(work, meeting, topic, late.mayor, late.stand_in, official)
    await work.send(*late_topic.outcome(meeting, topic, roster))
    if topic.late is LateState.APPROVED:
        await topic_matter.redraw(work, meeting, topic)
        await topic_matter.set_timer(work, meeting)
        for place in meeting.attendees:  # they have read it as 待审定
            await redraw_own(work, meeting, place)
    else:
        await _strike(work, meeting, topic)
        await _tell_agenda(work, meeting)
    return "已同意列入。" if agree else "已答复不同意列入。"


async def _strike(work: UnitOfWork, meeting: Meeting, topic: Topic) -> None:
    """It goes from the agenda, and who was there for nothing else from the list."""
    await topic_matter.gone_from(work, meeting, topic)
    for official in strike(meeting, topic):
        place = meeting.drop(official)
        if place.excuse is not None:
            await excuse.withdrawn(work, meeting, place, place.excuse)
        await tell.take_off(work, meeting, place)
    await work.flush()


async def _tell_agenda(work: UnitOfWork, meeting: Meeting) -> None:
    """Everybody on the list reads the agenda as it is now."""
    meeting.changed([meetings.AGENDA], work.now)
    await tell.tell_change(work, meeting, meeting.attendees, [meetings.AGENDA])
    await count.answered(work, meeting)


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """The late topics that wait for this official's tap."""
    now, found = await absences(work), []
    for meeting in await with_late_topics(work):
        asked = {one: LATE_TOPIC.decides(meeting, one, now) for one in LATE_TOPIC.waiting(meeting)}
        for late, stand_in in asked.items():
            if official in (late.mayor, stand_in.official if stand_in else None):
                topic = next(one for one in meeting.topics if one.admission is late)
                card = await late_topic_matter.to_mayor(work, meeting, topic, official)
                found.append(card.wanted(meeting.start))
    return found


@asks(
    "meeting.late",
    "临时议题",
    reason(
        "理由",
        "为什么会前10个工作日以内还要列入？",
        "省里昨日通知须月底前出台",
        hint="将报区长审定。（第五十四条：除特殊情况外，会前一般不临时受理议题）",
    ),
)
async def laying(work: UnitOfWork, official: Official, values: Values) -> Markup:
    meeting = await work.lock(Meeting, values["meeting"])
    topic = topic_of(meeting, values["topic"])
    mayor = (await work.roster()).mayor
    former = topic.admission
    old = LATE_TOPIC.cards(meeting, former, former.mayor, former.stand_in) if former else []
    late = put_reason(meeting, topic, official, values["reason"], mayor, work.now)
    if mayor is None:
        return Markup("花名册里没有区长，无法报审。")
    detail = {"topic": topic.title, "reason": late.reason}
    await work.note(official, "meeting.late", f"meeting:{meeting.id}", article=54, detail=detail)
    for card in old:
        await work.retire(card, Markup("临时议题（见下方）"))
    stand_in = await LATE_TOPIC.lay(work, meeting, late)
    why = absence.takes_over(stand_in) if stand_in and stand_in.official else ""
    await LATE_TOPIC.ask(work, meeting, late, why)
    await reschedule(work, meeting)
    await topic_matter.redraw(work, meeting, topic)
    return Markup("临时议题“{}”已报{}审定。").format(topic.title, (late.holder or mayor).titled)


FORMS: tuple[Form, ...] = (laying,)
ROUTES: list[Route] = [
    overview,
    one,
    gate,
    sheet,
    decide,
]
