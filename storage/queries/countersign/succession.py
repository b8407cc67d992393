"""Sheets of 会签 whose unit is closed (撤并)."""

from collections.abc import Sequence

from sqlalchemy import select

from rules.countersign.kinds import OPEN
from rules.countersign.matter import Countersign
from storage.tables import units
from storage.tables.countersign import countersigns
from storage.unit_of_work import UnitOfWork


async def led_by_none(work: UnitOfWork) -> Sequence[Countersign]:
    """Open sheets whose lead unit is closed, the oldest first."""
    found = await work.session.scalars(
        select(Countersign)
        .join(units, units.c.id == countersigns.c.lead_unit_id)
        .where(countersigns.c.state.in_(OPEN), units.c.closed_at.is_not(None))
        .order_by(countersigns.c.id)
    )
    return found.unique().all()


async def reviewed_by_none(work: UnitOfWork) -> Sequence[Countersign]:
    """Open sheets whose legal reviewer is closed, the oldest first."""
    found = await work.session.scalars(
        select(Countersign)
        .join(units, units.c.id == countersigns.c.reviewer_id)
        .where(countersigns.c.state.in_(OPEN), units.c.closed_at.is_not(None))
        .order_by(countersigns.c.id)
    )
    return found.unique().all()
