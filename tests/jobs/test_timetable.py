"""The timetable is put together from what each procedure has the clock do: all of it, and nothing twice."""

import pytest

from jobs.procedures import PROCEDURES
from jobs.timetable import DAILY, HOUSE, TIMERS, by_kind


def test_a_kind_that_two_procedures_claim_is_a_fault_of_the_house() -> None:
    async def fire(_work: object, _id: int) -> None:
        raise NotImplementedError

    with pytest.raises(ValueError, match=r"duty\.silent"):
        by_kind([{"duty.silent": fire}, {"duty.begins": fire}, {"duty.silent": fire}])


def test_every_duty_of_every_procedure_is_on_the_timetable() -> None:
    parts = [HOUSE, *PROCEDURES]
    assert len({each.code for each in parts}) == len(parts)
    assert sum(len(each.timers) for each in parts) == len(TIMERS) > 0
    assert sum(len(each.daily) for each in parts) == len(DAILY) > 0
    assert not TIMERS.keys() & DAILY.keys()
