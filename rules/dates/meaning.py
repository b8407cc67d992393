"""Which date a day as written is, seen from today; what leaves room for doubt gives several, likeliest first.

Without a year it is of this year unless it lies further back than PAST_KEPT: then of the next. On a form
about what has happened (`past`) it is the latest that is not still to come.
"""

from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rules.dates.festivals import JUST_GONE, lunar, named
from rules.dates.tokens import DayWords
from rules.dates.words import YEARS, NoSuchDay
from rules.refused import Refused
from rules.working_days import DAY, Calendar

PAST_KEPT: Final = timedelta(days=60)
"""A day written without its year is of this year unless it lies further back than this: then of the next."""

_HALF_A_YEAR: Final = timedelta(days=180)


@dataclass(frozen=True)
class Place:
    """Where a day is seen from: today, the first day of the span whose end it is, and which way it lies.

    Without a `calendar` nothing can be counted in working days, and `Refused` says so.
    """

    today: date
    near: date | None = None
    past: bool = False
    calendar: Calendar | None = None


def dates(words: DayWords, place: Place) -> tuple[date, ...]:
    """The dates that may be meant; raises NoSuchDay for one that does not exist, `Refused` for its year."""
    found = _dates(words, place)
    if words.other is not None:
        with suppress(NoSuchDay):
            found = (*found, *_dates(words.other, place))
    return tuple(dict.fromkeys(found))


def _dates(words: DayWords, place: Place) -> tuple[date, ...]:
    today = place.today
    if words.next_day:
        return ((place.near or today) + DAY,)
    if words.working and words.step is not None:
        return (_working_days_on(words, place),)
    if words.step is not None:
        return (today + words.step * DAY,)
    if words.nth is not None:
        return _nth(words, place)
    if words.weekday is not None:
        return (_weekday(words.weekday, words.week, place),)
    if words.name:
        return _by_name(words, place, lambda year: named(words.name, year))
    if words.lunar is not None:
        month, day, leap = words.lunar
        return _by_name(words, place, lambda year: lunar(year, month, day, leap=leap))
    if words.months is not None:
        return (_months_on(today, words.months, words.day, words.text),)
    if words.month is None:
        return (_of_month(words, place),)
    return (_by_date(words, place),)


def _by_date(words: DayWords, place: Place) -> date:
    month, day = words.month or 0, words.day or 0
    year = place.today.year + words.years if words.years is not None else words.year
    if year is not None:
        return exactly(year, month, day, words.text)
    base, earliest = (
        (place.near.year, place.near) if place.near else (place.today.year, place.today - PAST_KEPT)
    )
    if place.past and not place.near:
        for tried in (base, base - 1):
            found = _if_any(tried, month, day)
            if found and found <= place.today:
                return found
        return exactly(base, month, day, words.text)
    for tried in (base, base + 1):
        found = _if_any(tried, month, day)
        if found and found >= earliest and not (place.near and found - place.near > _HALF_A_YEAR):
            return found
    return exactly(base, month, day, words.text)


def _if_any(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def exactly(year: int, month: int, day: int, said: str) -> date:
    """That day of that year; raises NoSuchDay where no calendar has it."""
    if year not in YEARS:
        raise Refused(f"{year}年不在可用的年份内，请核对。")
    found = _if_any(year, month, day)
    if found is None:
        raise NoSuchDay(said)
    return found


def _of_month(words: DayWords, place: Place) -> date:
    """3日: of the span's month; alone the next such day, or the last where it has happened."""
    first, day = place.near or place.today, words.day or 0
    if place.near and day < place.near.day:
        first = _next_month(place.near)  # 30日至2日
    elif place.near is None and place.past and day > place.today.day:
        first = place.today.replace(day=1) - DAY
    elif place.near is None and not place.past and day < place.today.day:
        first = _next_month(place.today)
    return exactly(first.year, first.month, day, words.text)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _months_on(today: date, months: int, day: int | None, said: str) -> date:
    """The day of that month, or (1个月后) today's day there, or the month's last where it is shorter."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    if day is not None:
        return exactly(year, month + 1, day, said)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _weekday(index: int, week: int | None, place: Place) -> date:
    """下周三 counts weeks from Monday; 周三 alone is the coming one, or the first from `near` on."""
    if week is not None:
        return place.today - place.today.weekday() * DAY + (7 * week + index) * DAY
    first = place.near or place.today
    if place.past and place.near is None:
        return first - (first.weekday() - index) % 7 * DAY
    return first + (index - first.weekday()) % 7 * DAY


def _working_days_on(words: DayWords, place: Place) -> date:
    """3个工作日后, seen from today; as the end of a span it might be counted from the span's first day."""
    if place.near is not None:
        raise Refused(f"「{words.text}」从哪天数起不明确，请写明是几月几日。")
    return _counting(words, place).after(place.today, words.step or 1).day


def _counting(words: DayWords, place: Place) -> Calendar:
    if place.calendar is None:
        raise Refused(f"「{words.text}」要查工作日才能定，请写明是几月几日。")
    return place.calendar


def _nth(words: DayWords, place: Place) -> tuple[date, ...]:
    """The second Wednesday of the month, the last working day of the month or week."""
    if words.week is not None:
        monday = place.today + (7 * words.week - place.today.weekday()) * DAY
        found = _nth_between(words, place, monday, monday + 6 * DAY)
    elif words.months is not None:
        first = _months_on(place.today, words.months, 1, words.text)
        found = _nth_between(words, place, first, _next_month(first) - DAY)
    else:
        return _by_name(words, place, lambda year: _nth_of_year(words, place, year))
    if found is None:
        raise NoSuchDay(words.text)
    return (found,)


def _nth_of_year(words: DayWords, place: Place, year: int) -> date | None:
    first = date(year, words.month or 1, 1)
    found = _nth_between(words, place, first, _next_month(first) - DAY)
    too_far = place.near is not None and found is not None and found - place.near > _HALF_A_YEAR
    return None if too_far and year != (place.near or place.today).year else found


def _nth_between(words: DayWords, place: Place, first: date, last: date) -> date | None:
    """That one of the days from first to last; None for a fifth where there are four."""
    days = [first + step * DAY for step in range((last - first).days + 1)]
    if words.working:
        calendar = _counting(words, place)
        days = [day for day in days if calendar.is_working(day)]
    else:
        days = [day for day in days if day.weekday() == words.weekday]
    nth = words.nth or 1
    if nth < 0:
        return days[-1] if days else None
    return days[nth - 1] if nth <= len(days) else None


def _by_name(words: DayWords, place: Place, of_year: Callable[[int], date | None]) -> tuple[date, ...]:
    """The festival of the year said; else the coming one, and the one that has just gone by as well."""
    today = place.today
    year = today.year + words.years if words.years is not None else words.year
    if year is not None:
        found = of_year(year) if year in YEARS else None
        if found is None:
            raise NoSuchDay(words.text)
        return (found,)
    around = [day for each in range(-1, 3) if (day := of_year(today.year + each))]
    first = place.near or today
    coming = next((day for day in around if day >= first), None)
    gone = next((day for day in reversed(around) if day < today), None)
    if coming is None and gone is None:
        raise NoSuchDay(words.text)
    if place.past and place.near is None:
        return (today,) if coming == today else (gone or today,)
    if place.near is None and gone and today - gone <= JUST_GONE and coming != today:
        return tuple(day for day in (coming, gone) if day)
    if coming is None and place.near is not None and gone is not None:
        return (gone,)  # before the span's first day: the caller says so
    return (coming or today,)
