"""One person's leaves that may adjoin, out of the database (art. 77)."""

from collections.abc import Iterable

from sqlalchemy import select

from rules.leave.matter import Leave
from rules.leave.trip import KEEPS_AWAY
from rules.roster import Official
from storage.tables.leave import leaves
from storage.unit_of_work import UnitOfWork


async def own_leaves(work: UnitOfWork, official: Official) -> list[Leave]:
    """Their leaves that keep them away or will, also those passed into another; the earliest first."""
    return (await own_leaves_of(work, [official]))[official.id]


async def own_leaves_of(work: UnitOfWork, officials: Iterable[Official]) -> dict[int, list[Leave]]:
    """The same of several people, by their ids."""
    own: dict[int, list[Leave]] = {official.id: [] for official in officials}
    found = await work.session.scalars(
        select(Leave)
        .where(leaves.c.applicant_id.in_(own), leaves.c.state.in_(KEEPS_AWAY))
        .order_by(leaves.c.start, leaves.c.start_half, leaves.c.id)
    )
    for leave in found.unique():
        own[leave.applicant.id].append(leave)
    return own
