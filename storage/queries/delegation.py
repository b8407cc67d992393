"""Delegations (委托代办) out of the database."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from rules.delegation import LIVE, Delegation
from rules.roster import Official
from storage.tables import delegations
from storage.unit_of_work import UnitOfWork


async def live(work: UnitOfWork, official: Official) -> Sequence[Delegation]:
    """Those offered or accepted that the official gives or takes, the earliest first."""
    return await work.find_all(
        select(Delegation)
        .where(
            delegations.c.state.in_(LIVE),
            or_(delegations.c.principal_id == official.id, delegations.c.delegate_id == official.id),
        )
        .order_by(delegations.c.start, delegations.c.id)
    )
