"""The morning on which a unit would be asked: with nobody to ask, with other working days; and the ledger."""

from datetime import date

from sqlalchemy import select

from bot.clock import TurnableClock
from bot.sandbox.house import House, open_house
from jobs.briefing.due import recount
from matters.briefing.ledger import worksheets
from notices.ledger import Wanted
from rules.briefing.clock import CLOCK
from rules.briefing.matter import Briefing, BriefingState, Cycle, Readers
from rules.fields import Paper
from rules.roster import Official, Role
from rules.stretch import Stretch
from rules.working_days import Calendar, CalendarDay
from storage.tables.records import timers
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


async def test_a_calendar_that_changes_moves_the_morning_and_the_ledger_has_every_issue(
    district_url: str,
) -> None:
    async with (
        open_house(district_url, TurnableClock(NOVEMBER)) as house,
        house.office.work("registered") as work,
    ):
        roster = await work.roster()
        head = roster.with_role(Role.UNIT_HEAD)[0]
        briefing = await _registered(work, head, roster.desk[-1])
        briefing.send(head, Paper("f1", "第1期.docx", 10), NOVEMBER, roster)
        await work.flush()
        off = Calendar([CalendarDay(date(2026, 12, 1), False, "国办发明电〔2026〕9号")])
        work._calendar = off
        assert await recount(work, Calendar(), off) == []
        due = await work.session.scalar(select(timers.c.due_at).where(timers.c.kind == CLOCK))
        assert due == beijing("2026-12-02 08:30")
        november = Stretch(date(2026, 11, 1), date(2026, 11, 30))
        kinds, issues = await worksheets(work, Wanted(november, head.unit, head))
        assert [row[:6] for row in kinds.rows] == [
            [head.unit.name, "财政信息", "每月", "全体区领导", 2026, "已备案"]
        ]
        assert [row[1:3] for row in issues.rows] == [["财政信息", 1]]
        december = Stretch(date(2026, 12, 1), date(2026, 12, 31))
        assert [len(sheet.rows) for sheet in await worksheets(work, Wanted(december))] == [0, 0]
