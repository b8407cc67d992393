"""Sheets that the words fit and the official may find, the newest first."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.find import Words
from rules.roster import LEADERS, OFFICE_DESK, Official
from rules.stretch import Stretch
from storage.queries.find import Searched
from storage.queries.within import begins_before_end, midnight
from storage.spelling import holds
from storage.tables import officials, units
from storage.tables.countersign import consultations, countersigns
from storage.unit_of_work import UnitOfWork

_asked = units.alias()
_COUNTERSIGNS: Final = Searched(
    select(Countersign)
    .join(units, units.c.id == countersigns.c.lead_unit_id)
    .join(officials, officials.c.id == countersigns.c.drafter_id),
    newest_by=(countersigns.c.prepared_at, countersigns.c.id),
    own_words="会签单",
    texts=(countersigns.c.title, units.c.name, units.c.full_name, officials.c.name),
    words={countersigns.c.kind: CountersignKind, countersigns.c.state: CountersignState},
)


async def found_by(work: UnitOfWork, official: Official, words: Words, limit: int) -> Sequence[Countersign]:
    """At most `limit` of them."""
    return await _COUNTERSIGNS.newest(
        work, words, limit, _sees(official), *_within(words.time, work.now), besides=_consulted
    )


def _sees(official: Official) -> ColumnElement[bool]:
    if official.role in OFFICE_DESK:
        return true()
    asked = exists().where(
        consultations.c.countersign_id == countersigns.c.id,
        consultations.c.asked_at.is_not(None),
        or_(
            consultations.c.unit_id == official.unit.id,
            consultations.c.stand_in_id == official.id,
            consultations.c.passed_to_id == official.id,
        ),
    )
    leads = or_(
        countersigns.c.lead_unit_id == official.unit.id,
        countersigns.c.drafter_id == official.id,
        countersigns.c.stand_in_id == official.id,
    )
    gone_out = countersigns.c.released_at.is_not(None) if official.role in LEADERS else false()
    return or_(leads, asked, gone_out)


def _within(stretch: Stretch, now: datetime) -> Iterator[ColumnElement[bool]]:
    """Prepared, going round or ended within the stretch."""
    yield from begins_before_end(countersigns.c.prepared_at, stretch)
    if stretch.first is not None:
        first = midnight(stretch.first)
        still_open = countersigns.c.ended_at.is_(None) if first <= now else false()
        yield or_(still_open, countersigns.c.ended_at >= first)


def _consulted(term: str) -> Iterator[ColumnElement[bool]]:
    """The units that were asked, once it has gone out."""
    yield and_(
        countersigns.c.released_at.is_not(None),
        exists().where(
            consultations.c.countersign_id == countersigns.c.id,
            consultations.c.unit_id == _asked.c.id,
            or_(holds(_asked.c.name, term), holds(_asked.c.full_name, term)),
        ),
    )
