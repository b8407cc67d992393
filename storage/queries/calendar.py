"""The administrator's own calendar days: a notice of the State Council once it is out, or a single day."""

from sqlalchemy import delete, insert

from rules.holiday_change import HolidayChange
from storage.tables import calendar_days
from storage.unit_of_work import UnitOfWork


async def enter(work: UnitOfWork, change: HolidayChange) -> None:
    """Keep what the change enters in the place of what was there before."""
    gone = change.dropped | {one.date for one in change.entered}
    if not gone:
        return
    await work.session.execute(delete(calendar_days).where(calendar_days.c.date.in_(gone)))
    rows = [
        {"date": d.date, "working": d.working, "source": d.source, "festival": d.festival}
        for d in change.entered
    ]
    if rows:
        await work.session.execute(insert(calendar_days), rows)
    work.forget_calendar()
