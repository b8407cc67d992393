"""When the clock looks at a leave: an approver who is silent, and the return (销假)."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Final

from rules.dates import Half
from rules.hours import OfficeHours
from rules.leave import Leave, LeaveState
from rules.working_days import SHANGHAI, Calendar, shanghai_day

RETURN_HOUR: Final = time(16, 0)
"""On the last day people are asked to report back at this hour, by the Shanghai clock."""
RETURN_HOUR_MORNING: Final = time(11, 30)
"""The same, when the leave ends with the morning."""
SILENT: Final = "leave.silent"
RETURN: Final = "leave.return"


def moments(leave: Leave, calendar: Calendar, hours: OfficeHours) -> Mapping[str, datetime | None]:
    """For each kind of timer when it is due, as aware UTC; None where the leave needs none now."""
    asked_at = leave.waiting.asked_at if leave.waiting else None
    stands = leave.state is LeaveState.APPROVED
    return {
        SILENT: silence_over(asked_at, calendar, hours) if asked_at else None,
        RETURN: return_due(leave, calendar, hours) if stands else None,
    }


def return_due(leave: Leave, calendar: Calendar, hours: OfficeHours) -> datetime:
    """The first nudge to report back: on the last day, or at the opening after it if people rest that day.

    Later and not earlier, unlike other nudges: nobody can report back before he is back, and nobody is
    nudged on a rest day.
    """
    if not calendar.is_working(leave.end):
        return next_morning(hours.opening(leave.end), calendar, hours)
    at = RETURN_HOUR_MORNING if leave.end_half is Half.AM else RETURN_HOUR
    return datetime.combine(leave.end, at, SHANGHAI)


def silence_over(asked_at: datetime, calendar: Calendar, hours: OfficeHours) -> datetime:
    """When an approver has been silent for a working day: the opening of the next one.

    What reaches him after the close of business or on an off-day counts as of the next working day.
    """
    day = shanghai_day(asked_at)
    if not calendar.is_working(day) or asked_at >= hours.closing(day):
        day = calendar.next_working(day)
    return hours.opening(calendar.next_working(day))


def next_morning(now: datetime, calendar: Calendar, hours: OfficeHours) -> datetime:
    """The opening of the next working day."""
    return hours.opening(calendar.next_working(shanghai_day(now)))
