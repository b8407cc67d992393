"""Briefings (简报) out of the database."""

from collections.abc import AsyncIterator, Sequence
from typing import Final

from sqlalchemy import and_, exists, false, func, or_, select, true

from notices.ledger import Wanted
from rules.briefing.matter import LIVE, SENDERS, Briefing, BriefingState, Cycle, Readers
from rules.find import Words
from rules.roster import LEADERS, OFFICE_DESK, Official, Unit
from storage.queries.find import Searched
from storage.queries.pages import paged
from storage.queries.within import begins_within, overlaps
from storage.retention import Kept
from storage.tables.briefing import briefing_issues, briefings
from storage.tables.people import units
from storage.unit_of_work import UnitOfWork

KEPT = Kept("briefing", briefings.c.submitted_at, over=briefings.c.state.not_in(LIVE))
"""What is over, and goes after its time."""


async def of_unit(work: UnitOfWork, unit: Unit) -> Sequence[Briefing]:
    """What the unit sends or asks for, the oldest first."""
    return await work.find_all(
        select(Briefing)
        .where(briefings.c.unit_id == unit.id, briefings.c.state.in_(LIVE))
        .order_by(briefings.c.id)
    )


async def live_ids(work: UnitOfWork, *, of_closed_units: bool = False) -> Sequence[int]:
    """The ids of what is asked for or registered; or only of units that are no more."""
    gone = units.c.closed_at.is_not(None) if of_closed_units else true()
    return await work.find_all(
        select(briefings.c.id)
        .join(units, units.c.id == briefings.c.unit_id)
        .where(briefings.c.state.in_(LIVE), gone)
        .order_by(briefings.c.id)
    )


async def waiting(work: UnitOfWork) -> Sequence[Briefing]:
    """What somebody has to decide on, the oldest first."""
    asked_anew = (briefings.c.state == BriefingState.REGISTERED) & briefings.c.renewing
    return await work.find_all(
        select(Briefing)
        .where((briefings.c.state == BriefingState.PENDING) | asked_anew)
        .order_by(briefings.c.id)
    )


# ---------------------------------------------------------------- found, and in the ledger

_SEARCHED: Final = Searched(
    select(Briefing).join(units, units.c.id == briefings.c.unit_id),
    newest_by=(briefings.c.submitted_at, briefings.c.id),
    own_words="简报备案",
    texts=(briefings.c.title, units.c.name, units.c.full_name),
    words={briefings.c.cycle: Cycle, briefings.c.readers: Readers, briefings.c.state: BriefingState},
)


async def found_by(work: UnitOfWork, official: Official, words: Words, limit: int) -> Sequence[Briefing]:
    """At most `limit` that the words fit: asked for, or with an issue, in the time they name."""
    own = briefings.c.unit_id == official.unit.id if official.role in SENDERS else false()
    sees = true() if official.role in OFFICE_DESK | LEADERS else own
    sent = exists().where(
        briefing_issues.c.briefing_id == briefings.c.id, *begins_within(briefing_issues.c.sent_at, words.time)
    )
    when = or_(and_(true(), *begins_within(briefings.c.submitted_at, words.time)), sent)
    return await _SEARCHED.newest(work, words, limit, sees, when, besides=lambda _: ())


def of_ledger(work: UnitOfWork, wanted: Wanted) -> AsyncIterator[Briefing]:
    """What was asked for before the end of the stretch and not stopped before its beginning."""
    until = func.coalesce(briefings.c.stopped_at, work.now)
    chosen = [*overlaps(briefings.c.submitted_at, until, wanted.stretch)]
    if wanted.unit:
        chosen.append(briefings.c.unit_id == wanted.unit.id)
    order = (briefings.c.submitted_at, briefings.c.id)
    return paged(work, Briefing, chosen, *order, advance=wanted.advance)
