"""The invitation ledger (活动邀请台账): by leader, organiser, kind, outcome and days of notice (art. 86, 87).

An invitation belongs to the day of its event. Nothing here knows of files or tables, and the time is always
passed in.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from rules.invitation.deadline import missed, notice
from rules.invitation.matter import Invitation, InvitationState
from rules.invitation.request import InvitationRequest, RequestState
from rules.periods import Periods
from rules.roster import OFFICE_DESK, Official
from rules.working_days import Calendar, shanghai_day


class Outcome(StrEnum):
    """How an invitation ended, or that it has not."""

    ATTENDED = "有领导出席"
    NOBODY = "领导不出席"
    SENT_BACK = "退回"
    NOT_ADMITTED = "不予受理"
    CANCELLED = "主办取消"
    LAPSED = "未办结"
    OPEN = "办理中"


_ENDS: Final = {
    InvitationState.SENT_BACK: Outcome.SENT_BACK,
    InvitationState.NOT_ADMITTED: Outcome.NOT_ADMITTED,
    InvitationState.CANCELLED: Outcome.CANCELLED,
    InvitationState.LAPSED: Outcome.LAPSED,
}


def outcome(invitation: Invitation) -> Outcome:
    """In one word; as long as somebody is still to answer and nobody comes, it is open."""
    if ended := _ENDS.get(invitation.state):
        return ended
    if invitation.attending:
        return Outcome.ATTENDED
    return Outcome.NOBODY if invitation.state is InvitationState.ANSWERED else Outcome.OPEN


@dataclass(frozen=True)
class Line:
    """One invitation in the ledger; `days` are the working days from the report to the event."""

    invitation: Invitation
    day: date
    days: int
    in_time: bool
    outcome: Outcome

    @property
    def reported(self) -> str:
        """按时, or that it came late and by whose leave it was taken up (art. 86)."""
        if self.in_time:
            return "按时"
        permission = self.invitation.permission
        return "特殊情况，准予受理" if permission and permission.granted else "逾期"

    @property
    def asked(self) -> list["Asked"]:
        """Every leader who was really asked, each once: the latest question put to them."""
        latest = {r.leader: r for r in self.invitation.requests if r.asked_at or r.answer}
        return [Asked(self, request) for request in latest.values()]


@dataclass(frozen=True)
class Asked:
    """One leader's place in a line."""

    line: Line
    request: InvitationRequest

    @property
    def attendee(self) -> Official | None:
        """Who goes by it, where anybody goes to the event."""
        return self.request.attendee if self.line.outcome is Outcome.ATTENDED else None


def line(invitation: Invitation, calendar: Calendar, periods: Periods) -> Line:
    """What the ledger says of one invitation."""
    late = missed(invitation.start, invitation.submitted_at, calendar, periods)
    return Line(
        invitation,
        shanghai_day(invitation.start),
        notice(invitation.start, invitation.submitted_at, calendar),
        late is None,
        outcome(invitation),
    )


@dataclass
class Sum:
    """Invitations of one organiser or kind, added up; `days` are working days of notice altogether."""

    name: str
    count: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    late: int = 0
    days: int = 0

    @property
    def mean_days(self) -> float:
        """Working days of notice on the average, down to a tenth."""
        return 10 * self.days // self.count / 10 if self.count else 0.0


def by_organiser(lines: Iterable[Line]) -> list[Sum]:
    """Every organiser, who invites most first."""
    return sorted(_sums(lines, lambda one: one.invitation.organiser), key=lambda one: -one.count)


def by_kind(lines: Iterable[Line]) -> list[Sum]:
    """Every kind of event there was, the most frequent first."""
    return sorted(_sums(lines, lambda one: str(one.invitation.kind)), key=lambda one: -one.count)


def _sums(lines: Iterable[Line], name: Callable[[Line], str]) -> list[Sum]:
    found: dict[str, Sum] = {}
    for each in lines:
        one = found.setdefault(name(each), Sum(name(each)))
        one.count += 1
        one.outcomes[each.outcome] += 1
        one.late += not each.in_time
        one.days += each.days
    return list(found.values())


@dataclass
class Leader:
    """What one leader was asked to. `for_others` counts the events to which they went in another's place.

    Where the invitation came to nothing, their answer counts as 不再征询.
    """

    official: Official
    asked: int = 0
    states: Counter[RequestState] = field(default_factory=Counter)
    for_others: int = 0


def by_leader(lines: Iterable[Line]) -> list[Leader]:
    """Everybody who was asked, or went for a leader, in the order of the roster."""
    found: dict[Official, Leader] = {}
    for each in lines:
        for asked in each.asked:
            request, attendee = asked.request, asked.attendee
            leader = found.setdefault(request.leader, Leader(request.leader))
            leader.asked += 1
            ended = each.invitation.state in _ENDS
            leader.states[RequestState.CLOSED if ended else request.state] += 1
            if attendee and attendee is not request.leader:
                found.setdefault(attendee, Leader(attendee)).for_others += 1
    return sorted(found.values(), key=lambda one: one.official.id)


def may_know(invitation: Invitation, official: Official) -> bool:
    """Who may read advice and answers of leaders: the office, and the leaders who were asked or stood in."""
    if official.role in OFFICE_DESK:
        return True
    return any(
        official in (request.leader, request.stand_in, request.decided_by)
        for request in invitation.requests
        if request.asked_at or request.answer
    )
