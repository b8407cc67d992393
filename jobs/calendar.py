"""The calendar looks ahead: next year's arrangement must be loaded before deadlines reach into it."""

from notices import calendar
from rules.administrators import who_runs_it
from rules.working_days import shanghai_day
from storage.unit_of_work import UnitOfWork

FIRST_MONTH = 11
"""The State Council's notice comes out in November or December; from then on its absence is said."""


async def warn_of_missing_year(work: UnitOfWork, _subject_id: int) -> None:
    """Each Monday, or the first working day after it, until the days are known.

    Next year's are missed from 1 November on, this year's at any time.
    """
    today = shanghai_day(work.now)
    days = await work.calendar()
    years = [today.year, *([today.year + 1] if today.month >= FIRST_MONTH else [])]
    missing = next((year for year in years if not days.knows(year)), None)
    if missing is None or not days.is_working(today):
        return
    last_working = days.last_working_on_or_before(today.fromordinal(today.toordinal() - 1))
    if last_working.isocalendar()[:2] == today.isocalendar()[:2]:
        return  # already said this week
    to = who_runs_it(await work.roster(), work.office.settings.administrators)
    await work.send(*calendar.year_missing(missing, today.year, to))
