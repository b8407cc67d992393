"""Finding matters (查找): what the words somebody wrote ask for, and what was found for them.

Words that are dates narrow the time; every other word has to stand somewhere in the matter.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from rules.dates.reading import parse_day, parse_span
from rules.refused import Refused
from rules.spelling import folded
from rules.stretch import Stretch
from rules.text import clean, one_line
from rules.working_days import DAY

ROOM: Final = 42
"""Bytes of the words that a button can carry to the next page: fourteen Chinese signs."""
_APART: Final = re.compile(r"[\s,，、;；。]+")
_DATE_LIKE: Final = re.compile(r"[\d年月日号./~～—–至到上下午-]+")
_MONTH: Final = re.compile(
    r"(?:(?P<year>\d{4})[年./-])?(?P<month>\d{1,2})月份?|(?P<y>\d{4})[./-](?P<m>\d{1,2})"
)
_YEAR: Final = re.compile(r"(?P<year>20\d\d)年?")
_WEEKS: Final = {"上周": -1, "本周": 0, "这周": 0, "下周": 1}
_MONTHS: Final = {"上月": -1, "上个月": -1, "本月": 0, "这个月": 0, "下月": 1, "下个月": 1}
_YEARS: Final = {"去年": -1, "今年": 0, "明年": 1}
COMING: Final = "今后"
"""From today on, as 查找 reads it."""
_DAYS: Final = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}


@dataclass(frozen=True)
class Words:
    """What is looked for: every term must stand in the matter, and the matter must touch the stretch.

    `said` is what was written, `cut` whether its end was left out; `beyond` are times after the first, which
    are not looked for.
    """

    said: str
    terms: tuple[str, ...] = ()
    stretch: Stretch | None = None
    cut: bool = False
    beyond: tuple[str, ...] = ()

    @property
    def time(self) -> Stretch:
        """The stretch, or all time."""
        return self.stretch or Stretch()


@dataclass(frozen=True)
class Found:
    """One matter: `key` (leave:12) opens its card, `line` says in one line what it is, as plain text.

    `at` is when it was begun, an aware instant: the newest stands first.
    """

    key: str
    at: datetime
    line: str


def read(text: str, today: date) -> Words:
    """What the words ask for; `today` is a Shanghai date. Refused where nothing is left to look for."""
    whole = one_line(clean(unicodedata.normalize("NFKC", text)))
    said = _fitting(whole)
    terms: list[str] = []
    beyond: list[str] = []
    stretch: Stretch | None = None
    for term in filter(None, _APART.split(said)):
        time = _stretch(term, today)
        if time is None:
            terms.append(folded(term))
        elif stretch is None:
            stretch = time
        elif time != stretch:
            beyond.append(term)
    if not terms and stretch is None:
        raise Refused("请写要查的词：姓名、单位、地点、标题、状态或时间，如“财政局 12月”。")
    return Words(
        said, tuple(dict.fromkeys(terms)), stretch, cut=said != whole, beyond=tuple(dict.fromkeys(beyond))
    )


def newest(found: Iterable[Found]) -> list[Found]:
    """The newest first."""
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def _fitting(text: str) -> str:
    """The words as far as they fit onto a button."""
    return text.encode()[:ROOM].decode(errors="ignore").strip()


def _stretch(term: str, today: date) -> Stretch | None:
    """The time that the term names; None where it is no time."""
    if term == COMING:
        return Stretch(today, None)
    if term in _DAYS:
        day = today + _DAYS[term] * DAY
        return Stretch(day, day)
    if term in _WEEKS:
        monday = today - today.weekday() * DAY + timedelta(weeks=_WEEKS[term])
        return Stretch(monday, monday + 6 * DAY)
    if term in _MONTHS:
        months = today.year * 12 + today.month - 1 + _MONTHS[term]
        return _month(months // 12, months % 12 + 1)
    if term in _YEARS or (year := _YEAR.fullmatch(term)):
        number = today.year + _YEARS[term] if term in _YEARS else int(year["year"]) if year else 0
        return Stretch(date(number, 1, 1), date(number, 12, 31))
    if month := _MONTH.fullmatch(term):
        return _named_month(month, today)
    if not _DATE_LIKE.fullmatch(term) or term.isdecimal():
        return None
    try:
        span = parse_span(term, today)
    except Refused:
        try:
            day = parse_day(term, today)
        except Refused:
            return None
        return Stretch(day, day)
    return Stretch(span.start, span.end)


def _named_month(found: re.Match[str], today: date) -> Stretch | None:
    """The month; without its year the one nearest to today."""
    number, year = int(found["month"] or found["m"]), found["year"] or found["y"]
    if not 1 <= number <= 12:
        return None
    if year is not None:
        return _month(int(year), number)
    months = [_month(today.year + step, number) for step in (-1, 0, 1)]
    return min(months, key=lambda each: abs(((each.first or today) + 14 * DAY - today).days))


def _month(year: int, month: int) -> Stretch:
    first = date(year, month, 1)
    return Stretch(first, (first + 31 * DAY).replace(day=1) - DAY)
