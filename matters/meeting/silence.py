"""When the clock looks at what of a meeting lies on somebody's desk."""

from rules.meeting.matter import Meeting
from rules.meeting.nudges import SILENT, next_look
from storage.unit_of_work import UnitOfWork


async def reschedule(work: UnitOfWork, meeting: Meeting) -> None:
    """Set the timer by what lies where now; called after every change of that."""
    due = next_look(meeting, await work.calendar(), work.office.settings.hours)
    if due is None:
        await work.drop_timers(SILENT, meeting.id)
    else:
        await work.timer(SILENT, meeting.id, max(due, work.now))
