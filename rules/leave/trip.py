"""Leaves that adjoin are one going away: one count of days, one set of papers, one return (art. 77).

Nothing here knows of chats or tables, and the time is always passed in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rules.dates.reading import HalfDaySpan
from rules.dates.spans import adjoin, follows, joined
from rules.leave.matter import Leave, LeaveState

KEEPS_AWAY: Final = frozenset({LeaveState.PENDING, LeaveState.APPROVED, LeaveState.CONTINUED})
"""A leave in one of these keeps them away, or will; who has reported back was there in between."""


@dataclass(frozen=True)
class Trip:
    """The whole time away: a leave with their `others` that adjoin it, the earliest first."""

    span: HalfDaySpan
    others: tuple[Leave, ...] = ()

    @property
    def has_papers(self) -> bool:
        """Whether papers were sent with one of the others: one set is asked for the whole."""
        return any(leave.papers for leave in self.others)


def trip_of(span: HalfDaySpan, own: Iterable[Leave]) -> Trip:
    """The trip that a leave of this span would be, beside their other leaves."""
    left = sorted((leave for leave in own if leave.state in KEEPS_AWAY), key=lambda leave: leave.start)
    others: list[Leave] = []
    while more := [leave for leave in left if adjoin(leave.span, span)]:
        for leave in more:
            span = joined(span, leave.span)
        others += more
        left = [leave for leave in left if leave not in more]
    return Trip(span, tuple(sorted(others, key=lambda leave: leave.start)))


def passed_into(leave: Leave, own: Iterable[Leave]) -> Leave | None:
    """The approved leave that goes on where this one ends, so that nobody is expected back in between."""
    return next(
        (
            other
            for other in own
            if other is not leave and other.state is LeaveState.APPROVED and follows(leave.span, other.span)
        ),
        None,
    )


def stretch_of(leave: Leave, own: Iterable[Leave]) -> HalfDaySpan:
    """The whole time away that this leave is a part of, of those approved: before it and after it."""
    approved = [one for one in own if one.state in (LeaveState.APPROVED, LeaveState.CONTINUED)]
    return trip_of(leave.span, [one for one in approved if one is not leave]).span


def came_from(leave: Leave, own: Iterable[Leave]) -> Leave | None:
    """The leave that has passed into this one."""
    passed = (other for other in own if other.state is LeaveState.CONTINUED)
    return next((other for other in passed if follows(other.span, leave.span)), None)
