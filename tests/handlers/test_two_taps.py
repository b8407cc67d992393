"""The absent approver and the stand-in tap at the same moment: one decision, one honest answer each."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import select

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from jobs.absence import follow
from matters.leave.show import bring_up_to_date
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.leave.routes import LeaveRoutes
from rules.roster import Official, Role
from storage.outbox import Kind
from storage.tables import audit, outbox
from tests.cast import beijing

NOW = beijing("2026-12-02 10:00")


def _report(applicant: Official, start: date, end: date, acting: Official | None) -> Leave:
    return Leave(
        applicant=applicant,
        kind=LeaveKind.TRIP,
        start=start,
        start_half=Half.AM,
        end=end,
        end_half=Half.PM,
        place="济南",
        reason="开会",
        acting=acting,
        phone=applicant.phone,
        submitted_at=NOW,
    )


@pytest.fixture
async def house(district_url: str) -> AsyncIterator[House]:
    async with open_house(district_url, TurnableClock(NOW)) as house:
        yield house


async def _asked(house: House) -> tuple[Official, Official, int]:
    """The mayor is away, the 常务副区长 presides, and a vice mayor's report (whose id is given) waits."""
    async with house.office.work("lay") as work:
        roster = await work.roster()
        mayor, executive = roster.mayor, roster.executive_vice_mayor
        assert mayor
        assert executive
        vice = roster.with_role(Role.VICE_MAYOR)[0]
        away = _report(mayor, date(2026, 12, 1), date(2026, 12, 3), executive)
        away.state = LeaveState.APPROVED
        waiting = _report(vice, date(2026, 12, 8), date(2026, 12, 8), executive)
        work.add(away)
        work.add(waiting)
        waiting.submit(LeaveRoutes().route(vice, roster), beijing("2026-11-30 10:00"))
        await work.flush()
        await follow(work, mayor)
        await bring_up_to_date(work, waiting)
        return mayor, executive, waiting.id


async def _card(house: House, holder: Official) -> int:
    """The number of the last message in the person's chat: any will do for a tap with known data."""
    return max(house.telegram.world.chat(account(holder)).messages)


async def test_one_decision_and_one_honest_answer_each(house: House) -> None:
    mayor, executive, id = await _asked(house)
    await house.settle()
    data = f"leave:{id}:agree:0"
    people = [(account(official), await _card(house, official)) for official in (mayor, executive)]
    await asyncio.gather(*(house.telegram.presses(who, who, card, data, forged=True) for who, card in people))
    await house.settle()
    async with house.office.work("look") as work:
        leave = await work.lock(Leave, id)
        toasts = await work.session.scalars(
            select(outbox.c.payload).where(outbox.c.kind == Kind.TOAST).order_by(outbox.c.id)
        )
        decided = (await work.session.execute(select(audit).where(audit.c.action == "leave.agree"))).all()
        answers = sorted(payload["text"] for payload in toasts)
        assert leave.state is LeaveState.APPROVED
        assert len(decided) == 1
        by = leave.approvals[0].decided_by
        assert decided[0].actor_id == (by.id if by else None)
        assert decided[0].acting_for == (None if by is leave.approvals[0].approver else mayor.titled)
        assert answers == sorted(["已同意。", f"这份请假报告{leave.approvals[0].done}，不能重复办理。"])
