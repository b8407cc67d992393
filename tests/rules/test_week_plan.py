"""The leaders' week: when its plan goes out, what lies on a day, what clashes, who may know what."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.engagement import Engagement, EngagementKind
from rules.hours import OfficeHours
from rules.refused import Refused
from rules.roster import Official, Role, Unit, UnitKind
from rules.week_plan import WeekPlan, check_reader, coming, goes_out, leader_named, leaders, monday_of
from rules.working_days import DAY, Calendar
from tests.cast import Cast, beijing
from tests.notices.week_plan_scene import MONDAY, engaged

EVENT = EngagementKind.EVENT


@pytest.mark.parametrize(
    ("monday", "at"),
    [
        ("2026-11-30", "2026-11-27 16:00"),
        ("2026-05-04", "2026-04-30 16:00"),  # 5月1日 is a Friday: the Thursday before
        ("2026-09-28", "2026-09-24 16:00"),  # 中秋, 25 to 27 September
        ("2026-10-05", "2026-09-30 16:00"),  # 国庆, from the Thursday on
        ("2026-10-12", "2026-10-09 16:00"),  # the Saturday after is made up, Friday it is all the same
        (
            "2026-02-23",
            "2026-02-14 16:00",
        ),  # 春节: a whole week off, Saturday the 14th is made up
    ],
)
def test_it_goes_out_on_friday_or_earlier_never_later(monday: str, at: str) -> None:
    assert goes_out(date.fromisoformat(monday), Calendar(), OfficeHours()) == beijing(at)


def test_it_goes_out_while_the_office_is_open() -> None:
    short = OfficeHours(sessions=((time(9), time(15)),))
    assert goes_out(MONDAY, Calendar(), short) == beijing("2026-11-27 09:00")


def test_the_coming_ones_are_those_not_yet_due() -> None:
    calendar, hours = Calendar(), OfficeHours()
    before = list(coming(beijing("2026-11-27 16:00"), calendar, hours))
    assert before[0] == (MONDAY, beijing("2026-11-27 16:00"))
    assert [monday for monday, _ in before] == [MONDAY + timedelta(weeks=n) for n in range(3)]
    after = list(coming(beijing("2026-11-27 16:01"), calendar, hours))
    assert [monday for monday, _ in after] == [MONDAY + timedelta(weeks=n) for n in (1, 2)]


@given(st.dates(date(2025, 1, 1), date(2027, 6, 30)))
def test_every_week_has_one_moment_in_office_hours_before_it_begins(day: date) -> None:
    calendar, hours, monday = Calendar(), OfficeHours(), monday_of(day)
    at = goes_out(monday, calendar, hours)
    assert monday.weekday() == 0
    assert at < hours.opening(monday)
    assert hours.is_open(calendar, at)


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    for id, unit in enumerate(cast.units, 1):
        unit.id = id
    return cast


def plan(cast: Cast, *engagements: Engagement) -> WeekPlan:
    return WeekPlan(MONDAY, leaders(cast.officials), sorted(engagements, key=lambda one: one.start))


def test_two_firm_engagements_at_once_clash(cast: Cast) -> None:
    first = engaged(cast.vice, EVENT, "甲", "2026-12-01 09:00", "2026-12-01 11:00", "invitation:1")
    second = engaged(cast.vice, EVENT, "乙", "2026-12-01 10:30", "2026-12-01 12:00", "invitation:2")
    (clash,) = plan(cast, first, second).clashes
    assert (clash.first, clash.second, clash.official) == (first, second, cast.vice)
    assert (clash.start, clash.end) == (beijing("2026-12-01 10:30"), beijing("2026-12-01 11:00"))


def test_one_after_the_other_another_person_or_an_open_question_do_not(cast: Cast) -> None:
    first = engaged(cast.vice, EVENT, "甲", "2026-12-01 09:00", "2026-12-01 11:00", "invitation:1")
    others = [
        engaged(cast.vice, EVENT, "乙", "2026-12-01 11:00", "2026-12-01 12:00", "invitation:2"),
        engaged(cast.mayor, EVENT, "丙", "2026-12-01 09:00", "2026-12-01 11:00", "invitation:3"),
        engaged(cast.vice, EVENT, "丁", "2026-12-01 09:00", "2026-12-01 11:00", "invitation:4", firm=False),
        engaged(cast.vice, EVENT, "甲", "2026-12-01 10:00", "2026-12-01 11:00", "invitation:1"),
    ]
    week = plan(cast, first, *others)
    assert not week.clashes
    assert week.unsettled == 1
    assert list(week.idle) == [cast.executive]


def test_only_the_day_of_the_clash_is_red(cast: Cast) -> None:
    away = engaged(cast.vice, EngagementKind.LEAVE, "出差", "2026-12-01 00:00", "2026-12-04 00:00", "leave:1")
    event = engaged(cast.vice, EVENT, "甲", "2026-12-02 09:00", "2026-12-02 11:00", "invitation:1")
    week = plan(cast, away, event)
    assert [[week.clashing(part) for part in week.on(day)] for day in week.days[:5]] == [
        [],
        [False],
        [True, True],
        [False],
        [],
    ]


def test_what_goes_beyond_the_week_is_cut_to_its_days(cast: Cast) -> None:
    long = engaged(cast.mayor, EVENT, "甲", "2026-11-28 09:00", "2026-12-08 12:00", "invitation:1")
    week = plan(cast, long)
    for day in week.days:
        (part,) = week.on(day)
        assert part.from_before
        assert part.goes_on
        assert (part.end - part.start) == DAY


def test_a_clash_of_another_week_is_not_told(cast: Cast) -> None:
    long = engaged(cast.mayor, EVENT, "甲", "2026-12-05 09:00", "2026-12-08 12:00", "invitation:1")
    other = engaged(cast.mayor, EVENT, "乙", "2026-12-07 09:00", "2026-12-07 12:00", "invitation:2")
    assert not plan(cast, long, other).clashes


def test_leaders_and_the_office_may_see_it(cast: Cast) -> None:
    for reader in (cast.mayor, cast.vice, cast.director, cast.clerk):
        check_reader(reader)
    for reader in (cast.head, cast.deputy, cast.liaison, cast.archivist):
        with pytest.raises(Refused, match="领导安排只供区政府领导和区政府办公室查看。"):
            check_reader(reader)


LED = [
    Official(name, Unit("区政府", "千文区人民政府", UnitKind.LEADERS), post, role)
    for name, post, role in (
        ("赵天地", "区长", Role.MAYOR),
        ("钱玄黄", "常务副区长", Role.EXECUTIVE_VICE_MAYOR),
        ("孙宇宙", "副区长", Role.VICE_MAYOR),
        ("李洪荒", "副区长", Role.VICE_MAYOR),
    )
]


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("区长", 0),
        ("赵区长", 0),
        ("赵天地", 0),
        ("常务副区长", 1),
        ("孙副区长", 2),
        ("孙区长", 2),
        ("孙宇宙副区长", 2),
    ],
)
def test_a_leader_is_found_by_name_or_post(said: str, whom: int) -> None:
    assert leader_named(said, LED) is LED[whom]


@pytest.mark.parametrize("said", ["副区长", "王区长", "财政局局长", ""])
def test_what_names_nobody_or_several_is_nobody(said: str) -> None:
    assert leader_named(said, LED) is None
