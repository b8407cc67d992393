"""The board (在岗): who is away when, as it really runs, and who may see it.

A leave runs from its start until 销假: an early return cuts it short, a missing one draws it out. Days and
halves are Shanghai's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from rules.approval import Approval
from rules.dates.reading import Half, HalfDaySpan
from rules.dates.spans import gone_by
from rules.hours import OfficeHours
from rules.leave.matter import Leave, LeaveState
from rules.leave.returning import last_day
from rules.reminders import silence_over
from rules.roster import LEADERS, OFFICE_DESK, Official, UnitKind
from rules.working_days import DAY, SHANGHAI, Calendar


class View(StrEnum):
    """The stretch of days a board shows."""

    TODAY = "today"
    WEEK = "week"
    NEXT = "next"


@dataclass(frozen=True)
class Days:
    """The days of a view, both counted."""

    view: View
    first: date
    last: date

    @property
    def each(self) -> Sequence[date]:
        """Every day of it."""
        return [self.first + step * DAY for step in range((self.last - self.first).days + 1)]


def days_of(view: View, today: date) -> Days:
    """Today, the week (周一 to 周日) that it lies in, or the week after."""
    if view is View.TODAY:
        return Days(view, today, today)
    monday = today - today.weekday() * DAY + (timedelta(weeks=1) if view is View.NEXT else timedelta())
    return Days(view, monday, monday + 6 * DAY)


def week_of(days: Days) -> Days:
    """The whole week of a view: a picture always shows one."""
    if days.view is View.TODAY:
        return days_of(View.WEEK, days.first)
    return days


class Whereabouts(StrEnum):
    """Whether somebody is gone yet, still, or back."""

    COMING = "未开始"
    AWAY = "外出"
    OVERDUE = "未销假"
    OVER = "已结束"
    BACK = "已销假"


@dataclass(frozen=True)
class Absence:
    """One official's leave with the halves they are really away: `first` and `last` are both counted.

    `stretch` is the whole time away of which it is a part, where it goes on from another leave or into one
    (`rules.leave.trip`); None where it does neither.
    """

    leave: Leave
    span: HalfDaySpan
    whereabouts: Whereabouts
    stretch: HalfDaySpan | None = None

    def starts(self, day: date) -> bool:
        """Whether they leave on that day; one that goes on from another begins no being away."""
        return self.span.start == day == (self.stretch or self.span).start

    def ends(self, day: date) -> bool:
        """Whether they are back after that day; one that goes on into another ends no being away."""
        return self.span.end == day == (self.stretch or self.span).end

    @property
    def official(self) -> Official:
        """Who is away."""
        return self.leave.applicant

    def during(self, first: date, last: date) -> bool:
        """Whether it takes up at least half a day from first to last."""
        return self.span.start <= last and first <= self.span.end


def absence(leave: Leave, now: datetime) -> Absence | None:
    """How the leave really runs; None where nobody is away by it: undecided, declined, withdrawn.

    One that was approved too late, or passed into the next, is over at its end; nobody was expected back.
    While a later end that was asked for in time waits to be decided, it goes on. Not to have reported back
    is a fact, on a rest day too; how late that is, `days_late` counts.
    """
    planned, present = leave.span, _half(now)
    if leave.state is LeaveState.APPROVED:
        if not leave.begun(now):
            return Absence(leave, planned, Whereabouts.COMING)
        if not gone_by(planned, now):
            return Absence(leave, planned, Whereabouts.AWAY)
        if present[0] > last_day(leave):
            return Absence(leave, _until(planned, present), Whereabouts.OVERDUE)
        if leave.approved_too_late:
            return Absence(leave, planned, Whereabouts.OVER)
        return Absence(leave, _until(planned, present), Whereabouts.AWAY)
    if leave.state is LeaveState.CONTINUED:
        return Absence(leave, planned, Whereabouts.OVER)
    if leave.state is LeaveState.RETURNED and leave.returned_at is not None:
        back = _half(leave.returned_at)
        if back < (leave.start, leave.start_half is Half.PM):
            return None  # they never went
        return Absence(
            leave, _until(planned, min(back, (leave.end, leave.end_half is Half.PM))), Whereabouts.BACK
        )
    return None


def _half(moment: datetime) -> tuple[date, bool]:
    """The day and half an instant lies in; the afternoon starts at noon."""
    local = moment.astimezone(SHANGHAI)
    return local.date(), local.hour >= 12


def _until(span: HalfDaySpan, last: tuple[date, bool]) -> HalfDaySpan:
    return HalfDaySpan(span.start, span.start_half, last[0], Half.PM if last[1] else Half.AM)


# ---------------------------------------------------------------- who sees what


def sees_all(viewer: Official) -> bool:
    """Leaders and the office see everybody; others their own unit only."""
    return viewer.role in LEADERS or viewer.role in OFFICE_DESK


def may_see(viewer: Official, official: Official) -> bool:
    """Whether this person's being away is the viewer's business."""
    return sees_all(viewer) or viewer.unit is official.unit


def knows_reason(viewer: Official, leave: Leave) -> bool:
    """The reason is for the applicant, those who approve and the office."""
    approvers = [person for a in leave.approvals for person in (a.approver, a.decided_by)]
    return viewer is leave.applicant or viewer.role in OFFICE_DESK or viewer in approvers


# ---------------------------------------------------------------- in which order

_KINDS = tuple(UnitKind)


def ordered(absences: Iterable[Absence]) -> list[Absence]:
    """Leaders first, then the office, departments, towns; within a unit in roster order, then by date."""
    return sorted(absences, key=lambda one: (*rank(one.official), one.span.start, one.leave.id))


def rank(official: Official) -> tuple[int, int, int, int]:
    """The place of a person on a board."""
    return (
        0 if official.role in LEADERS else 1,
        _KINDS.index(official.unit.kind),
        official.unit.id,
        official.id,
    )


def section(official: Official) -> str:
    """The heading a person stands under."""
    return official.unit.kind.value


# ---------------------------------------------------------------- the office's morning


def silent(leave: Leave, calendar: Calendar, hours: OfficeHours, now: datetime) -> Approval | None:
    """The approval asked for that has had no answer for a working day."""
    asked = leave.waiting
    if asked is None or asked.asked_at is None or silence_over(asked.asked_at, calendar, hours) > now:
        return None
    return asked
