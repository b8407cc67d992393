"""Times that are longer than a day and have no day of their own: 下周, 周末, 12月上旬, 国庆假期.

What is understood is offered as spans from one day to another; which of them is meant, the person says.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from rules.dates.festivals import NAMED
from rules.dates.meaning import Place, dates
from rules.dates.tokens import DayWords
from rules.dates.words import NoSuchDay
from rules.working_days import DAY, Calendar

Days = tuple[date, date]

_WEEKS: Final = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}
_YEARS: Final = {"前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "来": 1, "后": 2}
_MONTHS: Final = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1}
_WEEK: Final = re.compile(r"(?P<which>上上|下下|上|下|本|这|当)?个?周(?P<end>末)?内?")
_YEAR_HEAD: Final = r"(?:(?P<year>\d{4}|\d{2})年|(?P<years>[前去今本明来后])年)?"
_MONTH: Final = re.compile(
    rf"{_YEAR_HEAD}(?:(?P<month>\d{{1,2}})月份?|(?P<which>[上本这当下])个?月|月)?(?P<part>[上中下]旬|月?[初底末中])?内?"
)
_YEAR: Final = re.compile(
    rf"{_YEAR_HEAD}(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度|年?(?P<end>[初底末]))?内?"
)
_HOLIDAY: Final = re.compile(rf"{_YEAR_HEAD}{NAMED.pattern}(?:长假|小长假|假期|假日|放假|期间|黄金周)")
_WITHIN: Final = re.compile(r"(?P<count>\d+|半|一)个?(?P<unit>[天日周月])(?:之|以)?内")
_TEN_DAYS: Final = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


def spans(text: str, place: Place, calendar: Calendar | None) -> list[Days]:
    """The first and last days that may be meant, the likeliest first; nothing where none is to be told."""
    readers = (_weeks, _holiday, _within, _month, _year)
    try:
        found = next((each for read in readers if (each := list(read(text, place, calendar)))), [])
    except (NoSuchDay, ValueError):
        return []
    return found


def _weeks(text: str, place: Place, calendar: Calendar | None) -> Iterator[Days]:  # noqa: ARG001
    found = _WEEK.fullmatch(text)
    if found is None:
        return
    week = _WEEKS[found["which"]] if found["which"] else 0
    monday = place.today + (7 * week - place.today.weekday()) * DAY
    if found["end"]:
        yield monday + 5 * DAY, monday + 6 * DAY
        if found["which"] is None and place.today.weekday() >= 5:
            yield monday + 12 * DAY, monday + 13 * DAY
    else:
        yield monday, monday + 4 * DAY
        yield monday, monday + 6 * DAY


def _holiday(text: str, place: Place, calendar: Calendar | None) -> Iterator[Days]:
    """The days off around the festival, as far as the calendar knows them."""
    found = _HOLIDAY.fullmatch(text)
    if found is None or calendar is None:
        return
    year, years = found["year"], found["years"]
    words = DayWords(text, int(year) if year else None, _YEARS[years] if years else None, name=found["name"])
    for day in dates(words, place):
        first = last = day
        while not calendar.is_working(first - DAY) and day - first < timedelta(days=10):
            first -= DAY
        while not calendar.is_working(last + DAY) and last - day < timedelta(days=10):
            last += DAY
        yield first, last


def _within(text: str, place: Place, calendar: Calendar | None) -> Iterator[Days]:  # noqa: ARG001
    found = _WITHIN.fullmatch(text)
    if found is None or found["count"] == "半":
        return
    count = 1 if found["count"] == "一" else int(found["count"])
    unit = {"天": 1, "日": 1, "周": 7, "月": 30}[found["unit"]]
    if count * unit <= 366:
        yield place.today, place.today + count * unit * DAY


def _month(text: str, place: Place, calendar: Calendar | None) -> Iterator[Days]:  # noqa: ARG001
    found = _MONTH.fullmatch(text)
    if found is None or not (found["month"] or found["which"] or (found["part"] and not found["year"])):
        return
    year, month = _which_month(found, place)
    last = monthrange(year, month)[1]
    part = (found["part"] or "").removeprefix("月")
    if part in _TEN_DAYS:
        first, end = _TEN_DAYS[part]
        yield date(year, month, first), date(year, month, min(end, last))
    elif part in ("初", "中"):
        first = 1 if part == "初" else 11
        yield date(year, month, first), date(year, month, first + 9)
    elif part:
        yield date(year, month, last), date(year, month, last)
    else:
        yield date(year, month, 1), date(year, month, last)


def _which_month(found: re.Match[str], place: Place) -> tuple[int, int]:
    if not found["month"]:
        step = _MONTHS[found["which"]] if found["which"] else 0
        year, month = divmod(place.today.year * 12 + place.today.month - 1 + step, 12)
        return year, month + 1
    month = int(found["month"])
    if found["year"]:
        return int(found["year"]) + (2000 if len(found["year"]) == 2 else 0), month
    if found["years"]:
        return place.today.year + _YEARS[found["years"]], month
    if place.past:
        return place.today.year - (month > place.today.month), month
    return place.today.year + (month < place.today.month), month


def _year(text: str, place: Place, calendar: Calendar | None) -> Iterator[Days]:  # noqa: ARG001
    found = _YEAR.fullmatch(text)
    if found is None:
        return
    year = place.today.year + (_YEARS[found["years"]] if found["years"] else 0)
    year = int(found["year"]) if found["year"] else year
    if found["half"]:
        yield (
            (date(year, 1, 1), date(year, 6, 30))
            if found["half"] == "上"
            else (date(year, 7, 1), date(year, 12, 31))
        )
    elif found["quarter"]:
        quarter = "一二三四".find(found["quarter"])
        month = 3 * (quarter if quarter >= 0 else int(found["quarter"]) - 1) + 1
        yield date(year, month, 1), date(year, month + 2, monthrange(year, month + 2)[1])
    elif found["end"] in ("底", "末"):
        yield date(year, 12, 31), date(year, 12, 31)
    elif not found["end"]:
        yield date(year, 1, 1), date(year, 12, 31)
