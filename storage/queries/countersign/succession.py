"""Sheets of 会签 whose unit is closed (撤并)."""

from collections.abc import Sequence

from sqlalchemy import select

from rules.countersign.kinds import OPEN
from rules.countersign.matter import Countersign
from storage.queries.closed_units import of_closed_units
from storage.tables.countersign import countersigns
from storage.unit_of_work import UnitOfWork

_STILL_OPEN = select(Countersign).where(countersigns.c.state.in_(OPEN)).order_by(countersigns.c.id)


async def led_by_none(work: UnitOfWork) -> Sequence[Countersign]:
    """Open sheets whose lead unit is closed, the oldest first."""
    return await of_closed_units(work, _STILL_OPEN, countersigns.c.lead_unit_id)


async def reviewed_by_none(work: UnitOfWork) -> Sequence[Countersign]:
    """Open sheets whose legal reviewer is closed, the oldest first."""
    return await of_closed_units(work, _STILL_OPEN, countersigns.c.reviewer_id)
