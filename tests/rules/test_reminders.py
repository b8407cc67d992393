"""Silence, counted once for every kind of question: reminded once, told to those above once, then at rest."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.absence import StandIn
from rules.hours import OfficeHours
from rules.invitation.permission import Permission
from rules.meeting.clearance import Clearance, Step
from rules.reminders import LADDER, Climbed, Ladder, look_at, silent_for
from rules.todo import Todo
from rules.working_days import Calendar
from tests.cast import Cast, beijing

CALENDAR, HOURS = Calendar(), OfficeHours()
THURSDAY = beijing("2026-11-26 10:00")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def questions(cast: Cast) -> list[Todo[Any]]:
    return [
        Clearance(Step.VICE_MAYOR, 0, cast.vice, asked_at=THURSDAY),
        Permission(cast.director, asked_at=THURSDAY),
        cast.report(cast.head, cast.deputy, now=THURSDAY).approvals[0],
    ]


def test_after_one_working_day_whoever_has_it_after_two_those_above(cast: Cast) -> None:
    for one in questions(cast):
        assert LADDER.due(one, CALENDAR, HOURS) == beijing("2026-11-27 08:30")
        assert LADDER.climb(one, beijing("2026-11-27 08:29"), CALENDAR, HOURS) == Climbed(False, False)
        assert LADDER.climb(one, beijing("2026-11-27 08:30"), CALENDAR, HOURS) == Climbed(True, False)
        assert LADDER.climb(one, beijing("2026-11-27 17:00"), CALENDAR, HOURS) == Climbed(False, False)
        assert LADDER.due(one, CALENDAR, HOURS) == beijing("2026-11-30 08:30")  # over the weekend
        assert LADDER.climb(one, beijing("2026-11-30 08:30"), CALENDAR, HOURS) == Climbed(False, True)
        assert LADDER.due(one, CALENDAR, HOURS) is None
        assert LADDER.climb(one, beijing("2026-12-31 08:30"), CALENDAR, HOURS) == Climbed(False, False)


def test_what_was_missed_during_a_stop_is_done_once(cast: Cast) -> None:
    one = questions(cast)[0]
    assert LADDER.climb(one, beijing("2026-12-03 09:00"), CALENDAR, HOURS) == Climbed(True, True)


def test_on_another_desk_the_wait_begins_again(cast: Cast) -> None:
    one = Clearance(Step.VICE_MAYOR, 0, cast.vice, asked_at=THURSDAY)
    LADDER.climb(one, beijing("2026-11-27 08:30"), CALENDAR, HOURS)
    monday = beijing("2026-11-30 08:00")
    one.reassign(StandIn(cast.vice, cast.executive), monday)
    assert (one.stand_in, one.asked_at, one.reminded_at) == (cast.executive, monday, None)
    assert LADDER.due(one, CALENDAR, HOURS) == beijing("2026-12-01 08:30")
    one.reassign(StandIn(cast.vice, cast.executive), beijing("2026-11-30 09:00"))  # the same desk
    assert one.asked_at == monday
    one.reassign(StandIn(cast.vice, None), beijing("2026-11-30 10:00"))
    assert (one.stand_in, one.unattended_at) == (None, beijing("2026-11-30 10:00"))


@given(
    minutes=st.integers(0, 60 * 24 * 30),
    remind=st.integers(1, 3),
    more=st.integers(1, 3),
    late=st.integers(0, 60 * 24 * 10),
)
def test_every_question_comes_to_an_end_of_the_ladder(
    minutes: int, remind: int, more: int, late: int
) -> None:
    ladder, cast = Ladder(remind, remind + more), Cast()
    one = Clearance(Step.VICE_MAYOR, 0, cast.vice, asked_at=THURSDAY + timedelta(minutes=minutes))
    steps = []
    while (due := ladder.due(one, CALENDAR, HOURS)) is not None:
        assert one.asked_at is not None
        assert due > one.asked_at
        steps.append(ladder.climb(one, due + timedelta(minutes=late), CALENDAR, HOURS))
    assert sum(step.remind for step in steps) == 1
    assert sum(step.escalate for step in steps) == 1
    assert len(steps) <= 3


def test_so_many_working_days_of_silence() -> None:
    before_the_holiday = beijing("2026-09-29 10:00")
    found = [silent_for(before_the_holiday, days, CALENDAR, HOURS).date() for days in (1, 2, 3)]
    assert found == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9)]


PAST = "2026-11-26 08:30"


@pytest.mark.parametrize(
    ("due", "now", "looked"),
    [
        (PAST, "2026-11-27 07:00", "2026-11-27 08:30"),  # started before the opening: this day, not the next
        (PAST, "2026-11-28 10:00", "2026-11-30 08:30"),  # a Saturday
        (PAST, "2026-11-27 08:30", "2026-11-27 08:30"),
        (PAST, "2026-11-27 12:30", "2026-11-27 12:30"),  # at noon people are told
        ("2026-11-27 08:30", "2026-11-26 07:00", "2026-11-27 08:30"),  # not due yet
    ],
)
def test_what_came_due_during_a_stop_waits_for_the_opening(due: str, now: str, looked: str) -> None:
    assert look_at(beijing(due), beijing(now), CALENDAR, HOURS) == beijing(looked)
