"""When the clock looks at what of a meeting lies on somebody's desk."""

from rules.meeting.matter import Meeting
from rules.meeting.nudges import SILENT, next_look
from rules.reminders import next_morning
from rules.working_days import shanghai_day
from storage.unit_of_work import UnitOfWork


async def reschedule(work: UnitOfWork, meeting: Meeting) -> None:
    """Set the timer by what lies where now; called after every change of that."""
    calendar, hours = await work.calendar(), work.office.settings.hours
    due = next_look(meeting, calendar, hours)
    if due is not None:
        resting = due <= work.now and not calendar.is_working(shanghai_day(work.now))
        due = next_morning(work.now, calendar, hours) if resting else max(due, work.now)
    await work.timer(SILENT, meeting.id, due)
