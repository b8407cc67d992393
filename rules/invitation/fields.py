"""Fields of the invitation form: when the event is (from, to), and which leaders are invited."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from typing_extensions import override

from rules.dates.reading import Sitting, parse_end, parse_sitting, say_moment, say_sitting
from rules.fields import Field, Moment, OfficialsField, Scene
from rules.fields.people import find_official, read_each
from rules.fields.times import plain_reasons
from rules.invitation.deadline import missed
from rules.invitation.matter import AS_ARRANGED
from rules.refused import Refused
from rules.roster import LEADERS, VICE_MAYORS, Official, Role
from rules.spelling import folded
from rules.text import one_line
from rules.working_days import SHANGHAI, Deadline, shanghai_day


class EventTime(datetime):
    """When the event begins, as aware UTC; with its end, if given, and the deadline of art. 86 if missed."""

    until: datetime | None = None
    late: Deadline | None = None

    @classmethod
    def of(cls, start: datetime, until: datetime | None = None) -> "EventTime":
        """From an aware instant."""
        made = cls.fromtimestamp(start.timestamp(), UTC)
        made.until = until
        return made


@dataclass(frozen=True)
class EventTimeField(Moment):
    """12月10日 9:00, or 12月10日 9:00至11:00; knows whenever it is read whether it is reported in time.

    A hidden value `reported` ({"at": …, "day": …}) keeps the first report of one that was to be completed:
    for the same day it was reported then. `judged` off: time alone, as for a change.
    """

    judged: bool = field(default=True, kw_only=True)

    @override
    def parse(self, text: str, scene: Scene) -> EventTime:
        with plain_reasons():
            sitting = parse_sitting(one_line(text), scene.now, calendar=scene.calendar)
        _held(sitting.start, sitting.until)
        return self._judge(EventTime.of(sitting.start, sitting.until), scene)

    @override
    def pack(self, value: datetime) -> Any:
        until = value.until if isinstance(value, EventTime) else None
        packed = super().pack(value)
        return f"{packed}/{super().pack(until)}" if until else packed

    @override
    def unpack(self, stored: Any, scene: Scene) -> EventTime:
        start, _, until = str(stored).partition("/")
        made = EventTime.of(super().unpack(start, scene), super().unpack(until, scene) if until else None)
        return self._judge(made, scene)

    @override
    def say(self, value: datetime, scene: Scene) -> str:
        until = value.until if isinstance(value, EventTime) else None
        said = say_sitting(Sitting(value, until), scene.now)
        if isinstance(value, EventTime) and value.late is not None:
            said += f"（最迟应于{value.late.label}报送，已晚）"
        return said

    def _judge(self, value: EventTime, scene: Scene) -> EventTime:
        before = scene.values.get("reported")
        reported_at = scene.now
        if before and before["day"] == shanghai_day(value).isoformat():
            reported_at = datetime.fromisoformat(before["at"])
        if self.judged:
            value.late = missed(value, reported_at, scene.calendar, scene.settings.periods)
        return value


def _held(start: datetime, end: datetime | None) -> None:
    if end is not None and end <= start:
        raise Refused("结束时间应晚于开始时间，到第二天的请写“次日1:00”")


@dataclass(frozen=True)
class EndField(Field[datetime]):
    """When the event ends, asked where the time given has none: 11:00, 下午5点, 12月11日 17:00."""

    after: str = field(default="when", kw_only=True)

    @override
    def parse(self, text: str, scene: Scene) -> datetime:
        start = scene.values.get(self.after)
        if not isinstance(start, datetime):
            raise Refused("请先写开始时间")
        with plain_reasons():
            end = parse_end(one_line(text), start, scene.now, scene.calendar)
        _held(start, end)
        return end

    @override
    def hold(self, value: datetime, scene: Scene) -> None:
        start = scene.values.get(self.after)
        if isinstance(start, datetime) and value <= start:
            raise Refused("结束时间应晚于开始时间")
        super().hold(value, scene)

    @override
    def pack(self, value: datetime) -> Any:
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")

    @override
    def unpack(self, stored: Any, scene: Scene) -> datetime:
        return datetime.strptime(stored, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)

    @override
    def say(self, value: datetime, scene: Scene) -> str:
        return say_moment(value, scene.now)


@dataclass(frozen=True)
class LeadersField(OfficialsField):
    """Leaders by name or post, or 请区政府安排 (nobody in particular)."""

    @override
    def parse(self, text: str, scene: Scene) -> list[Official]:
        plain = one_line(text)
        if re.fullmatch(r".*(?:区政府|办公室|统一|由区里)\S*安排.*|区(?:政府)?领导", plain):
            return []
        people = self.among(scene) if self.among else scene.roster.officials
        return read_each(text, lambda word: _by_post(word, scene) or find_official(word, people, scene))

    @override
    def hold(self, value: list[Official], scene: Scene) -> None:
        if value:
            super().hold(value, scene)

    @override
    def say(self, value: list[Official], scene: Scene) -> str:
        return super().say(value, scene) or AS_ARRANGED


def _by_post(word: str, scene: Scene) -> Official | None:
    """区长, 常务副区长, 赵区长, 孙副区长; a post or surname that fits several leaders names none of them."""
    leaders = scene.roster.with_role(*LEADERS)
    word = folded(word).removesuffix("同志")
    fits = [
        one
        for one in leaders
        if word == one.post
        or word in (f"{one.name[:1]}区长", f"{one.name[:1]}{one.post}")
        or (one.role in VICE_MAYORS and word == f"{one.name[:1]}副区长")
    ]
    if len(fits) > 1:
        names = "、".join(one.titled for one in fits)
        raise Refused(f"“{word}”有{len(fits)}位（{names}），请写姓名")
    return fits[0] if fits else None


def in_rank(people: Iterable[Official]) -> list[Official]:
    """区长, 常务副区长, then the others in the order they are given."""
    return sorted(people, key=lambda one: _RANK.get(one.role, len(_RANK)))


def leaders(scene: Scene) -> list[Official]:
    """Who may be invited by this path: 区长 and 副区长."""
    return in_rank(scene.roster.with_role(*LEADERS))


def goers(scene: Scene) -> list[Official]:
    """Who may go in a leader's place: vice mayors first, then heads of units and 办公室主任."""
    heads = scene.roster.with_role(Role.UNIT_HEAD, Role.OFFICE_DIRECTOR)
    return [*in_rank(scene.roster.with_role(*VICE_MAYORS)), *heads]


_RANK: Final = {Role.MAYOR: 0, Role.EXECUTIVE_VICE_MAYOR: 1, Role.VICE_MAYOR: 2}
