"""The absences of some days out of the database."""

from datetime import date, datetime, time

from sqlalchemy import or_, select

from rules.board import Absence, absence
from rules.leave.ledger import STANDS
from rules.leave.matter import Leave, LeaveState
from rules.working_days import SHANGHAI
from storage.tables import leaves
from storage.work import Work


async def absences(work: Work, first: date, last: date) -> list[Absence]:
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
    return [one for one in real if one is not None and one.during(first, last)]
