"""From one half day to another: the value, and how it is read from the points of a text.

Noon begins the afternoon and ends the morning; a day alone is both its halves.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from rules.dates.clock import MORNING, NOON
from rules.dates.meaning import Place
from rules.dates.points import Apart, Point
from rules.dates.stretches import spans
from rules.dates.words import Unreadable, clip
from rules.working_days import DAY, Calendar

SPAN_LIKE: Final = "12月1日至12月3日"
_NOON: Final = timedelta(hours=12)


class Half(StrEnum):
    """One of the two halves of a working day."""

    AM = "上午"
    PM = "下午"


@dataclass(frozen=True)
class HalfDaySpan:
    """From one half day to another, both counted."""

    start: date
    start_half: Half
    end: date
    end_half: Half

    @property
    def days(self) -> float:
        """How long it is, a half day as 0.5: from 15日下午 to 18日上午 are 3 days. The one count there is."""
        whole = (self.end - self.start).days + 1
        return whole - 0.5 * ((self.start_half is Half.PM) + (self.end_half is Half.AM))


def read_spans(
    said: str, made: Apart, today: date, calendar: Calendar | None
) -> tuple[list[HalfDaySpan], bool]:
    """The spans that may be meant, and whether to ask all the same; raises NoSuchDay, Unreadable."""
    points, place = made.points, Place(today, calendar=calendar)
    if not points:
        return _stretch_alone(said, made, place, calendar)
    if made.stretch_ends and len(points) == 1:
        return [
            HalfDaySpan(day, half, last, Half.PM)
            for day, half in _edges(points[0], place, starting=True)
            for _, last in spans(made.stretches[-1], replace(place, today=day), calendar)
        ], True
    if len(points) == 1:
        return _from_one(points[0], made, place, calendar)
    if made.spanning and made.listed and not _halves_of_one_day(points):
        raise Unreadable(f"「{clip(said)}」不止一段时间", SPAN_LIKE)
    if made.listed and not _halves_of_one_day(points):
        return _listed(points, made, place)
    if len(points) > 2:
        return [], True
    found = []
    for day, half in _edges(points[0], place, starting=True):
        for last, last_half in _edges(points[1], replace(place, near=day), starting=False):
            found.append(HalfDaySpan(day, half, last, last_half))
    return found, made.doubtful


def _from_one(
    point: Point, made: Apart, place: Place, calendar: Calendar | None
) -> tuple[list[HalfDaySpan], bool]:
    """A day, a half of it, or a day with a length (12月1日起3天)."""
    length = made.length
    if 0 < length < 1 and point.part not in MORNING | {"下午", "午后"}:
        raise Unreadable("半天请写明上午还是下午", "12月1日上午")
    if length >= 1:
        return _of_length(point, length, place), made.doubtful or not point.words
    days = point.days(place) or (place.today,)
    if point.clock is not None:  # when it ends is not said
        starts = _edges(point, place, starting=True)
        return [HalfDaySpan(day, half, day, Half.PM) for day, half in starts], True
    found = [_half_of(day, point) for day in days]
    if point.words and point.words.name and not point.part:  # 春节: the day, or the holiday
        holiday = spans(f"{point.words.text}假期", place, calendar)
        return [*found, *(_whole(first, last) for first, last in holiday)], True
    return found, made.doubtful or not point.words


def _of_length(point: Point, length: float, place: Place) -> list[HalfDaySpan]:
    """So many days from there on; from an afternoon on, either that half or the last counts for a day."""
    found = []
    for day, half in _edges(point, place, starting=True):
        halves = round(2 * length) - 1
        ends = [halves, halves + 1] if half is Half.PM else [halves]
        found += [
            HalfDaySpan(day, half, day + end // 2 * DAY, Half.PM if end % 2 else Half.AM) for end in ends
        ]
    return found


def _half_of(day: date, point: Point) -> HalfDaySpan:
    if not point.part or point.whole_day:
        return _whole(day, day)
    half = Half.AM if point.part in MORNING else Half.PM
    return HalfDaySpan(day, half, day, half)


def _whole(first: date, last: date) -> HalfDaySpan:
    return HalfDaySpan(first, Half.AM, last, Half.PM)


def _halves_of_one_day(points: list[Point]) -> bool:
    """上午和下午, 上午、下午: one day, not a list of two."""
    return len(points) == 2 and points[1].words is None


def _listed(points: list[Point], made: Apart, place: Place) -> tuple[list[HalfDaySpan], bool]:
    """Days in a list: one span where they follow upon each other, else each, and from first to last."""
    days: list[date] = []
    for point in points:
        days += point.days(replace(place, near=days[-1] if days else None))[:1]
    if len(days) != len(points):
        return [], True
    following = all(later - earlier == DAY for earlier, later in pairwise(days))
    inner = [not point.part or point.whole_day for point in points[1:-1]]
    first = _half_of(days[0], points[0])
    last = _half_of(days[-1], points[-1])
    whole = HalfDaySpan(first.start, first.start_half, last.end, last.end_half)
    if following and all(inner) and first.end_half is Half.PM and last.start_half is Half.AM:
        return [whole], made.doubtful
    singles = [_half_of(day, point) for day, point in zip(days, points, strict=True)]
    return [whole, *singles], True


def _stretch_alone(
    said: str, made: Apart, place: Place, calendar: Calendar | None
) -> tuple[list[HalfDaySpan], bool]:
    if len(made.stretches) != 1 or made.rest:
        return [], True
    found = [_whole(first, last) for first, last in spans(made.stretches[0], place, calendar)]
    if not found:
        raise Unreadable(f"「{clip(said)}」没有写明从哪天到哪天", SPAN_LIKE)
    said_which = made.stretches[0].endswith("周末") and made.stretches[0] != "周末"
    return found, not said_which or bool(made.remarks)


def _edges(point: Point, place: Place, *, starting: bool) -> list[tuple[date, Half]]:
    """The half days that may begin or end the span at this point."""
    days = point.days(place) or (place.near or place.today,)
    if point.clock is None:
        return [(day, _half_at(point.part, starting=starting)) for day in days]
    found = []
    for day in days:
        for since in point.clocks():
            found += _half_by_clock(day, since, starting=starting)
    return list(dict.fromkeys(found))


def _half_at(part: str, *, starting: bool) -> Half:
    """The half that a part of the day begins or ends with: noon begins the afternoon, ends the morning."""
    if part in MORNING:
        return Half.AM
    if part in NOON:
        return Half.PM if starting else Half.AM
    if not part or part == "全天":
        return Half.AM if starting else Half.PM
    return Half.PM


def _half_by_clock(day: date, since: timedelta, *, starting: bool) -> list[tuple[date, Half]]:
    """As a beginning noon is the afternoon, as an end it is the morning; midnight is asked about."""
    if starting:
        return [(day + DAY, Half.AM) if since >= DAY else (day, Half.PM if since >= _NOON else Half.AM)]
    if not since:
        return [(day - DAY, Half.PM), (day, Half.AM)]
    return [(day, Half.AM if since <= _NOON else Half.PM)]


def forward(span: HalfDaySpan) -> bool:
    """Whether it ends no earlier than it starts."""
    return (span.start, span.start_half is Half.PM) <= (span.end, span.end_half is Half.PM)
