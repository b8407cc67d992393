"""When somebody's silence is over: in working days and office hours, the same for every question asked."""

from datetime import datetime

from rules.hours import OfficeHours
from rules.working_days import Calendar, shanghai_day


def second_silence(asked_at: datetime, calendar: Calendar, hours: OfficeHours) -> datetime:
    """When somebody has been silent for two working days."""
    return next_morning(silence_over(asked_at, calendar, hours), calendar, hours)


def silence_over(asked_at: datetime, calendar: Calendar, hours: OfficeHours) -> datetime:
    """When somebody has been silent for a working day: the opening of the next one.

    What reaches them after the close of business or on an off-day counts as of the next working day.
    """
    day = shanghai_day(asked_at)
    if not calendar.is_working(day) or asked_at >= hours.closing(day):
        day = calendar.next_working(day)
    return hours.opening(calendar.next_working(day))


def next_morning(now: datetime, calendar: Calendar, hours: OfficeHours) -> datetime:
    """The opening of the next working day."""
    return hours.opening(calendar.next_working(shanghai_day(now)))
