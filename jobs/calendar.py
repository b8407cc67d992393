"""The calendar looks ahead: next year's arrangement must be loaded before deadlines reach into it."""

from notices import calendar
from rules.working_days import shanghai_day
from storage.unit_of_work import UnitOfWork

FIRST_MONTH = 11
"""The State Council's notice comes out in November or December; from then on its absence is said."""


async def warn_of_missing_year(work: UnitOfWork, _subject_id: int) -> None:
    """Each Monday, or the first working day after it, from 1 November until next year's days are known."""
    today = shanghai_day(work.now)
    days = await work.calendar()
    if today.month < FIRST_MONTH or days.knows(today.year + 1) or not days.is_working(today):
        return
    last_working = days.last_working_on_or_before(today.fromordinal(today.toordinal() - 1))
    if last_working.isocalendar()[:2] == today.isocalendar()[:2]:
        return  # already said this week
    await work.send(*calendar.next_year_missing(today.year + 1, await work.roster()))
