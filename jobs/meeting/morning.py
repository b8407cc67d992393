"""What meetings put on the office's morning card."""

from collections.abc import Sequence

from notices.board_morning import Section
from notices.meeting import morning as notices
from rules.meeting.excuse import ExcuseState
from rules.working_days import shanghai_day
from storage.queries.meeting.meetings import excused_meetings, open_meetings
from storage.unit_of_work import UnitOfWork


async def meetings(work: UnitOfWork) -> Sequence[Section]:
    """The meetings until the next working day, and the excuses that are still open."""
    today = shanghai_day(work.now)
    until = (await work.calendar()).next_working(today)
    live = await open_meetings(work)
    asked = await excused_meetings(work)
    near = [one for one in live if today <= one.day <= until]
    open_ones = [
        (meeting, one, one.excuse)
        for meeting in asked
        for one in meeting.attendees
        if one.excuse is not None and one.excuse.state is ExcuseState.PENDING
    ]
    sections = [notices.held(near, today)] if near else []
    return [*sections, *([notices.waiting(open_ones)] if open_ones else [])]
