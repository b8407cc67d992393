"""What takes place by itself, decided or not: when people hear of it, and when the question is overtaken."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates.half_days import Half, HalfDaySpan
from rules.delegation import begins_at, ends_at
from rules.hours import OfficeHours
from rules.meeting.clearance import Clearance, Step
from rules.reminders import LADDER, Climbed, Occasion, Stage
from rules.working_days import Calendar, shanghai_day
from tests.cast import THURSDAY, Cast, beijing

CALENDAR, HOURS = Calendar(), OfficeHours()
TRIP = Occasion(beijing("2026-12-08 00:00"), beijing("2026-12-10 00:00"))  # Tuesday and Wednesday


def question(at: datetime = THURSDAY) -> Clearance:
    return Clearance(Step.VICE_MAYOR, 0, Cast().vice, asked_at=at)


def stages(occasion: Occasion) -> dict[Stage, datetime]:
    return dict(occasion.stages(CALENDAR, HOURS))


def test_the_afternoon_before_the_morning_of_the_day_and_the_opening_after_the_end() -> None:
    assert stages(TRIP) == {
        Stage.EVE: beijing("2026-12-07 15:00"),
        Stage.DAY: beijing("2026-12-08 08:30"),
        Stage.OVER: beijing("2026-12-10 08:30"),
    }


@pytest.mark.parametrize(
    ("begins", "over", "expected"),
    [
        # a half day: over at noon, told when the office opens again
        ("2026-12-08 00:00", "2026-12-08 12:00", ("12-07 15:00", "12-08 08:30", "12-08 14:00")),
        ("2026-12-08 12:00", "2026-12-09 00:00", ("12-07 15:00", "12-08 08:30", "12-09 08:30")),
        # a weekend: before it, and after it
        ("2026-12-05 00:00", "2026-12-07 00:00", ("12-04 15:00", None, "12-07 08:30")),
        # begins on a Saturday and goes on: on the first morning that the office is open
        ("2026-12-05 00:00", "2026-12-09 00:00", ("12-04 15:00", "12-07 08:30", "12-09 08:30")),
        # a Saturday that is worked (10月10日, 补班) is a day like any other
        ("2026-10-11 00:00", "2026-10-13 00:00", ("10-10 15:00", "10-12 08:30", "10-13 08:30")),
        # a meeting has no length: it is over when it begins
        ("2026-12-08 14:30", "2026-12-08 14:30", ("12-07 15:00", "12-08 08:30", "12-08 14:30")),
        ("2026-12-08 08:30", "2026-12-08 08:30", ("12-07 15:00", None, "12-08 08:30")),
    ],
)
def test_off_days_halves_and_what_is_over_when_it_begins(
    begins: str, over: str, expected: tuple[str | None, ...]
) -> None:
    found = stages(Occasion(beijing(begins), beijing(over)))
    wanted = zip(Stage, expected, strict=True)
    assert found == {stage: beijing(f"2026-{at}") for stage, at in wanted if at}


def test_just_before_at_and_after_the_end() -> None:
    one = question()
    assert LADDER.climb(one, beijing("2026-12-08 09:00"), CALENDAR, HOURS, TRIP) == Climbed(near=Stage.DAY)
    assert TRIP.under_way(one)
    before = TRIP.over - timedelta(seconds=1)
    assert not LADDER.climb(one, before, CALENDAR, HOURS, TRIP).overtaken
    assert not TRIP.overtook(one)
    assert LADDER.climb(one, TRIP.over, CALENDAR, HOURS, TRIP) == Climbed(overtaken=True)  # by night: no word
    assert TRIP.overtook(one)
    assert not TRIP.under_way(one)
    morning = LADDER.due(one, CALENDAR, HOURS, TRIP)
    assert morning == beijing("2026-12-10 08:30")
    assert LADDER.climb(one, morning, CALENDAR, HOURS, TRIP) == Climbed(near=Stage.OVER)
    # then it is a question like any other, and its silence is counted to the end
    assert LADDER.due(one, CALENDAR, HOURS, TRIP) == beijing("2026-12-14 08:30")
    assert LADDER.climb(one, beijing("2026-12-14 08:30"), CALENDAR, HOURS, TRIP) == Climbed(escalate=True)
    assert LADDER.due(one, CALENDAR, HOURS, TRIP) is None


def test_what_is_near_is_told_instead_of_the_silence_of_that_moment() -> None:
    one = question(beijing("2026-12-04 09:00"))  # silent for two working days on the morning of the 8th
    assert LADDER.climb(one, beijing("2026-12-07 08:30"), CALENDAR, HOURS, TRIP) == Climbed(remind=True)
    assert LADDER.climb(one, beijing("2026-12-07 15:00"), CALENDAR, HOURS, TRIP) == Climbed(near=Stage.EVE)
    assert LADDER.climb(one, beijing("2026-12-08 08:30"), CALENDAR, HOURS, TRIP) == Climbed(near=Stage.DAY)


def test_after_a_stop_only_the_latest_is_told() -> None:
    assert LADDER.climb(question(), beijing("2026-12-08 10:00"), CALENDAR, HOURS, TRIP).near is Stage.DAY
    told = LADDER.climb(question(), beijing("2026-12-11 10:00"), CALENDAR, HOURS, TRIP)
    assert told == Climbed(near=Stage.OVER, overtaken=True)


def test_who_is_asked_once_it_has_come_is_not_told_that_it_is_near() -> None:
    late = question(beijing("2026-12-08 09:00"))
    assert LADDER.due(late, CALENDAR, HOURS, TRIP) == beijing("2026-12-09 08:30")
    assert TRIP.under_way(late)
    assert TRIP.overtook(question(TRIP.over))


HALVES = st.sampled_from(Half)


@given(
    first=st.integers(0, 400),
    length=st.integers(0, 12),
    halves=st.tuples(HALVES, HALVES),
    asked=st.integers(0, 60 * 24 * 20),
)
def test_every_question_is_told_of_as_past_once_in_office_hours_and_comes_to_an_end(
    first: int, length: int, halves: tuple[Half, Half], asked: int
) -> None:
    start = date(2026, 1, 2) + timedelta(days=first)
    span = HalfDaySpan(start, halves[0], start + timedelta(days=length), halves[1])
    occasion = Occasion(begins_at(span.start, span.start_half), ends_at(span.end, span.end_half))
    if occasion.over <= occasion.begins:
        return
    one = question(occasion.begins - timedelta(minutes=asked))
    told: list[Stage] = []
    while (due := LADDER.due(one, CALENDAR, HOURS, occasion)) is not None:
        climbed = LADDER.climb(one, due, CALENDAR, HOURS, occasion)
        assert climbed != Climbed()  # it is never looked at for nothing
        assert climbed.overtaken == (due == occasion.over)
        told += [climbed.near] if climbed.near else []
        if climbed.near or climbed.remind or climbed.escalate:
            assert HOURS.is_open(CALENDAR, due)
            assert CALENDAR.is_working(shanghai_day(due))
    assert told.count(Stage.OVER) == 1
    assert told == sorted(set(told), key=list(Stage).index)
    assert occasion.overtook(one)
