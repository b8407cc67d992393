"""Office hours (作息时间) by season: when the office is open, and when a nudge may go out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from rules.working_days import DAY, SHANGHAI, Calendar, shanghai_day

Session = tuple[time, time]
"""One stretch of office hours by the Shanghai clock, the end not included."""

ORDINARY: Final[tuple[Session, ...]] = ((time(8, 30), time(12, 0)), (time(14, 0), time(18, 0)))
SUMMER: Final[tuple[Session, ...]] = ((time(8, 30), time(12, 0)), (time(14, 30), time(18, 30)))


def _check(sessions: tuple[Session, ...]) -> None:
    """Sessions are in order, apart, and none is empty."""
    edges = [edge for session in sessions for edge in session]
    if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
        written = "、".join(f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in sessions)
        raise ValueError(f"[hours] 作息时间应先后分明，如 08:30-12:00、14:00-18:00，现为“{written}”。")


@dataclass(frozen=True)
class Season:
    """Hours that hold from one (month, day) to another each year, both included; may span the new year."""

    first: tuple[int, int]
    last: tuple[int, int]
    sessions: tuple[Session, ...]

    def __post_init__(self) -> None:
        _check(self.sessions)
        for month, day in (self.first, self.last):
            date(2024, month, day)  # a leap year: 2月29日 may begin or end a season

    def holds(self, day: date) -> bool:
        """Whether the day lies in the season."""
        this = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= this <= self.last
        return this >= self.first or this <= self.last


@dataclass(frozen=True)
class OfficeHours:
    """The office's hours: the ordinary ones, and those of seasons that differ (the first that fits holds).

    By default 8:30-12:00 and 14:00-18:00, from June to September 14:30-18:30 after noon.
    """

    sessions: tuple[Session, ...] = ORDINARY
    seasons: tuple[Season, ...] = (Season((6, 1), (9, 30), SUMMER),)

    def __post_init__(self) -> None:
        _check(self.sessions)

    def on(self, day: date) -> tuple[Session, ...]:
        """The sessions of the day by the clock, as they would be if it is a working day."""
        return next((season.sessions for season in self.seasons if season.holds(day)), self.sessions)

    def opening(self, day: date) -> datetime:
        """When the day's first session begins, as aware UTC."""
        return _instant(day, self.on(day)[0][0])

    def closing(self, day: date) -> datetime:
        """When the day's last session ends (the close of business), as aware UTC."""
        return _instant(day, self.on(day)[-1][1])

    def is_open(self, calendar: Calendar, instant: datetime) -> bool:
        """Whether people are at their desks."""
        return self.next_opening(calendar, instant) == instant

    def next_opening(self, calendar: Calendar, instant: datetime) -> datetime:
        """The instant itself while the office is open, else the beginning of the next session."""
        day = instant.astimezone(SHANGHAI).date()
        while True:
            for begins, ends in self._open(calendar, day):
                if instant < ends:
                    return max(begins, instant)
            day = calendar.next_working(day)

    def last_opening(self, calendar: Calendar, instant: datetime) -> datetime:
        """The instant itself while the office is open, else the beginning of the session before."""
        day = instant.astimezone(SHANGHAI).date()
        while True:
            for begins, ends in reversed(list(self._open(calendar, day))):
                if instant >= begins:
                    return instant if instant < ends else begins
            day = calendar.last_working_on_or_before(day - DAY)

    def worked_out(self, calendar: Calendar, instant: datetime, worked: timedelta) -> datetime:
        """When so much of office time has passed since the instant."""
        at, left = self.next_opening(calendar, instant), worked
        while True:
            ends = next(ends for _, ends in self._open(calendar, shanghai_day(at)) if at < ends)
            if left <= ends - at:
                return at + left
            left -= ends - at
            at = self.next_opening(calendar, ends)

    def worked_before(self, calendar: Calendar, instant: datetime, worked: timedelta) -> datetime:
        """The instant from which so much of office time is left until this one."""
        day, left = shanghai_day(instant), worked
        while True:
            for begins, closes in reversed(list(self._open(calendar, day))):
                ends = min(closes, instant)
                if begins < ends and left <= ends - begins:
                    return ends - left
                left -= max(ends - begins, timedelta())
            day = calendar.last_working_on_or_before(day - DAY)

    def worked_between(self, calendar: Calendar, begins: datetime, ends: datetime) -> timedelta:
        """How much office time lies between the two instants; none where they stand the other way round."""
        total, day = timedelta(), shanghai_day(begins)
        while day <= shanghai_day(ends):
            for opens, closes in self._open(calendar, day):
                total += max(min(closes, ends) - max(opens, begins), timedelta())
            day += DAY
        return total

    def nudge_at(self, calendar: Calendar, day: date, at: time) -> datetime:
        """When a nudge meant for that Shanghai day and hour goes out, as aware UTC.

        On an off-day it goes out on the working day before, never later; out of hours at the beginning of
        the session before, and before the first session at the opening.
        """
        day = calendar.last_working_on_or_before(day)
        return self.last_opening(calendar, max(_instant(day, at), self.opening(day)))

    def _open(self, calendar: Calendar, day: date) -> Iterator[tuple[datetime, datetime]]:
        if calendar.is_working(day):
            for begins, ends in self.on(day):
                yield _instant(day, begins), _instant(day, ends)


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)
