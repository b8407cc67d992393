"""What is checked on a report, whom it goes to, and when the clock looks at it (art. 7, 9, 77)."""

from datetime import date, datetime

import pytest

from rules.approval import Decision
from rules.dates.reading import Half, HalfDaySpan
from rules.hours import OfficeHours
from rules.leave.matter import LeaveState
from rules.leave.nudges import GONE, RETURN, SILENT, moments, return_due
from rules.leave.report import check, governed, missed_notice, needs_papers, stand_ins, usual_stand_in
from rules.leave.routes import LeaveRoutes, Step
from rules.leave.terms import LeaveTerms
from rules.leave.trip import Trip
from rules.periods import Periods
from rules.refused import Refused
from rules.reminders import next_morning, silence_over
from rules.working_days import Calendar
from tests.cast import Cast, beijing

MORNING, AFTERNOON = Half.AM, Half.PM
NOW = beijing("2026-11-26 09:00")
CALENDAR, HOURS, PERIODS, TERMS = Calendar(), OfficeHours(), Periods(), LeaveTerms()


@pytest.fixture
def cast() -> Cast:
    return Cast()


def span(start: date, end: date, start_half: Half = MORNING, end_half: Half = AFTERNOON) -> HalfDaySpan:
    return HalfDaySpan(start, start_half, end, end_half)


DECEMBER = span(date(2026, 12, 1), date(2026, 12, 3))

# ---------------------------------------------------------------- routes


@pytest.mark.parametrize(
    ("applicant", "approvers"),
    [
        ("mayor", []),
        ("executive", ["mayor"]),
        ("vice", ["mayor"]),
        ("director", ["mayor"]),
        ("deputy_director", ["director"]),
        ("clerk", ["director"]),
        ("head", ["vice", "mayor"]),
        ("deputy", ["head"]),
        ("liaison", ["head"]),
        ("archivist", ["executive"]),
    ],
)
def test_who_approves_whom(cast: Cast, applicant: str, approvers: list[str]) -> None:
    route = LeaveRoutes().route(getattr(cast, applicant), cast.roster)
    assert list(route.approvers) == [getattr(cast, name) for name in approvers]


def test_the_config_replaces_a_line(cast: Cast) -> None:
    routes = LeaveRoutes(department_heads=(Step.OFFICE_DIRECTOR, Step.EXECUTIVE))
    route = routes.route(cast.head, cast.roster)
    assert route.approvers == (cast.director, cast.executive)
    assert str(route) == "区政府办公室主任 吴盈昃 → 常务副区长 钱玄黄"


def test_a_vacant_place_goes_to_the_next_in_line_and_is_said(cast: Cast) -> None:
    route = LeaveRoutes().route(cast.head, cast.without(cast.vice))
    assert route.approvers == (cast.executive, cast.mayor)
    assert route.remarks == ("分管副区长空缺，由常务副区长 钱玄黄审批。",)


def test_the_same_person_is_asked_once(cast: Cast) -> None:
    route = LeaveRoutes().route(cast.head, cast.without(cast.vice, cast.mayor))
    assert route.approvers == (cast.executive,)
    assert len(route.remarks) == 2


def test_a_vice_mayor_without_a_mayor_does_not_approve_their_own(cast: Cast) -> None:
    with pytest.raises(Refused, match="花名册中没有可以审批的负责同志"):
        LeaveRoutes().route(cast.executive, cast.without(cast.mayor))
    assert LeaveRoutes().route(cast.vice, cast.without(cast.mayor)).approvers == (cast.executive,)


# ---------------------------------------------------------------- notice and papers


@pytest.mark.parametrize(
    ("now", "missed"),
    [("2026-10-05 23:59", False), ("2026-10-06 00:00", True), ("2026-09-30 17:00", False)],
)
def test_three_calendar_days_before_without_rolling(cast: Cast, now: str, missed: bool) -> None:
    deadline = missed_notice(cast.head, date(2026, 10, 8), beijing(now), CALENDAR, PERIODS)
    assert (deadline is not None) is missed
    if deadline:
        assert deadline.day == date(2026, 10, 5)
        assert deadline.advised == date(2026, 9, 30)


@pytest.mark.parametrize("who", ["mayor", "vice", "director", "liaison", "archivist"])
def test_the_three_days_are_asked_of_heads_of_departments_towns_and_the_zone_only(
    cast: Cast, who: str
) -> None:
    late = beijing("2026-10-08 08:00")
    assert missed_notice(getattr(cast, who), date(2026, 10, 8), late, CALENDAR, PERIODS) is None


def test_papers_are_asked_for_more_than_three_days(cast: Cast) -> None:
    three, four = (Trip(span(date(2026, 10, 1), date(2026, 10, day))) for day in (3, 4))
    assert not needs_papers(cast.head, three, PERIODS)
    assert needs_papers(cast.head, four, PERIODS)
    assert not needs_papers(cast.vice, four, PERIODS)


def test_half_days_are_counted_as_they_are_said(cast: Cast) -> None:
    trip = HalfDaySpan(date(2026, 12, 15), Half.PM, date(2026, 12, 18), Half.AM)
    assert trip.days == 3
    assert not needs_papers(cast.head, Trip(trip), PERIODS)
    longer = HalfDaySpan(date(2026, 12, 15), Half.PM, date(2026, 12, 18), Half.PM)
    assert longer.days == 3.5
    assert needs_papers(cast.head, Trip(longer), PERIODS)


# ---------------------------------------------------------------- what keeps it from going out


def problems(cast: Cast, who: str, when: HalfDaySpan, acting: str, phone: str = "1") -> list[str]:
    found = check(
        getattr(cast, who),
        when,
        getattr(cast, acting) if acting else None,
        phone,
        own=[],
        roster=cast.roster,
        now=NOW,
    )
    return [f"{problem.key} {problem.article}" for problem in found]


def test_a_sound_report_has_no_problems(cast: Cast) -> None:
    assert problems(cast, "head", DECEMBER, "deputy") == []
    assert problems(cast, "vice", DECEMBER, "executive") == []
    assert problems(cast, "liaison", DECEMBER, "") == []


@pytest.mark.parametrize(
    "when",
    [
        span(date(2026, 12, 3), date(2026, 12, 1)),
        span(date(2026, 12, 1), date(2026, 12, 1), AFTERNOON, MORNING),
        span(date(2036, 12, 1), date(2036, 12, 3)),
    ],
)
def test_a_span_that_cannot_be(cast: Cast, when: HalfDaySpan) -> None:
    assert problems(cast, "head", when, "deputy") == ["span None"]


def test_what_has_begun_in_the_past_is_refused_with_the_article(cast: Cast) -> None:
    assert problems(cast, "head", span(date(2026, 11, 25), date(2026, 11, 27)), "deputy") == ["span 77"]
    assert problems(cast, "head", span(date(2026, 11, 26), date(2026, 11, 27)), "deputy") == []


@pytest.mark.parametrize(
    ("who", "acting", "problem"),
    [
        ("head", "head", "acting 77"),
        ("head", "", "acting 77"),
        ("head", "clerk", "acting 77"),
        ("vice", "deputy", "acting 9"),
        ("mayor", "deputy", "acting 7"),
        ("mayor", "", "acting 7"),
    ],
)
def test_who_may_act(cast: Cast, who: str, acting: str, problem: str) -> None:
    assert problems(cast, who, DECEMBER, acting) == [problem]


def test_without_a_phone_they_cannot_be_reached(cast: Cast) -> None:
    assert problems(cast, "head", DECEMBER, "deputy", phone="") == ["phone 77"]
    assert problems(cast, "liaison", DECEMBER, "deputy", phone="") == ["phone None"]


def test_an_overlap_with_an_open_leave_names_it(cast: Cast) -> None:
    own = cast.report(cast.head, cast.deputy)
    touching = span(date(2026, 12, 3), date(2026, 12, 4), start_half=AFTERNOON)
    found = check(cast.head, touching, cast.deputy, "1", own=[own], roster=cast.roster, now=NOW)
    assert [problem.key for problem in found] == ["span"]
    assert "待审批" in found[0].message
    own.state = LeaveState.WITHDRAWN
    assert not check(cast.head, touching, cast.deputy, "1", own=[own], roster=cast.roster, now=NOW)


def test_stand_ins_with_the_usual_one_first(cast: Cast) -> None:
    assert stand_ins(cast.mayor, cast.roster) == [cast.executive, cast.vice]
    assert stand_ins(cast.vice, cast.roster) == [cast.executive]
    assert stand_ins(cast.head, cast.roster) == [cast.deputy, cast.liaison]
    assert usual_stand_in(cast.mayor, cast.roster) is cast.executive
    assert usual_stand_in(cast.vice, cast.roster) is cast.executive
    assert usual_stand_in(cast.head, cast.roster) is None
    assert not governed(cast.liaison)


# ---------------------------------------------------------------- the clock


@pytest.mark.parametrize(
    ("end", "half", "due"),
    [
        (date(2026, 12, 3), AFTERNOON, "2026-12-03 18:00"),  # the close of business
        (date(2026, 12, 3), MORNING, "2026-12-03 18:00"),
        (date(2026, 10, 7), AFTERNOON, "2026-10-08 08:30"),  # the last day of the holiday
        (date(2026, 10, 10), AFTERNOON, "2026-10-10 18:00"),  # Saturday, but a make-up working day
        (date(2026, 12, 5), AFTERNOON, "2026-12-07 08:30"),
    ],
)
def test_the_return_nudge_never_on_a_rest_day(cast: Cast, end: date, half: Half, due: str) -> None:
    reported = beijing("2026-09-21 09:00")
    leave = cast.report(cast.liaison, start=(date(2026, 10, 1), MORNING), end=(end, half), now=reported)
    assert return_due(leave, CALENDAR, HOURS, TERMS) == beijing(due)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-26 09:00", "2026-11-27 08:30"),  # Thursday
        ("2026-11-26 18:00", "2026-11-30 08:30"),  # after the close: Friday is their day
        ("2026-11-27 17:59", "2026-11-30 08:30"),
        ("2026-11-28 09:00", "2026-12-01 08:30"),  # Saturday: Monday is their day
        ("2026-09-30 10:00", "2026-10-08 08:30"),
    ],
)
def test_a_working_day_of_silence(asked: str, due: str) -> None:
    assert silence_over(beijing(asked), CALENDAR, HOURS) == beijing(due)


def due_moments(cast: Cast, *decisions: tuple[str, Decision]) -> dict[str, datetime]:
    leave = cast.report(cast.head, cast.deputy)
    for position, (who, decision) in enumerate(decisions):
        leave.decide(getattr(cast, who), position, decision, NOW)
    return {kind: at for kind, at in moments(leave, CALENDAR, HOURS, TERMS).items() if at is not None}


def test_what_the_clock_looks_at(cast: Cast) -> None:
    silent, back = beijing("2026-11-27 08:30"), beijing("2026-12-03 18:00")
    assert due_moments(cast) == {SILENT: silent}
    agreed = ("vice", Decision.AGREE)
    assert due_moments(cast, agreed, ("mayor", Decision.AGREE)) == {RETURN: back}
    assert due_moments(cast, agreed, ("mayor", Decision.DECLINE)) == {}
    sent_back = ("mayor", Decision.SEND_BACK)
    assert due_moments(cast, agreed, sent_back) == {GONE: beijing("2026-12-04 08:30")}
    assert next_morning(beijing("2026-12-04 16:00"), CALENDAR, HOURS) == beijing("2026-12-07 08:30")
