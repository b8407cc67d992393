"""Delegation (委托代办) without leave: for some days another decides in one's place.

One offers it, the other accepts it; either may end it early, and it ends by itself. Art. 9 knows it for vice
mayors with several engagements at once; for others it is the office's custom. Nothing here knows of chats or
tables, and the time is always passed in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final

from rules.dates.reading import Half, HalfDaySpan
from rules.refused import Refused
from rules.roster import LEADERS, VICE_MAYORS, Official, Role
from rules.working_days import DAY, SHANGHAI

NOON: Final = time(12, 0)
"""Where the afternoon begins, by the Shanghai clock."""


def begins_at(day: date, half: Half) -> datetime:
    """The first instant of that half day, as aware UTC: 0:00 or noon in Shanghai."""
    return datetime.combine(day, NOON if half is Half.PM else time.min, SHANGHAI).astimezone(UTC)


def ends_at(day: date, half: Half) -> datetime:
    """The instant at which that half day is over, as aware UTC: noon, or 24:00 in Shanghai."""
    if half is Half.AM:
        return begins_at(day, Half.PM)
    return begins_at(day + DAY, Half.AM)


class Scope(StrEnum):
    """Which matters go to the other one, in the word that people read."""

    ALL = "全部事项"
    LEAVE = "请假审批"
    COUNTERSIGN = "会签"
    MEETING = "会议请假"
    INVITATION = "活动邀请"

    def covers(self, procedure: str) -> bool:
        """Whether matters of that procedure are meant."""
        return self is Scope.ALL or _PROCEDURES[self] == procedure

    def meets(self, other: "Scope") -> bool:
        """Whether some matter would fall under both."""
        return self is other or Scope.ALL in (self, other)


_PROCEDURES: Final = {
    Scope.LEAVE: "leave",
    Scope.COUNTERSIGN: "countersign",
    Scope.MEETING: "meeting",
    Scope.INVITATION: "invitation",
}


class DelegationState(StrEnum):
    """Where a delegation stands, in the word that people read."""

    OFFERED = "待接受"
    ACCEPTED = "已接受"
    DECLINED = "未接受"
    ENDED = "已结束"


LIVE: Final = frozenset({DelegationState.OFFERED, DelegationState.ACCEPTED})
"""States in which something is still to come."""


def may_delegate(official: Official) -> bool:
    """Who has matters to hand over: those who decide by their office."""
    return official.role in LEADERS or official.role in (Role.UNIT_HEAD, Role.OFFICE_DIRECTOR)


@dataclass(eq=False)
class Delegation:
    """`principal` has `delegate` decide for them. `start` and `end` are Shanghai dates, both counted."""

    principal: Official
    delegate: Official
    scope: Scope
    start: date
    start_half: Half
    end: date
    end_half: Half
    offered_at: datetime
    state: DelegationState = DelegationState.OFFERED
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    id: int = field(init=False)

    @property
    def span(self) -> HalfDaySpan:
        """From when to when."""
        return HalfDaySpan(self.start, self.start_half, self.end, self.end_half)

    @property
    def begins_at(self) -> datetime:
        """When it begins, as aware UTC."""
        return begins_at(self.start, self.start_half)

    @property
    def ends_at(self) -> datetime:
        """When it is over by itself, as aware UTC."""
        return ends_at(self.end, self.end_half)

    @property
    def article(self) -> int | None:
        """Art. 9 for a vice mayor; for others the Work Rules are silent."""
        return 9 if self.principal.role in VICE_MAYORS else None

    def runs(self, now: datetime) -> bool:
        """Whether the other one decides now."""
        return self.state is DelegationState.ACCEPTED and self.begins_at <= now < self.ends_at

    def accept(self, official: Official, now: datetime) -> None:
        """接受 by the one it is offered to; it holds from then on, or from its first day."""
        self._answer(official, DelegationState.ACCEPTED, now)

    def decline(self, official: Official, now: datetime) -> None:
        """不接受 by the one it is offered to."""
        self._answer(official, DelegationState.DECLINED, now)

    def end_early(self, official: Official, now: datetime) -> None:
        """Ended by either of the two, before it began or while it runs."""
        if official not in (self.principal, self.delegate):
            raise Refused(f"这是{self.principal.titled}与{self.delegate.titled}之间的委托，只能由两位办理。")
        if self.state is DelegationState.OFFERED and official is self.delegate:
            raise Refused("这项委托还没有接受，请点「接受」或「不接受」。")
        self._still_open(now)
        self.close(now)

    def close(self, now: datetime) -> None:
        """It is over: the time is up, one of the two has left, or one of them ended it."""
        self.state = DelegationState.ENDED
        self.ended_at = now

    def _answer(self, official: Official, answer: DelegationState, now: datetime) -> None:
        if official is not self.delegate:
            raise Refused(f"这项委托是给{self.delegate.titled}的，只能由本人答复。")
        if self.state is not DelegationState.OFFERED and self.state is not DelegationState.ENDED:
            raise Refused(f"这项委托{self.state}，无需再答复。")
        self._still_open(now)
        self.state = answer
        self.answered_at = now

    def _still_open(self, now: datetime) -> None:
        if self.state not in LIVE:
            raise Refused(f"这项委托{self.state}。")
        if now >= self.ends_at:
            raise Refused("这项委托已经到期。")


def clash(
    principal: Official, span: HalfDaySpan, scope: Scope, others: Iterable[Delegation]
) -> Delegation | None:
    """One of their other delegations that would give the same matters to somebody at the same time."""
    first, last = begins_at(span.start, span.start_half), ends_at(span.end, span.end_half)
    for other in others:
        apart = other.ends_at <= first or last <= other.begins_at
        same_matters = other.principal is principal and other.scope.meets(scope)
        if other.state in LIVE and same_matters and not apart:
            return other
    return None
