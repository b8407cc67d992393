"""Ten working days in which nobody does anything: what that costs people, and that nobody goes unasked."""

from typing import Final

from tests.bench import ten_days

CEILING: Final = 430
"""Messages in all; answers to somebody's own tap are not counted."""


async def test_ten_idle_days_stay_below_the_ceiling_and_nobody_goes_unasked() -> None:
    now, was = await ten_days.measure(), ten_days.before()
    assert now.whole.total < CEILING
    assert ten_days.lost(was, now) == []
    assert len(was.questions & now.questions) > 100
