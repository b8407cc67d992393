"""The field for how long people have: so many working days, or a day and an hour."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from typing_extensions import override

from rules import numerals
from rules.countersign.due import Limit
from rules.dates.reading import parse_day, parse_moment, say_day, say_moment
from rules.dates.words import Unreadable
from rules.fields.base import Json, Scene
from rules.fields.times import plain_reasons
from rules.fields.words import Choice
from rules.refused import Refused, Unsure
from rules.text import one_line
from rules.working_days import SHANGHAI, shanghai_day

_DAYS = re.compile(r"(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:个?工作日|天|个)?(?:内|之内|以内)?")
_MORNING = re.compile(r"(?:上午|中午)$")
_BY = re.compile(r"(?:之前|以前|前|之内|以内|内|为?止|截止)$")
_STORED_DAYS = re.compile(r"(\d+)个工作日")


@dataclass(frozen=True)
class LimitField(Choice):
    """A few numbers of working days as buttons; any other number, a day or a moment may be written.

    The value is text that reads the same tomorrow: 3个工作日, or 2026-12-03 14:30 (Shanghai time).
    """

    most: int = field(default=60, kw_only=True)
    options: Sequence[str] = field(
        default=("1个工作日", "2个工作日", "3个工作日", "5个工作日", "7个工作日", "10个工作日"), kw_only=True
    )

    @override
    def limit(self, scene: Scene) -> str:
        return f"1至{self.most}个工作日"

    @override
    def parse(self, text: str, scene: Scene) -> str:
        """3, 三个工作日, 12月3日 14:30; a day alone means its close of business."""
        written = one_line(text).strip("。.，, ")
        if counted := _DAYS.fullmatch(written):
            digits = counted[1]
            days = numerals.read(digits)
            if not 1 <= days <= self.most:
                raise Refused(f"时限至少1个工作日，至多{self.most}个工作日")
            return f"{days}个工作日"
        with plain_reasons():
            until = self._until(written, scene)
        return until.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")

    def _until(self, written: str, scene: Scene) -> datetime:
        """The moment by which: 12月3日17:00前, 周五下班前.

        Of 12月3日前 it is asked whether that day counts, of 12月3日上午 whether noon is meant.
        """
        bare = _BY.sub("", written)
        day_words = bare.removesuffix("下班")
        half = _MORNING.search(day_words)
        if half is None and day_words == bare:
            with suppress(Unreadable):
                return parse_moment(bare, scene.now, calendar=scene.calendar)
        try:
            days = [parse_day(day_words, scene.today, calendar=scene.calendar)]
        except Unsure as unsure:
            days = [parse_day(meant, scene.today, calendar=scene.calendar) for meant in unsure.meant]
        except Refused:
            raise Refused("请写几个工作日，或者哪天几点之前") from None
        ends = [_noon(day) if half else scene.settings.hours.closing(day) for day in days]
        said_when = half is None and (day_words != bare or bare == written)
        if len(ends) == 1 and said_when:
            return ends[0]
        offered = [say_moment(end, scene.now) for end in ends]
        raise Unsure("是" + "，还是".join(f"{each}前" for each in offered[:2]) + "？", offered)

    @override
    def hold(self, value: str, scene: Scene) -> None:
        until = limit_of(value).until
        if until is not None and until <= scene.now:
            raise Refused(f"{say_moment(until, scene.now)}已经过去")
        if until is not None and not scene.calendar.is_working(shanghai_day(until)):
            raise Refused(f"{say_day(shanghai_day(until), scene.today)}不是工作日，请另定")
        super().hold(value, scene)

    @override
    def unpack(self, stored: Json, scene: Scene) -> str:
        return str(stored)

    @override
    def say(self, value: str, scene: Scene) -> str:
        until = limit_of(value).until
        return f"{say_moment(until, scene.now)}前" if until else value


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), SHANGHAI).astimezone(UTC)


def limit_of(value: str) -> Limit:
    """What the text of the field means."""
    if counted := _STORED_DAYS.fullmatch(value):
        return Limit(days=int(counted[1]))
    wall = datetime.strptime(value, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
    return Limit(until=wall.astimezone(UTC))


def limit_words(limit: Limit, days: int) -> str:
    """The same text for a limit; `days` is what holds where none is set."""
    if limit.until is not None:
        return limit.until.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return f"{limit.days or days}个工作日"
