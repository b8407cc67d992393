"""What people ask about working days: 3个工作日后是哪天, 10月8日前5个工作日, 2027年1月4日上班吗."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from rules.dates.reading import parse_day, parse_span
from rules.dates.words import Unreadable, clean, clip, number
from rules.refused import Refused
from rules.working_days import Calendar, shanghai_day

MOST: Final = 250
"""Longest period that is counted: about a year."""

EXAMPLES: Final = ("3个工作日后是哪天", "10月8日前5个工作日", "2027年1月4日上班吗", "12月有几个工作日")

_NUMBER: Final = r"(?P<number>\d{1,9}|[零一二两三四五六七八九十百千万]{1,9})"
_PERIOD: Final = re.compile(rf"{_NUMBER} ?(?:个 ?(?P<working>工作日)|(?P<bare>工作日)|(?P<days>天)(?!津))")
_WHICH: Final = re.compile(
    r"(?:[,，] ?)?(?:那天)?(?:应该?)?(?:是|到|为|在|截止到?|到期)* ?"
    r"(?:哪 ?一?[天日]|几号|几月几[号日]|什么时候|什么日子|何时|何日|星期几|周几|多少号)?$"
)
_WHICH_ONE: Final = re.compile(r"(?:[月周]的?(?:第.{1,2}|最后一?|首)|[下次]一?)个? ?工作日")
_BEHIND: Final = re.compile(r"^ ?(?:之|以)?(?P<way>后|前|内)? ?")
_BEFORE: Final = re.compile(
    r"(?:收到|起算|算起|开始|会议|开会|活动|出发|当[天日]|起|算|会|,|，| )*(?:之|以)?"
    r"(?P<way>提前|往前|倒数|后|前|再过|过|往后)?(?:的|再| )*$"
)
_FROM: Final = re.compile(
    r"^ ?[(,，]? ?(?:从|自|以)? ?(?P<day>.*?) ?(?:起算|算起|开始|起|算|收到)?(?:的|,)? ?\)?$"
)
_WORKS: Final = re.compile(
    r"(?:这天|那天|当天)?(?:是不是|是否|是|要不要|用不用|要|用)?"
    r"(?:上不上班|上班|放不放假|放假|休不休息?|休息|工作日|补不补班|补班|调休)(?:吗|么|嘛|不|呢|没有)?$"
)
_HOW_MANY: Final = re.compile(r"(?:之间|期间)?(?:一?共|总共|还)?(?:有|是)?(?:几|多少) ?(?:个|天) ?工作日$")
_MONTH: Final = re.compile(
    r"(?:(?P<year>\d{4}) ?年)? ?(?P<month>\d{1,2}) ?月(?:份)?$|(?P<which>本|这个|下个?|上个?)月$"
)


@dataclass(frozen=True)
class Count:
    """The day so many working days (or calendar days) after, or before, the start."""

    start: date
    count: int
    unit: Literal["工作日", "天"]
    backwards: bool


@dataclass(frozen=True)
class OneDay:
    """Whether people work on that day."""

    day: date


@dataclass(frozen=True)
class Stretch:
    """How many working days there are from first to last, both included; `month` when it is a whole one."""

    first: date
    last: date
    month: bool = False


Question = Count | OneDay | Stretch


def understand(text: str, now: datetime, calendar: Calendar | None = None) -> Question:
    """The question meant; raises `Refused` with examples for anything else."""
    said = re.sub(r"^(?:请问|问一下|帮我算(?:一下)?)[,，]? ?|[?？。!！ ]+$", "", clean(text))
    today = shanghai_day(now)
    if _WHICH_ONE.search(said):
        return OneDay(parse_day(_WHICH.sub("", said), today, calendar=calendar))
    if found := _PERIOD.search(said):
        return _count(said, found, today)
    if how_many := _HOW_MANY.search(said):
        return _stretch(said[: how_many.start()], today, left="还" in how_many[0])
    if works := _WORKS.search(said):
        rest = said[: works.start()]
        return OneDay(parse_day(rest, today) if rest else today)
    if _MONTH.fullmatch(said):
        return _stretch(said, today)
    try:
        return OneDay(parse_day(said, today))
    except Unreadable as wrong:
        if said.endswith(("日", "号")):
            raise
        raise _lost(said) from wrong


def _count(said: str, found: re.Match[str], today: date) -> Count:
    """The period, which way, and the day it starts from: written before the period or behind it."""
    count = number(found["number"])
    if not 1 <= count <= MOST:
        raise Refused(f"「{clip(found[0])}」数不了，可数1到{MOST}个。")
    before, behind = said[: found.start()], said[found.end() :]
    way_behind = _BEHIND.match(behind)
    way_before = _BEFORE.search(before)
    ways = {match["way"] for match in (way_behind, way_before) if match}
    behind = behind[way_behind.end() :] if way_behind else behind
    before = before[: way_before.start()] if way_before else before
    rest = _WHICH.sub("", behind)
    days = [match["day"] for part in (before, rest) if (match := _FROM.match(part)) and match["day"]]
    if len(days) > 1:
        raise _lost(said)
    start = parse_day(days[0], today) if days else today
    backwards = bool(ways & {"前", "提前", "往前", "倒数"})
    return Count(start, count, "天" if found["days"] else "工作日", backwards)


def _stretch(said: str, today: date, left: bool = False) -> Stretch:
    """The month or span named, this month when none is; `left` asks from today on (本月还有)."""
    match = _MONTH.fullmatch(said or "本月")
    if match is None:
        span = parse_span(said, today)
        return Stretch(span.start, span.end)
    if match["which"]:
        step = {"本": 0, "这": 0, "下": 1, "上": -1}[match["which"][0]]
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        first = date(year, month + 1, 1)
    else:
        first = parse_day(f"{match['year']}年{match['month']}月1日" if match["year"] else said + "1日", today)
        if not match["year"] and first.month == today.month:
            first = today.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    if left and first <= today <= last:
        return Stretch(today, last)
    return Stretch(first, last, month=True)


def _lost(said: str) -> Refused:
    return Refused(f"没看懂「{clip(said)}」，可以这样问：{'；'.join(EXAMPLES[:3])}。")
