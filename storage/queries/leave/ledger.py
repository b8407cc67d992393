"""The leaves of a ledger (请假台账)."""

from collections.abc import AsyncIterator

from sqlalchemy import select

from notices.ledger import Wanted
from rules.leave.matter import OPEN, Leave
from storage.queries.pages import paged
from storage.queries.within import touches
from storage.retention import Kept
from storage.tables import officials
from storage.tables.leave import leaves
from storage.unit_of_work import UnitOfWork

KEPT = Kept("leave", leaves.c.submitted_at, over=leaves.c.state.not_in(OPEN))
"""What is over, and goes after its time."""


def of_ledger(work: UnitOfWork, wanted: Wanted) -> AsyncIterator[Leave]:
    """Those of which at least half a day lies in the stretch, by their first day."""
    chosen = [*touches(leaves.c.start, leaves.c.end, wanted.stretch)]
    if wanted.unit:
        chosen.append(leaves.c.applicant_id.in_(select(officials.c.id).filter_by(unit_id=wanted.unit.id)))
    return paged(work, Leave, chosen, leaves.c.start, leaves.c.id, advance=wanted.advance)
