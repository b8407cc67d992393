"""One person's leaves that may adjoin, out of the database (art. 77)."""

from sqlalchemy import select

from rules.leave.matter import Leave
from rules.leave.trip import STANDING
from rules.roster import Official
from storage.tables import leaves
from storage.work import Work


async def own_leaves(work: Work, official: Official) -> list[Leave]:
    """His leaves that keep him away or will, with those that have passed into another; the earliest first."""
    found = await work.session.scalars(
        select(Leave)
        .where(leaves.c.applicant_id == official.id, leaves.c.state.in_(STANDING))
        .order_by(leaves.c.start, leaves.c.start_half, leaves.c.id)
    )
    return list(found)
