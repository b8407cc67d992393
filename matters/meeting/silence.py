"""When the clock looks at what of a meeting lies on somebody's desk."""

from rules.meeting.matter import Meeting
from rules.meeting.nudges import SILENT, next_look
from rules.reminders import look_at
from storage.unit_of_work import UnitOfWork


async def reschedule(work: UnitOfWork, meeting: Meeting) -> None:
    """Set the timer by what lies where now; called after every change of that."""
    calendar, hours = await work.calendar(), work.office.settings.hours
    due = next_look(meeting, calendar, hours)
    await work.timer(SILENT, meeting.id, due and look_at(due, work.now, calendar, hours))
