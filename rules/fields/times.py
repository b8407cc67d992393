"""Fields of time: a day, a moment, a span of days and half days."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from typing_extensions import override

from rules.dates.reading import Half, HalfDaySpan, parse_day, parse_moment, parse_span, say_day, say_moment
from rules.dates.words import Unreadable
from rules.fields.base import Field, Json, Scene
from rules.refused import Refused, Unsure
from rules.text import one_line
from rules.working_days import SHANGHAI

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Day(Field[date]):
    """A Shanghai date; one that has gone by is refused unless `past`."""

    past: bool = field(default=False, kw_only=True)

    @override
    def parse(self, text: str, scene: Scene) -> date:
        """The day meant by 12月1日, 明天, 2026-12-01 and the like."""
        with plain_reasons():
            return parse_day(one_line(text), scene.today, past=self.past, calendar=scene.calendar)

    @override
    def hold(self, value: date, scene: Scene) -> None:
        if not self.past and value < scene.today:
            raise Refused(f"{say_day(value, scene.today)}已经过去")
        super().hold(value, scene)

    @override
    def pack(self, value: date) -> Json:
        return value.isoformat()

    @override
    def unpack(self, stored: Json, scene: Scene) -> date:
        return date.fromisoformat(stored)

    @override
    def say(self, value: date, scene: Scene) -> str:
        return say_day(value, scene.today)


@dataclass(frozen=True)
class Moment(Field[datetime]):
    """A day and a time of day; the value is aware UTC, the draft keeps Shanghai wall time.

    `offered` are times of day shown as buttons once the day is picked.
    """

    past: bool = field(default=False, kw_only=True)
    offered: tuple[str, ...] = field(
        default=("08:30", "09:00", "09:30", "10:00", "10:30", "14:00", "14:30", "15:00", "15:30", "16:00"),
        kw_only=True,
    )

    @override
    def parse(self, text: str, scene: Scene) -> datetime:
        """The moment meant by 12月3日 14:30, 下周三上午9点 and the like."""
        with plain_reasons():
            return parse_moment(one_line(text), scene.now, past=self.past, calendar=scene.calendar)

    def day_alone(self, text: str, scene: Scene) -> date | None:
        """The day, where the text names one without a time of day."""
        try:
            day = parse_day(one_line(text), scene.today, past=self.past, calendar=scene.calendar)
        except Refused:
            return None
        return day if self.past or day >= scene.today else None

    @override
    def hold(self, value: datetime, scene: Scene) -> None:
        if not self.past and value < scene.now:
            raise Refused(f"{self.say(value, scene)}已经过去")
        super().hold(value, scene)

    @override
    def pack(self, value: datetime) -> Json:
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")

    @override
    def unpack(self, stored: Json, scene: Scene) -> datetime:
        wall = datetime.strptime(stored, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
        return wall.astimezone(UTC)

    @override
    def say(self, value: datetime, scene: Scene) -> str:
        return say_moment(value, scene.now)


_STORED_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)(上午|下午)至(\d{4}-\d\d-\d\d)(上午|下午)")


@dataclass(frozen=True)
class SpanField(Field[HalfDaySpan]):
    """From a day or half day to another, both counted; a start in the past is refused unless `past`.

    Days that are tapped are whole ones; `halves` says whether half days may be made of them.
    """

    halves: bool = field(default=True, kw_only=True)
    past: bool = field(default=False, kw_only=True)

    @override
    def parse(self, text: str, scene: Scene) -> HalfDaySpan:
        """The span meant by 12月1日至12月3日, 12月1日下午到3日上午, 明天 and the like."""
        with plain_reasons():
            return parse_span(one_line(text), scene.today, scene.calendar)

    @override
    def hold(self, value: HalfDaySpan, scene: Scene) -> None:
        if not self.past and value.start < scene.today:
            raise Refused(f"{say_day(value.start, scene.today)}已经过去")
        super().hold(value, scene)

    @override
    def pack(self, value: HalfDaySpan) -> Json:
        start = f"{value.start.isoformat()}{value.start_half.value}"
        return f"{start}至{value.end.isoformat()}{value.end_half.value}"

    @override
    def unpack(self, stored: Json, scene: Scene) -> HalfDaySpan:
        found = _STORED_SPAN.fullmatch(stored)
        if not found:
            raise Refused("这个时间读不出来")
        start, start_half, end, end_half = found.groups()
        return HalfDaySpan(
            date.fromisoformat(start), Half(start_half), date.fromisoformat(end), Half(end_half)
        )

    @override
    def say(self, value: HalfDaySpan, scene: Scene) -> str:
        return say_span(value, scene.today)


@contextmanager
def plain_reasons() -> Iterator[None]:
    """What is written stands beside the reason already, and the field has an example of its own."""
    try:
        yield
    except Unreadable as unreadable:
        raise Refused(_QUOTED.sub("", unreadable.why)) from None
    except Unsure as unsure:
        raise Unsure(_QUOTED.sub("", unsure.message), unsure.meant) from None


_QUOTED = re.compile(r"^「.*?」")


def say_span(span: HalfDaySpan, today: date) -> str:
    """12月1日（周二）下午至12月3日（周四），共2.5天; whole days leave the halves out."""
    half_days = ((span.end - span.start).days + 1) * 2
    half_days -= (span.start_half is Half.PM) + (span.end_half is Half.AM)
    length = f"共{half_days / 2:g}天"
    start, end = say_day(span.start, today), say_day(span.end, today)
    if span.start == span.end:
        halves = "" if half_days > 1 else span.start_half.value
        return f"{start}{halves}，{length}"
    first = Half.PM.value if span.start_half is Half.PM else ""
    last = Half.AM.value if span.end_half is Half.AM else ""
    return f"{start}{first}至{end}{last}，{length}"
