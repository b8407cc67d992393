"""Art. 66 on plain objects: a briefing is registered before it is sent, and a unit has as a rule one."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.briefing.clock import months_after, next_look
from rules.briefing.matter import Briefing, BriefingState, Cycle, Readers, year_from
from rules.briefing.terms import BriefingTerms
from rules.fields import Paper
from rules.hours import OfficeHours
from rules.refused import Refused
from rules.working_days import Calendar
from tests.cast import Cast, beijing

MONDAY = beijing("2026-11-09 09:00")
FILE = Paper("file", "第1期.docx")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def _briefing(cast: Cast, title: str = "财政信息", special: str = "") -> Briefing:
    return Briefing(
        unit=cast.head.unit,
        title=title,
        cycle=Cycle.MONTHLY,
        readers=Readers.IN_CHARGE,
        submitted_by=cast.head,
        submitted_at=MONDAY,
        year=2026,
        special=special,
    )


def _registered(cast: Cast) -> Briefing:
    briefing = _briefing(cast)
    briefing.submit(cast.head, [], cast.roster, MONDAY)
    briefing.decide(cast.roster.desk[-1], True, MONDAY)
    return briefing


def test_nothing_is_sent_before_it_is_registered(cast: Cast) -> None:
    briefing = _briefing(cast)
    briefing.submit(cast.head, [], cast.roster, MONDAY)
    with pytest.raises(Refused, match="须核准备案后报送"):
        briefing.send(cast.head, FILE, MONDAY, cast.roster)
    briefing.decide(cast.roster.desk[-1], True, MONDAY)
    assert briefing.send(cast.head, FILE, MONDAY, cast.roster).number == 1
    assert briefing.send(cast.head, FILE, MONDAY, cast.roster).number == 2


def test_a_second_kind_wants_a_reason_and_the_director(cast: Cast) -> None:
    first = _registered(cast)
    with pytest.raises(Refused, match="原则上只报送1种"):
        _briefing(cast, "预算动态").submit(cast.head, [first], cast.roster, MONDAY)
    second = _briefing(cast, "预算动态", special="省厅要求单设")
    second.submit(cast.head, [first], cast.roster, MONDAY)
    assert second.director is cast.director
    with pytest.raises(Refused, match="您不能代为办理"):
        second.decide(cast.roster.desk[-1], True, MONDAY)
    second.decide(cast.director, True, MONDAY)
    assert second.state is BriefingState.REGISTERED


def test_the_same_title_is_no_second_kind(cast: Cast) -> None:
    first = _registered(cast)
    with pytest.raises(Refused, match="不必重复申请"):
        _briefing(cast, special="再报一次").submit(cast.head, [first], cast.roster, MONDAY)


def test_others_neither_send_nor_stop_it(cast: Cast) -> None:
    briefing = _registered(cast)
    for act in (
        lambda: briefing.send(cast.mayor, FILE, MONDAY, cast.roster),
        lambda: briefing.stop(cast.mayor, MONDAY),
        lambda: briefing.read(cast.head, 1, MONDAY),
    ):
        with pytest.raises(Refused):
            act()
    assert (briefing.issues, briefing.state) == ([], BriefingState.REGISTERED)


def test_last_years_registration_is_not_enough(cast: Cast) -> None:
    briefing = _registered(cast)
    with pytest.raises(Refused, match="须核准备案后报送"):
        briefing.send(cast.head, FILE, beijing("2027-01-04 09:00"), cast.roster)


def test_what_is_asked_for_in_december_is_for_the_next_year() -> None:
    assert [year_from(date(2026, 11, 30)), year_from(date(2026, 12, 1))] == [2026, 2027]


def test_the_unit_is_asked_in_december_and_its_year_ends_with_the_new_one(cast: Cast) -> None:
    briefing, calendar, hours, terms = (
        _registered(cast),
        Calendar(),
        OfficeHours(),
        BriefingTerms(),
    )
    assert next_look(briefing, terms, calendar, hours) == beijing("2026-12-01 08:30")
    briefing.checked_at = beijing("2026-12-01 08:30")
    due = next_look(briefing, terms, calendar, hours)
    assert due is not None
    assert due.year == 2027
    briefing.year = 2027
    six_months_later = next_look(briefing, terms, calendar, hours)
    assert six_months_later == beijing("2027-06-01 08:30"), "half a year without an issue"


@given(day=st.dates(date(2020, 1, 1), date(2080, 1, 1)), months=st.integers(1, 36))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


def test_a_renewal_is_asked_for_once_and_outlasts_the_year_while_the_desk_is_silent(cast: Cast) -> None:
    briefing, calendar, hours, terms = _registered(cast), Calendar(), OfficeHours(), BriefingTerms()
    december = beijing("2026-12-01 08:30")
    briefing.go_on(cast.head, cast.roster, december)
    with pytest.raises(Refused, match="已申请续报"):
        briefing.go_on(cast.head, cast.roster, december)
    assert next_look(briefing, terms, calendar, hours) is None
    briefing.decide(cast.roster.desk[-1], False, beijing("2027-01-06 09:00"))
    due = next_look(briefing, terms, calendar, hours)
    assert due is not None
    assert due < beijing("2027-01-06 09:00"), "not renewed: it ends at once"


def test_a_second_kind_is_renewed_by_the_director_too(cast: Cast) -> None:
    second = _briefing(cast, "预算动态", special="省厅要求单设")
    second.submit(cast.head, [_registered(cast)], cast.roster, MONDAY)
    second.decide(cast.director, True, MONDAY)
    second.go_on(cast.head, cast.roster, beijing("2026-12-01 08:30"))
    with pytest.raises(Refused, match="您不能代为办理"):
        second.require_decider(cast.roster.desk[-1], None)
    second.decide(cast.director, True, beijing("2026-12-02 09:00"))
    assert second.year == 2027
