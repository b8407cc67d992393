"""The sheets of a ledger (会签台账)."""

from collections.abc import AsyncIterator

from sqlalchemy import ColumnElement, exists, func, or_, select

from notices.ledger import Wanted
from rules.countersign.kinds import OPEN
from rules.countersign.matter import Countersign
from rules.roster import LEADERS
from storage.queries.pages import paged
from storage.queries.within import begins_within
from storage.retention import Kept
from storage.tables.countersign import consultations, countersigns
from storage.unit_of_work import UnitOfWork

KEPT = Kept("countersign", countersigns.c.prepared_at, over=countersigns.c.state.not_in(OPEN))
"""What is over, and goes after its time."""


def of_ledger(work: UnitOfWork, wanted: Wanted) -> AsyncIterator[Countersign]:
    """Those that were sent out (or are prepared) within the stretch, oldest first.

    A unit's are those it leads and those it was asked about; to leaders a sheet not sent out yet is the
    unit's own business.
    """
    sent = func.coalesce(countersigns.c.released_at, countersigns.c.prepared_at)
    chosen = [*begins_within(sent, wanted.stretch)]
    if wanted.unit:
        chosen.append(or_(countersigns.c.lead_unit_id == wanted.unit.id, _asked(wanted.unit.id)))
    if wanted.reader is not None and wanted.reader.role in LEADERS:
        chosen.append(countersigns.c.released_at.is_not(None))
    order = (countersigns.c.prepared_at, countersigns.c.id)
    return paged(work, Countersign, chosen, *order, advance=wanted.advance)


def _asked(unit_id: int) -> ColumnElement[bool]:
    theirs = select(consultations.c.id).where(
        consultations.c.countersign_id == countersigns.c.id,
        consultations.c.unit_id == unit_id,
        consultations.c.asked_at.is_not(None),
    )
    return exists(theirs.correlate(countersigns))
