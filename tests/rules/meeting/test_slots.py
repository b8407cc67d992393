"""Other times for a meeting: office hours of working days after it, the fewest missing first."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engagement import Engagement, EngagementKind
from rules.hours import OfficeHours
from rules.meeting.matter import Meeting
from rules.meeting.slots import SLOTS, Slot, next_slots, stretch
from rules.periods import quorum
from rules.roster import Official
from rules.working_days import SHANGHAI, Calendar, CalendarDay, shanghai_day
from tests.cast import beijing
from tests.meeting_cast import District

HOURS, CALENDAR = OfficeHours(), Calendar()


@pytest.fixture
def district() -> District:
    return District()


def taken(
    official: Official, start: str, end: str, *, matter: str = "leave:3", firm: bool = True
) -> Engagement:
    return Engagement(official, EngagementKind.LEAVE, "出差", beijing(start), beijing(end), matter, firm=firm)


def written(slots: list[Slot]) -> list[str]:
    return [
        f"{slot.start.astimezone(SHANGHAI):%m-%d %H:%M} {'、'.join(one.name for one in slot.missing)}".strip()
        for slot in slots
    ]


def test_the_next_half_days_at_the_hour_nearest_to_its_own(district: District) -> None:
    meeting = district.meeting()  # Tuesday 8 December, 14:30 to 16:30
    assert written(next_slots(meeting, [], CALENDAR, HOURS)) == ["12-09 10:00", "12-09 14:30", "12-10 10:00"]


def test_those_with_the_fewest_missing_go_first_and_are_named_in_order(district: District) -> None:
    meeting, vice = district.meeting(), district["孙宇宙"]
    away = [
        taken(vice, "2026-12-09 00:00", "2026-12-11 12:00"),
        taken(vice, "2026-12-10 09:00", "2026-12-10 10:00"),
    ]
    assert written(next_slots(meeting, away, CALENDAR, HOURS)) == [
        "12-11 14:30",
        "12-14 10:00",
        "12-14 14:30",
    ]
    away += [  # never there: the others meet without them
        taken(vice, f"2026-12-{day:02} 00:00", f"2026-12-{day:02} 23:59") for day in range(9, 24)
    ]
    slots = next_slots(meeting, away, CALENDAR, HOURS)
    assert written(slots) == ["12-09 10:00 孙宇宙", "12-09 14:30 孙宇宙", "12-10 10:00 孙宇宙"]


def test_only_what_holds_and_is_not_this_meeting_takes_time(district: District) -> None:
    meeting, vice = district.meeting(), district["孙宇宙"]
    idle = [
        taken(vice, "2026-12-09 00:00", "2026-12-20 00:00", firm=False),
        taken(vice, "2026-12-09 00:00", "2026-12-20 00:00", matter="meeting:7"),
        taken(district.head("财政局"), "2026-12-09 00:00", "2026-12-20 00:00"),
    ]
    assert written(next_slots(meeting, idle, CALENDAR, HOURS))[0] == "12-09 10:00"


def test_no_time_without_a_quorum_is_named(district: District) -> None:
    meeting = district.meeting()
    most = [taken(one.official, "2026-12-09 00:00", "2026-12-31 00:00") for one in meeting.members[:4]]
    assert next_slots(meeting, most, CALENDAR, HOURS) == []


def test_one_longer_than_half_a_day_runs_through_noon(district: District) -> None:
    meeting = district.meeting(start="2026-12-08 09:00")
    meeting.end = meeting.start + timedelta(hours=6)
    assert written(next_slots(meeting, [], CALENDAR, HOURS)) == ["12-09 09:00", "12-10 09:00", "12-11 09:00"]


def test_rest_days_are_left_out_and_make_up_days_are_not(district: District) -> None:
    meeting = district.meeting(start="2026-12-11 14:30")  # a Friday
    days = Calendar([CalendarDay(date(2026, 12, 12), True, "通知", "补班")])
    assert written(next_slots(meeting, [], days, HOURS))[0] == "12-12 10:00"
    assert written(next_slots(meeting, [], CALENDAR, HOURS))[0] == "12-14 10:00"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 20 * 24), st.integers(1, 72)), max_size=25),
    st.integers(1, 10),
)
def test_whatever_people_have_the_times_can_be_kept(
    busy: list[tuple[int, int, int]], half_hours: int
) -> None:
    district = District()
    meeting: Meeting = district.meeting()
    meeting.end = meeting.start + half_hours * timedelta(minutes=30)
    midnight = beijing("2026-12-08 00:00")
    away = [
        Engagement(
            meeting.members[who].official,
            EngagementKind.EVENT,
            "调研",
            midnight + timedelta(hours=hour),
            midnight + timedelta(hours=hour + length),
            "invitation:1",
        )
        for who, hour, length in busy
    ]
    slots = next_slots(meeting, away, CALENDAR, HOURS)
    first, last = stretch(meeting, CALENDAR)
    assert len(slots) == SLOTS if not away else len(slots) <= SLOTS
    assert [slot.start for slot in slots] == sorted({slot.start for slot in slots})
    for slot in slots:
        day = shanghai_day(slot.start)
        assert slot.end - slot.start == meeting.end - meeting.start
        assert meeting.end <= slot.start
        assert first <= slot.start < slot.end <= last
        assert CALENDAR.is_working(day)
        assert HOURS.opening(day) <= slot.start
        assert slot.end <= HOURS.closing(day)
        really = {one.official for one in away if one.meets(slot.start, slot.end)}
        assert set(slot.missing) == really
        assert len(meeting.members) - len(really) >= quorum(len(meeting.members))
