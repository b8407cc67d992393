"""Who has not answered a call to a meeting: reminded before the deadline, at it, and then by telephone.

At the deadline the mayor has one summary of all excuses (art. 55).
"""

from matters.meeting.count import set_timers
from matters.meeting.show import redraw_own
from matters.meeting.tell import ask_again
from matters.meeting.todo import EXCUSE
from notices.meeting import nudges as notices
from notices.meeting.summary import away, summary
from rules.meeting.excusing import article_of
from rules.meeting.matter import Meeting
from rules.meeting.nudges import (
    CALLS,
    NUDGE,
    at_work,
    before_deadline,
    calls_at,
    silent,
    told_long_enough,
    undecided,
    units_of,
    without_report,
)
from rules.working_days import Calendar
from storage.queries.absence import decides_for
from storage.queries.meeting.meetings import DEADLINE, count_soon, open_meetings
from storage.unit_of_work import UnitOfWork


async def nudge(work: UnitOfWork, meeting_id: int) -> None:
    """The afternoon before: whoever is silent and has had the card a while, or owes the written report."""
    meeting = await work.lock(Meeting, meeting_id)
    if not meeting.live or work.now >= meeting.reply_by:
        return
    settings, calendar = work.office.settings, await work.calendar()
    due = before_deadline(meeting, calendar, settings.hours)
    if work.now < due:  # the deadline or the days have changed
        await work.timer(NUDGE, meeting.id, due)
        return
    if not at_work(work.now, calendar, settings.hours):
        return
    for one in silent(meeting):
        if told_long_enough(one, work.now, settings.meeting):
            one.reminded(work.now)
            await ask_again(work, meeting, one, notices.soon(meeting, calendar), notices.reminder(meeting))
    await _want_reports(work, meeting)


async def _want_reports(work: UnitOfWork, meeting: Meeting) -> None:
    for one in without_report(meeting):
        one.reminded(work.now)
        await ask_again(work, meeting, one, notices.REPORT_WANTED, notices.reminder(meeting))


async def deadline(work: UnitOfWork, meeting_id: int) -> None:
    """The RSVP deadline: the mayor's summary, a word to the silent, and to who has not decided yet."""
    meeting = await work.lock(Meeting, meeting_id)
    if not meeting.live:
        return
    if work.now < meeting.reply_by:
        await work.timer(DEADLINE, meeting.id, meeting.reply_by)
        return
    await _summarise(work, meeting)
    settings, calendar = work.office.settings, await work.calendar()
    for one in meeting.attendees:
        await redraw_own(work, meeting, one)  # what may not be changed any more has no button
    if at_work(work.now, calendar, settings.hours) and work.now < meeting.start:
        await _chase(work, meeting)
    if silent(meeting):
        due = calls_at(meeting, calendar, settings.hours, settings.meeting)
        await work.timer(CALLS, meeting.id, max(due, work.now))
    await count_soon(work, meeting)


async def _chase(work: UnitOfWork, meeting: Meeting) -> None:
    """A word to who owes a report, and to who has not decided; the cards of the silent say it themselves."""
    await _want_reports(work, meeting)
    for one in undecided(meeting):
        if one.excuse is not None and one.excuse.reminded_at is None:
            await EXCUSE.remind(work, meeting, one.excuse, notices.UNDECIDED)


async def _summarise(work: UnitOfWork, meeting: Meeting) -> None:
    """Once for a deadline; who is excused later is reported one by one (补报)."""
    mayor = (await work.roster()).mayor
    if not meeting.formal or meeting.summarised_at is not None:
        return
    meeting.summarised(work.now)
    if mayor is None or not away(meeting):
        return
    stand_in = await decides_for(work, mayor, procedure="meeting")
    to = (stand_in.official if stand_in else None) or mayor
    why = "" if to is mayor else f"{mayor.titled}外出，请您代为阅知。"
    await work.note(
        None,
        "meeting.summary",
        f"meeting:{meeting.id}",
        article=article_of(meeting),
        detail={"to": to.titled, "excused": len(away(meeting))},
    )
    await work.send(summary(meeting, to, why))


async def calls(work: UnitOfWork, meeting_id: int) -> None:
    """Still silent: a line to the units' groups, the names with their numbers to the office."""
    meeting = await work.lock(Meeting, meeting_id)
    waiting = silent(meeting)
    if not meeting.live or not waiting or work.now < meeting.reply_by or work.now >= meeting.start:
        return
    if at_work(work.now, await work.calendar(), work.office.settings.hours):
        for unit, people in units_of(waiting).items():
            line = notices.group(meeting, unit, people)
            await work.send(*([line] if line else []))
    await work.note(None, "meeting.calls", f"meeting:{meeting.id}", detail={"silent": len(waiting)})
    for clerk in (await work.roster()).desk:
        others = [one for one in waiting if one.official is not clerk]
        await work.send(*([notices.call_list(meeting, others, clerk)] if others else []))


async def recount(work: UnitOfWork, _old: Calendar, _new: Calendar) -> list[str]:
    """Working days have changed: the reminder before the deadline follows; nobody has to hear of it."""
    for found in await open_meetings(work):
        await set_timers(work, await work.lock(Meeting, found.id))
    return []
