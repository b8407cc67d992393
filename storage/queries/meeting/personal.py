"""What is personal in the meeting excuses of who left long ago."""

from collections.abc import Sequence

from sqlalchemy import select, update

from storage.leavers import CLEARED
from storage.queries.meeting.ledger import KEPT
from storage.tables.meeting import attendees, meeting_excuses, meetings
from storage.unit_of_work import UnitOfWork


async def cut_down(work: UnitOfWork, ids: Sequence[int]) -> None:
    """Why they did not come, and the written report of it (art. 55), go; that they were excused stays."""
    theirs = (
        select(attendees.c.id)
        .join(meetings, meetings.c.id == attendees.c.meeting_id)
        .where(attendees.c.official_id.in_(ids), KEPT.over)
    )
    words = {"reason": CLEARED, "report": "", "report_file_id": "", "report_name": "", "comment": ""}
    own = meeting_excuses.c.attendee_id.in_(theirs)
    await work.session.execute(update(meeting_excuses).where(own).values(words))
