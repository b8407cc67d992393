"""What else falls into somebody's days away, as they and the approvers read it."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.clock import TurnableClock
from bot.sandbox.house import House, open_house
from matters.leave.clashes import not_reported_back
from rules.dates.reading import Half, HalfDaySpan
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.roster import Role
from tests.cast import beijing

LATER = HalfDaySpan(date(2026, 12, 21), Half.AM, date(2026, 12, 22), Half.PM)


@pytest.fixture
async def house(district_url: str) -> AsyncIterator[House]:
    async with open_house(district_url, TurnableClock(beijing("2026-12-01 09:00"))) as house:
        yield house


@pytest.mark.parametrize(
    ("decided", "now", "acted", "says"),
    [
        ("2026-12-02 09:00", "2026-12-06 10:00", None, False),  # over on Saturday the 5th
        ("2026-12-02 09:00", "2026-12-07 23:59", None, False),  # Monday is the last day in time
        ("2026-12-02 09:00", "2026-12-08 00:01", None, True),
        ("2026-12-02 09:00", "2026-12-08 00:20", "2026-12-07 23:55", False),  # said in time, received late
        ("2026-12-08 09:00", "2026-12-08 10:00", None, False),  # approved only now
        ("2026-12-08 09:00", "2026-12-09 08:00", None, True),
    ],
)
async def test_a_leave_is_said_to_be_open_once_its_return_is_overdue(
    house: House, decided: str, now: str, acted: str | None, says: bool
) -> None:
    async with house.office.work("lay") as work:
        head = (await work.roster()).with_role(Role.UNIT_HEAD)[0]
        leave = Leave(
            applicant=head,
            kind=LeaveKind.TRIP,
            start=date(2026, 12, 4),
            start_half=Half.AM,
            end=date(2026, 12, 5),
            end_half=Half.PM,
            place="济南",
            reason="开会",
            acting=None,
            phone=head.phone,
            submitted_at=beijing("2026-12-01 09:00"),
            state=LeaveState.APPROVED,
            decided_at=beijing(decided),
        )
        work.add(leave)
    await house.turn(beijing(now))
    async with house.office.work("asks", acted_at=beijing(acted) if acted else None) as work:
        head = (await work.roster()).with_role(Role.UNIT_HEAD)[0]
        found = await not_reported_back(work, head, LATER)
    assert found == (["12月4日（周五）至12月5日（周六），共2天的请假尚未销假"] if says else [])
