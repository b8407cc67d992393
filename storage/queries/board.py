"""The absences of some days out of the database."""

from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import or_, select

from rules.board import Absence, absence
from rules.leave.ledger import STANDS
from rules.leave.matter import Leave, LeaveState
from rules.leave.trip import stretch_of
from rules.working_days import SHANGHAI
from storage.queries.leave.trip import own_leaves_of
from storage.tables.leave import leaves
from storage.unit_of_work import UnitOfWork


async def absences(work: UnitOfWork, first: date, last: date) -> list[Absence]:
    """Everybody's absences, as they really run, that take up some of the days from first to last."""
    midnight = datetime.combine(first, time(), SHANGHAI)
    found = await work.session.scalars(
        select(Leave).where(
            leaves.c.state.in_(STANDS),
            leaves.c.start <= last,
            # One not reported back from runs on beyond its end; the others are over by then.
            or_(
                leaves.c.state == LeaveState.APPROVED,
                leaves.c.returned_at >= midnight,
                leaves.c.end >= first,
            ),
        )
    )
    real = (absence(leave, work.now) for leave in found.unique())
    there = [one for one in real if one is not None and one.during(first, last)]
    own = await own_leaves_of(work, [one.official for one in there])
    return [replace(one, stretch=stretch_of(one.leave, own[one.official.id])) for one in there]
