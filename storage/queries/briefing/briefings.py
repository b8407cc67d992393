"""Briefings (简报) out of the database."""

from collections.abc import Sequence

from sqlalchemy import select

from rules.briefing.matter import LIVE, Briefing, BriefingState
from rules.roster import Unit
from storage.tables.briefing import briefings
from storage.tables.people import units
from storage.unit_of_work import UnitOfWork


async def of_unit(work: UnitOfWork, unit: Unit) -> Sequence[Briefing]:
    """What the unit sends or asks for, the oldest first."""
    found = await work.session.scalars(
        select(Briefing)
        .where(briefings.c.unit_id == unit.id, briefings.c.state.in_(LIVE))
        .order_by(briefings.c.id)
    )
    return found.all()


async def of_closed_units(work: UnitOfWork) -> Sequence[int]:
    """The ids of what is kept for units that are no more."""
    found = await work.session.scalars(
        select(briefings.c.id)
        .join(units, units.c.id == briefings.c.unit_id)
        .where(briefings.c.state.in_(LIVE), units.c.closed_at.is_not(None))
        .order_by(briefings.c.id)
    )
    return found.all()


async def waiting(work: UnitOfWork) -> Sequence[Briefing]:
    """What somebody has to decide on, the oldest first."""
    asked_anew = (briefings.c.state == BriefingState.REGISTERED) & briefings.c.renewing
    found = await work.session.scalars(
        select(Briefing)
        .where((briefings.c.state == BriefingState.PENDING) | asked_anew)
        .order_by(briefings.c.id)
    )
    return found.all()
