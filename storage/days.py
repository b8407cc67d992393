"""The calendar out of the database: the administrator's days, and the ends of days nothing was heard over."""

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from rules.outage import Outage, unheard_ends
from rules.working_days import Calendar, CalendarDay
from storage.tables import calendar_days

if TYPE_CHECKING:
    from storage.office import Office


_ADDITIONS = select(calendar_days)


async def calendar(session: AsyncSession, office: "Office") -> Calendar:
    """Working days with the administrator's own additions on top.

    Outages are read once in the life of the office and again after each one (`Office.unheard`); always where
    another process may have entered one.
    """
    rows = await session.execute(_ADDITIONS)
    if office.unheard is None or office.shared:
        office.unheard = unheard_ends(await session.scalars(select(Outage)))
    additions = (CalendarDay(row.date, row.working, row.source, row.festival) for row in rows)
    return Calendar(additions, office.unheard)
