"""The administrator's own calendar days: a notice of the State Council once it is out, or a single day."""

from collections.abc import Iterable

from sqlalchemy import delete, insert

from rules.working_days import CalendarDay
from storage.tables import calendar_days
from storage.work import Work


async def enter(work: Work, days: Iterable[CalendarDay]) -> None:
    """Keep these days; a day entered before is replaced."""
    days = list(days)
    if not days:
        return
    dates = [one.date for one in days]
    await work.session.execute(delete(calendar_days).where(calendar_days.c.date.in_(dates)))
    await work.session.execute(
        insert(calendar_days),
        [{"date": d.date, "working": d.working, "source": d.source, "festival": d.festival} for d in days],
    )
    work.forget_calendar()
