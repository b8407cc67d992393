"""Events whose unit is closed (撤并)."""

from collections.abc import Sequence

from sqlalchemy import select

from rules.invitation.matter import OPEN, Invitation
from storage.tables import units
from storage.tables.invitation import invitations
from storage.unit_of_work import UnitOfWork


async def reported_by_none(work: UnitOfWork) -> Sequence[Invitation]:
    """Events still to come whose unit is closed, the oldest first."""
    found = await work.session.scalars(
        select(Invitation)
        .join(units, units.c.id == invitations.c.unit_id)
        .where(
            invitations.c.state.in_(OPEN),
            invitations.c.start > work.now,
            units.c.closed_at.is_not(None),
        )
        .order_by(invitations.c.id)
    )
    return found.unique().all()
