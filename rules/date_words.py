"""Reading date words: the plain forms at once, whatever else is a date through jionlp.

The plain forms (2026-12-01, 12月1日, 12.1, 明天, 下周三) are what nearly everybody writes. jionlp knows
hundreds more, but takes a second and 40 MB to load, so it is loaded only for what consists of time words.
"""

import importlib
import io
import logging
import re
import unicodedata
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

import cn2an

from rules.refused import Refused
from rules.working_days import DAY, SHANGHAI, weekday

LONGEST: Final = 40
"""No date takes more characters; what does is not looked at."""

YEARS: Final = range(1950, 2100)
"""No other year is meant by anybody."""

PAST_KEPT: Final = timedelta(days=60)
"""A day written without its year is of this year unless it lies further back than this: then of the next."""

log = logging.getLogger(__name__)

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Mn", "Me"})
_DAYS: Final = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_YEARS: Final = {"去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_WEEKS: Final = {"上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}

MORNING: Final = frozenset({"凌晨", "清晨", "早上", "早晨", "早", "上午"})
EVENING: Final = frozenset({"下午", "午后", "傍晚", "晚上", "晚", "夜里"})
_NIGHT: Final = frozenset({"晚上", "晚", "夜里"})

_WHOLE: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)|(20\d\d)(\d\d)(\d\d)(?!\d)")
_MONTH_DAY: Final = re.compile(
    r"(?:(\d{4}) ?年 ?|(去年|今年|本年|明年|后年))?(\d{1,2}) ?月 ?(?:份 ?)?"
    r"(\d{1,2})(?: ?[日号]|(?![\d点时:年]))"
)
_SHORT: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?![\d.:/-])")
_DAY_ONLY: Final = re.compile(r"(\d{1,2}) ?[日号]")
_DIGITS: Final = "〇一二三四五六七八九"
_CHINESE_YEAR: Final = re.compile(r"[〇一二三四五六七八九]{4}(?=年)")
_CHINESE_NUMBER: Final = re.compile(
    r"(?<![周期拜初一二三四五六七八九十])[一二两三四五六七八九十]{1,3}(?=[月日号点时分天])"
)
_BARE: Final = re.compile(r"(\d{1,2})$")
_RELATIVE: Final = re.compile("|".join(sorted(_DAYS, key=len, reverse=True)))
_WEEKDAY: Final = re.compile(r"(下下|[上本这下])?个?(?:周|星期|礼拜)([一二三四五六日天])")
_BESIDE: Final = re.compile(r" ?\(? ?(?:周|星期|礼拜)([一二三四五六日天]) ?\)?")
_TIME: Final = re.compile(
    r"(凌晨|清晨|早上|早晨|早|上午|中午|下午|午后|傍晚|晚上|晚|夜里)? ?"
    r"(?:(\d{1,2}):(\d{1,2})(?::\d{2})?|(\d{1,2}) ?[点时](?:(半)|([一三])刻|(\d{1,2}) ?分?)?[整钟]?)"
)
_TIME_WORDS: Final = re.compile(
    r"[\d零〇一二两三四五六七八九十廿卅百正腊冬初底末中上下本这今明后大前昨去个年月份日号天周星期礼拜"
    r"旬季春夏秋早午晚凌晨清傍夜里间点时分秒刻钟半整"
    r"农历阴公元旦节除夕立端重阳国庆劳动儿童妇女青建军教师党之以内:.\-/ ]+"
)


class Unreadable(Refused):
    """What was written is no date; `why` says so without the example that ends the sentence."""

    def __init__(self, why: str, example: str) -> None:
        super().__init__(f"{why}，请写成“{example}”。")
        self.why = why


class NoSuchDay(Refused):
    """A day or hour that no calendar or clock has, such as 2月30日; its message is what was written."""


def clean(text: str) -> str:
    """The words in half width, without emoji, direction marks and the spaces around."""
    shown = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFKC", text[: 50 * LONGEST]))
    kept = "".join(sign for sign in shown if unicodedata.category(sign) not in _INVISIBLE)
    return re.sub(r"\s+", " ", kept).strip()


def plain(said: str) -> str:
    """Clean words with their numerals as digits and 明早 written out: 十二月三日两点半 -> 12月3日2点半."""
    if re.search(r"农历|阴历|正月|[冬腊]月|初", said):
        return said  # numerals tell jionlp the lunar calendar
    said = re.sub(r"(?<=\d)T(?=\d)", " ", said)
    said = _CHINESE_YEAR.sub(lambda found: "".join(str(_DIGITS.index(sign)) for sign in found[0]), said)
    said = _CHINESE_NUMBER.sub(lambda found: str(number(found[0])), said)
    return re.sub(r"([今明昨])(早上?|晚上?|上午|中午|下午)", r"\1天\2", said.replace("〇", "零"))


def number(written: str) -> int:
    """3 and 三; 0 for what is none."""
    try:
        return int(cn2an.cn2an(written.replace("两", "二"), "smart"))
    except ValueError:
        return 0


def clip(said: str, length: int = 16) -> str:
    """The words short enough to be quoted."""
    return said if len(said) <= length else said[: length - 1] + "…"


@dataclass(frozen=True)
class Found:
    """A day, and the words behind it."""

    day: date
    rest: str


def take_day(text: str, today: date, near: date | None = None) -> Found | None:
    """The day that plain words begin with, or None; raises NoSuchDay for one that does not exist.

    `near` is the first day of the span whose end is read: what the end leaves out is taken from it.
    """
    if match := _WHOLE.match(text):
        year, month, day = (int(part) for part in (match[1], match[3], match[4], *match.groups()[4:]) if part)
        return _beside(text, match.end(), _exactly(year, month, day, match[0]))
    if match := _MONTH_DAY.match(text):
        written = int(match[1]) if match[1] else today.year + _YEARS[match[2]] if match[2] else None
        return _beside(
            text, match.end(), _dated(written, int(match[3]), int(match[4]), match[0], today, near)
        )
    if match := _SHORT.match(text):
        return _beside(text, match.end(), _dated(None, int(match[1]), int(match[2]), match[0], today, near))
    if match := _DAY_ONLY.match(text) or (_BARE.match(text) if near else None):
        return _beside(text, match.end(), _of_month(int(match[1]), match[0], today, near))
    if match := _RELATIVE.match(text):
        return Found(today + _DAYS[match[0]] * DAY, text[match.end() :].strip())
    if match := _WEEKDAY.match(text):
        return Found(_weekday(match[1], match[2], today, near), text[match.end() :].strip())
    return None


def _beside(text: str, end: int, day: date) -> Found:
    """The day; a weekday written beside it must be its own."""
    match = _BESIDE.match(text, end)
    if match is None:
        return Found(day, text[end:].strip())
    if match[1].replace("天", "日") != weekday(day)[1]:
        raise Refused(f"{day.year}年{day.month}月{day.day}日是{weekday(day)}，不是周{match[1]}，请核对。")
    return Found(day, text[match.end() :].strip())


def _exactly(year: int, month: int, day: int, said: str) -> date:
    if year not in YEARS:
        raise Refused(f"{year}年不在可用的年份内，请核对。")
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(said) from None


def _dated(year: int | None, month: int, day: int, said: str, today: date, near: date | None) -> date:
    """The day of that month; without a year as PAST_KEPT says, or the first from `near` on."""
    if year is not None:
        return _exactly(year, month, day, said)
    base, earliest = (near.year, near) if near else (today.year, today - PAST_KEPT)
    for tried in (base, base + 1):
        try:
            found = date(tried, month, day)
        except ValueError:
            continue
        if found >= earliest and not (near and found - near > timedelta(days=180)):
            return found
    return _exactly(base, month, day, said)


def _of_month(day: int, said: str, today: date, near: date | None) -> date:
    """3日: of the span's month; alone the next such day."""
    first = near or today
    if near is None and day < today.day:
        first = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    return _exactly(first.year, first.month, day, said)


def _weekday(which: str | None, name: str, today: date, near: date | None) -> date:
    """下周三 counts weeks from Monday; 周三 alone is the coming one, or the first from `near` on."""
    index = "一二三四五六日".index(name.replace("天", "日"))
    if which:
        return today - today.weekday() * DAY + (7 * _WEEKS[which] + index) * DAY
    first = near or today
    return first + (index - first.weekday()) % 7 * DAY


def take_time(text: str) -> timedelta | None:
    """The time of day that the words are, as time since midnight; None when they are none.

    24:00 and 晚上12点 are the midnight that ends the day. Raises NoSuchDay for 25:00 and 14:70.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    word, clock_hour, clock_minute, hour_word, half, quarter, minute_word = match.groups()
    hour = int(clock_hour or hour_word)
    minute = (
        30 if half else 15 * "零一二三".index(quarter) if quarter else int(clock_minute or minute_word or 0)
    )
    past_noon = (
        (word in EVENING and hour < 12) or (word == "中午" and hour < 3) or (word in _NIGHT and hour == 12)
    )
    hour += 12 if past_noon else 0
    morning = word in MORNING and hour > 12
    if morning or minute > 59 or hour * 60 + minute > 24 * 60:
        raise NoSuchDay(text)
    return timedelta(hours=hour, minutes=minute)


@cache
def _reader() -> Callable[..., dict[str, Any]] | None:
    """jionlp's parser, loaded on first use; the banner it prints is swallowed."""
    try:
        with redirect_stdout(io.StringIO()):
            parse: Callable[..., dict[str, Any]] = importlib.import_module("jionlp").parse_time
    except (ImportError, OSError):
        log.exception("jionlp does not load: only plain dates are read")
        return None
    return parse


def look_up(text: str, now: datetime) -> tuple[datetime, datetime] | None:
    """First and last second (Shanghai wall time, naive) of what jionlp understands; None when it does not."""
    if not _TIME_WORDS.fullmatch(text) or (parse := _reader()) is None:
        return None
    local = now.astimezone(SHANGHAI)
    found = _ask(parse, text, local)
    dated_without_year = not re.search(r"[年去今昨前后明上下本这]|\d{4}", text)
    if found and dated_without_year and found[1].date() < local.date() - PAST_KEPT:
        return _ask(parse, text, local.replace(year=local.year + 1, day=min(local.day, 28)))
    return found


def _ask(
    parse: Callable[..., dict[str, Any]], text: str, local: datetime
) -> tuple[datetime, datetime] | None:
    base = {part: getattr(local, part) for part in ("year", "month", "day", "hour", "minute", "second")}
    try:
        read = parse(text, time_base=base)
        if read["type"] != "time_point":
            return None
        first, last = (datetime.fromisoformat(end) for end in read["time"])
        if first.year not in YEARS or last.year not in YEARS:
            return None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        return None  # jionlp raises all of these on words it has no rule for
    return first, last


def instant(day: date, since_midnight: timedelta) -> datetime:
    """That time of that Shanghai day, aware."""
    return datetime.combine(day, time(), SHANGHAI) + since_midnight
