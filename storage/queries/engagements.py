"""Leave as what takes up people's time; meetings ask for it as well, when they are called."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from rules.board import absence
from rules.delegation import begins_at, ends_at
from rules.engagement import Engagement, EngagementKind
from rules.leave.ledger import STANDS
from rules.leave.matter import Leave
from rules.roster import Official
from storage.tables.leave import leaves
from storage.unit_of_work import UnitOfWork


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
