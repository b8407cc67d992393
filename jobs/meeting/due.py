"""What the clock does for meetings: reminders, beginning and end, a fortnight without one (art. 49)."""

from jobs.meeting.sign_in import at_the_start
from matters.meeting import clearing as clearing_matter
from matters.meeting import count, overtaken, show, topic
from matters.meeting.silence import reschedule
from matters.meeting.todo import CLEARANCE, EXCUSE, LATE_TOPIC
from notices.meeting import clearing
from notices.meeting import told as notices
from rules.meeting.attendance import Reply
from rules.meeting.clearing import lapse
from rules.meeting.matter import HELD, Meeting, MeetingState
from rules.meeting.nudges import SILENT, waits
from rules.meeting.reminders import eve, shortly
from rules.meeting.sign_in import begin, end
from rules.meeting.warnings import too_long_ago
from rules.reminders import next_morning
from rules.working_days import Calendar, shanghai_day
from storage.queries.meeting.life import set_timers
from storage.queries.meeting.meetings import EVE, HOUR, last_executive, open_meetings
from storage.unit_of_work import UnitOfWork


async def remind_eve(work: UnitOfWork, meeting_id: int) -> None:
    """The working day before: to those who come or are expected, never to the excused."""
    meeting = await work.lock(Meeting, meeting_id)
    due = eve(meeting, await work.calendar(), work.office.settings.hours)
    if meeting.state is MeetingState.CALLED and work.now < due:  # moved meanwhile
        await work.timer(EVE, meeting.id, due)
        return
    await _remind(work, meeting, soon=False)


async def remind_hour(work: UnitOfWork, meeting_id: int) -> None:
    """Shortly before the start, to the same."""
    meeting = await work.lock(Meeting, meeting_id)
    due = shortly(meeting, work.office.settings.meeting)
    if meeting.state is MeetingState.CALLED and work.now < due:
        await work.timer(HOUR, meeting.id, due)
        return
    await _remind(work, meeting, soon=True)


async def _remind(work: UnitOfWork, meeting: Meeting, *, soon: bool) -> None:
    if meeting.state is not MeetingState.CALLED or work.now >= meeting.start:
        return
    closed_today = shanghai_day(meeting.reply_by) == shanghai_day(work.now) and meeting.reply_by <= work.now
    for one in meeting.attendees:
        if one.reply is None and not one.unasked and not soon and closed_today:
            continue  # their card says so, and the office telephones them
        if one.expected or one.reply is Reply.DEPUTY or one.undecided:
            await work.send(*notices.reminder(meeting, one, soon=soon))


async def begins(work: UnitOfWork, meeting_id: int) -> None:
    """Its hour has come: nobody answers any more, and no card says that they might."""
    meeting = await work.lock(Meeting, meeting_id)
    if meeting.state is MeetingState.PENDING and work.now >= meeting.start:
        before, asked = tuple(meeting.clearances), meeting.waiting.holder if meeting.waiting else None
        lapse(meeting)
        await work.note(None, "meeting.lapse", f"meeting:{meeting.id}", article=58)
        await clearing_matter.bring_up_to_date(work, meeting, before)
        await work.send(*clearing.lapsed(meeting, asked, await work.roster()))
    if meeting.state is MeetingState.CALLED and work.now >= meeting.start:
        await overtaken.begun(work, meeting)
        begin(meeting)
        for one in meeting.attendees:
            await show.redraw_own(work, meeting, one)
        await at_the_start(work, meeting)
        await count.answered(work, meeting)


async def silent(work: UnitOfWork, meeting_id: int) -> None:
    """Somebody has let it lie: reminded after a working day, after a second one those above are told.

    Of the vice mayor who has to clear it (art. 58), and of whoever decides on an excuse (art. 55) or
    a late topic (art. 54), the desk hears; of the desk's own silence 办公室主任.
    """
    meeting = await work.lock(Meeting, meeting_id)
    calendar, hours = await work.calendar(), work.office.settings.hours
    await begins(work, meeting_id)  # at the very start either timer may go off first
    if not waits(meeting):
        return
    if meeting.orphaned:
        await work.timer(SILENT, meeting.id, next_morning(work.now, calendar, hours))
        return
    await CLEARANCE.remind_and_escalate(work, meeting)
    if meeting.state in HELD:
        await EXCUSE.remind_and_escalate(work, meeting)
    if meeting.state is MeetingState.CALLED:
        await LATE_TOPIC.remind_and_escalate(work, meeting)
    await reschedule(work, meeting)


async def ends(work: UnitOfWork, meeting_id: int) -> None:
    """It is over."""
    meeting = await work.lock(Meeting, meeting_id)
    if not meeting.live or work.now < meeting.end:
        return
    end(meeting, work.now)
    await work.note(None, "meeting.over", f"meeting:{meeting.id}")
    await count.over(work, meeting)
    await topic.dropped(work, meeting)


async def fortnight(work: UnitOfWork, _subject_id: int) -> None:
    """On Mondays, or the first working day after: more than two weeks without a 常务会议 (art. 49)."""
    today, calendar = shanghai_day(work.now), await work.calendar()
    if not calendar.is_working(today):
        return
    last_working = calendar.last_working_on_or_before(today.fromordinal(today.toordinal() - 1))
    if last_working.isocalendar()[:2] == today.isocalendar()[:2]:
        return  # already said this week
    last = await last_executive(work)
    if last is not None and too_long_ago(last, work.now):
        await work.send(*notices.no_executive(last, work.now, await work.roster()))


async def recount(work: UnitOfWork, old: Calendar, new: Calendar) -> list[str]:
    """Working days have changed: reminders move; what now falls on a rest day is told, a line each."""
    lines = []
    for found in await open_meetings(work, MeetingState.CALLED):
        meeting = await work.lock(Meeting, found.id)
        await set_timers(work, meeting)
        for what, moment in (("会议时间", meeting.start), ("回执截止", meeting.reply_by)):
            day = shanghai_day(moment)
            if moment > work.now and old.is_working(day) and not new.is_working(day):
                lines.append(f"“{meeting.title}”{what}{day.month}月{day.day}日现为休息日，请核对。")
    return lines
