"""When a leave is looked at again: an approver who is silent, and the return (销假).

Both have stages, kept with what was last reminded, so that a card redrawn or a calendar changed asks nobody
twice.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from rules.approval import Approval
from rules.dates.reading import moment_words
from rules.hours import OfficeHours
from rules.leave.matter import Leave, LeaveState
from rules.leave.returning import allowed_at, last_day
from rules.leave.terms import LeaveTerms
from rules.refused import Refused
from rules.reminders import LADDER, next_morning
from rules.roster import Official
from rules.working_days import DAY, Calendar, shanghai_day

SILENT: Final = "leave.silent"
RETURN: Final = "leave.return"
GONE: Final = "leave.gone"
"""Timer: the days of a report that was sent back are over."""


def moments(
    leave: Leave, calendar: Calendar, hours: OfficeHours, terms: LeaveTerms
) -> Mapping[str, datetime | None]:
    """For each kind of timer when it is due, as aware UTC; None where the leave needs none now."""
    waiting = leave.waiting
    stands = leave.state is LeaveState.APPROVED
    return {
        SILENT: LADDER.due(waiting, calendar, hours, leave.occasion) if waiting else None,
        RETURN: return_due(leave, calendar, hours, terms) if stands else None,
        GONE: hours.next_opening(calendar, leave.occasion.over)
        if leave.state is LeaveState.SENT_BACK
        else None,
    }


# ---------------------------------------------------------------- the return


def return_due(leave: Leave, calendar: Calendar, hours: OfficeHours, terms: LeaveTerms) -> datetime:
    """The next time the applicant is asked to report back.

    First at the close of business on the end date, or on the day of the approval where that came later, then
    at each opening, after some mornings once a week: the desk has it on its card each day. On a rest day
    nobody is nudged, so that of a leave that ends on one the next working morning is the first; it does not
    go out earlier, as other nudges would, for nobody can report back before they are back.
    """
    day = last_day(leave)
    evening = hours.closing(day)
    if leave.reminded_at is not None:
        morning = next_morning(max(leave.reminded_at, evening), calendar, hours)
        while not _asks_on(leave, shanghai_day(morning), calendar, terms):
            morning = next_morning(morning, calendar, hours)
        return morning
    in_time = calendar.is_working(day) and allowed_at(leave) < evening
    return evening if in_time else next_morning(evening, calendar, hours)


def _asks_on(leave: Leave, day: date, calendar: Calendar, terms: LeaveTerms) -> bool:
    return mornings_overdue(leave, day, calendar) <= terms.back_mornings or calendar.begins_week(day)


def return_awaits(leave: Leave, calendar: Calendar, hours: OfficeHours, terms: LeaveTerms) -> int | None:
    """The year whose holidays are not yet known and may still move `return_due`, if there is one."""
    first, last = last_day(leave), shanghai_day(return_due(leave, calendar, hours, terms))
    days = (first + n * DAY for n in range((last - first).days + 1))
    return next((year for day in days if (year := calendar.awaits(day))), None)


def mornings_overdue(leave: Leave, today: date, calendar: Calendar) -> int:
    """How many working mornings have come since the return was looked for."""
    day = last_day(leave)
    return calendar.working_between(day + DAY, today) if today > day else 0


OFFICE_FROM: Final = 2
"""From the second morning on the office hears of it too."""


def awaiting_extension(leave: Leave) -> bool:
    """Whether the applicant has asked for a later end, so that there is nothing to ask of them."""
    change = leave.change
    return change is not None and change.span.end > leave.end


# ---------------------------------------------------------------- 催办


def nudge(
    leave: Leave,
    official: Official,
    now: datetime,
    calendar: Calendar,
    hours: OfficeHours,
    terms: LeaveTerms,
) -> Approval:
    """催办 by the applicant: once the report has lain for a while, then once a day, in office hours.

    What is urgent may be nudged at once and at any hour, but no more often.
    """
    leave.require_own(official)
    approval = leave.waiting
    if approval is None:
        raise Refused(f"这份请假报告{leave.state}，无需催办。")
    if approval.reminded_on(shanghai_day(now)):
        raise Refused(f"今天已提醒过{approval.whose}，一天只催办一次。")
    if not leave.urgent:
        asked_at = approval.asked_at or leave.submitted_at
        wait = timedelta(hours=terms.nudge_after_hours)
        earliest = hours.worked_out(calendar, asked_at, wait)
        if now < earliest:
            when = moment_words(earliest)
            raise Refused(
                f"报告送{approval.whose}还不到{terms.nudge_after_hours}个工作小时，请于{when}后再催办。"
            )
        if not hours.is_open(calendar, now):
            raise Refused("现在是休息时间，请在上班时间催办；确有急事，请直接致电。")
    approval.nudged_at = now
    return approval
