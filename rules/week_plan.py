"""The leaders' week plan (领导周安排): what takes up each of them, day by day, and where it clashes.

Made of engagements only, whatever procedure they come from. Days are Shanghai's, from Monday to Sunday.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import combinations
from typing import Final

from rules.board import rank, sees_all
from rules.dates.half_days import Half, HalfDaySpan
from rules.engagement import Engagement, EngagementKind
from rules.hours import OfficeHours
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official
from rules.working_days import DAY, SHANGHAI, Calendar

TOLD_AT: Final = time(16, 0)
"""The hour by the Shanghai clock at which the next week's plan goes out on Friday."""
_NOON: Final = timedelta(hours=12)
_AHEAD: Final = 3
"""Weeks looked ahead for the next plan: a festival never shuts the office for longer."""


def goes_out(monday: date, calendar: Calendar, hours: OfficeHours) -> datetime:
    """When the plan of the week that begins on that Monday goes out, as aware UTC.

    On the Friday before at 16:00; on the last working day before that where the Friday is off, and at the
    beginning of the session before where the office is shut at that hour.
    """
    return hours.nudge_at(calendar, monday - 3 * DAY, TOLD_AT)


def coming(now: datetime, calendar: Calendar, hours: OfficeHours) -> Iterator[tuple[date, datetime]]:
    """The Mondays of the plans that are still to go out, each with its moment, the soonest first."""
    this = monday_of(now.astimezone(SHANGHAI).date())
    for weeks in range(1, _AHEAD + 1):
        monday = this + timedelta(weeks=weeks)
        at = goes_out(monday, calendar, hours)
        if at >= now:
            yield monday, at


def monday_of(day: date) -> date:
    """The Monday of the week that the day lies in."""
    return day - day.weekday() * DAY


def check_reader(reader: Official) -> None:
    """The leaders' plan is for leaders and the office; anybody else is refused."""
    if not sees_all(reader):
        raise Refused("领导安排只供区政府领导和区政府办公室查看。")


def knows_trip(reader: Official, engagement: Engagement) -> bool:
    """Whether what they are away for, and where, is the reader's business; all else everybody knows."""
    return (
        engagement.kind is not EngagementKind.LEAVE
        or reader is engagement.official
        or reader.role in OFFICE_DESK
    )


def leaders(officials: Iterable[Official]) -> list[Official]:
    """The leaders in the order of the board."""
    return sorted((one for one in officials if one.role in LEADERS), key=rank)


def leader_named(said: str, officials: Iterable[Official]) -> Official | None:
    """The leader called so: by name, by post, by surname and post (孙副区长); None for nobody or several."""
    found = [
        one
        for one in leaders(officials)
        if one.name in said
        or said in (one.post, one.role, one.titled, f"{one.name[:1]}{one.post}", f"{one.name[:1]}区长")
    ]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Part:
    """What of an engagement lies on one day: aware instants, `end` not counted."""

    engagement: Engagement
    day: date
    start: datetime
    end: datetime

    @property
    def from_before(self) -> bool:
        """Whether it takes up the day from its first minute."""
        return self.start == _midnight(self.day)

    @property
    def goes_on(self) -> bool:
        """Whether it takes up the day to its last minute."""
        return self.end == _midnight(self.day + DAY)


@dataclass(frozen=True)
class Clash:
    """Two firm engagements of one official that share the time from `start` until before `end`."""

    first: Engagement
    second: Engagement

    @property
    def official(self) -> Official:
        """Who cannot be at both."""
        return self.first.official

    @property
    def start(self) -> datetime:
        """Where the shared time begins."""
        return max(self.first.start, self.second.start)

    @property
    def end(self) -> datetime:
        """Where it ends."""
        return min(self.first.end, self.second.end)


@dataclass(frozen=True)
class WeekPlan:
    """One week of these people, from `monday` on; `engagements` are theirs, the earliest first."""

    monday: date
    people: Sequence[Official]
    engagements: Sequence[Engagement]

    @property
    def days(self) -> Sequence[date]:
        """Monday to Sunday."""
        return [self.monday + step * DAY for step in range(7)]

    @property
    def start(self) -> datetime:
        """The week's first instant, as aware UTC."""
        return _midnight(self.monday)

    @property
    def end(self) -> datetime:
        """The first instant after it, as aware UTC."""
        return _midnight(self.monday + 7 * DAY)

    def of(self, official: Official) -> "WeekPlan":
        """Their own part of it."""
        return WeekPlan(self.monday, [official], [e for e in self.engagements if e.official is official])

    def within(self, official: Official, span: HalfDaySpan) -> "WeekPlan":
        """What of it takes up the official in those half days; noon parts a day."""
        begins = _midnight(span.start) + (_NOON if span.start_half is Half.PM else timedelta())
        ends = _midnight(span.end) + (_NOON if span.end_half is Half.AM else DAY)
        return WeekPlan(
            self.monday,
            [official],
            [each for each in self.engagements if each.official is official and each.meets(begins, ends)],
        )

    def on(self, day: date) -> list[Part]:
        """What takes up the day, the earliest first."""
        begins, ends = _midnight(day), _midnight(day + DAY)
        parts = [
            Part(each, day, max(each.start, begins), min(each.end, ends))
            for each in self.engagements
            if each.meets(begins, ends)
        ]
        return sorted(parts, key=lambda part: (part.start, part.end, part.engagement.matter))

    @cached_property
    def clashes(self) -> Sequence[Clash]:
        """Every two firm engagements of one person that overlap in this week, the earliest first."""
        found = [
            Clash(one, other)
            for one, other in combinations(self.engagements, 2)
            if one.official is other.official
            and one.firm
            and other.firm
            and one.matter != other.matter
            and one.meets(other.start, other.end)
        ]
        within = [clash for clash in found if clash.start < self.end and self.start < clash.end]
        return sorted(within, key=lambda clash: (clash.start, self.people.index(clash.official)))

    def clashing(self, part: Part) -> bool:
        """Whether the person is to be elsewhere as well in that part of the time."""
        return any(
            part.engagement in (clash.first, clash.second)
            and clash.start < part.end
            and part.start < clash.end
            for clash in self.clashes
        )

    @property
    def unsettled(self) -> int:
        """How many matters somebody is asked to that are not firm yet."""
        return len({each.matter for each in self.engagements if not each.firm})

    @property
    def idle(self) -> Sequence[Official]:
        """Who has nothing down for the whole week."""
        busy = {each.official for each in self.engagements}
        return [one for one in self.people if one not in busy]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
