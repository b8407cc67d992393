"""Who is on the board, as the leave really runs, and who may see it (art. 77)."""

from datetime import date

import pytest

from rules.approval import Decision
from rules.board import (
    Absence,
    View,
    Whereabouts,
    absence,
    days_of,
    knows_reason,
    may_see,
    ordered,
    silent,
    week_of,
)
from rules.dates.reading import Half, HalfDaySpan
from rules.hours import OfficeHours
from rules.leave.change import ChangeKind, Wish
from rules.leave.ledger import STANDS
from rules.leave.life import propose
from rules.leave.matter import Leave, LeaveState
from rules.leave.routes import LeaveRoutes
from rules.roster import Official
from rules.working_days import Calendar
from tests.cast import Cast, beijing

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 3)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def leave(cast: Cast) -> Leave:
    """The head of finance, 1 to 3 December, approved."""
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, Decision.AGREE, beijing("2026-11-26 10:00"))
    leave.decide(cast.mayor, 1, Decision.AGREE, beijing("2026-11-26 11:00"))
    return leave


def runs(leave: Leave, now: str) -> tuple[Whereabouts, HalfDaySpan] | None:
    found = absence(leave, beijing(now))
    return (found.whereabouts, found.span) if found else None


WHOLE = HalfDaySpan(FIRST, Half.AM, LAST, Half.PM)
WHOLE_AFTERNOON = HalfDaySpan(FIRST, Half.PM, LAST, Half.PM)


def test_a_leave_is_coming_then_runs_then_waits_for_the_return(leave: Leave) -> None:
    assert runs(leave, "2026-11-30 23:59") == (Whereabouts.COMING, WHOLE)
    assert runs(leave, "2026-12-01 00:00") == (Whereabouts.AWAY, WHOLE)
    assert runs(leave, "2026-12-03 23:59") == (Whereabouts.AWAY, WHOLE)
    drawn_out = HalfDaySpan(FIRST, Half.AM, date(2026, 12, 4), Half.AM)
    assert runs(leave, "2026-12-04 00:00") == (Whereabouts.OVERDUE, drawn_out)


def test_a_half_day_starts_at_noon_and_ends_there(cast: Cast, leave: Leave) -> None:
    leave.start_half, leave.end_half = Half.PM, Half.AM
    assert runs(leave, "2026-12-01 11:59") == (Whereabouts.COMING, leave.span)
    assert runs(leave, "2026-12-01 12:00") == (Whereabouts.AWAY, leave.span)
    assert runs(leave, "2026-12-03 11:59") == (Whereabouts.AWAY, leave.span)
    assert runs(leave, "2026-12-03 12:00") == (Whereabouts.AWAY, WHOLE_AFTERNOON)  # not back yet, nor late
    late = runs(leave, "2026-12-04 00:00")
    assert late is not None
    assert late[0] is Whereabouts.OVERDUE


def test_nobody_is_overdue_while_a_later_end_asked_for_in_time_waits(cast: Cast, leave: Leave) -> None:
    span = HalfDaySpan(FIRST, Half.AM, date(2026, 12, 8), Half.PM)
    wish = Wish(ChangeKind.EXTENSION, span, leave.acting, "会议延期")
    propose(leave, cast.head, wish, LeaveRoutes().route(cast.head, cast.roster), beijing("2026-12-03 10:00"))
    said = [runs(leave, f"2026-12-{day} 10:00") for day in ("04", "08", "09")]
    assert [one[0] for one in said if one] == [Whereabouts.AWAY, Whereabouts.AWAY, Whereabouts.OVERDUE]


@pytest.mark.parametrize(
    ("returned", "last"),
    [
        ("2026-12-02 11:00", (date(2026, 12, 2), Half.AM)),
        ("2026-12-02 16:00", (date(2026, 12, 2), Half.PM)),
        ("2026-12-07 09:00", (LAST, Half.PM)),
    ],
)
def test_the_return_cuts_it_short_and_never_draws_it_out(
    leave: Leave, returned: str, last: tuple[date, Half]
) -> None:
    leave.state, leave.returned_at = LeaveState.RETURNED, beijing(returned)
    assert runs(leave, "2026-12-08 09:00") == (Whereabouts.BACK, HalfDaySpan(FIRST, Half.AM, *last))


def test_who_reported_back_before_the_start_never_went(leave: Leave) -> None:
    leave.state, leave.returned_at = LeaveState.RETURNED, beijing("2026-11-30 17:00")
    assert runs(leave, "2026-12-01 09:00") is None


@pytest.mark.parametrize(
    "state",
    [each for each in LeaveState if each not in STANDS],
)
def test_nobody_is_away_by_what_is_not_approved(leave: Leave, state: LeaveState) -> None:
    leave.state = state
    assert runs(leave, "2026-12-02 09:00") is None


def test_the_days_of_each_view() -> None:
    sunday = date(2026, 11, 29)
    assert [(d.first, d.last) for d in (days_of(view, sunday) for view in View)] == [
        (sunday, sunday),
        (date(2026, 11, 23), sunday),
        (date(2026, 11, 30), date(2026, 12, 6)),
    ]
    assert week_of(days_of(View.TODAY, sunday)) == days_of(View.WEEK, sunday)
    assert week_of(days_of(View.NEXT, sunday)) == days_of(View.NEXT, sunday)


def test_leaders_and_the_office_see_all_others_their_own_unit(cast: Cast) -> None:
    everybody = (cast.mayor, cast.director, cast.head, cast.deputy, cast.archivist)

    def seen(viewer: Official) -> list[Official]:
        return [official for official in everybody if may_see(viewer, official)]

    for viewer in (cast.mayor, cast.executive, cast.vice, cast.director, cast.deputy_director, cast.clerk):
        assert seen(viewer) == list(everybody)
    for viewer in (cast.head, cast.deputy, cast.liaison):
        assert seen(viewer) == [cast.head, cast.deputy]
    assert seen(cast.archivist) == [cast.archivist]


def test_the_reason_is_for_applicant_approvers_and_office(cast: Cast, leave: Leave) -> None:
    knowing = [official for official in cast.officials if knows_reason(official, leave)]
    assert knowing == [
        cast.mayor,
        cast.vice,
        cast.director,
        cast.deputy_director,
        cast.clerk,
        cast.head,
    ]


def test_who_decided_in_another_ones_place_knows_the_reason(cast: Cast, leave: Leave) -> None:
    leave.approvals[1].decided_by = cast.executive
    assert knows_reason(cast.executive, leave)


def test_leaders_first_then_the_office_then_the_rest(cast: Cast) -> None:
    cast.leaders.id, cast.office.id, cast.finance.id, cast.archive.id = 1, 2, 3, 4
    people = [cast.mayor, cast.vice, cast.clerk, cast.head, cast.deputy, cast.archivist]
    board = [Absence(cast.report(person), WHOLE, Whereabouts.AWAY) for person in reversed(people)]
    assert [one.official for one in ordered(board)] == people


def test_an_approver_is_silent_once_a_working_day_has_passed(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy, now=beijing("2026-11-26 09:00"))
    calendar, hours = Calendar(), OfficeHours()
    assert silent(leave, calendar, hours, beijing("2026-11-27 08:29")) is None
    assert silent(leave, calendar, hours, beijing("2026-11-27 08:30")) is leave.approvals[0]
    leave.decide(cast.vice, 0, Decision.AGREE, beijing("2026-11-27 09:00"))
    assert silent(leave, calendar, hours, beijing("2026-11-27 09:00")) is None
