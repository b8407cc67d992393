"""The leaders' week as a picture, told as plain data: a row for each leader, a column for each day.

What they are away for does not stand on it; clashes are red.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Final

from notices.pictures.day_heads import DayHead, day_heads
from notices.pictures.drawing import WEEK_PLAN
from notices.week_plan import OPEN, Shown, hours, provisional, state, title
from rules.dates.reading import Half
from rules.delegation import begins_at, ends_at
from rules.engagement import Engagement, EngagementKind
from rules.roster import Official
from rules.week_plan import Part, WeekPlan
from rules.working_days import shanghai_day

BLOCKS: Final = 5
"""Matters in one leader's day at most; the text has all."""
ROWS: Final = 12
"""Leaders on the picture at most."""
HALVES: Final = 14
CLASH: Final = "冲突"


@dataclass(frozen=True)
class Away:
    """Half days of the week that they are away, `first` and `last` both counted from 0 to 13."""

    first: int
    last: int
    clash: bool = False


@dataclass(frozen=True)
class Block:
    """One matter on one day (0 is Monday); `look` is its kind, 冲突 or 待定."""

    day: int
    hours: str
    title: str
    look: str


@dataclass(frozen=True)
class PlanRow:
    """One leader."""

    name: str
    post: str
    away: tuple[Away, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class PlanChart:
    """The picture."""

    title: str
    note: str
    days: tuple[DayHead, ...]
    rows: tuple[PlanRow, ...]

    def packed(self) -> dict[str, Any]:
        """As the outbox keeps it."""
        return {"picture": WEEK_PLAN, **asdict(self)}

    @classmethod
    def unpacked(cls, stored: Mapping[str, Any]) -> "PlanChart":
        """Out of the outbox."""
        rows = tuple(
            PlanRow(
                row["name"],
                row["post"],
                tuple(Away(**away) for away in row["away"]),
                tuple(Block(**block) for block in row["blocks"]),
            )
            for row in stored["rows"]
        )
        return cls(stored["title"], stored["note"], tuple(DayHead(**day) for day in stored["days"]), rows)


def chart(shown: Shown) -> PlanChart | None:
    """The week's picture; None where nobody has anything down."""
    plan = shown.plan
    if not plan.engagements:
        return None
    awaited = provisional(shown)
    note = state(shown).removesuffix("。") + (f"　* {awaited}" if awaited else "")
    rows = tuple(_row(person, shown) for person in plan.people[:ROWS])
    heads = day_heads(plan.days, shown.calendar, shanghai_day(shown.now))
    return PlanChart(title(shown), note, heads, rows)


def _row(person: Official, shown: Shown) -> PlanRow:
    plan = shown.plan
    own = plan.of(person)
    away = [each for each in own.engagements if each.kind is EngagementKind.LEAVE]
    blocks: list[Block] = []
    for number, day in enumerate(own.days):
        parts = [part for part in own.on(day) if part.engagement not in away]
        shown_here = parts if len(parts) <= BLOCKS else parts[: BLOCKS - 1]
        blocks += [_block(part, number, shown) for part in shown_here]
        if left := len(parts) - len(shown_here):
            red = any(plan.clashing(part) for part in parts[len(shown_here) :])
            blocks.append(Block(number, "", f"另有{left}项", CLASH if red else OPEN))
    return PlanRow(
        person.name,
        person.post_in_full,
        tuple(bar for each in away for bar in _away(each, shown)),
        tuple(blocks),
    )


def _block(part: Part, day: int, shown: Shown) -> Block:
    each = part.engagement
    look = CLASH if shown.plan.clashing(part) else str(each.kind) if each.firm else OPEN
    return Block(day, hours(part), " ".join(each.title.split()), look)


def _away(away: Engagement, shown: Shown) -> Iterator[Away]:
    """The half days they are away, those that clash apart from the others."""
    plan = shown.plan
    halves = [
        (number, plan.clashing(part))
        for number in range(HALVES)
        if (part := _half(away, number, plan)) is not None
    ]
    for clash, run in groupby(halves, lambda half: half[1]):
        numbers = [number for number, _ in run]
        yield Away(numbers[0], numbers[-1], clash)


def _half(away: Engagement, number: int, plan: WeekPlan) -> Part | None:
    """What of it lies in that half day of the week; a half day of leave is taken whole."""
    at, afternoon = divmod(number, 2)
    day = plan.days[at]
    half = Half.PM if afternoon else Half.AM
    begins, ends = begins_at(day, half), ends_at(day, half)
    return Part(away, day, begins, ends) if away.meets(begins, ends) else None
