"""A later word on the holidays: what it puts in the place of the earlier, and what the calendar is then.

Whoever speaks of a festival speaks of the whole of it: the days off and the make-up days that it had before
are no more, whether they were entered or came with chinese-calendar. A single day entered by itself (a
make-up day of no festival, a weekday off taken back) changes that day and nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from rules.holiday_notice import Arrangement, Lengthened, worked_for
from rules.refused import Refused
from rules.working_days import DAY, Calendar, CalendarDay, published_days, statutory_festivals, weekday

_LONGEST: Final = timedelta(days=15)
"""No holiday is lengthened by more."""


@dataclass(frozen=True)
class HolidayChange:
    """The days to be entered and those to be taken out, and the calendar before and after.

    `missing` names the festivals of the year without an arrangement; while there are any, it stays 暂定.
    """

    entered: tuple[CalendarDay, ...]
    dropped: frozenset[date]
    before: Calendar
    after: Calendar
    missing: tuple[str, ...]


def change(before: Calendar, arrangement: Arrangement) -> HolidayChange:
    """What the arrangement makes of the calendar; raises `Refused` where it contradicts what is known.

    A festival spoken of loses every day it had and has only those now said; its statutory days and those of
    a festival that shared the holiday stay off all the same.
    """
    for day in arrangement.days:
        if day.working and day.date.weekday() < 5:
            _check_taken_back(before, day.date)
    said = {day.date: day for day in (*arrangement.days, *_lengthened(before, arrangement))}
    spoken = {name for day in arrangement.days if not day.working for name in _names(day.festival)}
    earlier = {
        day.date
        for day in _set_apart(before, arrangement.year)
        if spoken.intersection(_names(day.festival)) and day.date not in said
    }
    dropped = frozenset(day for day in earlier if day in before.additions)
    kept = {day: one for day, one in before.additions.items() if day not in dropped}
    plain = [
        CalendarDay(day, _plainly_working(day), arrangement.source)
        for day in earlier
        if day not in statutory_festivals(day.year)
        and Calendar(kept).is_working(day) != _plainly_working(day)
    ]
    entered = tuple(sorted((*said.values(), *plain), key=lambda one: one.date))
    after = Calendar({**kept, **{day.date: day for day in entered}})
    return HolidayChange(entered, dropped, before, after, _missing(after, arrangement.year))


def _check_taken_back(before: Calendar, day: date) -> None:
    """A weekday may only be switched on where it was off, and never a statutory festival."""
    line = f"“{day:%Y-%m-%d}”：{_said(day)}是{weekday(day)}"
    if before.is_working(day):
        raise Refused(f"{line}，本来就上班，请核对日期和年份。")
    if festival := statutory_festivals(day.year).get(day):
        raise Refused(f"{line}，{festival}是法定节日，不能改为上班，请核对。")


def _missing(calendar: Calendar, year: int) -> tuple[str, ...]:
    if calendar.knows(year):
        return ()
    festivals = sorted(statutory_festivals(year).items())
    lacking = (name for day, name in festivals if day.weekday() < 5 and day not in calendar.additions)
    return tuple(dict.fromkeys(lacking))


def _lengthened(before: Calendar, arrangement: Arrangement) -> Iterator[CalendarDay]:
    """The days that a festival goes on for, from the end it had."""
    for longer in arrangement.lengthened:
        known = [
            day.date
            for day in _set_apart(before, arrangement.year)
            if not day.working and longer.festival in _names(day.festival)
        ]
        _check_end(longer, known, arrangement.year)
        first = max(known) + DAY
        for step in range((longer.until - first).days + 1):
            yield CalendarDay(first + step * DAY, False, arrangement.source, longer.festival)


def _check_end(longer: Lengthened, known: list[date], year: int) -> None:
    if not known:
        raise Refused(f"还没有{year}年{longer.festival}的放假安排，无从延长，请先录入全年的安排。")
    if not timedelta() < longer.until - max(known) <= _LONGEST:
        end = _said(max(known))
        raise Refused(f"{year}年{longer.festival}原放假至{end}，延长至{_said(longer.until)}不对，请核对。")


def _set_apart(calendar: Calendar, year: int) -> Iterator[CalendarDay]:
    """Every day set apart in the festivals of that year; 元旦 may begin in December of the year before."""
    for each in (year - 1, year):
        projected = {
            day: CalendarDay(day, False, "", name) for day, name in statutory_festivals(each).items()
        }
        layers: Mapping[date, CalendarDay] = published_days(each) or projected
        entered = {day: one for day, one in calendar.additions.items() if day.year == each}
        yield from (
            day
            for day in _with_their_festivals({**layers, **entered}.values())
            if (day.date.year == year) != (day.date.month == 12 and "元旦" in day.festival)
        )


def _with_their_festivals(days: Iterable[CalendarDay]) -> Iterator[CalendarDay]:
    """The days; a make-up day without a name is worked for the nearest festival of the same notice."""
    days = list(days)
    for day in days:
        if day.festival or not day.working:
            yield day
        else:
            off = [(one.date, one.festival) for one in days if not one.working and one.source == day.source]
            yield replace(day, festival=worked_for(day.date, off))


def _names(festival: str) -> frozenset[str]:
    """国庆、中秋节 are two, each under its full name."""
    parts = filter(None, re.split(r"[、和与]", festival))
    return frozenset(f"{part}节" if part in ("清明", "端午", "中秋", "国庆") else part for part in parts)


def _plainly_working(day: date) -> bool:
    return day.weekday() < 5


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"
