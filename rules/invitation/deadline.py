"""How long before the event an invitation has to reach the office (art. 86): five working days.

The last day counts to its end (24:00); the day of the event itself does not count.
"""

from datetime import date, datetime

from rules.periods import Periods
from rules.working_days import DAY, Calendar, Deadline, shanghai_day

EVENT_DAY = "活动当日"
"""How `Deadline.explain` names the day it is counted from."""


def due(event_day: date, calendar: Calendar, periods: Periods) -> Deadline:
    """The last day on which an event of that Shanghai date may be reported."""
    return calendar.before(event_day, periods.invitation)


def missed(start: datetime, reported_at: datetime, calendar: Calendar, periods: Periods) -> Deadline | None:
    """The deadline, if the report comes after the end of its day; None where it is in time."""
    deadline = due(shanghai_day(start), calendar, periods)
    return deadline if shanghai_day(reported_at) > calendar.still_counts(deadline.day) else None


def notice(start: datetime, reported_at: datetime, calendar: Calendar) -> int:
    """Working days of notice: 5 where it was reported on the fifth working day before the event."""
    first, last = shanghai_day(reported_at), shanghai_day(start) - DAY
    return calendar.working_between(first, last) if first <= last else 0
