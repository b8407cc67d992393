"""Leaves that adjoin are one going away: one count of days, one set of papers (art. 77)."""

from datetime import date, datetime

import pytest

from rules.dates.reading import Half, HalfDaySpan
from rules.dates.spans import explain_days
from rules.leave.ledger import missed
from rules.leave.matter import Facts, Leave, LeaveState
from rules.leave.papers import LeavePaper
from rules.leave.report import needs_papers, reported_at
from rules.leave.routes import LeaveRoutes
from rules.leave.trip import came_from, passed_into, trip_of
from rules.periods import Periods
from rules.working_days import Calendar
from tests.cast import Cast, beijing

CALENDAR, PERIODS = Calendar(), Periods()
AM, PM = Half


@pytest.fixture
def cast() -> Cast:
    return Cast()


def span(start: int, start_half: Half, end: int, end_half: Half) -> HalfDaySpan:
    """In December 2026."""
    return HalfDaySpan(date(2026, 12, start), start_half, date(2026, 12, end), end_half)


def leave_of(cast: Cast, of: HalfDaySpan, state: LeaveState = LeaveState.APPROVED) -> Leave:
    leave = cast.report(cast.head, cast.deputy, start=(of.start, of.start_half), end=(of.end, of.end_half))
    leave.state = state
    return leave


@pytest.mark.parametrize(
    ("first", "then", "days"),
    [
        (span(1, AM, 2, PM), span(3, AM, 4, PM), 4),
        (span(1, AM, 2, AM), span(2, PM, 3, PM), 3),
        (span(4, AM, 4, PM), span(5, AM, 7, AM), 3.5),
        (span(1, AM, 2, AM), span(3, AM, 4, PM), None),  # half a day at home in between
        (span(1, AM, 1, PM), span(3, AM, 4, PM), None),
    ],
)
def test_what_adjoins_is_one_trip(
    cast: Cast, first: HalfDaySpan, then: HalfDaySpan, days: float | None
) -> None:
    for one, other in ((first, then), (then, first)):  # whichever is reported later
        trip = trip_of(one, [leave_of(cast, other)])
        assert trip.span.days == (days or one.days)
        assert needs_papers(cast.head, trip, PERIODS) is ((days or 0) > 3)


@pytest.mark.parametrize("state", [LeaveState.WITHDRAWN, LeaveState.DECLINED, LeaveState.RETURNED])
def test_a_leave_that_keeps_nobody_away_joins_nothing(cast: Cast, state: LeaveState) -> None:
    other = leave_of(cast, span(3, AM, 4, PM), state)
    assert trip_of(span(1, AM, 2, PM), [other]).span == span(1, AM, 2, PM)


def test_one_set_of_papers_is_asked_for_the_whole(cast: Cast) -> None:
    other = leave_of(cast, span(3, AM, 6, PM))
    assert needs_papers(cast.head, trip_of(span(1, AM, 2, PM), [other]), PERIODS)
    other.papers = [LeavePaper("f1", "通知.pdf")]
    assert not needs_papers(cast.head, trip_of(span(1, AM, 2, PM), [other]), PERIODS)


def test_three_in_a_row_are_one(cast: Cast) -> None:
    others = [leave_of(cast, span(1, AM, 2, PM)), leave_of(cast, span(5, AM, 6, PM))]
    trip = trip_of(span(3, AM, 4, PM), others)
    assert trip.span == span(1, AM, 6, PM)
    assert trip.others == tuple(others)


def test_the_second_leave_goes_on_from_the_first(cast: Cast) -> None:
    first, second = leave_of(cast, span(1, AM, 2, PM)), leave_of(cast, span(3, AM, 4, PM))
    assert passed_into(first, [first, second]) is second
    assert passed_into(second, [first, second]) is None
    first.go_on(beijing("2026-12-03 00:00"))
    assert first.state is LeaveState.CONTINUED
    assert came_from(second, [first, second]) is first


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (span(15, PM, 18, AM), "12月15日下午、12月18日上午各计0.5天，共3天"),
        (span(15, PM, 16, PM), "12月15日下午计0.5天，共1.5天"),
        (span(15, AM, 16, PM), ""),
    ],
)
def test_half_days_are_explained(of: HalfDaySpan, said: str) -> None:
    assert explain_days(of) == said


# ---------------------------------------------------------------- reported once, however often it came back


def facts(of: HalfDaySpan, cast: Cast) -> Facts:
    old = cast.report(cast.head, cast.deputy)
    return Facts(
        old.kind, of.start, of.start_half, of.end, of.end_half, old.place, old.reason, old.acting, old.phone
    )


@pytest.mark.parametrize(
    ("of", "reported"),
    [
        (span(1, AM, 3, PM), "2026-11-26 09:00"),
        (span(1, AM, 4, PM), "2026-11-26 09:00"),  # a later end is the same departure
        (span(2, AM, 3, PM), "2026-11-30 10:00"),  # another departure is reported now
    ],
)
def test_sent_back_twice_it_was_reported_the_first_time(cast: Cast, of: HalfDaySpan, reported: str) -> None:
    leave = cast.report(cast.head, cast.deputy)
    for again in ("2026-11-28 10:00", "2026-11-30 10:00"):
        leave.state = LeaveState.SENT_BACK
        changed = of if again == "2026-11-30 10:00" else leave.span
        now: datetime = beijing(again)
        leave.revise(cast.head, facts(changed, cast), now)
        leave.submit(LeaveRoutes().route(cast.head, cast.roster), now)
    assert reported_at(leave) == beijing(reported)
    late = missed(leave, CALENDAR, PERIODS)
    assert (late is None) is (reported == "2026-11-26 09:00")
