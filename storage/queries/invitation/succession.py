"""Events whose unit is closed (撤并)."""

from collections.abc import Sequence

from sqlalchemy import select

from rules.invitation.matter import OPEN, Invitation
from storage.queries.closed_units import of_closed_units
from storage.tables.invitation import invitations
from storage.unit_of_work import UnitOfWork


async def reported_by_none(work: UnitOfWork) -> Sequence[Invitation]:
    """Events still to come whose unit is closed, the oldest first."""
    to_come = (
        select(Invitation)
        .where(invitations.c.state.in_(OPEN), invitations.c.start > work.now)
        .order_by(invitations.c.id)
    )
    return await of_closed_units(work, to_come, invitations.c.unit_id)
