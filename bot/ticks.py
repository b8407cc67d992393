"""Ticks that keep coming however the machine's clock is set (APScheduler plans by that clock alone).

A machine's clock is put right by NTP or by hand, back or ahead, and a suspended machine wakes hours later.
What is due by the new time is met within a tick of it.
"""

import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

log = logging.getLogger(__name__)


def steady(platform: str) -> Callable[[], float] | None:
    """The seconds that count on in a suspended machine, on that `sys.platform`; None where there are none.

    Python's own monotonic time stands still meanwhile on Linux and macOS, but not on Windows.
    """
    name = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC_RAW"}.get(platform)
    clock: int | None = getattr(time, name, None) if name else None
    if clock is not None:
        return partial(time.clock_gettime, clock)
    return time.monotonic if platform == "win32" else None


_STEADY: Final = steady(sys.platform)
_SET: Final = timedelta(seconds=1)
"""By less than this the clock is merely kept in step, as NTP does all the time."""


def passed() -> float:
    """Seconds that have passed since some fixed moment, whatever the clock was set to meanwhile.

    The time in which the machine was suspended is in it where the system tells it (see `knows_suspension`).
    """
    return time.monotonic() if _STEADY is None else _STEADY()


def knows_suspension() -> bool:
    """Whether `passed` counts on in a suspended machine: what the clock moved beyond it was then set."""
    return _STEADY is not None


class Tick(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """Every so often from now on: of the ticks that a jump ahead skips, only one is made up for.

    APScheduler's own interval lists each of them, two million for a year.
    """

    def __init__(self, seconds: float) -> None:
        self.interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:  # noqa: ARG002 - the name is APScheduler's
        """An interval from now, an aware instant."""
        return now + self.interval


class SteadyScheduler(AsyncIOScheduler):  # type: ignore[misc] # APScheduler has no types
    """APScheduler that does not wait for an hour to come round again when the clock was set back.

    It wakes by the loop's steady time, at the latest after one interval; where it then finds that the clock
    was set, every call is due.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        passed: Callable[[], float] = passed,
    ) -> None:
        self._now, self._passed = now, passed
        self._ahead: timedelta | None = None
        super().__init__(timezone=UTC)

    def wakeup(self) -> None:
        """Look for what is due; called by the scheduler's own alarm, at the latest each interval."""
        now = self._now()
        ahead = timedelta(seconds=now.timestamp() - self._passed())
        moved = timedelta() if self._ahead is None else ahead - self._ahead
        self._ahead = ahead
        if abs(moved) >= _SET:
            log.warning("the machine's clock was set by %s: looking for what is due at once", moved)
            for job in self.get_jobs():
                job.modify(next_run_time=now)
        super().wakeup()
