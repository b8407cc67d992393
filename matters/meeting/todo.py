"""What of a meeting waits on a desk: the clearance (art. 58), excuses (art. 55)."""

from collections.abc import Iterable
from functools import partial

from matters.meeting import clearing as clearing_matter
from matters.meeting import excuse as excuse_matter
from matters.meeting.excuse_paper import sent
from matters.meeting.late_topic import to_mayor
from matters.meeting.show import redraw_own
from matters.meeting.silence import reschedule
from matters.todo import Counted
from notices.meeting import clearing, late_topic, overtaken
from notices.meeting.excuse import excuse_card, text, to_decide
from notices.meeting.excuse import silent as excuse_silent
from notices.notice import Notice
from rules.leave.routes import Step as Route
from rules.leave.routes import holder
from rules.meeting.clearance import Clearance
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.excusing import article_of
from rules.meeting.gates import reporter
from rules.meeting.matter import HELD, Meeting, MeetingState
from rules.meeting.nudges import late_topics, occasion
from rules.meeting.topic import LateTopic, Topic
from rules.roster import Official
from storage.queries.meeting.meetings import excused_meetings, open_meetings
from storage.queries.meeting.topics import with_late_topics
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- the clearance


async def _pending(work: UnitOfWork) -> Iterable[Meeting]:
    return await open_meetings(work, MeetingState.PENDING)


async def _clear(work: UnitOfWork, meeting: Meeting, step: Clearance, why: str) -> Iterable[Notice]:
    people = (await work.roster()).desk if step.holder is None else [step.holder]
    return [clearing.asked(meeting, step, one, why) for one in people]


async def _redraw_clearance(work: UnitOfWork, meeting: Meeting, _step: Clearance) -> None:
    await reschedule(work, meeting)
    await clearing_matter.bring_up_to_date(work, meeting)


CLEARANCE = Counted[Meeting, Clearance](
    matter=Meeting,
    code="meeting",
    open=_pending,
    waiting=lambda meeting: [meeting.waiting] if meeting.waiting else [],
    applicant=lambda meeting, _step, _now: meeting.called_by,
    called=lambda meeting, _step: f"{meeting.title}的审批",
    card=clearing.step_card,
    text=lambda meeting, _step, _roster: clearing.text(meeting),
    asked=_clear,
    redraw=_redraw_clearance,
    article=lambda _meeting: 58,
    again=lambda _meeting, _step: "这次会议已送审一个工作日，请办理。",
    silent=clearing.silent,
    occasion=lambda meeting, _step: occasion(meeting),
    near=overtaken.clearance_near,
)


async def to_who_is_in_charge(work: UnitOfWork, meeting: Meeting) -> None:
    """The vice mayor's step goes to whoever is in charge of the department now (art. 58)."""
    step = next((one for one in meeting.clearances if one.verdict is None and one.approver is not None), None)
    if step is None or meeting.unit is None:
        return
    roster = await work.roster()
    now, _ = holder(Route.IN_CHARGE, roster.head_of(meeting.unit) or meeting.called_by, roster)
    if now is not None and now is not step.approver:
        await CLEARANCE.reroute(work, meeting, step, partial(step.put_to, now), article=58)


# ---------------------------------------------------------------- excuses


def _pending_excuses(meeting: Meeting) -> Iterable[Excuse]:
    excuses = [one.excuse for one in meeting.attendees if one.excuse is not None]
    return [one for one in excuses if one.state is ExcuseState.PENDING] if meeting.state in HELD else []


async def _decide(_work: UnitOfWork, meeting: Meeting, excuse: Excuse, why: str) -> Iterable[Notice]:
    to = excuse.holder
    return [to_decide(meeting, meeting.place_with(excuse), excuse, to, why)] if to else []


async def _report(work: UnitOfWork, meeting: Meeting, excuse: Excuse) -> Iterable[Notice]:
    return await sent(work, meeting, meeting.place_with(excuse), excuse.holder) if excuse.holder else []


async def _redraw_excuse(work: UnitOfWork, meeting: Meeting, excuse: Excuse) -> None:
    await excuse_matter.redraw(work, meeting, meeting.place_with(excuse))
    await redraw_own(work, meeting, meeting.place_with(excuse))


EXCUSE = Counted[Meeting, Excuse](
    matter=Meeting,
    code="meeting",
    open=excused_meetings,
    waiting=_pending_excuses,
    applicant=lambda meeting, excuse, _now: meeting.place_with(excuse).official,
    called=lambda meeting, excuse: f"{meeting.place_with(excuse).official.titled}的会议请假",
    card=lambda meeting, excuse, holder: excuse_card(meeting, meeting.place_with(excuse), holder),
    text=lambda meeting, excuse, _roster: text(meeting, meeting.place_with(excuse), excuse),
    asked=_decide,
    papers=_report,
    redraw=_redraw_excuse,
    article=article_of,
    again=lambda _meeting, _excuse: "这件会议请假已送您一个工作日，请审批：",
    silent=lambda meeting, excuse, roster: excuse_silent(meeting, meeting.place_with(excuse), excuse, roster),
    occasion=lambda meeting, _excuse: occasion(meeting),
    near=lambda meeting, excuse, stage, roster: overtaken.near(
        meeting, meeting.place_with(excuse), excuse, stage, roster
    ),
)

# ---------------------------------------------------------------- late topics


def _topic(meeting: Meeting, late: LateTopic) -> Topic:
    return next(one for one in meeting.topics if one.admission is late)


async def _settle(work: UnitOfWork, meeting: Meeting, late: LateTopic, why: str) -> Iterable[Notice]:
    to = late.holder
    return [await to_mayor(work, meeting, _topic(meeting, late), to, why)] if to else []


LATE_TOPIC = Counted[Meeting, LateTopic](
    matter=Meeting,
    code="meeting",
    open=with_late_topics,
    waiting=lambda meeting: late_topics(meeting) if meeting.live else [],
    applicant=lambda meeting, late, now: reporter(_topic(meeting, late), now.roster),
    called=lambda meeting, late: f"临时议题“{_topic(meeting, late).title}”",
    card=lambda meeting, late, holder: late_topic.late_card(meeting, _topic(meeting, late), holder),
    text=lambda meeting, late, _roster: late_topic.late_text(meeting, _topic(meeting, late), (), "已转出"),
    asked=_settle,
    redraw=lambda work, meeting, _late: reschedule(work, meeting),  # no card names the desk
    article=lambda _meeting: 54,
    again=lambda _meeting, _late: "这项临时议题已送您一个工作日，请审定：",
    silent=lambda meeting, late, roster: late_topic.silent(meeting, _topic(meeting, late), late, roster),
    occasion=lambda meeting, _late: occasion(meeting),
    near=lambda meeting, late, stage, roster: overtaken.late_near(
        meeting, _topic(meeting, late), late, stage, roster
    ),
)


async def late_topics_to_mayor(work: UnitOfWork, _official: Official) -> None:
    """There is another mayor: late topics go to them."""
    mayor = (await work.roster()).mayor
    for found in await with_late_topics(work) if mayor else ():
        meeting = await work.lock(Meeting, found.id)
        for late in LATE_TOPIC.waiting(meeting):
            if late.mayor is not mayor:
                put = partial(late.put_to, mayor)
                await LATE_TOPIC.reroute(work, meeting, late, put, why="花名册有变，请您审定。", article=54)
