"""The days of a week as the head of a picture: the board's and the leaders' week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules.working_days import Calendar, weekday


@dataclass(frozen=True)
class DayHead:
    """A column's heading: 23, 一, and what sets the day apart (国庆节, 补班, 休)."""

    number: str
    weekday: str
    mark: str
    rest: bool
    provisional: bool
    today: bool


def day_heads(days: Iterable[date], calendar: Calendar, today: date) -> tuple[DayHead, ...]:
    """One for each day; the first of a month with its month."""
    return tuple(_head(day, calendar, today) for day in days)


def _head(day: date, calendar: Calendar, today: date) -> DayHead:
    name, rest = calendar.name_of(day), not calendar.is_working(day)
    return DayHead(
        str(day.day) if day.day != 1 else f"{day.month}月1",
        weekday(day)[1:],
        ("休" if rest else "") if name.startswith("周") else name,
        rest,
        calendar.is_provisional(day),
        day == today,
    )
