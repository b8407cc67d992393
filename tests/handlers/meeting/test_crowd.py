"""A tap on 参加 is cheap: many answer at once, each answer counts, and nobody else's card is touched."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from handlers.meeting.calling import send_out
from notices.meeting.card import liaison_card, own_card
from notices.meeting.office import office_card
from rules.meeting.attendance import Part, Reply
from rules.meeting.matter import Meeting, MeetingKind
from rules.roster import Official, Role
from storage.outbox import Kind
from storage.tables import outbox
from tests.cast import beijing

NOW = beijing("2026-12-02 10:00")
AT_ONCE = 20


@pytest.fixture
async def house(district_url: str) -> AsyncIterator[House]:
    async with open_house(district_url, TurnableClock(NOW)) as house:
        yield house


async def _called(house: House) -> tuple[int, list[Official]]:
    """A meeting of everybody but the liaisons, just called."""
    async with house.office.work("crowd") as work:
        roster = await work.roster()
        people = [one for one in roster.officials if one.role is not Role.LIAISON]
        clerk = roster.desk[-1]
        meeting = Meeting(
            MeetingKind.SPECIAL,
            "全区干部会议",
            beijing("2026-12-08 14:30"),
            beijing("2026-12-08 16:30"),
            "会议中心",
            clerk,
            work.now,
            beijing("2026-12-07 12:00"),
            chair=roster.mayor,
        )
        meeting.seat((one, Part.MEMBER) for one in people)
        work.add(meeting)
        await work.flush()
        await send_out(work, meeting, clerk)
        return meeting.id, people


async def test_each_answer_counts_and_touches_one_card(house: House) -> None:
    id, everybody = await _called(house)
    await house.settle()
    people = everybody[-AT_ONCE:]
    async with house.office.work("look") as work:
        before = await work.session.scalar(select(func.max(outbox.c.id))) or 0
    await asyncio.gather(
        *(
            house.telegram.presses(
                account(one),
                account(one),
                max(house.telegram.world.chat(account(one)).messages),
                f"meeting:{id}:come",
            )
            for one in people
        )
    )
    await house.settle()
    await house.turn(NOW + timedelta(minutes=1))
    async with house.office.work("look") as work:
        meeting = await work.lock(Meeting, id)
        rows = (await work.session.execute(select(outbox).where(outbox.c.id > before))).all()
        named = await work.session.execute(select(outbox.c.id, outbox.c.card))
        cards = {row.id: row.card for row in named}
        assert len(meeting.attendees) == len(everybody)
        assert {
            one.official for one in meeting.attendees if one.reply is Reply.COMING and not one.unasked
        } == {await work.lock(Official, one.id) for one in people}
        places = [meeting.place_of(await work.lock(Official, one.id)) for one in people]
        edited = Counter(cards[row.target_id] for row in rows if row.kind is Kind.EDIT)
        desk = len((await work.roster()).desk)
        assert edited.pop(office_card(meeting)) <= 4 * desk  # the live count, not once for each answer
        theirs = {own_card(meeting, one) for one in people} | {liaison_card(meeting, one) for one in places}
        assert set(edited) <= theirs
        assert set(edited.values()) == {1}
        kinds = Counter(row.kind for row in rows)
        assert (kinds[Kind.TOAST], kinds[Kind.MESSAGE]) == (AT_ONCE, AT_ONCE)  # the calendar entry
