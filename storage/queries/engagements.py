"""Everybody's engagements, gathered from every procedure that takes up people's time."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Final

from sqlalchemy import select

from rules.board import absence
from rules.delegation import begins_at, ends_at
from rules.engagement import Engagement, EngagementKind
from rules.leave.ledger import STANDS
from rules.leave.matter import Leave
from rules.roster import Official
from storage.queries.invitation.invitations import invited
from storage.queries.meeting.meetings import in_meetings
from storage.tables import leaves
from storage.unit_of_work import UnitOfWork

Source = Callable[[UnitOfWork, Collection[Official], datetime, datetime], Awaitable[list[Engagement]]]
"""Gives the engagements of these officials that share any time with the stretch from start to end (UTC)."""


async def on_leave(
    work: UnitOfWork, people: Collection[Official], start: datetime, end: datetime
) -> list[Engagement]:
    """Approved leaves, as they really run."""
    found = await work.session.scalars(
        select(Leave)
        .where(
            leaves.c.applicant_id.in_([one.id for one in people]),
            leaves.c.state.in_(STANDS),
        )
        .order_by(leaves.c.start, leaves.c.id)
    )
    engagements = []
    for leave in found:
        away = absence(leave, work.now)
        if away is None:
            continue
        span = away.span
        one = Engagement(
            leave.applicant,
            EngagementKind.LEAVE,
            str(leave.kind),
            begins_at(span.start, span.start_half),
            ends_at(span.end, span.end_half),
            f"leave:{leave.id}",
            leave.place,
        )
        engagements += [one] if one.meets(start, end) else []
    return engagements


SOURCES: Final[tuple[Source, ...]] = (
    # One line for each procedure that takes up people's time.
    on_leave,
    invited,
    in_meetings,
)


async def engagements(
    work: UnitOfWork, people: Collection[Official], start: datetime, end: datetime
) -> list[Engagement]:
    """Everything that takes up any of these people's time in the stretch, the earliest first."""
    found = [one for source in SOURCES for one in await source(work, people, start, end)]
    return sorted(found, key=lambda one: (one.start, one.end, one.official.id, one.matter))
