"""Units come and go: every procedure, every role that a unit can have in it, closed, merged and renamed.

On a whole office and both databases, with the roster taken over as `banjie roster import` does.
"""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import TurnableClock
from bot.sandbox.house import account, group_chat, open_house
from handlers import succession
from jobs.board import morning
from matters.countersign.sending import let_go
from matters.meeting.succession import OfMeeting
from matters.successions import locked
from notices.countersign.card import consulted_text
from notices.invitation.told import cancelled_line
from rules.countersign.answer import Opinion
from rules.countersign.extension import ExtensionState
from rules.countersign.life import always_again, close, obstacles_to_closing, withdraw
from rules.countersign.matter import Countersign, CountersignState
from rules.forms import Values
from rules.invitation.matter import Invitation, InvitationState
from rules.invitation.succession import take_invitation
from rules.leave.matter import Leave, LeaveState
from rules.meeting.clearance import Verdict
from rules.meeting.clearing import clear, take_back
from rules.meeting.matter import Meeting
from rules.refused import Refused
from rules.roster import Official, Unit
from rules.succession import in_hand
from storage.queries.countersign.sheets import seat
from storage.tables import audit, outbox
from tests.cast import beijing
from tests.jobs.succession_stage import NOW, SuccessionStage, unit_of

CLOSED = "住建局：撤并"
MERGED = """
    章问道：单位 发改局，职务 副局长，角色 班子成员
    苏平章：单位 发改局，职务 城建科科长
    住建局：撤并
"""
RENAMED = """
    住建局：单位 城建局，全称 千文区城市建设局
    章问道：单位 城建局
    云垂拱：单位 城建局
    苏平章：单位 城建局
    同一人：城建局=住建局
"""


@pytest.fixture
async def world(district_url: str) -> AsyncIterator[SuccessionStage]:
    async with open_house(district_url, TurnableClock(NOW)) as house:
        world = SuccessionStage(house)
        await world.lay()
        yield world


# ---------------------------------------------------------------- closed, merged


@pytest.mark.parametrize("change", [CLOSED, MERGED], ids=["closed", "merged"])
async def test_of_a_closed_unit_everything_is_told_taken_over_or_ended(
    world: SuccessionStage, change: str
) -> None:
    await world.imports(change)
    await _desk_has_it_all(world)
    await _nothing_is_asked_of_it(world)
    await _the_clock_stands_still(world)
    await _another_takes_over(world)


async def _desk_has_it_all(world: SuccessionStage) -> None:
    """Whatever it led lies before everybody at the desk, in the morning too; its group hears it."""
    assert await world.left() == world.all_led
    desk = {official.id for official in (await world.house.roster()).desk}
    for subject in world.all_led:
        assert await world.holders(f"succession:{subject}") == desk, subject
    assert not await _texts(world, "主要负责人空缺")
    for role, card in (("lead", "lead"), ("lead, before 送会签", "release")):
        assert not await world.holders(f"countersign:{world.ids[role]}:{card}"), role
    (clerk, *_) = (await world.house.roster()).desk
    before = len(world.house.telegram.history(account(clerk)))
    await world.imports("")  # the same roster once more: nobody is told again
    assert len(world.house.telegram.history(account(clerk))) == before
    async with world.house.office.work("group") as work:
        unit = (await work.lock(Countersign, world.ids["lead"])).lead_unit
        assert unit.group_chat_id is None
        (last, *_) = reversed(world.house.telegram.history(group_chat(unit)))
        assert last["text"].startswith("住建局已撤并，本群不再收到通知。")
        cards = await succession.todo(work, clerk)
        assert {str(card.card).removeprefix("succession:") for card in cards} == world.all_led
    async with world.house.office.work("morning") as work:
        await morning(work, 0)
    said = await _texts(world, "今日要办")
    assert any("单位撤并、待明确承接单位5件" in text for text in said)


async def _nothing_is_asked_of_it(world: SuccessionStage) -> None:
    """It is nowhere awaited, and every sheet that asked it can be closed once the others are in."""
    for role in ("consulted", "waits for more time"):
        sheet = await world.sheet(role)
        gone = next(one for one in sheet.current if one.unit.closed_at)
        assert not gone.waiting, role
        assert gone.answer is None, role
        assert gone.extension is None, role
        assert obstacles_to_closing(sheet) == ["人社局尚未答复"], role
    prepared = await world.sheet("consulted, before 送会签")
    assert [one.unit.name for one in prepared.consultations] == ["人社局"]
    assert obstacles_to_closing(await world.sheet("answered by phone")) == ["人社局尚未答复"]
    assert [unit.name for unit in always_again(await world.sheet("objects"))] == ["人社局"]
    async with world.house.office.work("release") as work:
        sheet = await work.lock(Countersign, world.ids["consulted, before 送会签"])
        head = (await work.roster()).head_of(sheet.lead_unit)
        assert head
        await let_go(work, head, sheet, await seat(work, sheet.lead_unit))
        assert [one.unit.name for one in sheet.waiting] == ["人社局"]
    async with world.house.office.work("nobody to ask") as work:
        sheet = await work.lock(Countersign, world.ids["the only one consulted, before 送会签"])
        head = await work.lock(Official, head.id)
        with pytest.raises(Refused, match="请点「退回修改」另定会签单位"):
            sheet.release(head, await seat(work, sheet.lead_unit), work.now)
    async with world.house.office.work("leave") as work:
        leave = await work.lock(Leave, world.ids["on leave"])
        asked = leave.waiting
        assert asked is None or asked.approver is (await work.roster()).by_id(asked.approver.id)
        assert (leave.state is LeaveState.PENDING) == (leave.applicant.left_at is None)
    async with world.house.office.work("meeting") as work:
        pending = await work.lock(Meeting, world.ids["calls a meeting"])
        charge = pending.clearances[-1].approver
        assert charge
        with pytest.raises(Refused, match="住建局已撤并，待区政府办公室明确承接单位后再审批"):
            clear(pending, charge, 1, Verdict.AGREED, work.now)
        executive = await work.lock(Meeting, world.ids["in attendance"])
        assert [one.official.name for one in executive.attendees if one.official.left_at] == []


async def _the_clock_stands_still(world: SuccessionStage) -> None:
    """Ten days on nobody was nudged for a unit that is no more, and no silence is consent."""
    await world.house.turn(NOW + timedelta(days=10))
    sheet = await world.sheet("lead")
    assert len(sheet.waiting) == 2
    assert not any(one.nudges for one in sheet.consultations)
    consulted = await world.sheet("consulted")  # its lead unit is there: the others answer in time
    assert [one.opinion for one in consulted.current] == [None, Opinion.DEEMED]


async def _another_takes_over(world: SuccessionStage) -> None:
    async with world.house.office.work("who") as work:
        roster = await work.roster()
        clerk, unit = roster.desk[-1], unit_of(roster, "发改局")
        head = roster.head_of(unit)
        assert head
    for subject in sorted(world.all_led):
        async with world.house.office.work(f"take {subject}") as work:
            values = Values({"matter": subject, "unit": [await work.lock(Unit, unit.id)]})
            told = await succession.TAKE_OVER.submit(work, await work.lock(Official, clerk.id), values)
            assert told is not None
            assert str(told).endswith("：现由发改局承接。"), told
    async with world.house.office.work("twice") as work:
        clerk = await work.lock(Official, clerk.id)
        sheet = f"countersign:{world.ids['lead']}"
        again = Values({"matter": sheet, "unit": [await work.lock(Unit, unit.id)]})
        with pytest.raises(Refused, match="这件事已由发改局承接，不必再明确承接单位。"):
            await succession.TAKE_OVER.submit(work, clerk, again)
    await world.house.turn(world.house.clock.now())
    await world.house.settle()
    assert await world.left() == set()
    assert head.id in await world.holders(f"countersign:{world.ids['lead']}:lead")
    assert head.id in await world.holders(f"countersign:{world.ids['lead, before 送会签']}:release")
    async with world.house.office.work("after") as work:
        meeting = await work.lock(Meeting, world.ids["calls a meeting"])
        assert meeting.unit is not None
        assert (meeting.unit.name, meeting.called_by.unit.name) == ("发改局", "发改局")
        assert meeting.waiting is not None
        assert meeting.waiting.approver is (await work.roster()).in_charge_of(meeting.unit)
        invitation = await work.lock(Invitation, world.ids["organiser"])
        assert (invitation.unit.name, invitation.organiser) == ("发改局", "千文区发展和改革局")
    assert {one.due_label for one in (await world.sheet("lead")).waiting} == {"12月8日(周二)"}
    async with world.house.office.database.session() as session:
        count = select(func.count()).where(audit.c.action.like("%.taken_over"), audit.c.article == 10)
        assert await session.scalar(count) == 5
    await world.house.turn(beijing("2026-12-09 09:00"))
    assert {one.opinion for one in (await world.sheet("lead")).current} == {Opinion.DEEMED}


async def _texts(world: SuccessionStage, beginning: str) -> list[str]:
    async with world.house.office.database.session() as session:
        found = await session.scalars(select(outbox.c.payload))
        return [
            str(payload.get("text", "")) for payload in found if beginning in str(payload.get("text", ""))
        ]


async def test_the_office_ends_what_nobody_takes_over(world: SuccessionStage) -> None:
    await world.imports(CLOSED)
    async with world.house.office.work("end") as work:
        roster = await work.roster()
        clerk, stranger = roster.desk[-1], roster.head_of(unit_of(roster, "财政局"))
        assert stranger
        sheet = await work.lock(Countersign, world.ids["lead"])
        nobody = await seat(work, sheet.lead_unit)
        with pytest.raises(Refused, match="人社局尚未答复"):
            close(sheet, clerk, work.now, nobody)
        with pytest.raises(Refused, match="您不能办理"):
            withdraw(sheet, stranger, "不再办理", work.now, nobody)
        withdraw(sheet, clerk, "不再办理", work.now, nobody)
        assert sheet.state is CountersignState.WITHDRAWN
        meeting = await work.lock(Meeting, world.ids["calls a meeting"])
        with pytest.raises(Refused, match="只能由提出的同志撤回"):
            take_back(meeting, stranger)
        take_back(meeting, clerk)
        meeting.cancel(clerk, "不再召开", work.now)
        invitation = await work.lock(Invitation, world.ids["organiser"])
        with pytest.raises(Refused, match="由该单位办理"):
            invitation.cancel(stranger, "不再举办", work.now)
        invitation.cancel(clerk, "不再举办", work.now)
        assert invitation.state is InvitationState.CANCELLED
        assert "\n住建局已撤并，由区政府办公室了结。" in cancelled_line(invitation)
        shown = consulted_text(sheet, sheet.current[0], work.office.settings.periods)
        assert "已由区政府办公室撤回：不再办理" in shown
    ended = {f"countersign:{world.ids['lead']}", f"meeting:{world.ids['calls a meeting']}"}
    ended.add(f"invitation:{world.ids['organiser']}")
    assert await world.left() == world.all_led - ended


# ---------------------------------------------------------------- renamed


async def test_a_renamed_unit_keeps_every_role(world: SuccessionStage) -> None:
    await world.imports(RENAMED)
    assert await world.left() == set()
    for role in ("lead", "lead, before 送会签"):
        assert (await world.sheet(role)).lead_unit.name == "城建局"
    for role in ("consulted", "waits for more time"):
        place = next(one for one in (await world.sheet(role)).current if one.unit.name == "城建局")
        assert place.waiting, role
    waits = await world.sheet("waits for more time")
    assert waits.current[0].extensions[0].state is ExtensionState.ASKED
    async with world.house.office.work("renamed") as work:
        matter = await locked(work, f"meeting:{world.ids['calls a meeting']}")
        assert isinstance(matter, OfMeeting)
        meeting = matter.meeting
        assert meeting.unit is not None
        assert meeting.unit.name == "城建局"
        assert meeting.unit.group_chat_id is not None
        assert (await work.lock(Invitation, world.ids["organiser"])).unit is meeting.unit
    await world.house.turn(NOW + timedelta(days=4))
    assert {one.opinion for one in (await world.sheet("lead")).current} == {Opinion.DEEMED}


async def test_a_contact_who_reported_the_event_goes_with_the_unit(world: SuccessionStage) -> None:
    await world.imports(CLOSED)
    async with world.house.office.work("contacts") as work:
        roster = await work.roster()
        clerk, unit = roster.desk[-1], unit_of(roster, "发改局")
        person = in_hand(unit, roster)
        assert person is not None
        own = await work.lock(Invitation, world.ids["organiser"])
        own.contact = own.submitted_by.name
        take_invitation(own, clerk, unit, person, work.now)
        assert (own.contact, own.phone) == (person.name, person.phone)
        own.unit, own.contact, own.phone = unit_of(roster, "财政局"), "承办公司", "13900000000"
        own.unit.closed_at = work.now
        take_invitation(own, clerk, unit, person, work.now)
        assert (own.contact, own.phone) == ("承办公司", "13900000000")
