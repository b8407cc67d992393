"""The fields of a call to a meeting that no other form has: its time from and to, its length, its agenda."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from typing_extensions import override

from rules.dates.reading import Sitting, parse_sitting, say_sitting
from rules.fields import Moment, Number, Scene, Text
from rules.fields.times import plain_reasons
from rules.forms import Values
from rules.meeting.deputy import read_deputy
from rules.meeting.topic import agenda_lines, read_agenda, with_unit
from rules.refused import Refused
from rules.text import one_line
from rules.working_days import shanghai_day

_HOURS = re.compile(r"(\d{1,2}(?:\.5)?|[一二两三四五六七八半])个?(?:小时|钟头)(半)?")
_WORDS = {"半": 0.5, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_ONE_TOPIC = re.compile(r"(?:议题)?\s*(?P<number>\d{1,2})\s*[.、．:：）)]?\s*(?P<topic>[^\n]+)")
HALF_DAY, WHOLE_DAY = 240, 480


class Start(datetime):
    """When a meeting starts, as aware UTC, with when it ends where that was written beside it."""

    until: datetime | None = None


def _start(start: datetime, until: datetime | None) -> Start:
    utc = start.astimezone(UTC)
    made = Start(utc.year, utc.month, utc.day, utc.hour, utc.minute, tzinfo=UTC)
    made.until = until
    return made


def until_of(start: datetime | None) -> datetime | None:
    """The end that was written beside the start."""
    return start.until if isinstance(start, Start) else None


@dataclass(frozen=True)
class SittingField(Moment):
    """A day and a time, or from one time to another of that day: 12月3日 14:30至17:00."""

    @override
    def parse(self, text: str, scene: Scene) -> datetime:
        """The moment, or from one to another: 12月3日14:30, 12月3日下午2点至4点."""
        with plain_reasons():
            sitting = parse_sitting(one_line(text), scene.now, calendar=scene.calendar)
        if sitting.until is not None and sitting.until <= sitting.start:
            raise Refused("结束时间早于开始时间")
        if sitting.until is not None and shanghai_day(sitting.until) != shanghai_day(sitting.start):
            raise Refused("开始和结束须在同一天，分几天开的请逐天通知")
        return _start(sitting.start, sitting.until)

    @override
    def pack(self, value: datetime) -> Any:
        until = until_of(value)
        return super().pack(value) + (f"~{super().pack(until)}" if until else "")

    @override
    def unpack(self, stored: Any, scene: Scene) -> datetime:
        first, _, last = str(stored).partition("~")
        start = super().unpack(first, scene)
        return _start(start, super().unpack(last, scene)) if last else start

    @override
    def say(self, value: datetime, scene: Scene) -> str:
        until = until_of(value)
        return say_sitting(Sitting(value, until), scene.now)


@dataclass(frozen=True)
class LengthField(Number):
    """How long it lasts, in minutes: 90, 90分钟, 2小时, 半天."""

    @override
    def parse(self, text: str, scene: Scene) -> int:
        plain = text.strip().removeprefix("约")
        if plain in ("半天", "全天", "一天"):
            return HALF_DAY if plain == "半天" else WHOLE_DAY
        hours = _HOURS.fullmatch(plain)
        if hours:
            number = _WORDS.get(hours[1]) or float(hours[1])
            return int((number + (0.5 if hours[2] else 0)) * 60)
        return super().parse(text, scene)

    @override
    def say(self, value: int, scene: Scene) -> str:
        if value % 30:
            return f"{value}分钟"
        return f"{value / 60:g}小时"


def _length_open(values: Values) -> bool:
    return until_of(values.get("start")) is None


def length_field(default: Callable[[Scene], int] | None = None, *, unasked: bool = False) -> LengthField:
    """时长: asked only where no end was written beside the start."""
    return LengthField(
        "length",
        "时长",
        ask="大约开多久？",
        example="2小时",
        least=15,
        most=600,
        unit="分钟",
        offered=(60, 90, 120, 180, HALF_DAY, WHOLE_DAY),
        default=default,
        unasked=unasked,
        shown=_length_open,
    )


@dataclass(frozen=True)
class AgendaField(Text):
    """The topics, a line each; kept as they were written, read when they are needed."""

    @override
    def amended(self, before: str, text: str, scene: Scene) -> str | None:
        """2. 财政预算（财政局） takes the place of the second of several topics; a unit alone joins it."""
        found, lines = _ONE_TOPIC.fullmatch(text.strip()), agenda_lines(before or "")
        place = int(found["number"]) - 1 if found else -1
        if found is None or not 0 <= place < len(lines):
            return None
        mended = self.mended(lines[place], text, scene)
        if len(lines) == 1 and mended == text:  # one topic for one is the agenda anew
            return None
        lines[place] = mended
        return "\n".join(lines)

    @override
    def mended(self, wrong: str, text: str, scene: Scene) -> str:
        """The topic anew, or only the unit that reports it."""
        found = _ONE_TOPIC.fullmatch(text.strip())
        unit = scene.roster.unit((found["topic"] if found else text).strip(" （）()"))
        return with_unit(wrong, unit, scene.roster) if unit else text

    @override
    def hold(self, value: str, scene: Scene) -> None:
        super().hold(value, scene)
        read_agenda(value, scene.roster)


def end_of(start: datetime, minutes: int | None, usual: timedelta) -> datetime:
    """When it ends: as written, by its length, or as is usual."""
    return until_of(start) or datetime.fromtimestamp(start.timestamp(), UTC) + (
        timedelta(minutes=minutes) if minutes else usual
    )


def plainly(moment: datetime) -> datetime:
    """A sitting as a plain instant, for the meeting itself."""
    return datetime.fromtimestamp(moment.timestamp(), UTC)


def names_a_deputy(text: str, scene: Scene) -> None:
    """Refused unless it names somebody of the writer's own unit, or a name with its post."""
    read_deputy(text, scene.roster, scene.official.unit)


def deputy_field(
    *,
    check: Callable[[str, Scene], None] | None = None,
    shown: Callable[[Values], bool] | None = None,
) -> Text:
    """派员: whom the unit sends."""
    return Text(
        "deputy",
        "派员",
        ask="派谁列席？请写姓名和职务。",
        example="姜羽翔 副局长",
        longest=60,
        check=check,
        shown=shown,
    )
