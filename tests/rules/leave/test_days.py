"""Days away in halves, working and calendar; whether reported and returned in time; who may read what."""

from datetime import date

import pytest

from rules.approval import Decision
from rules.dates.reading import Half, HalfDaySpan
from rules.leave.ledger import Days, Reported, Returned, Terms, away, by_person, days_in, line, may_know
from rules.leave.matter import Leave, LeaveKind
from rules.leave.routes import LeaveRoutes
from rules.ledgers import offered_stretches, unit_open_to
from rules.periods import Periods
from rules.refused import Refused
from rules.stretch import Stretch
from rules.working_days import Calendar
from tests.cast import Cast, beijing

AM, PM = Half.AM, Half.PM
CALENDAR = Calendar()


@pytest.fixture
def cast() -> Cast:
    return Cast()


def span(first: tuple[int, int], last: tuple[int, int], *halves: Half, year: int = 2026) -> HalfDaySpan:
    start_half, end_half = halves or (AM, PM)
    return HalfDaySpan(date(year, *first), start_half, date(year, *last), end_half)


def approved(leave: Leave) -> Leave:
    while leave.waiting:
        leave.decide(leave.waiting.approver, leave.waiting.position, Decision.AGREE, leave.submitted_at)
    return leave


def terms(now: str, stretch: Stretch | None = None) -> Terms:
    return Terms(stretch or Stretch(), CALENDAR, Periods(), beijing(now))


def at(cast: Cast, first: date, last: date) -> Leave:
    return approved(cast.report(cast.head, cast.deputy, start=(first, AM), end=(last, PM)))


@pytest.mark.parametrize(
    ("length", "days"),
    [
        (span((12, 1), (12, 3)), Days(3, 3)),
        (span((12, 1), (12, 3), PM, AM), Days(2, 2)),
        (span((12, 1), (12, 1), PM, PM), Days(0.5, 0.5)),
        # 国庆: 1-7 October off, Sunday 20 September and Saturday 10 October are made up for it
        (span((9, 30), (10, 8)), Days(9, 2)),
        (span((10, 10), (10, 11)), Days(2, 1)),
        (span((9, 19), (9, 20), PM, AM), Days(1, 0.5)),
        # across the year-end: 1 January is a festival, the 2nd and 3rd a weekend
        (HalfDaySpan(date(2026, 12, 31), AM, date(2027, 1, 4), PM), Days(5, 2)),
        (None, Days(0, 0)),
    ],
)
def test_days_are_counted_by_halves_and_by_the_working_calendar(
    length: HalfDaySpan | None, days: Days
) -> None:
    assert days_in(length, CALENDAR) == days


def test_a_stretch_cuts_a_leave_at_its_ends() -> None:
    november = Stretch(date(2026, 11, 1), date(2026, 11, 30))
    assert november.part(span((11, 28), (12, 3), PM, AM)) == span((11, 28), (11, 30), PM, PM)
    assert november.part(span((10, 28), (11, 3), PM, AM)) == span((11, 1), (11, 3), AM, AM)
    assert november.part(span((12, 1), (12, 3))) is None
    assert Stretch().part(span((12, 1), (12, 3))) == span((12, 1), (12, 3))
    assert str(november) == "2026年11月1日至2026年11月30日"
    assert str(Stretch()) == "全部"
    assert str(Stretch(last=date(2026, 11, 30))) == "至2026年11月30日"


def test_who_reports_back_early_was_away_until_that_half_day(cast: Cast) -> None:
    leave = at(cast, date(2026, 12, 1), date(2026, 12, 3))
    assert away(leave) == leave.span
    leave.report_back(cast.head, beijing("2026-12-02 09:00"))
    assert away(leave) == span((12, 1), (12, 2), AM, AM)
    late = at(cast, date(2026, 12, 1), date(2026, 12, 3))
    late.report_back(cast.head, beijing("2026-12-09 09:00"))
    assert away(late) == late.span


def test_what_was_never_approved_counts_no_days(cast: Cast) -> None:
    pending = cast.report(cast.head, cast.deputy)
    entered = line(pending, terms("2026-12-10 09:00"))
    assert away(pending) is None
    assert (entered.days, entered.within, entered.returned) == (Days(3, 3), Days(), Returned.NONE)
    assert by_person([entered]) == []


@pytest.mark.parametrize(
    ("now", "back", "returned", "overdue"),
    [
        ("2026-11-30 09:00", None, Returned.TO_COME, 0),
        ("2026-12-02 09:00", None, Returned.AWAY, 0),
        ("2026-12-04 23:00", None, Returned.AWAY, 0),
        ("2026-12-05 09:00", None, Returned.OPEN, 1),
        ("2026-12-20 09:00", None, Returned.OPEN, 16),
        ("2026-12-20 09:00", "2026-12-03 17:00", Returned.EARLY, 0),
        ("2026-12-20 09:00", "2026-12-04 17:00", Returned.IN_TIME, 0),
        ("2026-12-20 09:00", "2026-12-07 08:30", Returned.LATE, 3),
    ],
)
def test_how_it_stands_with_the_return(
    cast: Cast, now: str, back: str | None, returned: Returned, overdue: int
) -> None:
    leave = at(cast, date(2026, 12, 2), date(2026, 12, 4))  # ends on a Friday
    if back:
        leave.report_back(cast.head, beijing(back))
    entered = line(leave, terms(now))
    assert (entered.returned, entered.overdue) == (returned, overdue)


def test_who_comes_back_from_a_weekend_is_not_late_on_monday(cast: Cast) -> None:
    leave = at(cast, date(2026, 12, 3), date(2026, 12, 6))
    assert line(leave, terms("2026-12-07 23:00")).returned is Returned.AWAY
    assert line(leave, terms("2026-12-08 09:00")).overdue == 1
    leave.report_back(cast.head, beijing("2026-12-07 08:30"))
    assert line(leave, terms("2026-12-08 09:00")).returned is Returned.IN_TIME


def test_whether_it_was_reported_in_time(cast: Cast) -> None:
    def reported(leave: Leave) -> Reported:
        return line(leave, terms("2026-12-20 09:00")).reported

    assert reported(cast.report(cast.head, cast.deputy)) is Reported.IN_TIME
    late = beijing("2026-11-30 09:00")
    assert reported(cast.report(cast.head, cast.deputy, now=late)) is Reported.LATE
    assert reported(cast.report(cast.head, cast.deputy, now=late, urgent_reason="急")) is Reported.URGENT
    assert reported(cast.report(cast.clerk, now=late)) is Reported.NOT_BOUND


def test_what_was_sent_back_counts_from_when_it_first_went_out(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, Decision.SEND_BACK, leave.submitted_at, "请补充日程")
    leave.submit(LeaveRoutes().route(cast.head, cast.roster), beijing("2026-11-30 09:00"))
    assert line(leave, terms("2026-12-20 09:00")).reported is Reported.IN_TIME


def test_a_person_is_added_up_within_the_stretch_and_up_to_today(cast: Cast) -> None:
    past, later = (
        at(cast, date(2026, 11, 26), date(2026, 12, 2)),
        at(cast, date(2026, 12, 10), date(2026, 12, 11)),
    )
    later.kind = LeaveKind.STUDY
    december = terms("2026-12-10 12:00", Stretch(date(2026, 12, 1), date(2026, 12, 31)))
    (person,) = by_person([line(past, december), line(later, december)])
    assert (person.count, person.away, person.ahead) == (2, Days(3, 3), Days(1, 1))
    assert dict(person.by_kind) == {LeaveKind.TRIP: 2, LeaveKind.STUDY: 1}
    assert (person.open, person.longest_overdue) == (1, 8)


def test_the_reason_is_for_the_applicant_those_asked_and_the_office(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    known = {official for official in cast.officials if may_know(leave, official)}
    # the mayor has not been asked yet
    assert known == {cast.head, cast.vice, cast.director, cast.deputy_director, cast.clerk}
    leave.decide(cast.vice, 0, Decision.AGREE, leave.submitted_at)
    assert may_know(leave, cast.mayor)
    leave.approvals[1].stand_in = cast.executive
    assert may_know(leave, cast.executive)


def test_ledgers_are_for_the_office_and_for_heads(cast: Cast) -> None:
    assert unit_open_to(cast.clerk) is None
    assert unit_open_to(cast.head) is cast.finance
    for other in (cast.mayor, cast.deputy, cast.liaison):
        with pytest.raises(Refused, match="台账由区政府办公室导出"):
            unit_open_to(other)


def test_the_buttons_offer_whole_months_and_years() -> None:
    assert offered_stretches(date(2026, 1, 15)) == [
        ("本月（1月）", Stretch(date(2026, 1, 1), date(2026, 1, 31))),
        ("上月（12月）", Stretch(date(2025, 12, 1), date(2025, 12, 31))),
        ("今年（2026年）", Stretch(date(2026, 1, 1), date(2026, 12, 31))),
        ("去年（2025年）", Stretch(date(2025, 1, 1), date(2025, 12, 31))),
        ("全部", Stretch()),
    ]
    assert offered_stretches(date(2026, 12, 31))[0][1].last == date(2026, 12, 31)
    assert offered_stretches(date(2028, 2, 1))[0][1].last == date(2028, 2, 29)
