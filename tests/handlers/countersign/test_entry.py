"""Answers at the same moment, a sheet to every unit, and what is kept of what may not be handled here."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
from markupsafe import Markup
from sqlalchemy import func, select

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from handlers.countersign.answer import entered
from handlers.countersign.units import CONSULTED
from matters.countersign.sending import let_go
from notices.notice import Notice
from rules.countersign.answer import AnswerStatus, Opinion
from rules.countersign.matter import Countersign, CountersignKind
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.roster import LEADERS, Official, Role, Roster
from storage.database import Database
from storage.office import Office
from storage.outbox import Kind
from storage.queries.countersign import sheets as stored
from storage.tables import audit, drafts, outbox
from tests.cast import beijing

NOW = beijing("2026-12-02 10:00")


@pytest.fixture
async def house(district_url: str) -> AsyncIterator[House]:
    async with open_house(district_url, TurnableClock(NOW)) as house:
        yield house


def head(roster: Roster, name: str) -> Official:
    unit = roster.unit(name)
    assert unit
    found = roster.head_of(unit)
    assert found
    return found


def on_leave(absent: Official, acting: Official | None = None) -> Leave:
    """They are away from the day before to the day after."""
    return Leave(
        applicant=absent,
        kind=LeaveKind.TRIP,
        start=date(2026, 12, 1),
        start_half=Half.AM,
        end=date(2026, 12, 3),
        end_half=Half.PM,
        place="济南",
        reason="开会",
        acting=acting,
        phone=absent.phone,
        submitted_at=NOW,
        state=LeaveState.APPROVED,
    )


async def released(house: House, *names: str) -> int:
    """住建局 has sent a draft to these units; none named: to all there are."""
    async with house.office.work("lay") as work:
        roster = await work.roster()
        lead = head(roster, "住建局")
        units = [unit for unit in roster.units if unit.kind in CONSULTED and unit is not lead.unit]
        sheet = Countersign(lead.unit, lead, CountersignKind.DRAFT, "管网改造方案", work.now)
        sheet.consult({u: roster.head_of(u) for u in units if not names or u.name in names})
        work.add(sheet)
        await work.flush()
        await let_go(work, lead, sheet, await stored.seat(work, lead.unit))
        id = sheet.id
    await house.settle()
    await house.turn(NOW)
    return id


async def answer(office: Office, id: int, name: str, cause: str) -> None:
    """The unit's head signs, in an office with connections of its own: another process."""
    async with office.work(cause) as work:
        official = head(await work.roster(), name)
        sheet = await work.lock(Countersign, id)
        one = next(each for each in sheet.current if each.unit is official.unit)
        seat = await stored.seat(work, one.unit)
        given = sheet.sign(official, one, Opinion.NO_OBJECTION, work.now, seat=seat)
        await entered(work, official, sheet, one, given)


async def test_two_last_answers_in_the_same_instant_complete_the_sheet_once(
    house: House, district_url: str
) -> None:
    id = await released(house, "财政局", "人社局", "科技局", "水务局")
    database = Database(district_url)
    other = Office(database, house.office.settings, house.office.now)
    try:
        await answer(house.office, id, "科技局", "first")
        await answer(other, id, "水务局", "second")
        await asyncio.gather(answer(house.office, id, "财政局", "a"), answer(other, id, "人社局", "b"))
    finally:
        await database.close()
    async with house.office.work("look") as work:
        sheet = await work.lock(Countersign, id)
        assert not sheet.waiting
        assert [one.opinion for one in sheet.current] == [Opinion.NO_OBJECTION] * 4
        texts = await work.session.scalars(select(outbox.c.payload).where(outbox.c.kind == Kind.MESSAGE))
        complete = [payload for payload in texts if "各单位已全部答复" in payload["text"]]
        assert len(complete) == 1


async def test_head_and_stand_in_at_once_are_one_answer_and_one_honest_word_each(house: House) -> None:
    async with house.office.work("away") as work:
        roster = await work.roster()
        absent = head(roster, "财政局")
        deputy = roster.of(absent.unit, Role.DEPUTY_HEAD)[0]
        work.add(on_leave(absent, deputy))
    id = await released(house, "财政局")
    async with house.office.work("greet") as work:
        await work.send(*(Notice(official, Markup("您好")) for official in (absent, deputy)))
    await house.settle()
    data = f"countersign:{id}:no_objection:1"
    people = [(account(o), max(house.telegram.world.chat(account(o)).messages)) for o in (absent, deputy)]
    await asyncio.gather(*(house.telegram.presses(who, who, card, data, forged=True) for who, card in people))
    await house.settle()
    async with house.office.work("look") as work:
        (one,) = (await work.lock(Countersign, id)).current
        assert [given.status for given in one.answers] == [AnswerStatus.IN_FORCE]
        (given,) = one.answers
        acted = given.acting_for
        assert given.signer is not None
        assert (acted.name if acted else "") == ("" if given.signer.name == absent.name else absent.name)
        toasts = await work.session.scalars(select(outbox.c.payload).where(outbox.c.kind == Kind.TOAST))
        said = sorted(payload["text"] for payload in toasts)
        assert said == sorted(["已签署：无不同意见。", f"财政局已答复：{given.done}，不能重复答复。"])


async def test_the_office_hears_at_the_release_where_nobody_can_sign(house: House) -> None:
    """The head is away, and everybody who could act for them: they and the office know at once, and once."""
    async with house.office.work("away") as work:
        roster = await work.roster()
        absent = head(roster, "财政局")
        everybody = [absent, *roster.of(absent.unit, Role.DEPUTY_HEAD), *roster.with_role(*LEADERS)]
        for official in everybody:
            work.add(on_leave(official))
    id = await released(house, "财政局", "人社局")
    async with house.office.work("look") as work:
        sheet = await work.lock(Countersign, id)
        nobody, attended = sheet.current
        assert (nobody.unattended_at, nobody.asked) == (NOW, nobody.head)
        assert attended.unattended_at is None
        rows = await work.session.execute(
            select(outbox.c.official_id, outbox.c.payload).where(outbox.c.kind == Kind.MESSAGE)
        )
        told = [row.official_id for row in rows if "待办暂无人代办，请联系" in row.payload["text"]]
        assert sorted(told) == sorted(clerk.id for clerk in (await work.roster()).desk)


async def test_every_unit_has_its_cards_and_its_period(house: House) -> None:
    id = await released(house)
    async with house.office.work("look") as work:
        sheet, roster = await work.lock(Countersign, id), await work.roster()
        assert len(sheet.current) == len([u for u in roster.units if u.kind in CONSULTED]) - 1
        assert {one.due_label for one in sheet.current} == {"12月7日(周一)"}
        assert all(one.delivered_to is not None for one in sheet.current)
        for one in sheet.current:
            holders = {official.id for official in [one.head, *stored.drafting(one.unit, roster)] if official}
            rows = await work.session.scalars(
                select(outbox.c.official_id).where(
                    outbox.c.kind == Kind.MESSAGE, outbox.c.receipt == f"countersign:{one.id}"
                )
            )
            assert set(rows) == holders


async def test_what_is_secret_is_not_kept_and_what_is_not_is_on_record(house: House) -> None:
    roster = await house.roster()
    unit = roster.unit("商务局")
    assert unit
    liaison = roster.of(unit, Role.LIAISON)[0]
    chat = account(liaison)
    note = "会签\n标题：商业秘密保护方案\n类型：文稿\n单位：科技局\n涉密：{}"
    for answered in ("是", "否"):
        await house.telegram.says(chat, chat, note.format(answered))
        await house.settle()
    async with house.office.work("look") as work:
        kept = (await work.session.execute(select(drafts.c["values"], drafts.c.closed_at))).all()
        assert [bool(row[0]) for row in kept] == [False, True]
        assert kept[0].closed_at is not None
        written = await work.session.scalar(
            select(func.count()).select_from(audit).where(audit.c.action == "countersign.secret")
        )
        assert written == 1
