"""Working days (工作日): which days count, and the deadlines counted in them.

A period is counted from the day after its start and ends at 24:00 of its last day (民法典 201, 203). The
day itself never counts, whether or not it is a working day. Days are Shanghai dates throughout.

The calendar has three layers: the administrator's additions (a notice of the State Council, or a single
day), then chinese-calendar, then, for a year without a notice, the statutory festivals of the 2024
《全国年节及纪念日放假办法》 on top of plain weekends. What rests on the last layer is 暂定 (provisional).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

import chinese_calendar
from borax.calendars import LunarDate
from borax.calendars.lunardate import TermUtils

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
DAY: Final = timedelta(days=1)

_LUNAR_YEARS: Final = range(1901, 2100)
_FESTIVALS: Final = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


def shanghai_day(instant: datetime) -> date:
    """The Shanghai date of an aware instant."""
    return instant.astimezone(SHANGHAI).date()


def weekday(day: date) -> str:
    """周一 to 周日."""
    return "周" + "一二三四五六日"[day.weekday()]


@dataclass(frozen=True)
class CalendarDay:
    """One day that an arrangement switches on (补班) or off (放假).

    `source` is the notice's number or name, or who entered the day; `festival` is what it is off for.
    """

    date: date
    working: bool
    source: str
    festival: str = ""


@cache
def statutory_festivals(year: int) -> Mapping[date, str]:
    """The festival days off of the 2024 办法: 13 a year, make-up days and bridges not included.

    Outside 1901-2099 the lunar ones are left out.
    """
    days = {date(year, 1, 1): "元旦", date(year, 5, 1): "劳动节", date(year, 5, 2): "劳动节"}
    if year in _LUNAR_YEARS:
        new_year: date = LunarDate(year, 1, 1).to_solar_date()
        days |= {new_year + offset * DAY: "春节" for offset in range(-1, 3)}  # 除夕 to 初三
        days[TermUtils.day_start_from_term(year, "清明")] = "清明节"
        days[LunarDate(year, 5, 5).to_solar_date()] = "端午节"
        days[LunarDate(year, 8, 15).to_solar_date()] = "中秋节"
    return days | {date(year, 10, day): "国庆节" for day in (1, 2, 3)}


def _published(year: int) -> bool:
    """Whether chinese-calendar has the notice of that year."""
    first, last = _published_years()
    return first <= year <= last


@cache
def _published_years() -> tuple[int, int]:
    years = [day.year for day in chinese_calendar.holidays]
    return min(years), max(years)


@lru_cache(maxsize=4096)
def _published_working(day: date) -> bool:
    """chinese-calendar's answer, kept: it scans its whole table at each question."""
    return bool(chinese_calendar.is_workday(day))


@cache
def published_days(year: int) -> Mapping[date, CalendarDay]:
    """Every day of that year that chinese-calendar sets apart: off, with the weekends within, or made up."""
    off = {day: (False, name) for day, name in chinese_calendar.holidays.items() if day.year == year}
    on = {day: (True, name) for day, name in chinese_calendar.workdays.items() if day.year == year}
    return {
        day: CalendarDay(day, working, "chinese-calendar", _FESTIVALS.get(name, ""))
        for day, (working, name) in (off | on).items()
    }


@dataclass(frozen=True)
class Deadline:
    """The last day of a period, and how it was counted.

    `count` is the period's length in `unit`; `counted` holds its days in the order they were counted, the due
    day last, `names` what they are called. `awaits` is the year whose notice is missing while the span
    touches provisional days. `advised`, for calendar days only, is the working day on or before the due day.
    """

    start: date
    count: int
    counted: tuple[date, ...]
    names: tuple[str, ...]
    awaits: int | None = None
    unit: Literal["工作日", "天"] = "工作日"
    advised: date | None = None

    @property
    def day(self) -> date:
        """The due day."""
        return self.counted[-1]

    @property
    def backwards(self) -> bool:
        """Whether it was counted back from its start (提前 n 个工作日)."""
        return self.day < self.start

    @property
    def provisional(self) -> bool:
        """暂定: the span reaches into days that a coming notice may still change."""
        return self.awaits is not None

    @property
    def closes_at(self) -> datetime:
        """The instant from which it is overdue: 24:00 of the last day in Shanghai, as aware UTC."""
        return datetime.combine(self.day + DAY, time(), SHANGHAI).astimezone(UTC)

    @property
    def span(self) -> tuple[date, date]:
        """First and last day whose being a working day matters to this deadline."""
        return (self.day, self.start - DAY) if self.backwards else (self.start + DAY, self.day)

    @property
    def label(self) -> str:
        """The due day for a sentence: 10月10日(周六补班), 10月8日(周四), 1月4日(周一，暂定)."""
        mark = "，暂定" if self.provisional else ""
        return f"{self.day.month}月{self.day.day}日({_named(self.day, self.names[-1])}{mark})"

    def explain(self, verb: str = "收到") -> str:
        """How it was counted, in one line.

        3个工作日：9月30日收到不计；10月8日①、9日②、10日(周六补班)③ → 10月10日
        `verb` says what happened on the first day: 收到, 会议当日, 活动当日, 出发当日.
        """
        head = "提前" if self.backwards else ""
        unit = "个工作日" if self.unit == "工作日" else "天"
        line = (
            f"{head}{self.count}{unit}：{_month_day(self.start)}{verb}不计；"
            f"{self._counted_days()} → {_month_day(self.day, after=self.start)}"
        )
        if self.advised and self.advised != self.day:
            day_off = _named(self.day, self.names[-1])
            line += f"({day_off}，宜于{_month_day(self.advised)}({weekday(self.advised)})前办理)"
        return line + (f"（暂定：{self.awaits}年放假安排尚未公布）" if self.provisional else "")

    def _counted_days(self) -> str:
        """The counted days with their numbers; of a long span the ends and the make-up days only."""
        shown = list(range(self.count))
        if self.count > _SHOWN_WHOLE:
            made_up = [index for index, name in enumerate(self.names) if name == MAKE_UP]
            ends = {0, 1, self.count - 2, self.count - 1}
            shown = sorted(ends.union(made_up[:_SHOWN_WHOLE]))
        parts: list[str] = []
        previous, last_index = self.start, -1
        for index in shown:
            day, name = self.counted[index], self.names[index]
            text = _month_day(day, after=previous) if index == 0 else _shortest(day, previous)
            special = f"({weekday(day)}补班)" if name == MAKE_UP else ""
            gap = "……" if index - last_index > 1 else "、" if parts else ""
            parts.append(f"{gap}{text}{special}{_numeral(index + 1)}")
            previous, last_index = day, index
        return "".join(parts)


MAKE_UP: Final = "补班"
_SHOWN_WHOLE: Final = 5


def _numeral(number: int) -> str:
    """① to ⑳, ㉑ to ㊿, then (51)."""
    for first, last, base in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(base + number - first)
    return f"({number})"


def _month_day(day: date, after: date | None = None) -> str:
    """10月8日, with the year before it where it differs from that of `after`."""
    year = f"{day.year}年" if after and day.year != after.year else ""
    return f"{year}{day.month}月{day.day}日"


def _shortest(day: date, previous: date) -> str:
    """9日 within the month of the previous one, else 10月9日, with the year when that changes."""
    if (day.year, day.month) == (previous.year, previous.month):
        return f"{day.day}日"
    return _month_day(day, after=previous)


def _named(day: date, name: str) -> str:
    """周六补班, 周四国庆节, 周六."""
    return weekday(day) + (name if name != weekday(day) else "")


_NEVER: Final[Mapping[date, date]] = {}


class Calendar:
    """The layered calendar. Immutable: an imported notice makes a new one."""

    def __init__(
        self,
        additions: Mapping[date, CalendarDay] | Iterable[CalendarDay] = (),
        unheard: Mapping[date, date] = _NEVER,
    ) -> None:
        """`unheard` has the days over whose end (24:00) nothing was received, with the day that changed."""
        self.unheard = unheard
        days = additions.values() if isinstance(additions, Mapping) else additions
        self.additions: Mapping[date, CalendarDay] = {day.date: day for day in days}
        self._known = {year: self._covered(year) for year in {day.year for day in self.additions}}

    def knows(self, year: int) -> bool:
        """Whether that year's arrangement is in: from chinese-calendar or as a whole among the additions."""
        return _published(year) or self._known.get(year, False)

    def _covered(self, year: int) -> bool:
        """A notice speaks of every statutory festival; a few days added one by one do not make one."""
        return all(day in self.additions for day in statutory_festivals(year) if day.weekday() < 5)

    def is_working(self, day: date) -> bool:
        """Whether people are at work that day, as far as is known."""
        if added := self.additions.get(day):
            return added.working
        if _published(day.year):
            return _published_working(day)
        if self.knows(day.year):
            return day.weekday() < 5
        return day.weekday() < 5 and day not in statutory_festivals(day.year)

    def is_provisional(self, day: date) -> bool:
        """Whether a notice still to come may change the day."""
        return self.awaits(day) is not None

    def awaits(self, day: date) -> int | None:
        """The year whose missing notice may still change the day, if one may.

        The next notice can move the last days of December (that of 2019 moved 29-31 December 2018).
        """
        if not self.knows(day.year):
            return day.year
        if (day.month, day.day) >= (12, 25) and not self.knows(day.year + 1):
            return day.year + 1
        return None

    def still_counts(self, day: date) -> date:
        """The last day on which what was due by the end of `day` is in time: itself as a rule.

        Where nothing could be received over that end, the day on which the bot could be reached again, for
        what somebody would have done in the last hours they can only do then.
        """
        return self.unheard.get(day, day)

    def name_of(self, day: date) -> str:
        """What the day is called: the festival it is off for, 补班, else its weekday."""
        if self.is_working(day):
            return MAKE_UP if day.weekday() >= 5 else weekday(day)
        return self._festival(day) or weekday(day)

    def _festival(self, day: date) -> str:
        if added := self.additions.get(day):
            plain = "" if day.weekday() >= 5 else "放假"
            return added.festival or statutory_festivals(day.year).get(day, plain)
        if _published(day.year):
            _, name = chinese_calendar.get_holiday_detail(day)
            return _FESTIVALS.get(name or "", "")
        return statutory_festivals(day.year).get(day, "") if not self.knows(day.year) else ""

    def label(self, day: date) -> str:
        """The weekday with what sets the day apart: 周四, 周六补班, 周四国庆节, 周六."""
        return _named(day, self.name_of(day))

    def after(self, day: date, count: int) -> Deadline:
        """W+(day, count): the count-th working day strictly after the day."""
        return self._counted(day, count, +1)

    def before(self, day: date, count: int) -> Deadline:
        """W-(day, count): the count-th working day strictly before the day."""
        return self._counted(day, count, -1)

    def days_before(self, day: date, count: int) -> Deadline:
        """Calendar days before (art. 77): never rolled; the last working day on or before it is advised."""
        if count < 1:
            raise ValueError(f"a period has at least one day, not {count}")
        counted = tuple(day - step * DAY for step in range(1, count + 1))
        advised = self.last_working_on_or_before(counted[-1])
        return Deadline(
            day,
            count,
            counted,
            tuple(self.name_of(each) for each in counted),
            unit="天",
            advised=advised,
        )

    def recount(self, deadline: Deadline) -> Deadline:
        """The same period counted again on this calendar."""
        if deadline.unit == "天":
            return self.days_before(deadline.start, deadline.count)
        return self._counted(deadline.start, deadline.count, -1 if deadline.backwards else +1)

    def _counted(self, start: date, count: int, direction: int) -> Deadline:
        if count < 1:
            raise ValueError(f"a period has at least one working day, not {count}")
        counted: list[date] = []
        awaits: int | None = None
        day = start
        while len(counted) < count:
            day += direction * DAY
            awaits = awaits or self.awaits(day)
            if self.is_working(day):
                counted.append(day)
        return Deadline(start, count, tuple(counted), tuple(self.name_of(each) for each in counted), awaits)

    def last_working_on_or_before(self, day: date) -> date:
        """The day itself when people work on it, else the nearest working day before it."""
        while not self.is_working(day):
            day -= DAY
        return day

    def next_working(self, day: date) -> date:
        """The first working day strictly after the day."""
        return self.after(day, 1).day

    def begins_week(self, day: date) -> bool:
        """Whether it is the first working day since Sunday."""
        return self.next_working(day - DAY * (day.weekday() + 1)) == day

    def working_between(self, first: date, last: date) -> int:
        """How many working days there are from first to last, both included."""
        return sum(self.is_working(first + step * DAY) for step in range((last - first).days + 1))


def touches(deadline: Deadline, changed_days: Iterable[date]) -> bool:
    """Whether a change of any of these days may move the deadline."""
    first, last = deadline.span
    return any(first <= day <= last for day in changed_days)


def changed_days(old: Calendar, new: Calendar) -> frozenset[date]:
    """Every day that is a working day on one of the calendars and not on the other."""
    years = {day.year for calendar in (old, new) for day in calendar.additions}
    every = (date(year, 1, 1) + step * DAY for year in years for step in range(366))
    return frozenset(day for day in every if old.is_working(day) != new.is_working(day))


@dataclass(frozen=True)
class Moved:
    """A deadline that another calendar puts on another day."""

    was: Deadline
    now: Deadline


def moved(old: Calendar, new: Calendar, deadlines: Iterable[Deadline]) -> list[Moved]:
    """The deadlines whose due day differs on the new calendar; only these are announced."""
    changed = changed_days(old, new)
    again = (Moved(each, new.recount(each)) for each in deadlines if touches(each, changed))
    return [move for move in again if move.was.day != move.now.day]
