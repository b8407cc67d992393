"""Days that have a name: festivals, solar terms, dates of the lunar calendar (农历)."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from borax.calendars import LunarDate
from borax.calendars.lunardate import TermUtils

from rules.working_days import DAY

JUST_GONE: Final = timedelta(days=60)
"""A named day gone by for no longer may still be the one that is spoken of."""

_SOLAR: Final[Mapping[str, tuple[int, int]]] = {
    "元旦": (1, 1), "妇女节": (3, 8), "三八": (3, 8), "植树节": (3, 12), "劳动节": (5, 1), "五一": (5, 1),
    "青年节": (5, 4), "五四": (5, 4), "儿童节": (6, 1), "六一": (6, 1), "建党节": (7, 1), "七一": (7, 1),
    "建军节": (8, 1), "八一": (8, 1), "抗战胜利纪念日": (9, 3), "教师节": (9, 10), "烈士纪念日": (9, 30),
    "国庆": (10, 1), "十一": (10, 1), "记者节": (11, 8), "宪法日": (12, 4), "公祭日": (12, 13),
    "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
_LUNAR: Final[Mapping[str, tuple[int, int]]] = {
    "春节": (1, 1), "元宵": (1, 15), "龙抬头": (2, 2), "端午": (5, 5), "七夕": (7, 7), "中元": (7, 15),
    "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8), "除夕": (12, 0), "大年三十": (12, 0), "年三十": (12, 0),
}  # fmt: skip
_TERMS: Final = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip

_NAMES: Final = sorted([*_SOLAR, *_LUNAR, *_TERMS], key=len, reverse=True)
NAMED: Final = re.compile(
    rf"(?:五一|六一|七一|八一|三八|五四|十一)?(?:国际|国家)?(?P<name>{'|'.join(_NAMES)})(?:节|当[天日])?"
)
LUNAR: Final = re.compile(
    r"(?:(?:农历|阴历|旧历)(?:(?P<leap>闰)?(?P<number>\d{1,2})月)?|(?P<month>正月|腊月|冬月)|(?P<new_year>大年))"
    r"(?:(?P<late>正月|腊月|冬月))?初?(?P<day>\d{1,2})日?(?!\d)"
)
_MONTHS: Final = {"正月": 1, "冬月": 11, "腊月": 12}


def named(name: str, year: int) -> date | None:
    """The day of that name in that year; None where borax does not go."""
    if name in _SOLAR:
        return date(year, *_SOLAR[name])
    if name in _TERMS:
        return _term(name, year)
    month, day = _LUNAR[name]
    return eve(year) if not day else lunar(year, month, day)


def lunar(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The day of the lunar calendar that falls into that year of ours; None where there is none."""
    for lunar_year in (year, year - 1):
        try:
            found: date = LunarDate(lunar_year, month, day, int(leap)).to_solar_date()
        except ValueError:
            continue
        if found.year == year:
            return found
    return None


def lunar_words(found: re.Match[str]) -> tuple[int, int, bool]:
    """Month, day and whether the month is a leap one (闰), of words that LUNAR has found."""
    month = (
        int(found["number"]) if found["number"] else _MONTHS.get(found["month"] or found["late"] or "正月", 1)
    )
    return month, int(found["day"]), bool(found["leap"])


@cache
def eve(year: int) -> date | None:
    """除夕 before the lunar new year that falls into that year."""
    first = lunar(year, 1, 1)
    return first - DAY if first else None


@cache
def _term(name: str, year: int) -> date | None:
    try:
        found: date = TermUtils.day_start_from_term(year, name)
    except ValueError:
        return None
    return found
