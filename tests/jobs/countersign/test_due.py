"""The clock of 会签 on a whole office: sixty units, what holds silence back, one bad sheet among others."""

import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from jobs.countersign.due import Round
from matters.countersign.delivery import start
from matters.countersign.sending import let_go
from matters.countersign.show import bring_up_to_date
from rules.countersign.answer import Opinion
from rules.countersign.delivery import on_paper
from rules.countersign.kinds import CountersignKind
from rules.countersign.matter import Countersign
from rules.roster import Official, Role, Unit, UnitKind
from storage.queries.countersign.sheets import seat
from storage.tables import audit, inbox, outbox
from tests.cast import beijing

NOW = beijing("2026-11-23 10:00")  # a Monday: three working days end with Thursday the 26th
MIDNIGHT = beijing("2026-11-27 00:00")


@pytest.fixture
async def house(sqlite_district_url: str) -> AsyncIterator[House]:
    async with open_house(sqlite_district_url, TurnableClock(NOW)) as house:
        yield house


async def _units(house: House, count: int) -> list[Official]:
    """So many new units with a head each, bound."""
    async with house.office.work("units") as work:
        heads = []
        for number in range(count):
            unit = Unit(f"第{number}办", f"千文区第{number}办公室", UnitKind.OTHER)
            head = Official(f"办{number}", unit, "主任", Role.UNIT_HEAD, phone=f"1390000{number:04}")
            work.add(head)
            heads.append(head)
        await work.flush()
        for head in heads:
            head.telegram_id = account(head)
            house.telegram.add_user(account(head), head.name)
            house.telegram.open_chat(account(head))
        return heads


async def _send(house: House, heads: list[Official], title: str = "城市更新办法") -> int:
    """住建局 sends it round to the units of these heads; the sheet's id."""
    async with house.office.work(title) as work:
        roster = await work.roster()
        lead = roster.unit("住建局")
        assert lead
        own = roster.head_of(lead)
        assert own
        sheet = Countersign(lead, own, CountersignKind.DRAFT, title, work.now)
        sheet.consult({head.unit: head for head in [await work.lock(Official, one.id) for one in heads]})
        work.add(sheet)
        await work.flush()
        await let_go(work, own, sheet, await seat(work, lead))
    await house.turn(house.clock.now())
    await house.settle()
    return sheet.id


async def _sheet(house: House, id: int) -> Countersign:
    async with house.office.work("look") as work:
        return await work.lock(Countersign, id)


async def _count(house: House, action: str) -> int:
    async with house.office.database.session() as session:
        return await session.scalar(select(func.count()).where(audit.c.action == action)) or 0


async def test_sixty_units(house: House) -> None:
    heads = await _units(house, 60)
    id = await _send(house, heads)
    sheet = await _sheet(house, id)
    assert {one.delivered_at for one in sheet.consultations} == {NOW}
    assert {one.closes_at for one in sheet.consultations} == {MIDNIGHT}
    assert await _count(house, "countersign.deliver") == 60
    await house.turn(MIDNIGHT - timedelta(seconds=1))
    assert await _count(house, "countersign.remind") == 3 * 60
    assert await _count(house, "countersign.lapse") == 0
    await house.turn(beijing("2026-11-27 09:00"))
    sheet = await _sheet(house, id)
    assert {one.opinion for one in sheet.current} == {Opinion.DEEMED}
    assert all(len(one.answers[0].evidence["nudges"]) == 3 for one in sheet.current)
    assert await _count(house, "countersign.lapse") == 60
    own = next(one for one in (await house.roster()).officials if one.id == sheet.drafter.id)
    told = [
        view["text"]
        for view in house.telegram.history(account(own))
        if "逾期未回复，依第六十三条视为无不同意见" in view["text"]
    ]
    assert len(told) == 1
    assert "……另有48个单位" in told[0]


@pytest.mark.parametrize("why", ["no contact", "something waits"])
async def test_silence_is_not_judged_while_an_answer_may_be_on_its_way(house: House, why: str) -> None:
    (head,) = await _units(house, 1)
    id = await _send(house, [head])
    await house.turn(MIDNIGHT - timedelta(minutes=1))
    if why == "no contact":
        house.office.in_contact = lambda: False
    else:
        async with house.office.database.session() as session:
            waits = {"update_id": 1, "chat_key": 1, "payload": "{}", "received_at": house.clock.now()}
            await session.execute(inbox.insert().values(waits))
    await house.turn(MIDNIGHT + timedelta(minutes=5))
    assert (await _sheet(house, id)).current[0].opinion is None
    house.office.in_contact = lambda: True
    async with house.office.database.session() as session:
        await session.execute(inbox.update().values(done_at=MIDNIGHT))
    await house.turn(MIDNIGHT + timedelta(minutes=7))
    (answer,) = (await _sheet(house, id)).current[0].answers
    assert answer.opinion is Opinion.DEEMED
    assert datetime.fromisoformat(answer.evidence["closes_at"]) == MIDNIGHT
    assert answer.at > MIDNIGHT


async def test_one_bad_sheet_holds_up_no_other(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heads = await _units(house, 2)
    bad, good = await _send(house, heads[:1], "坏的"), await _send(house, heads[1:], "好的")
    whole = Round.judge

    async def judge(self: Round, found: list[Countersign]) -> None:
        await whole(self, found)
        if any(sheet.id == bad for sheet in found):
            raise RuntimeError("a fault of ours")

    await house.turn(MIDNIGHT - timedelta(seconds=1))
    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL, "jobs.countersign.due"):
        patch.setattr(Round, "judge", judge)
        await house.turn(MIDNIGHT + timedelta(minutes=3))
        assert (await _sheet(house, good)).current[0].opinion is Opinion.DEEMED
        assert (await _sheet(house, bad)).current[0].opinion is None
    await house.turn(MIDNIGHT + timedelta(minutes=5))
    assert (await _sheet(house, bad)).current[0].opinion is Opinion.DEEMED
    assert await _count(house, "countersign.lapse") == 2
    async with house.office.database.session() as session:
        waiting = await session.scalar(select(func.count()).where(outbox.c.state == "waiting"))
    assert waiting == 0


async def test_without_delivery_there_is_no_consent(house: House) -> None:
    """Who has blocked the bot has not been served: without proof there is no consent, however late it is."""
    (head,) = await _units(house, 1)
    house.telegram.blocks(account(head))
    id = await _send(house, [head])
    one = (await _sheet(house, id)).current[0]
    assert one.delivered_at is None
    assert one.unreachable_at == NOW
    await house.turn(MIDNIGHT + timedelta(days=9))
    assert (await _sheet(house, id)).current[0].opinion is None, "no proof, no consent"


async def _told(house: House, official: Official, words: str) -> list[str]:
    shown = house.telegram.history(account(official))
    return [view["text"] for view in shown if words in view["text"]]


async def test_what_nobody_received_is_no_reminder(house: House) -> None:
    (head,) = await _units(house, 1)
    id = await _send(house, [head])
    house.telegram.blocks(account(head))
    await house.turn(MIDNIGHT - timedelta(seconds=1))
    assert await _count(house, "countersign.remind") == 0
    assert await _count(house, "countersign.remind_lost") == 3
    clerks = (await house.roster()).desk
    for clerk in clerks:  # once, at the first, with the number
        (said,) = await _told(house, clerk, "请电话催办")
        assert "联系电话：第0办主任 办0 13900000000" in said
        assert not await _told(house, clerk, "没有收到")
    await house.turn(beijing("2026-11-27 09:00"))
    sheet = await _sheet(house, id)
    (one,) = sheet.current
    assert one.opinion is Opinion.DEEMED  # it was delivered, and art. 63 asks for no more
    assert one.answers[0].evidence["nudges"] == []
    assert len(one.answers[0].evidence["nudges_lost"]) == 3
    (said,) = await _told(house, sheet.drafter, "逾期未回复")
    assert "，催办未能送达，已请区政府办公室电话联系" in said


async def test_a_reminder_that_arrives_again_counts_again(house: House) -> None:
    (head,) = await _units(house, 1)
    id = await _send(house, [head])
    house.telegram.blocks(account(head))
    await house.turn(beijing("2026-11-25 12:00"))
    house.telegram.unblocks(account(head))
    await house.turn(MIDNIGHT + timedelta(minutes=5))
    (one,) = (await _sheet(house, id)).current
    evidence = one.answers[0].evidence
    assert [what for _, what in evidence["nudges"]] == ["期限当日上午", "期限当日15时"]
    assert [what for _, what in evidence["nudges_lost"]] == ["期限前一个工作日"]
    assert await _count(house, "countersign.remind") == 2


async def test_a_unit_served_on_paper_goes_on_being_rung(house: House) -> None:
    (head,) = await _units(house, 1)
    house.telegram.blocks(account(head))
    id = await _send(house, [head])
    clerk = (await house.roster()).with_role(Role.OFFICE_STAFF)[0]
    async with house.office.work("paper") as work:
        sheet = await work.lock(Countersign, id)
        (one,) = sheet.current
        proof = on_paper(sheet, one, await work.lock(Official, clerk.id), NOW, "办公室李某", work.now)
        assert await start(work, sheet, one, proof)
        await bring_up_to_date(work, sheet, one)
    await house.turn(MIDNIGHT - timedelta(seconds=1))
    assert len(await _told(house, clerk, "请电话催办")) == 3


async def test_who_of_a_served_unit_was_not_reached_is_one_message(house: House) -> None:
    (head,) = await _units(house, 1)
    async with house.office.work("liaisons") as work:
        unit = await work.session.get_one(Unit, head.unit.id)
        both = [Official(f"联{n}", unit, "联络员", Role.LIAISON, phone=f"1380000{n:04}") for n in (1, 2)]
        for one in both:
            work.add(one)
        await work.flush()
        for one in both:
            one.telegram_id = account(one)
            house.telegram.add_user(account(one), one.name)
            house.telegram.blocks(account(one))
    id = await _send(house, [head])
    await house.turn(NOW + timedelta(minutes=2))
    assert (await _sheet(house, id)).current[0].delivered_at == NOW
    for clerk in (await house.roster()).desk:
        (said,) = await _told(house, clerk, "有人未收到")
        assert said.endswith(
            "\n发给第0办联络员 联1、第0办联络员 联2的未能送达（同单位其他同志已收到，期限已起算）。\n"
            "请电话告知本人：第0办联络员 联1 13800000001；第0办联络员 联2 13800000002。"
        )
