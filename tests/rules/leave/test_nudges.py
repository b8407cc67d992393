"""When an approver may be nudged, when the clock does it, and when it asks for the return (art. 77)."""

from datetime import date

import pytest

from rules.approval import Approval, Decision
from rules.dates.reading import Half
from rules.hours import OfficeHours
from rules.leave.matter import Leave
from rules.leave.nudges import mornings_overdue, nudge, return_awaits, return_due
from rules.leave.terms import LeaveTerms
from rules.refused import Refused
from rules.reminders import LADDER, silent_for
from rules.working_days import Calendar
from tests.cast import Cast, beijing

CALENDAR, HOURS, TERMS = Calendar(), OfficeHours(), LeaveTerms()
EVENING = beijing("2026-12-03 18:00")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def nudged(leave: Leave, at: str) -> Approval:
    return nudge(leave, leave.applicant, beijing(at), CALENDAR, HOURS, TERMS)


def test_an_approver_is_left_in_peace_for_four_office_hours(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)  # asked on Thursday at 9:00
    with pytest.raises(Refused, match="还不到4个工作小时，请于11月26日 15:00后再催办"):
        nudged(leave, "2026-11-26 14:59")
    assert nudged(leave, "2026-11-26 15:00").approver is cast.vice


def test_the_wait_runs_over_night_and_over_rest_days(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy, now=beijing("2026-11-27 17:00"))  # Friday: one hour left
    with pytest.raises(Refused, match="请于11月30日 11:30后再催办"):
        nudged(leave, "2026-11-30 11:29")
    nudged(leave, "2026-11-30 11:30")


def test_then_once_a_day_and_in_office_hours(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    nudged(leave, "2026-11-26 16:00")
    with pytest.raises(Refused, match="今天已提醒过副区长 孙宇宙，一天只催办一次。"):
        nudged(leave, "2026-11-26 17:00")
    with pytest.raises(Refused, match="现在是休息时间"):
        nudged(leave, "2026-11-27 08:00")
    with pytest.raises(Refused, match="现在是休息时间"):
        nudged(leave, "2026-11-28 10:00")
    nudged(leave, "2026-11-27 08:30")


def test_what_is_urgent_is_nudged_at_once_and_at_any_hour_but_once_a_day(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy, urgent_reason="接紧急通知")
    nudged(leave, "2026-11-26 12:30")
    with pytest.raises(Refused, match="一天只催办一次"):
        nudged(leave, "2026-11-26 23:00")
    nudged(leave, "2026-11-27 00:30")


def test_nobody_nudges_for_another_or_after_the_decision(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    with pytest.raises(Refused, match="只能由本人办理"):
        nudge(leave, cast.deputy, EVENING, CALENDAR, HOURS, TERMS)
    leave.decide(cast.vice, 0, Decision.DECLINE, EVENING, "不行")
    with pytest.raises(Refused, match="不同意，无需催办"):
        nudged(leave, "2026-12-04 10:00")


def test_silence_is_looked_at_twice(cast: Cast) -> None:
    approval = cast.report(cast.head, cast.deputy).approvals[0]
    assert approval.asked_at is not None
    assert LADDER.due(approval, CALENDAR, HOURS) == beijing("2026-11-27 08:30")
    approval.reminded_at = beijing("2026-11-27 08:30")
    assert LADDER.due(approval, CALENDAR, HOURS) == beijing("2026-11-30 08:30")
    assert silent_for(approval.asked_at, 2, CALENDAR, HOURS) == beijing("2026-11-30 08:30")
    approval.escalated_at = beijing("2026-11-30 08:30")
    assert LADDER.due(approval, CALENDAR, HOURS) is None


def test_the_return_is_asked_for_in_the_evening_then_each_working_morning(cast: Cast) -> None:
    leave = cast.report(cast.liaison)
    assert return_due(leave, CALENDAR, HOURS, TERMS) == EVENING
    leave.reminded_at = EVENING
    assert return_due(leave, CALENDAR, HOURS, TERMS) == beijing("2026-12-04 08:30")
    leave.reminded_at = beijing("2026-12-04 08:30")
    assert return_due(leave, CALENDAR, HOURS, TERMS) == beijing("2026-12-07 08:30")


def test_the_second_working_morning_is_the_offices(cast: Cast) -> None:
    leave = cast.report(cast.liaison)  # to the 3rd
    mornings = [date(2026, 12, day) for day in (3, 4, 7)]
    assert [mornings_overdue(leave, day, CALENDAR) for day in mornings] == [0, 1, 2]


@pytest.mark.parametrize(
    ("end", "awaits"),
    [(date(2026, 12, 3), None), (date(2026, 12, 30), 2027), (date(2027, 1, 4), 2027)],
)
def test_a_return_after_the_known_holidays_is_unsure(cast: Cast, end: date, awaits: int | None) -> None:
    leave = cast.report(cast.liaison, start=(date(2026, 12, 1), Half.AM), end=(end, Half.PM))
    assert return_awaits(leave, CALENDAR, HOURS, TERMS) == awaits
