"""A text of time taken apart into its points: a day with its part and clock each, and how they are joined."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from rules.dates.clock import NIGHT, Clock, certain, meant
from rules.dates.meaning import Place, dates
from rules.dates.tokens import DayWords, Kind, Token
from rules.dates.words import NoSuchDay
from rules.working_days import DAY, weekday

_ALIKE: Final = {"am": "上午", "a.m.": "上午", "pm": "下午", "p.m.": "下午", "一整天": "全天", "整天": "全天"}
_WHOLE_DAY: Final = "全天"


@dataclass
class Point:
    """One day with the part of it and the clock written beside it, as far as they are."""

    words: DayWords | None = None
    beside: list[DayWords] = field(default_factory=list)
    part: str = ""
    clock: Clock | None = None
    written: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is written there."""
        return self.words is None and not self.part and self.clock is None

    @property
    def whole_day(self) -> bool:
        """Whether the day is said to be taken whole (全天)."""
        return self.part == _WHOLE_DAY

    def days(self, place: Place) -> tuple[date, ...]:
        """The days that may be meant; raises NoSuchDay for one there is not.

        What stands beside (周二, or a date in brackets) has to agree; where it does not, both may be meant.
        """
        return self._read(place)[0]

    def at_odds(self, place: Place) -> str:
        """What the day and what stands beside it disagree about; nothing where they agree."""
        return self._read(place)[1]

    def _read(self, place: Place) -> tuple[tuple[date, ...], str]:
        if self.words is None:
            return (), ""
        words, beside = self.words, list(self.beside)
        if words.weekday is not None and words.week is None and beside and beside[0].weekday is None:
            words, beside[0] = beside[0], words  # 周四（12月3日）
        found, why = dates(words, place), ""
        for other in beside:
            found, why = _agreeing(found, other, place) if not why else (found, why)
        return found, why

    def clocks(self) -> tuple[timedelta, ...]:
        """The times that may be meant, since the midnight that begins the day; raises NoSuchDay for 25:00."""
        if self.clock is None:
            return (timedelta(), DAY) if self.part in NIGHT else ()
        found = meant(self.clock, "" if self.whole_day else self.part)
        if not found:
            raise NoSuchDay(self.written)
        return found

    def add_day(self, day: DayWords) -> None:
        """The day of the point, or what says again which one it is."""
        if self.words is None:
            self.words = day
        else:
            self.beside.append(day)

    @property
    def plain_clock(self) -> bool:
        """Whether the clock, if there is one, can be read in one way only."""
        return self.clock is None or certain(self.clock, "" if self.whole_day else self.part)


def _agreeing(found: tuple[date, ...], other: DayWords, place: Place) -> tuple[tuple[date, ...], str]:
    """Those of the days that the other words mean too; where none is, the first of both, and why."""
    if other.weekday is None or other.week is not None:
        others = dates(other, place)
        fitting = tuple(day for day in found if day in others)
        return (fitting, "") if fitting else ((found[0], others[0]), "前后写的不是同一天，请核对。")
    fitting = tuple(day for day in found if day.weekday() == other.weekday)
    if fitting:
        return fitting, ""
    day = found[0]
    nearest = next(
        near for step in (1, -1, 2, -2, 3, -3) if (near := day + step * DAY).weekday() == other.weekday
    )
    said = "周" + "一二三四五六日"[other.weekday]
    return (day, nearest), f"{day.year}年{day.month}月{day.day}日是{weekday(day)}，不是{said}，请核对。"


@dataclass
class Apart:
    """The points of a text, whether they are from one to the other or a list, and what else it says.

    `rest` holds what was not understood, `remarks` what says something the value cannot hold (左右, 前).
    `dangling`: one end of a span is not written (12月1日至).
    """

    points: list[Point] = field(default_factory=lambda: [Point()])
    spanning: bool = False
    listed: bool = False
    length: float = 0
    stretches: list[str] = field(default_factory=list)
    stretch_ends: bool = False
    dangling: bool = False
    remarks: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def at_odds(self, place: Place) -> str:
        """The first contradiction within a point."""
        found = ""
        for point in self.points:
            found = found or point.at_odds(place)
        return found

    @property
    def doubtful(self) -> bool:
        """Whether the text says more than its points do."""
        return bool(self.rest or self.remarks or self.stretches)


def apart(pieces: Iterable[Token]) -> Apart:
    """Gather the pieces into points."""
    gathering = _Gathering()
    for token in pieces:
        gathering.take(token)
    return gathering.made_up()


class _Gathering:
    """The points so far; `joint` is what stands behind the last of them and still waits for the next."""

    def __init__(self) -> None:
        self.made = Apart()
        self.joint: Kind | None = None

    def take(self, token: Token) -> None:
        """Put the piece where it belongs."""
        if token.kind is Kind.FRAME:
            return
        if token.kind in (Kind.TO, Kind.AND):
            self._join(token)
            return
        point = self.made.points[-1]
        if token.day is not None:
            if not self._joins(point, token.day):
                point = self._another()
            point.add_day(token.day)
        elif token.kind is Kind.PART:
            point = self._another() if self.joint or point.part else point
            point.part = _ALIKE.get(token.text.lower(), token.text)
            point.written += token.text
        elif token.clock is not None:
            point = self._another() if self.joint or point.clock else point
            point.clock = token.clock
            point.written += token.text
        else:
            self._aside(token)
        self.joint = None

    def made_up(self) -> Apart:
        """All of it."""
        self.made.dangling = self.made.dangling or self.joint is Kind.TO
        if self.joint is Kind.AND:
            self.made.rest.append("、")
        self.made.points = [point for point in self.made.points if not point.empty]
        return self.made

    def _join(self, token: Token) -> None:
        if self.joint is not None:
            self.made.rest.append(token.text)
        elif self.made.points[-1].empty and not self.made.stretches:
            self.made.dangling = token.kind is Kind.TO
        self.joint = token.kind

    def _aside(self, token: Token) -> None:
        """What belongs to no point."""
        made = self.made
        if token.kind is Kind.LENGTH and not made.length:
            made.length = token.length
        elif token.kind is Kind.STRETCH:
            made.stretches.append(token.text)
            made.stretch_ends = self.joint is Kind.TO
        elif token.kind is Kind.REMARK:
            made.remarks.append(token.text)
        else:
            made.rest.append(token.text)

    def _joins(self, point: Point, day: DayWords) -> bool:
        """Whether the day belongs to the point: its own, or one that only says again which day it is."""
        if self.joint is not None:
            return point.empty
        if point.words is None:
            return True
        again = (
            day.weekday is not None
            or point.words.weekday is not None
            or point.words.step is not None
            or day.lunar is not None
        )
        return again and not point.part and point.clock is None and len(point.beside) < 2

    def _another(self) -> Point:
        """The next point; one that stands beside another without a join makes a list."""
        if self.made.points[-1].empty:
            return self.made.points[-1]
        if self.joint is Kind.TO:
            self.made.spanning = True
        else:
            self.made.listed = True
        self.made.points.append(Point())
        return self.made.points[-1]
