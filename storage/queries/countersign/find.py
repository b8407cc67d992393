"""Sheets that the words fit and the official may find, the newest first."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.find import Words
from rules.roster import LEADERS, OFFICE_DESK, Official
from rules.working_days import DAY, SHANGHAI
from storage.spelling import holds
from storage.tables import consultations, countersigns, officials, units
from storage.unit_of_work import UnitOfWork

_OWN_WORDS = "会签单"
_asked = units.alias()


async def found_by(work: UnitOfWork, official: Official, words: Words, limit: int) -> Sequence[Countersign]:
    """At most `limit` of them."""
    conditions = [_sees(official), *_within(words, work.now), *(_holds(term) for term in words.terms)]
    found = await work.session.scalars(
        select(Countersign)
        .join(units, units.c.id == countersigns.c.lead_unit_id)
        .join(officials, officials.c.id == countersigns.c.drafter_id)
        .where(*conditions)
        .order_by(countersigns.c.prepared_at.desc(), countersigns.c.id.desc())
        .limit(limit)
    )
    return found.unique().all()


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


def _within(words: Words, now: datetime) -> Iterator[ColumnElement[bool]]:
    """Prepared, going round or ended within the stretch."""
    stretch = words.stretch
    if stretch is not None and stretch.last is not None:
        yield countersigns.c.prepared_at < datetime.combine(stretch.last + DAY, time(), SHANGHAI)
    if stretch is not None and stretch.first is not None:
        first = datetime.combine(stretch.first, time(), SHANGHAI)
        still_open = countersigns.c.ended_at.is_(None) if first <= now else false()
        yield or_(still_open, countersigns.c.ended_at >= first)


def _holds(term: str) -> ColumnElement[bool]:
    if term in _OWN_WORDS:
        return true()
    asked = exists().where(
        consultations.c.countersign_id == countersigns.c.id,
        consultations.c.unit_id == _asked.c.id,
        or_(
            holds(_asked.c.name, term),
            holds(_asked.c.full_name, term),
        ),
    )
    kinds = [kind for kind in CountersignKind if term in kind]
    states = [state for state in CountersignState if term in state]
    return or_(
        holds(countersigns.c.title, term),
        holds(units.c.name, term),
        holds(units.c.full_name, term),
        holds(officials.c.name, term),
        countersigns.c.kind.in_(kinds) if kinds else false(),
        countersigns.c.state.in_(states) if states else false(),
        and_(countersigns.c.released_at.is_not(None), asked),
    )
