"""The leave ledger (请假台账): days away, whether reported in time, whether reported back (销假), art. 77.

Days are counted in halves, once as calendar days and once as working days. Nothing here knows of files or
tables, and the time is always passed in.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from rules.dates.reading import Half, HalfDaySpan
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.leave.report import bound, missed_notice, reported_at, urgent_reason
from rules.leave.returning import days_late, returned_late
from rules.periods import Periods
from rules.roster import OFFICE_DESK, Official
from rules.stretch import Stretch
from rules.working_days import DAY, SHANGHAI, Calendar, Deadline, shanghai_day

STANDS: Final = frozenset({LeaveState.APPROVED, LeaveState.RETURNED, LeaveState.CONTINUED})
"""States in which somebody is, was or will be away; the others are in the ledger, but count no days."""


@dataclass(frozen=True)
class Days:
    """A length, to half a day: all days, and those of them that are working days (补班 included)."""

    calendar: float = 0
    working: float = 0

    def __add__(self, other: "Days") -> "Days":
        return Days(self.calendar + other.calendar, self.working + other.working)


def days_in(span: HalfDaySpan | None, calendar: Calendar) -> Days:
    """How long the span is; an absent one has no length."""
    if span is None:
        return Days()
    working = (
        calendar.working_between(span.start, span.end)
        - (span.start_half is Half.PM) * calendar.is_working(span.start) / 2
        - (span.end_half is Half.AM) * calendar.is_working(span.end) / 2
    )
    return Days(span.days, working)


def away(leave: Leave) -> HalfDaySpan | None:
    """When the person is away by this leave: as approved, or until the half day in which they reported back.

    None as long as it is not approved, and for good if it never is.
    """
    if leave.state not in STANDS:
        return None
    span = leave.span
    if leave.returned_at is None:
        return span
    back = leave.returned_at.astimezone(SHANGHAI)
    day, half = back.date(), Half.AM if back.hour < 12 else Half.PM
    if (day, half is Half.PM) >= (span.end, span.end_half is Half.PM):
        return span
    if (day, half is Half.PM) < (span.start, span.start_half is Half.PM):
        return None
    return HalfDaySpan(span.start, span.start_half, day, half)


class Reported(StrEnum):
    """Whether the report came as early as art. 77 asks; `NOT_BOUND` for those it asks nothing of."""

    IN_TIME = "按时"
    URGENT = "紧急外出"
    LATE = "迟报"
    NOT_BOUND = ""


class Returned(StrEnum):
    """How it stands with 销假."""

    TO_COME = "未开始"
    AWAY = "外出中"
    DUE = "待销假"
    OPEN = "未销假"
    CONTINUED = "接续下一份"
    EARLY = "提前"
    IN_TIME = "按时"
    LATE = "逾期"
    NONE = ""


@dataclass(frozen=True)
class Line:
    """One leave in the ledger. `within` is what of it lies in the ledger's stretch; `overdue` counts days."""

    leave: Leave
    days: Days
    within: Days
    ahead: Days
    reported: Reported
    returned: Returned
    overdue: int


@dataclass(frozen=True)
class Terms:
    """What a ledger is counted by: its stretch, the calendar, the office's periods and the moment."""

    stretch: Stretch
    calendar: Calendar
    periods: Periods
    now: datetime

    @property
    def today(self) -> date:
        """The Shanghai date of the moment."""
        return shanghai_day(self.now)


def line(leave: Leave, terms: Terms) -> Line:
    """What the ledger says of one leave.

    `within` are the days gone by, today included; what is approved but still to come is `ahead`.
    """
    span = away(leave)
    stretch, today = terms.stretch, terms.today
    inside = stretch.part(span) if span else None
    past = Stretch(last=today).part(inside) if inside else None
    ahead = Stretch(first=today + DAY).part(inside) if inside else None
    returned, overdue = _returned(leave, terms)
    return Line(
        leave,
        days_in(span or leave.span, terms.calendar),
        days_in(past, terms.calendar),
        days_in(ahead, terms.calendar),
        _reported(leave, terms),
        returned,
        overdue,
    )


def _reported(leave: Leave, terms: Terms) -> Reported:
    if urgent_reason(leave):
        return Reported.URGENT
    if not bound(leave.applicant):
        return Reported.NOT_BOUND
    return Reported.LATE if missed(leave, terms.calendar, terms.periods) else Reported.IN_TIME


def missed(leave: Leave, calendar: Calendar, periods: Periods) -> Deadline | None:
    """When it should have been reported, if it came too late (art. 77)."""
    return missed_notice(leave.applicant, leave.start, reported_at(leave), calendar, periods)


def _returned(leave: Leave, terms: Terms) -> tuple[Returned, int]:
    """How it stands, and how many calendar days the return is, or was, overdue."""
    if leave.state is LeaveState.CONTINUED:
        return Returned.CONTINUED, 0
    if leave.state is LeaveState.APPROVED:
        if not leave.begun(terms.now):
            return Returned.TO_COME, 0
        late = days_late(leave, terms.today, terms.calendar)
        if late:
            return Returned.OPEN, late
        return (Returned.DUE if leave.approved_too_late else Returned.AWAY), 0
    if leave.state is not LeaveState.RETURNED or leave.returned_at is None:
        return Returned.NONE, 0
    back = shanghai_day(leave.returned_at)
    if late := returned_late(leave, terms.calendar):
        return Returned.LATE, late
    return (Returned.EARLY if back < leave.end else Returned.IN_TIME), 0


@dataclass
class Person:
    """One person's leaves in the ledger, added up. `by_kind` holds calendar days; `open` counts leaves."""

    official: Official
    count: int = 0
    away: Days = Days()
    ahead: Days = Days()
    by_kind: dict[LeaveKind, float] = field(default_factory=lambda: defaultdict(float))
    open: int = 0
    longest_overdue: int = 0


def by_person(lines: Iterable[Line]) -> list[Person]:
    """Every person with a leave that stands, in the order of the roster."""
    people: dict[Official, Person] = {}
    for each in lines:
        leave = each.leave
        if leave.state not in STANDS:
            continue
        person = people.setdefault(leave.applicant, Person(leave.applicant))
        person.count += 1
        person.away += each.within
        person.ahead += each.ahead
        person.by_kind[leave.kind] += each.within.calendar
        if each.returned is Returned.OPEN:
            person.open += 1
            person.longest_overdue = max(person.longest_overdue, each.overdue)
    return sorted(people.values(), key=lambda person: person.official.id)


def may_know(leave: Leave, official: Official) -> bool:
    """Who may read reason, place, phone and opinions: the applicant, the office, and whoever was asked."""
    if official is leave.applicant or official.role in OFFICE_DESK:
        return True
    return any(
        official in (approval.approver, approval.stand_in, approval.decided_by)
        for approval in leave.approvals
        if approval.asked_at or approval.decision
    )
