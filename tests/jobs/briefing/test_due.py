"""The morning on which a unit would be asked, where the unit has nobody to ask."""

from bot.clock import TurnableClock
from bot.sandbox.house import House, open_house
from rules.briefing.clock import CLOCK
from rules.briefing.matter import Briefing, BriefingState, Cycle, Readers
from rules.roster import Official, Role
from storage.unit_of_work import UnitOfWork
from tests.cast import beijing

NOVEMBER = beijing("2026-11-30 09:00")


async def _registered(work: UnitOfWork, head: Official, clerk: Official) -> Briefing:
    briefing = Briefing(
        unit=head.unit,
        title="财政信息",
        cycle=Cycle.MONTHLY,
        readers=Readers.LEADERS,
        submitted_by=head,
        submitted_at=NOVEMBER,
        year=2026,
    )
    briefing.submit(head, [], await work.roster(), NOVEMBER)
    briefing.decide(clerk, True, NOVEMBER)
    work.add(briefing)
    await work.flush()
    await work.timer(CLOCK, briefing.id, beijing("2026-12-01 08:30"))
    return briefing


async def _state(house: House, id: int) -> tuple[BriefingState, bool]:
    async with house.office.work("look") as work:
        briefing = await work.lock(Briefing, id)
        return briefing.state, briefing.checked_at is not None


async def test_a_unit_without_a_head_is_asked_the_morning_after_and_ends_with_its_year(
    district_url: str,
) -> None:
    async with open_house(district_url, TurnableClock(NOVEMBER)) as house:
        async with house.office.work("registered") as work:
            roster = await work.roster()
            head = await work.lock(Official, roster.with_role(Role.UNIT_HEAD)[0].id)
            briefing = await _registered(work, head, roster.desk[-1])
            head.role = Role.DEPUTY_HEAD
        await house.turn(beijing("2026-12-01 12:00"))
        assert await _state(house, briefing.id) == (BriefingState.REGISTERED, False)
        async with house.office.work("again") as work:
            (await work.lock(Official, head.id)).role = Role.UNIT_HEAD
        await house.turn(beijing("2026-12-02 12:00"))
        assert await _state(house, briefing.id) == (BriefingState.REGISTERED, True)
        await house.turn(beijing("2027-01-04 12:00"))
        assert (await _state(house, briefing.id))[0] is BriefingState.STOPPED
