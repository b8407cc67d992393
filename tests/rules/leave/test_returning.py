"""The return from a leave that was allowed late: nobody is overdue for what was not yet allowed (art. 77)."""

from datetime import date

import pytest

from notices.leave.card import card
from rules.approval import Decision
from rules.dates.reading import Half, HalfDaySpan
from rules.hours import OfficeHours
from rules.leave.change import ChangeKind, ChangeState, Wish
from rules.leave.ledger import Terms, line
from rules.leave.life import propose, withdraw_change
from rules.leave.matter import Leave, LeaveState
from rules.leave.nudges import mornings_overdue, return_due
from rules.leave.returning import days_late, due_day, last_day, returned_late
from rules.leave.routes import LeaveRoutes
from rules.leave.terms import LeaveTerms
from rules.periods import Periods
from rules.refused import Refused
from rules.stretch import Stretch
from rules.working_days import Calendar
from tests.cast import Cast, beijing

CALENDAR, HOURS, TERMS = Calendar(), OfficeHours(), LeaveTerms()
AGREE, RATIFY = Decision.AGREE, Decision.RATIFY
SECOND = (date(2026, 12, 2), Half.AM)  # a Wednesday morning


@pytest.fixture
def cast() -> Cast:
    return Cast()


def morning_of_the_second(cast: Cast, approved: str = "") -> Leave:
    """12月2日上午, reported on 26 November and approved then, if it was."""
    leave = cast.report(cast.liaison, start=SECOND, end=SECOND)
    if approved:
        approve(cast, leave, approved)
    return leave


def approve(cast: Cast, leave: Leave, at: str) -> None:
    """同意, or 追认 once the days asked for are over."""
    over = beijing(at) >= leave.occasion.over
    leave.decide(cast.head, leave.approvals[-1].position, (AGREE, RATIFY)[over], beijing(at))


@pytest.mark.parametrize(
    ("approved", "due", "late_on_the_fourth", "late_on_the_seventh"),
    [
        ("2026-11-27 10:00", date(2026, 12, 2), 2, 5),  # in time: counted from the day itself
        ("2026-12-02 15:00", date(2026, 12, 2), 2, 5),  # when it was over, on the same day
        ("2026-12-04 09:00", date(2026, 12, 4), 0, 3),  # two days later: from the approval
        ("2026-12-05 09:00", date(2026, 12, 7), 0, 0),  # on a Saturday: nobody reports back on a rest day
    ],
)
def test_lateness_counts_from_the_approval_where_that_came_later(
    cast: Cast, approved: str, due: date, late_on_the_fourth: int, late_on_the_seventh: int
) -> None:
    leave = morning_of_the_second(cast, approved)
    assert due_day(leave, CALENDAR) == due
    fourth, seventh = date(2026, 12, 4), date(2026, 12, 7)
    assert days_late(leave, fourth, CALENDAR) == late_on_the_fourth
    assert days_late(leave, seventh, CALENDAR) == late_on_the_seventh


def test_nobody_is_asked_to_report_back_before_the_approval_was_there(cast: Cast) -> None:
    leave = morning_of_the_second(cast, "2026-12-04 09:00")
    assert last_day(leave) == date(2026, 12, 4)
    assert return_due(leave, CALENDAR, HOURS, TERMS) == beijing("2026-12-04 18:00")
    assert [mornings_overdue(leave, date(2026, 12, day), CALENDAR) for day in (4, 7, 8)] == [0, 1, 2]


def test_approved_after_the_close_it_is_asked_for_on_the_next_working_morning(cast: Cast) -> None:
    leave = morning_of_the_second(cast, "2026-12-04 20:00")
    assert return_due(leave, CALENDAR, HOURS, TERMS) == beijing("2026-12-07 08:30")


def test_who_is_back_before_the_approval_says_so_once_and_owes_nothing_after_it(cast: Cast) -> None:
    leave = morning_of_the_second(cast)
    back = beijing("2026-12-02 14:00")
    leave.report_back(cast.liaison, back)
    assert (leave.state, leave.returned_at) == (LeaveState.PENDING, back)
    with pytest.raises(Refused, match="已于12月2日 14:00销假，无需再报。"):
        leave.report_back(cast.liaison, beijing("2026-12-03 09:00"))
    approve(cast, leave, "2026-12-04 09:00")
    assert leave.state is LeaveState.RETURNED
    assert days_late(leave, date(2026, 12, 2), CALENDAR) == 0


def test_a_leave_that_was_refused_has_no_return(cast: Cast) -> None:
    leave = morning_of_the_second(cast)
    leave.decide(cast.head, 0, Decision.VOID, beijing("2026-12-04 09:00"), "没有报告")
    with pytest.raises(Refused, match="这份请假报告作废，不需要销假。"):
        leave.report_back(cast.liaison, beijing("2026-12-04 10:00"))


# ---------------------------------------------------------------- an extension that is decided late


def until_the_third(cast: Cast, asked: str) -> Leave:
    """12月1日至3日, approved; at `asked` until 12月8日 is asked for, a Tuesday."""
    leave = cast.report(cast.liaison)
    leave.decide(cast.head, 0, Decision.AGREE, beijing("2026-11-27 10:00"))
    span = HalfDaySpan(leave.start, leave.start_half, date(2026, 12, 8), Half.PM)
    route = LeaveRoutes().route(leave.applicant, cast.roster)
    wish = Wish(ChangeKind.EXTENSION, span, leave.acting, "会议延期", late=False)
    propose(leave, leave.applicant, wish, route, beijing(asked))
    return leave


@pytest.mark.parametrize(
    ("asked", "decision", "decided", "due"),
    [
        ("2026-12-03 10:00", Decision.AGREE, "2026-12-04 09:00", date(2026, 12, 8)),
        ("2026-12-03 10:00", RATIFY, "2026-12-10 09:00", date(2026, 12, 10)),  # after the new end
        ("2026-12-03 10:00", Decision.VOID, "2026-12-10 09:00", date(2026, 12, 10)),
        ("2026-12-03 10:00", Decision.DECLINE, "2026-12-03 16:00", date(2026, 12, 3)),
        ("2026-12-03 10:00", Decision.DECLINE, "2026-12-07 09:00", date(2026, 12, 7)),  # heard only then
        ("2026-12-04 10:00", Decision.DECLINE, "2026-12-07 09:00", date(2026, 12, 3)),  # asked too late
        ("2026-12-04 10:00", Decision.AGREE, "2026-12-07 09:00", date(2026, 12, 8)),
    ],
)
def test_lateness_counts_from_the_decision_on_what_was_asked_for_in_time(
    cast: Cast, asked: str, decision: Decision, decided: str, due: date
) -> None:
    leave = until_the_third(cast, asked)
    leave.decide(cast.head, leave.approvals[-1].position, decision, beijing(decided), "会议已结束")
    assert due_day(leave, CALENDAR) == due


def test_nobody_is_overdue_while_what_was_asked_for_in_time_waits(cast: Cast) -> None:
    leave = until_the_third(cast, "2026-12-03 10:00")
    assert [days_late(leave, date(2026, 12, day), CALENDAR) for day in (4, 8, 9)] == [0, 0, 1]
    leave.report_back(cast.liaison, beijing("2026-12-07 09:00"))
    assert leave.changes[-1].state is ChangeState.WITHDRAWN
    assert returned_late(leave, CALENDAR) == 0


def test_who_takes_the_extension_back_is_looked_for_on_the_day_that_stood(cast: Cast) -> None:
    leave = until_the_third(cast, "2026-12-03 10:00")
    withdraw_change(leave, cast.liaison, beijing("2026-12-04 09:00"))
    leave.report_back(cast.liaison, beijing("2026-12-07 09:00"))
    assert returned_late(leave, CALENDAR) == 4


def test_a_return_after_a_rest_day_is_counted_alike_on_the_card_and_in_the_ledger(cast: Cast) -> None:
    leave = cast.report(cast.liaison, end=(date(2026, 12, 5), Half.PM))  # a Saturday
    leave.decide(cast.head, 0, Decision.AGREE, beijing("2026-11-27 10:00"))
    leave.report_back(cast.liaison, beijing("2026-12-09 09:00"))
    assert returned_late(leave, CALENDAR) == 2  # from Monday
    terms = Terms(Stretch(), CALENDAR, Periods(), beijing("2026-12-09 10:00"))
    assert line(leave, terms).overdue == 2
    assert str(card(leave, returned_late(leave, CALENDAR))).endswith("（逾期2天）")
