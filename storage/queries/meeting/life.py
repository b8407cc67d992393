"""What a meeting that is called needs from outside: its timers, and who on its list is on approved leave."""

from datetime import date, timedelta

from rules.engagement import Engagement
from rules.meeting.attendance import Attendee
from rules.meeting.matter import Meeting, MeetingState
from rules.meeting.reminders import door_opens, eve, shortly
from rules.meeting.sign_in import OFFER
from rules.working_days import SHANGHAI
from storage.queries.engagements import on_leave
from storage.queries.meeting.meetings import BEGINS, ENDS, EVE, HOUR
from storage.unit_of_work import UnitOfWork


async def set_timers(work: UnitOfWork, meeting: Meeting) -> None:
    """Set the reminders, beginning and end anew; what is past is not caught up with."""
    calendar, settings = await work.calendar(), work.office.settings
    due = {
        EVE: eve(meeting, calendar, settings.hours),
        HOUR: shortly(meeting, settings.meeting),
        OFFER: door_opens(meeting, settings.meeting),
        BEGINS: meeting.start,
        ENDS: meeting.end,
    }
    for kind, at in due.items():
        await work.timer(kind, meeting.id, at if meeting.live and (at > work.now or kind == ENDS) else None)


async def mark_leaves(work: UnitOfWork, meeting: Meeting) -> list[Attendee]:
    """Mark who on the list is on approved leave meanwhile; gives those of whom that has changed."""
    if meeting.state is MeetingState.CANCELLED:
        return []
    people = [one.official for one in meeting.attendees]
    found = await on_leave(work, people, meeting.start, meeting.end)
    leaves = {one.official: one for one in reversed(found)}
    changed = []
    for attendee in meeting.attendees:
        leave = leaves.get(attendee.official)
        before = (attendee.leave_id, attendee.away)
        if leave is None:
            attendee.goes_on_leave(None)
        else:
            attendee.goes_on_leave(int(leave.matter.partition(":")[2]), _dates(leave), _last(leave))
        if before != (attendee.leave_id, attendee.away):
            changed.append(attendee)
    return changed


def _last(leave: Engagement) -> date:
    return (leave.end - timedelta(seconds=1)).astimezone(SHANGHAI).date()


def _dates(leave: Engagement) -> str:
    """12月1日至12月3日; the halves are left out."""
    first, last = leave.start.astimezone(SHANGHAI).date(), _last(leave)
    words = [f"{day.month}月{day.day}日" for day in dict.fromkeys([first, last])]
    return "至".join(words)
