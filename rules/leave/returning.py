"""The return from a leave (销假): from which day on it is late (art. 77).

Nothing here knows of chats or tables, and the time is always passed in.
"""

from datetime import date, datetime

from rules.dates.spans import gone_by
from rules.leave.change import Change, ChangeState
from rules.leave.matter import Leave, LeaveState
from rules.working_days import Calendar, shanghai_day

_REFUSED = frozenset({ChangeState.DECLINED, ChangeState.SENT_BACK, ChangeState.VOID})


def allowed_at(leave: Leave) -> datetime:
    """When its dates as they now stand were certain, as aware UTC; before that, when it was reported.

    That is when they were approved, or when a later end that was asked for in time was refused.
    """
    changes = [
        change
        for change in leave.changes
        if change.of_dates
        and (change.state is ChangeState.IN_FORCE or (change.state in _REFUSED and _in_time(change)))
    ]
    moments = (leave.decided_at, *(change.decided_at for change in changes))
    return max((moment for moment in moments if moment is not None), default=leave.submitted_at)


def last_day(leave: Leave) -> date:
    """The Shanghai date on which the return is looked for: the last day, or the approval if that came later.

    Nobody can be asked to report back from what was not yet allowed. A later end that was asked for before
    the leave was over, and that nobody has decided on, is waited for; so it is where the return came before
    the decision.
    """
    waited_for = [change.span.end for change in leave.changes if _in_time(change) and _open(change, leave)]
    return max(leave.end, shanghai_day(allowed_at(leave)), *waited_for)


def _in_time(change: Change) -> bool:
    """Whether a later end was asked for before the dates that stood were over."""
    return change.span.end > change.was_span.end and not gone_by(change.was_span, change.proposed_at)


def _open(change: Change, leave: Leave) -> bool:
    """Whether nobody has decided on it, or had when the return was reported, which then ended it."""
    if change.state is ChangeState.PENDING:
        return True
    by_the_return = change.state is ChangeState.WITHDRAWN and leave.returned_at is not None
    return by_the_return and change.decided_at == leave.returned_at


def due_day(leave: Leave, calendar: Calendar) -> date:
    """The last day on which the return is in time; nobody reports back on a rest day or to a bot away."""
    day = last_day(leave)
    return calendar.still_counts(day if calendar.is_working(day) else calendar.next_working(day))


def days_late(leave: Leave, day: date, calendar: Calendar) -> int:
    """How many calendar days the return is overdue on that Shanghai date; 0 where it is in time."""
    return max((day - due_day(leave, calendar)).days, 0)


def returned_late(leave: Leave, calendar: Calendar) -> int:
    """How many calendar days late the return was reported; 0 in time, before the approval, or not yet."""
    if leave.returned_at is None or back_before_approval(leave):
        return 0
    return days_late(leave, shanghai_day(leave.returned_at), calendar)


def may_come_back(leave: Leave, now: datetime) -> bool:
    """Whether 销假 makes sense: the leave has begun, approved or not yet, and the return was not reported."""
    gone = leave.state in (LeaveState.APPROVED, LeaveState.PENDING) and leave.begun(now)
    return gone and leave.returned_at is None


def back_before_approval(leave: Leave) -> bool:
    """Whether the return was reported while the report still waited; then it is late for nothing."""
    back = leave.returned_at
    return back is not None and (leave.decided_at is None or back <= leave.decided_at)


def reminded_to_return(leave: Leave, now: datetime) -> None:
    """The clock has asked the applicant to report back (销假)."""
    leave.reminded_at = now
