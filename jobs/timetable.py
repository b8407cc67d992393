"""The timetable: everything the clock does by itself, one line each.

A one-off moment (the return date of a leave, a form left half-way) is a timer in the database, set by the
use case that knows it. A daily duty is a timer as well, set again each time from its cron trigger, so that
a duty missed during a stop is caught up once, and a clock that is turned walks through all of them.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from apscheduler.triggers.cron import CronTrigger

from jobs import calendar, forms, housekeeping, leave
from rules.working_days import SHANGHAI
from storage.work import Work

Fire = Callable[[Work, int], Awaitable[None]]
"""What is done when a timer of the kind is due: in one transaction, rechecking, for the subject's id."""


@dataclass(frozen=True)
class Daily:
    """A duty with a cron line; `hour` and `minute` are Beijing time."""

    cron: str
    fire: Fire

    def next_after(self, moment: datetime) -> datetime:
        """The next time it is due, strictly after the moment."""
        trigger = CronTrigger.from_crontab(self.cron, timezone=SHANGHAI)
        following: datetime = trigger.get_next_fire_time(moment, moment)
        return following


TIMERS: Mapping[str, Fire] = {
    "form.stale": forms.offer,  # 30 minutes after the last word on a half-filled form
    "leave.silent": leave.nudge_approver,  # an approver silent for a working day
    "leave.return": leave.nudge_return,  # the return date (art. 77), then each working morning
}

DAILY: Mapping[str, Daily] = {
    "calendar.missing": Daily(
        "30 8 * * *", calendar.warn_of_missing_year
    ),  # from 1 November until it is loaded
    "housekeeping": Daily("40 3 * * *", housekeeping.forget),  # ids of updates Telegram cannot send again
}
