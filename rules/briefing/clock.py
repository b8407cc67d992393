"""When a unit is asked whether its briefing goes on: after silent months, and each December (art. 66)."""

from datetime import date, datetime
from typing import Final

from rules.briefing.matter import Briefing, BriefingState, renewal_from
from rules.briefing.terms import BriefingTerms
from rules.hours import OfficeHours
from rules.reminders import LADDER, next_morning
from rules.working_days import DAY, Calendar, shanghai_day

CLOCK: Final = "briefing.clock"


def next_look(
    briefing: Briefing, terms: BriefingTerms, calendar: Calendar, hours: OfficeHours
) -> datetime | None:
    """The next morning on which there is something to ask or to end, as aware UTC; None for what is over."""
    if briefing.waiting:  # the desk has it on its morning card; nothing ends while it has not decided
        return LADDER.due(briefing, calendar, hours) if briefing.director else None
    if briefing.state is not BriefingState.REGISTERED:
        return None
    december, new_year = renewal_from(briefing.year), date(briefing.year + 1, 1, 1)
    asked = shanghai_day(briefing.checked_at) if briefing.checked_at else None
    days = [new_year, months_after(_last_heard(briefing), terms.silent_months)]
    if asked is None or asked < december:
        days.append(december)
    return next_morning(hours.closing(min(days) - DAY), calendar, hours)


def _last_heard(briefing: Briefing) -> date:
    """The day of the last issue, of the registration, or of the unit's word that it goes on."""
    moments = [briefing.decided_at, briefing.checked_at, *(one.sent_at for one in briefing.issues[-1:])]
    return max(shanghai_day(at) for at in moments if at is not None)


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    month = day.year * 12 + day.month - 1 + months
    first = date(month // 12, month % 12 + 1, 1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return min(first + (day.day - 1) * DAY, last)
