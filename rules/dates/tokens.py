"""What a text of time consists of: days, parts of the day, clocks, joins, lengths, and what is none of these.

Works on plain words (rules.dates.words). Nothing here knows what day it is: `DayWords` become a date later.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from rules.dates.clock import AFTERNOON, EVENING, MORNING, NIGHT, NOON, Clock
from rules.dates.festivals import LUNAR, NAMED, lunar_words
from rules.dates.words import WEEKDAY_SIGNS, number


class Kind(Enum):
    """What a piece of the text is."""

    DAY = auto()
    BESIDE = auto()  # a weekday that may only confirm the day before it
    PART = auto()
    CLOCK = auto()
    TO = auto()
    AND = auto()
    LENGTH = auto()
    STRETCH = auto()
    FRAME = auto()  # 从, 起, 止, brackets: says nothing of its own
    REMARK = auto()  # 左右, 前: says something, so it is asked about
    OTHER = auto()


@dataclass(frozen=True)
class DayWords:
    """A day as written: by date, from today on, by weekday, by name, or in the lunar calendar (农历).

    `year` is as written, `years` and `months` count from this one (明年, 下月), `step` in days from today;
    `working`: in working days.
    `week` counts weeks for `weekday` (None: the coming one); `next_day` is the one after the span's first.
    `nth` is which `weekday`, or working day, of the month or week it is (第二个周三); -1 is the last.
    """

    text: str
    year: int | None = None
    years: int | None = None
    month: int | None = None
    months: int | None = None
    day: int | None = None
    step: int | None = None
    weekday: int | None = None
    week: int | None = None
    name: str = ""
    lunar: tuple[int, int, bool] | None = None
    next_day: bool = False
    nth: int | None = None
    working: bool = False
    other: "DayWords | None" = None
    """What the same words may mean besides, if anything."""


@dataclass(frozen=True)
class Token:
    """One piece of the text."""

    kind: Kind
    text: str
    day: DayWords | None = None
    clock: Clock | None = None
    length: float = 0


_STEPS: Final = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨": -1,
    "今天": 0, "今日": 0, "今": 0, "当天": 0, "当日": 0, "即日": 0,
    "明天": 1, "明日": 1, "明": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_YEARS: Final = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "来年": 1, "后年": 2}
_WEEKS: Final = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}
_MONTHS: Final = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1}
_PARTS: Final = sorted([*MORNING, *NOON, *AFTERNOON, *EVENING, *NIGHT], key=len, reverse=True)
_YEAR_HEAD: Final = r"(?:(?P<year>\d{4}|\d{2})年|(?P<years>前年|去年|今年|本年|明年|来年|后年))?"

Make = Callable[[re.Match[str]], Token | None]


def _date(found: re.Match[str]) -> Token:
    year = int(found["year"])
    return Token(
        Kind.DAY,
        found[0],
        DayWords(
            found[0], year if year > 99 else 2000 + year, month=int(found["month"]), day=int(found["day"])
        ),
    )


def _date_backwards(found: re.Match[str]) -> Token:
    """12/1/2026, which is 1 December to some and 12 January to others."""
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    other = DayWords(found[0], year, month=second, day=first)
    return Token(Kind.DAY, found[0], DayWords(found[0], year, month=first, day=second, other=other))


def _month_day(found: re.Match[str]) -> Token:
    year = int(found["year"]) if found["year"] else None
    year = year + 2000 if year is not None and year < 100 else year
    years = _YEARS[found["years"]] if found["years"] else None
    words = DayWords(found[0], year, years, month=int(found["month"]), day=int(found["day"]))
    return Token(Kind.DAY, found[0], words)


def _of_month(found: re.Match[str]) -> Token:
    return Token(
        Kind.DAY, found[0], DayWords(found[0], months=_MONTHS[found["which"]], day=int(found["day"]))
    )


def _short(found: re.Match[str]) -> Token:
    return Token(Kind.DAY, found[0], DayWords(found[0], month=int(found["month"]), day=int(found["day"])))


def _day_only(found: re.Match[str]) -> Token:
    return Token(Kind.DAY, found[0], DayWords(found[0], day=int(found["day"])))


def _relative(found: re.Match[str]) -> Token:
    return Token(Kind.DAY, found[0], DayWords(found[0], step=_STEPS[found[0]]))


def _next_day(found: re.Match[str]) -> Token:
    return Token(Kind.DAY, found[0], DayWords(found[0], next_day=True))


def _on(found: re.Match[str]) -> Token:
    """3天后, 2周后, 1个月后."""
    count = int(found["count"])
    if found["unit"].endswith("月"):
        return Token(Kind.DAY, found[0], DayWords(found[0], months=count))
    return Token(
        Kind.DAY, found[0], DayWords(found[0], step=count * (7 if found["unit"].endswith("周") else 1))
    )


def _weekday(found: re.Match[str]) -> Token:
    week = _WEEKS[found["which"]] if found["which"] else None
    index = WEEKDAY_SIGNS.index(found["day"])
    kind = Kind.DAY if week is not None else Kind.BESIDE
    return Token(kind, found[0], DayWords(found[0], weekday=index, week=week))


def _next_weekday(found: re.Match[str]) -> Token:
    """下一个周三: next week's to some, the coming one to others."""
    index = WEEKDAY_SIGNS.index(found["day"])
    coming = DayWords(found[0], weekday=index)
    return Token(Kind.DAY, found[0], DayWords(found[0], weekday=index, week=1, other=coming))


def _working_days_on(found: re.Match[str]) -> Token:
    """3个工作日后, 下一个工作日, 下下个工作日."""
    step = int(found["count"] or max(1, found[0].count("下")))
    return Token(Kind.DAY, found[0], DayWords(found[0], step=step, working=True))


def _nth(found: re.Match[str]) -> Token:
    """12月第二个周三, 本月最后一个工作日, 下周第一个工作日."""
    year = int(found["year"]) if found["year"] else None
    year = year + 2000 if year is not None and year < 100 else year
    years = _YEARS[found["years"]] if found["years"] else None
    month = int(found["month"]) if found["month"] else None
    months = _MONTHS[found["which"]] if found["which"] else None
    week = _WEEKS[found["week"]] if found["week"] else None
    return _nth_of(found, DayWords("", year, years, month=month, months=months, week=week))


def _nth_of(found: re.Match[str], of: DayWords) -> Token:
    """That one of the month or the week that `of` names."""
    nth = -1 if found["last"] else number(found["nth"]) if found["nth"] else 1
    index = WEEKDAY_SIGNS.index(found["weekday"]) if found["weekday"] else None
    said = found[0] if index is None else found[0][:-1] + "一二三四五六日"[index]
    kept = DayWords(said, of.year, of.years, month=of.month, months=of.months, week=of.week)
    return Token(Kind.DAY, found[0], replace(kept, nth=nth, weekday=index, working=index is None))


def _festival(found: re.Match[str]) -> Token:
    year = int(found["year"]) if found["year"] else None
    years = _YEARS[found["years"]] if found["years"] else None
    return Token(Kind.DAY, found[0], DayWords(found[0], year, years, name=found["name"]))


def _lunar(found: re.Match[str]) -> Token:
    year = int(found["year"]) if found["year"] else None
    years = _YEARS[found["years"]] if found["years"] else None
    return Token(Kind.DAY, found[0], DayWords(found[0], year, years, lunar=lunar_words(found)))


def _clock(found: re.Match[str]) -> Token:
    hour, minute = found["hour"], found["minute"]
    clock = Clock(int(hour), int(minute), padded=hour.startswith("0"), loose=len(minute) < 2)
    return Token(Kind.CLOCK, found[0], clock=clock)


def _said_clock(found: re.Match[str]) -> Token:
    minute = 30 if found["half"] else 15 * int(found["quarter"] or 0) + int(found["minute"] or 0)
    return Token(Kind.CLOCK, found[0], clock=Clock(int(found["hour"]), minute, found["hour"].startswith("0")))


def _noon(found: re.Match[str]) -> Token:
    return Token(Kind.CLOCK, found[0], clock=Clock(12))


def _length(found: re.Match[str]) -> Token:
    return Token(Kind.LENGTH, found[0], length=float(found["days"]) + (0.5 if found["half"] else 0))


def _as(kind: Kind) -> Make:
    return lambda found: Token(kind, found[0])


_WHICH_ONE: Final = r"(?:第(?:\d{1,2}|[一二三四五六七八九十]{1,3})个?|(?:最后|末)[一1]?个?|首个?|头[一1]?个)"
_WHICH_OF: Final = (
    r"(?:第(?P<nth>\d{1,2}|[一二三四五六七八九十]{1,3})个?|(?P<last>(?:最后|末)[一1]?个?)|首个?|头[一1]?个)"
    rf"(?:周(?P<weekday>[{WEEKDAY_SIGNS}])|工作日)"
)
_LONG_MONTH: Final = (
    r"(?:(?:\d{4}|\d{2})年|[去今本明后]年)?(?:\d{1,2}月份?|[上本这当下]个?月)"
    r"(?:[上中下]旬|月?[初底末中]|份|内)?(?![\d日份])"
)
_ANY_NAME: Final = NAMED.pattern.replace("(?P<name>", "(?:")
_LONG_YEAR: Final = (
    r"(?:\d{4}年|[去今本明后]年)(?:[上下]半年|第?[一二三四1-4]季度|年?[初底末中内]"
    rf"|(?!的?(?:[\d闰正腊冬农阴旧大]|{_ANY_NAME})))"
)
_FRAME: Final = (
    r"从|自|于|定在|定于|拟于|暂?定|在|[时日]间|日期|起始|开始|起"
    r"|截止到?|截至|为?止|结束|期间|之间|[(),. 的:]"
)
_HOLIDAY: Final = r"(?:长假|小长假|假期|假日|放假|期间|黄金周|前后|之前|之后|前|后)"
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Make], ...]] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (
            (
                rf"(?:{_YEAR_HEAD}的?(?:(?P<month>1[0-2]|0?[1-9])月份?|(?P<which>[上本这当下])个?月)"
                rf"|(?P<week>上上|下下|上|下|本|这|当)个?周(?=的?{_WHICH_ONE}工作日))的?{_WHICH_OF}"
            ),
            _nth,
        ),
        (r"(?P<count>\d{1,3})个?工作日(?:之|以)?后|(?:下{1,2}|次)[一1]?个?工作日", _working_days_on),
        # of no month: not this week's, whatever stands behind it
        (rf"每?月?的?{_WHICH_ONE}周的?(?:周?[{WEEKDAY_SIGNS}])?|{_WHICH_ONE}工作日", _as(Kind.OTHER)),
        # stretches first: they begin like days and months
        (r"(?:上上|下下|上|下|本|这|当)?个?周末", _as(Kind.STRETCH)),
        (rf"(?:\d{{4}}年|[前去今明来后]年)?{NAMED.pattern}{_HOLIDAY}", _as(Kind.STRETCH)),
        (rf"(?:上上|下下|上|下|本|这|当)个?周(?![{WEEKDAY_SIGNS}末])内?", _as(Kind.STRETCH)),
        (r"(?:\d+个?|半个?|本|近|一)(?:天|日|周|月|年|工作日|小时)(?:之|以)?内", _as(Kind.STRETCH)),
        (r"\d+个?工作日(?:之|以)?[后前]?", _as(Kind.STRETCH)),
        (_LONG_MONTH, _as(Kind.STRETCH)),
        (_LONG_YEAR, _as(Kind.STRETCH)),
        (
            r"月[初底末中]|年[初底末中]|[上中下]旬|[上下]半年|第?[一二三四1-4]季度|近期|近日|最近|[年节]前|[年节]后",
            _as(Kind.STRETCH),
        ),
        # days
        (r"(?P<day>\d{1,2})(?=[至到~、-]+\d{1,2}日)", _day_only),
        (r"(?P<year>\d{4})(?P<sep>[-/.、])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)日?", _date),
        (r"(?P<year>\d{4})年(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)日?", _date),
        (r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)", _date),
        (
            r"(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?!\d)",
            _date_backwards,
        ),
        (r"(?P<year>\d{2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d:.-])日?", _date),
        (rf"{_YEAR_HEAD}(?:的)?{LUNAR.pattern}", _lunar),
        (_YEAR_HEAD + r"的?(?P<month>\d{1,2})月份?(?P<day>\d{1,2})(?:日|(?![\d点:年周月天]))", _month_day),
        (r"(?P<which>[上本这当下])个?月(?P<day>\d{1,2})(?:日|(?!\d))", _of_month),
        (rf"{_YEAR_HEAD}的?{NAMED.pattern}", _festival),
        (r"(?P<count>\d{1,3})(?P<unit>个?[周月]|天)(?:之|以)?后", _on),
        (
            r"大前天|前天|昨[天日]|今[天日]|[当即]日|当天|大后天|后[天日]|明[天日]|[今明昨](?=[早晚晨夜上中下])",
            _relative,
        ),
        (r"次日|翌日|第[二2]天|隔天", _next_day),
        (rf"(?P<which>上上|下下|上|下|本|这|当)?个?周(?P<day>[{WEEKDAY_SIGNS}])", _weekday),
        (rf"下[一1]个周(?P<day>[{WEEKDAY_SIGNS}])", _next_weekday),
        (r"(?P<month>\d{1,2})(?:/|\.)(?P<day>\d{1,2})(?![\d:/]|\.\d|-\d+-)日?", _short),
        (r"(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d:/日]|\.\d|月|点)", _short),
        (r"(?P<day>\d{1,2})日(?!内)", _day_only),
        # times of day
        (r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::\d{2})?(?!\d)[点分]?", _clock),
        (
            r"(?P<hour>\d{1,2})点(?:(?P<half>半)|(?P<quarter>[123])刻|(?P<minute>\d{1,2})分?)?(?![\d:])",
            _said_clock,
        ),
        (r"正午(?!\d)", _noon),
        (r"全天|整天|一整天", _as(Kind.PART)),
        ("|".join(_PARTS), _as(Kind.PART)),
        (r"(?i)am|a\.m\.|pm|p\.m\.", _as(Kind.PART)),
        # what stands between and around them
        (
            r"[(,]?(?:共计?|计|为期|会期|历时|一共|总共)?(?P<days>\d{1,3}(?:\.[05])?)天(?P<half>半)?(?:时间)?\)?",
            _length,
        ),
        (r"半[天日]", lambda found: Token(Kind.LENGTH, found[0], length=0.5)),
        (r"起?(?:直?至|到|~|-)+", _as(Kind.TO)),
        (r"[、;/&+]|以及|和|与|及|或者?|并", _as(Kind.AND)),
        (_FRAME, _as(Kind.FRAME)),
        (r"之前|以前|前|之后|以后|后|左右|前后|大概|大约|约|许|下班", _as(Kind.REMARK)),
    )
)
_BARE_DAY: Final = re.compile(r"(?P<day>\d{1,2})(?=$|[(),、]|上午|下午)")
_BARE_NTH: Final = re.compile(_WHICH_OF)
_BARE_LUNAR: Final = re.compile(r"初?(?P<day>\d{1,2})(?![\d月.:])")
_BARE_WEEKDAY: Final = re.compile(r"[一二三四五六日](?=$|[(),、]|上午|下午)")
_DOTTED_CLOCK: Final = re.compile(r" ?(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?!\d)")
_FOUR_DIGITS: Final = re.compile(r" ?(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?!\d)")


def tokens(said: str) -> Iterator[Token]:
    """The pieces of plain words in their order; what fits nothing is gathered into pieces of its own."""
    place, other = 0, ""
    before: Token | None = None
    last_day: DayWords | None = None
    while place < len(said):
        token = _in_its_place(said, place, before, last_day) or _next(said, place)
        if token is None:
            other += said[place]
            place += 1
            continue
        if other:
            yield Token(Kind.OTHER, other)
            other = ""
        yield token
        place += len(token.text)
        before = token
        last_day = token.day or last_day
    if other:
        yield Token(Kind.OTHER, other)


def _next(said: str, place: int) -> Token | None:
    for pattern, make in _PATTERNS:
        found = pattern.match(said, place)
        if found and (place == 0 or not (said[place - 1].isdigit() and found[0][0].isdigit())):
            return make(found)
    return None


def _in_its_place(said: str, place: int, before: Token | None, last_day: DayWords | None) -> Token | None:
    """What only its neighbour makes a time: 3 after 12月1日至, 五 after 周一至, 9.30 after 12月3日."""
    if before is None or last_day is None:
        return None
    if before.kind in (Kind.TO, Kind.AND):
        if last_day.day is not None and (found := _BARE_DAY.match(said, place)):
            return _day_only(found)
        of_one = last_day.month or last_day.months is not None or last_day.nth is not None
        if of_one and (found := _BARE_NTH.match(said, place)):
            return _nth_of(found, last_day)
        if last_day.lunar is not None and (found := _BARE_LUNAR.match(said, place)):
            month, _, leap = last_day.lunar
            return Token(Kind.DAY, found[0], DayWords(found[0], lunar=(month, int(found["day"]), leap)))
        if last_day.weekday is not None and (found := _BARE_WEEKDAY.match(said, place)):
            words = DayWords(found[0], weekday="一二三四五六日".index(found[0]))
            return Token(Kind.BESIDE, found[0], words)
        return None
    if before.kind in (Kind.DAY, Kind.BESIDE, Kind.PART):
        found = _DOTTED_CLOCK.match(said, place) or _FOUR_DIGITS.match(said, place)
        if found:
            return _clock(found)
    return None
