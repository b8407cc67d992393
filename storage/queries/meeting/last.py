"""What was arranged for the last meeting of a kind, to be proposed for the next one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from rules.meeting.matter import BEFOREHAND, FORMAL, MeetingKind
from rules.roster import Official, Role
from storage.tables import officials
from storage.tables.meeting import attendees, meetings
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class LastCalled:
    """Where it was, and the ids of the units whose heads were called to it."""

    place: str = ""
    units: Sequence[int] = ()


async def last_called(work: UnitOfWork, official: Official) -> dict[MeetingKind, LastCalled]:
    """By kind: of the meetings under art. 47 to 50 whoever called it, of others the official's own."""
    theirs = or_(meetings.c.kind.in_(FORMAL), meetings.c.called_by_id == official.id)
    newest = (
        select(func.max(meetings.c.id))
        .where(theirs, meetings.c.state.not_in(BEFOREHAND))
        .group_by(meetings.c.kind)
    )
    called = await work.session.execute(
        select(meetings.c.id, meetings.c.kind, meetings.c.place).where(meetings.c.id.in_(newest))
    )
    found = {}
    for id, kind, place in called.all():
        units = await work.session.scalars(
            select(officials.c.unit_id)
            .join(attendees, attendees.c.official_id == officials.c.id)
            .where(attendees.c.meeting_id == id, officials.c.role == Role.UNIT_HEAD)
            .order_by(attendees.c.id)
        )
        found[kind] = LastCalled(place, list(dict.fromkeys(units)))
    return found
