"""What rings for whom, and what waits for a digest: on plain values."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.quiet.choice import Call, Choice, rings, waits
from rules.quiet.terms import QuietTerms
from rules.working_days import Calendar
from tests.cast import beijing

CALENDAR, TERMS = Calendar(), QuietTerms()


@pytest.mark.parametrize(
    ("call", "choice", "at_work", "heard"),
    [
        (Call.ASKS, Choice.ACTS, True, True),
        (Call.TELLS, Choice.ACTS, True, False),
        (Call.TELLS, Choice.ALL, True, True),
        (Call.TELLS, Choice.ALL, False, False),
        (Call.ASKS, Choice.ALL, False, False),
        (Call.URGENT, Choice.DIGEST, False, True),
        (Call.ANSWER, Choice.DIGEST, False, True),
    ],
)
def test_what_asks_for_an_act_rings(call: Call, choice: Choice, at_work: bool, heard: bool) -> None:
    assert rings(call, choice, at_work=at_work) is heard


def test_at_night_only_what_the_morning_would_miss_rings() -> None:
    assert rings(Call.ASKS, Choice.ACTS, at_work=False, comes_too_late=True)
    assert not rings(Call.TELLS, Choice.ACTS, at_work=False, comes_too_late=True)


@pytest.mark.parametrize(
    ("now", "digest"),
    [
        ("2026-09-18 08:30", "2026-09-18 08:30"),
        ("2026-09-18 08:31", "2026-09-18 08:30"),  # what the clock says at 8:30 takes its seconds
        ("2026-09-18 08:33", "2026-09-18 14:30"),
        ("2026-09-18 16:00", "2026-09-20 08:30"),  # a make-up Sunday
        ("2026-09-30 15:00", "2026-10-08 08:30"),
    ],
)
def test_digests_come_on_working_days(now: str, digest: str) -> None:
    assert TERMS.next_digest(CALENDAR, beijing(now)) == beijing(digest)


@given(st.sampled_from(Call), st.integers(0, 99_999), st.integers(0, 9999))
def test_nothing_waits_until_it_is_too_late(call: Call, after: int, minutes: int) -> None:
    now = beijing("2026-09-01 00:00") + timedelta(minutes=after)
    digest, until = TERMS.next_digest(CALENDAR, now), now + timedelta(minutes=minutes)
    if waits(call, Choice.DIGEST, until, digest):
        assert digest < until
        assert call in (Call.TELLS, Call.ASKS)


@pytest.mark.parametrize("written", [(), ("25:00",), ("早上",)])
def test_times_that_are_none_are_refused(written: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="08:30、14:30"):
        QuietTerms(digests=written)


def test_what_is_asked_without_an_end_does_not_wait_and_what_is_only_told_does() -> None:
    digest = beijing("2026-09-18 14:30")
    assert not waits(Call.ASKS, Choice.DIGEST, None, digest)
    assert waits(Call.TELLS, Choice.DIGEST, None, digest)
    assert not waits(Call.TELLS, Choice.DIGEST, beijing("2026-09-18 14:00"), digest)
