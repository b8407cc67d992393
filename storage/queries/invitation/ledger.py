"""The invitations of a ledger (活动邀请台账)."""

from collections.abc import AsyncIterator

from notices.ledger import Wanted
from rules.invitation.matter import OPEN, Invitation
from storage.queries.pages import paged
from storage.queries.within import begins_within
from storage.retention import Kept
from storage.tables.invitation import invitations
from storage.unit_of_work import UnitOfWork

KEPT = Kept("invitation", invitations.c.submitted_at, over=invitations.c.state.not_in(OPEN))
"""What is over, and goes after its time."""


def of_ledger(work: UnitOfWork, wanted: Wanted) -> AsyncIterator[Invitation]:
    """Those whose event begins in the stretch, the earliest first."""
    chosen = [*begins_within(invitations.c.start, wanted.stretch)]
    if wanted.unit:
        chosen.append(invitations.c.unit_id == wanted.unit.id)
    order = (invitations.c.start, invitations.c.id)
    return paged(work, Invitation, chosen, *order, advance=wanted.advance)
