"""A reminder counts when Telegram took it; the first that reaches nobody is one message to the desk."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from markupsafe import Markup
from sqlalchemy import func, select, update

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from matters.unreached import tell_desk
from notices.notice import Button, Notice, Reminder, State
from rules.roster import Official, Role
from storage.tables import audit, outbox
from tests.cast import beijing
from tests.reliability.phones import note

WEDNESDAY = beijing("2026-09-09 09:00")
ASKED = ((Button("同意", "matter:7:agree"),),)


async def _count(house: House, action: str) -> int:
    async with house.office.database.session() as session:
        return await session.scalar(select(func.count()).where(audit.c.action == action)) or 0


def _unreached(house: House, official: Official) -> list[str]:
    shown = house.telegram.history(account(official))
    return [view["text"] for view in shown if "没有收到通知" in view["text"]]


async def _remind(house: House, cause: str, *people: Official, by: Official | None = None) -> None:
    reminder = Reminder("matter.remind", "matter:7", 77, by=by.id if by else None)
    async with house.office.work(cause) as work:
        await work.send(*(Notice(one, Markup("请答复"), ASKED, "某事", reminds=reminder) for one in people))
    await house.turn(house.clock.now() + timedelta(minutes=1))


async def test_one_unit_that_cannot_be_reached_is_one_message(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(WEDNESDAY)) as house:
        roster = await house.roster()
        unit = roster.unit("财政局")
        assert unit is not None
        people = roster.of(unit, Role.UNIT_HEAD, Role.LIAISON)
        assert len(people) > 1
        for one in people:
            house.telegram.blocks(account(one))
        for cause in ("first", "second", "third"):
            await _remind(house, cause, *people)
        assert await _count(house, "matter.remind") == 0
        for clerk in roster.desk:
            (said,) = _unreached(house, clerk)
            assert said.endswith(f"请电话告知本人：{'；'.join(f'{o.titled} {o.phone}' for o in people)}。")


async def test_who_was_reached_in_between_is_news_again(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(WEDNESDAY)) as house:
        roster = await house.roster()
        head, clerk = roster.with_role(Role.UNIT_HEAD)[0], roster.with_role(Role.OFFICE_STAFF)[0]
        house.telegram.blocks(account(head))
        await _remind(house, "first", head)
        house.telegram.unblocks(account(head))
        await _remind(house, "second", head)
        assert await _count(house, "matter.remind") == 1
        house.telegram.blocks(account(head))
        await _remind(house, "third", head)
        assert len(_unreached(house, clerk)) == 2


async def test_who_asked_for_the_reminder_learns_that_it_did_not_arrive(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(WEDNESDAY)) as house:
        roster = await house.roster()
        head, other = roster.with_role(Role.UNIT_HEAD)[:2]
        house.telegram.blocks(account(head))
        await _remind(house, "first", head, by=other)
        said = house.telegram.history(account(other))[-1]["text"]
        assert said == "蒋闰余（发改局局长）没有收到催办，已请区政府办公室电话联系"


async def _tell(house: House, cause: str, *notices: Notice) -> None:
    async with house.office.work(cause) as work:
        await work.send(*notices)
    await house.turn(house.clock.now() + timedelta(minutes=1))


async def test_of_one_matter_the_desk_hears_once_whatever_the_notice(district_url: str) -> None:
    """By its own word, its card, its buttons, or a reminder: it is the same matter."""
    async with open_house(district_url, TurnableClock(WEDNESDAY)) as house:
        roster = await house.roster()
        head, clerk = roster.with_role(Role.UNIT_HEAD)[0], roster.with_role(Role.OFFICE_STAFF)[0]
        house.telegram.blocks(account(head))
        steps = (
            Notice(head, Markup("议题期限提醒"), subject="期限", matter="matter:7"),
            Notice(head, Markup("请答复"), ASKED, "某事"),
            Notice(head, Markup("请审批"), subject="审批", card="matter:7:own"),
        )
        for place, notice in enumerate(steps):
            await _tell(house, f"step {place}", notice)
        await _remind(house, "reminder", head)
        assert len(_unreached(house, clerk)) == 1
        await _tell(
            house, "off", Notice(head, Markup("已取消"), subject="取消", matter="matter:7", news=True)
        )
        assert len(_unreached(house, clerk)) == 2
        await _tell(house, "other", Notice(head, Markup("请答复"), subject="另一事", matter="matter:70"))
        assert len(_unreached(house, clerk)) == 3


async def test_the_desk_does_not_wait_for_ever(district_url: str) -> None:
    """A colleague's row stays untried: after ten minutes the desk hears of the one, then of the other."""
    async with open_house(district_url, TurnableClock(WEDNESDAY)) as house:
        roster = await house.roster()
        unit, clerk = roster.unit("财政局"), roster.with_role(Role.OFFICE_STAFF)[0]
        assert unit is not None
        people = roster.of(unit, Role.UNIT_HEAD, Role.LIAISON)[:2]
        await house.stop()
        async with house.office.work("asked") as work:
            await work.send(*(Notice(one, Markup("请答复"), ASKED, "某事") for one in people))
        async with house.office.work("read") as work:
            named = select(outbox).where(outbox.c.subject == "某事").order_by(outbox.c.id)
            rows = (await work.session.execute(named)).all()
        said = select(outbox.c.payload).where(
            outbox.c.official_id == clerk.id, outbox.c.once.like("unreached:%")
        )
        counts = []
        for minutes, lost in ((0, rows[0]), (9, None), (10, None), (12, rows[1])):
            house.clock.set(WEDNESDAY + timedelta(minutes=minutes))
            async with house.office.work(f"after {minutes}") as work:
                if lost is not None:
                    fate = update(outbox).where(outbox.c.id == lost.id).values(state=State.FAILED)
                    await work.session.execute(fate)
                await tell_desk(work, lost.id if lost is not None else rows[0].id)
            async with house.office.work(f"count {minutes}") as work:
                told = (await work.session.execute(said.order_by(outbox.c.id))).scalars().all()
            counts.append([one.phone in payload["text"] for payload in told for one in people])
        assert counts == [[], [], [True, False], [True, False, False, True]]
        await house.start()


async def test_each_decision_that_waits_is_told(district_url: str) -> None:
    """A card that asks for something is heard of by itself; what presses for it is not heard of again."""
    async with open_house(district_url, TurnableClock(WEDNESDAY)) as house:
        roster = await house.roster()
        mayor, clerk = roster.with_role(Role.MAYOR)[0], roster.with_role(Role.OFFICE_STAFF)[0]
        house.telegram.blocks(account(mayor))
        call = Notice(mayor, Markup("请答复"), ASKED, "会议通知", card="matter:7:own:1")
        excuses = [
            Notice(mayor, Markup("请审批"), ASKED, f"第{one}件请假", card=f"matter:7:excuse:{one}")
            for one in (1, 12)
        ]
        for place, card in enumerate((call, *excuses)):
            await _tell(house, f"asked {place}", card)
            assert f"“{card.subject}”" in _unreached(house, clerk)[-1]
        reminder = Reminder("matter.remind", "matter:7", 77)
        for place, card in enumerate((call, *excuses)):
            await _tell(house, f"pressed {place}", replace(card, reminds=reminder))
        await _tell(house, "materials", Notice(mayor, Markup("材料"), subject="材料", matter="matter:7"))
        assert len(_unreached(house, clerk)) == 3


async def test_a_word_to_the_desk_that_was_lost_is_no_word(district_url: str) -> None:
    """Nobody of the desk could be told of the first: the next that is lost is news to it."""
    async with open_house(district_url, TurnableClock(WEDNESDAY)) as house:
        roster = await house.roster()
        head = roster.with_role(Role.UNIT_HEAD)[0]
        for one in (head, *roster.desk):
            house.telegram.blocks(account(one))
        await _remind(house, "first", head)
        for clerk in roster.desk:
            house.telegram.unblocks(account(clerk))
        await _remind(house, "second", head)
        await _remind(house, "third", head)
        for clerk in roster.desk:
            assert len(_unreached(house, clerk)) == 1


@pytest.mark.parametrize("blocked", [True, False])
async def test_a_silent_approver(district_url: str, *, blocked: bool) -> None:
    """Leave (art. 77): the vice mayor had the card and then blocked the bot; or did not."""
    async with open_house(district_url, TurnableClock(WEDNESDAY)) as house:
        roster = await house.roster()
        head = next(one for one in roster.with_role(Role.UNIT_HEAD) if one.unit.name == "财政局")
        leader, clerk = roster.in_charge_of(head.unit), roster.with_role(Role.OFFICE_STAFF)[0]
        assert leader is not None
        text = note(date(2026, 9, 22), date(2026, 9, 24), roster.of(head.unit, Role.DEPUTY_HEAD)[0])
        await house.telegram.says(account(head), account(head), text)
        await house.settle()
        form = house.telegram.history(account(head))[-1]["message_id"]
        await house.telegram.presses(account(head), account(head), form, "提交")
        await house.settle()
        if blocked:
            house.telegram.blocks(account(leader))
        await house.turn(beijing("2026-09-10 12:00"))
        assert await _count(house, "leave.remind") == (0 if blocked else 1)
        assert [leader.phone in said for said in _unreached(house, clerk)] == ([True] if blocked else [])
