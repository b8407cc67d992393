"""The meetings of a ledger (会议台账)."""

from collections.abc import AsyncIterator

from sqlalchemy import exists

from notices.ledger import Wanted
from rules.meeting.ledger import LISTED
from rules.meeting.matter import Meeting, MeetingState
from storage.queries.pages import paged
from storage.queries.within import begins_within
from storage.retention import Kept
from storage.tables import officials
from storage.tables.meeting import attendees, meetings
from storage.unit_of_work import UnitOfWork

KEPT = Kept(
    "meeting",
    meetings.c.created_at,
    over=meetings.c.state.in_([MeetingState.OVER, MeetingState.CANCELLED, MeetingState.DECLINED]),
)
"""What is over, and goes after its time."""


def of_ledger(work: UnitOfWork, wanted: Wanted) -> AsyncIterator[Meeting]:
    """Those that begin in the stretch, the earliest first; a unit's are those its people were called to."""
    chosen = [meetings.c.state.in_(LISTED), *begins_within(meetings.c.start, wanted.stretch)]
    if wanted.unit:
        chosen.append(
            exists().where(
                attendees.c.meeting_id == meetings.c.id,
                attendees.c.official_id == officials.c.id,
                officials.c.unit_id == wanted.unit.id,
            )
        )
    return paged(work, Meeting, chosen, meetings.c.start, meetings.c.id, advance=wanted.advance)
