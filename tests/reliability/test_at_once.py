"""Two taps at the same moment: one decision, and one honest answer to each."""

import pytest
from sqlalchemy import func, select

from bot.sandbox.events import MessageView
from bot.sandbox.house import account
from rules.approval import Decision
from rules.leave.matter import LeaveState
from rules.roster import Official, Role
from rules.working_days import shanghai_day
from storage.tables import audit
from tests.reliability.books import assert_nothing_lost, ledger
from tests.reliability.office import START, Troubled
from tests.reliability.phones import note


class Desk:
    """One report on its way, and the cards of it on the phones."""

    def __init__(self, office: Troubled) -> None:
        self.office = office
        self.head = office.heads[0]
        first = office.roster.in_charge_of(self.head.unit)
        assert first
        self.first: Official = first

    async def report(self) -> None:
        deputy = self.office.roster.of(self.head.unit, Role.DEPUTY_HEAD)[0]
        day = shanghai_day(START).replace(day=20)
        await self.office.phones.report(self.head, note(day, day, deputy))
        await self.office.rest()

    def card(self, of: Official, label: str) -> MessageView:
        return self.office.phones.live(account(of), label)[-1]

    async def press(self, by: Official, view: MessageView, label: str) -> str:
        return await self.office.phones.press(account(by), view, label)

    def answer(self, query_id: str) -> str:
        (text,) = [act.text for act in self.office.line.done if act.query_id == query_id]
        return text

    async def actions(self) -> dict[str, int]:
        async with self.office.database.session() as session:
            rows = await session.execute(
                select(audit.c.action, func.count())
                .where(audit.c.action.startswith("leave."))
                .group_by(audit.c.action)
            )
            return {row[0]: row[1] for row in rows}


@pytest.fixture
def desk(office: Troubled) -> Desk:
    return Desk(office)


async def test_submitted_twice_at_once_is_one_report(desk: Desk) -> None:
    deputy = desk.office.roster.of(desk.head.unit, Role.DEPUTY_HEAD)[0]
    chat, day = account(desk.head), shanghai_day(START).replace(day=20)
    await desk.office.line.says(chat, chat, note(day, day, deputy))
    await desk.office.rest()
    view = desk.card(desk.head, "提交")
    taps = [await desk.press(desk.head, view, "提交") for _ in range(3)]
    await desk.office.rest()
    assert len((await ledger(desk.office.database)).leaves) == 1
    assert [desk.answer(tap) for tap in taps[1:]] == ["这张表已经办结。"] * 2
    assert await desk.actions() == {"leave.submit": 1}
    await assert_nothing_lost(desk.office.database, desk.office.line)


async def test_an_approver_who_taps_twice_at_once_decides_once(desk: Desk) -> None:
    await desk.report()
    view = desk.card(desk.first, "同意")
    taps = [await desk.press(desk.first, view, label) for label in ("同意", "同意", "不同意")]
    await desk.office.rest()
    answers = [desk.answer(tap) for tap in taps]
    assert answers[:2] == ["已同意。"] * 2  # the same once more is no matter for a refusal
    assert "不能重复办理" in answers[2]
    assert await desk.actions() == {"leave.submit": 1, "leave.agree": 1}
    (leave,) = (await ledger(desk.office.database)).leaves
    assert [approval.decision for approval in leave.approvals] == [Decision.AGREE, None]
    await assert_nothing_lost(desk.office.database, desk.office.line)


@pytest.mark.parametrize("order", ["agree first", "withdraw first"])
async def test_agreed_and_withdrawn_at_once_ends_one_way(desk: Desk, order: str) -> None:
    await desk.report()
    mine, theirs = desk.card(desk.head, "撤回"), desk.card(desk.first, "不同意")
    await desk.press(desk.first, theirs, "同意")
    await desk.office.rest()
    mayor = desk.office.roster.mayor
    assert mayor
    theirs, mine = desk.card(mayor, "同意"), desk.card(desk.head, "撤回")
    if order == "agree first":
        agree, withdraw = await desk.press(mayor, theirs, "同意"), await desk.press(desk.head, mine, "撤回")
    else:
        withdraw, agree = await desk.press(desk.head, mine, "撤回"), await desk.press(mayor, theirs, "同意")
    await desk.office.rest()
    (leave,) = (await ledger(desk.office.database)).leaves
    actions = await desk.actions()
    # What was approved is known to the whole office: to withdraw it is asked about once more.
    if actions["leave.agree"] == 2:
        assert desk.answer(agree) == "已同意。"
        assert leave.state is LeaveState.APPROVED
        assert desk.answer(withdraw) == "请先确认。"
        assert "leave.withdraw" not in actions
    else:
        assert "撤回" in desk.answer(agree)
        assert leave.state is LeaveState.WITHDRAWN
        assert desk.answer(withdraw) == "已撤回。"
    over = ("撤回",) if leave.state is LeaveState.WITHDRAWN else ()
    for who in (desk.head, desk.first, mayor):
        for label in ("同意", "不同意", "退回修改", "催办", *over):
            assert desk.office.phones.live(account(who), label) == []
    await assert_nothing_lost(desk.office.database, desk.office.line)
