"""Reminders of a meeting on both kinds of database: whom they reach, and that rest days stay quiet."""

from datetime import datetime

import pytest
from sqlalchemy import select

from jobs.meeting.nudges import calls, deadline, nudge
from notices.message_text import plain
from rules.meeting.excusing import new_excuse
from rules.meeting.matter import Meeting
from rules.meeting.members import Wanted
from rules.meeting.nudges import CALLS
from rules.meeting.reply import answer, ask_excuse
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.outbox import Kind
from storage.tables import outbox, timers
from tests.leave_cast import beijing
from tests.meeting_cast import WEDNESDAY, District

MEETING = 7


class Stage:
    """An executive meeting on Tuesday 8 December: the mayor comes, 孙宇宙 has asked to be excused."""

    def __init__(self, database: Database) -> None:
        self.now: datetime = WEDNESDAY
        self.office = Office(database, Settings(), lambda: self.now)
        self.district = District()
        self.seen = 0

    async def lay(self, reply_by: str) -> None:
        """The meeting is stored with that deadline."""
        district = self.district
        meeting = district.meeting(wanted=Wanted(topics=[district.units["财政局"]]))
        meeting.reply_by = beijing(reply_by)
        answer(meeting, district["赵天地"], WEDNESDAY)
        excuse = new_excuse(
            meeting, meeting.place_of(district["孙宇宙"]), "赴省开会", district.roster, WEDNESDAY
        )
        ask_excuse(meeting, district["孙宇宙"], excuse, WEDNESDAY)
        async with self.office.work("cast") as work:
            portfolios = {unit: unit.portfolio_id for unit in district.units.values()}
            for unit in portfolios:
                unit.portfolio_id = None
                unit.group_chat_id = -unit.id
            work.session.add_all([*district.units.values(), *district.people.values()])
            await work.flush()
            for unit, portfolio in portfolios.items():
                unit.portfolio_id = portfolio
            work.session.add(meeting)

    async def fresh(self) -> list[tuple[int | None, str]]:
        """The messages since this was last asked: to which chat, and the first line."""
        async with self.office.work("look") as work:
            rows = (await work.session.execute(select(outbox).order_by(outbox.c.id))).all()
        new, self.seen = rows[self.seen :], len(rows)
        return [
            (row.chat_id, plain(row.payload["text"]).split("\n")[0])
            for row in new
            if row.kind is Kind.MESSAGE
        ]

    async def due(self, kind: str) -> datetime | None:
        """When the clock looks next."""
        async with self.office.work("look") as work:
            found: datetime | None = await work.session.scalar(
                select(timers.c.due_at).where(timers.c.kind == kind)
            )
            return found

    def chats(self, *names: str) -> set[int | None]:
        """Their chats."""
        return {self.district[name].telegram_id for name in names}


@pytest.fixture
async def stage(database: Database) -> Stage:
    return Stage(database)


SILENT = ("钱玄黄", "李洪荒", "周日月", "吴盈昃", "王列张", "冯寒来", "陈暑往", "华果珍", "郑辰宿", "陶鳞潜")


async def test_only_the_silent_are_reminded_and_not_at_once(stage: Stage) -> None:
    await stage.lay("2026-12-07 12:00")
    stage.now = beijing("2026-12-04 15:00")
    async with stage.office.work("t1") as work:
        meeting = await work.lock(Meeting, MEETING)
        meeting.place_of((await work.roster()).named("钱玄黄")[0]).told_at = beijing("2026-12-04 14:30")
    async with stage.office.work("t2") as work:
        await nudge(work, MEETING)
    told = await stage.fresh()
    assert {chat for chat, _ in told} == stage.chats(*SILENT[1:])
    assert {line for _, line in told} == {"会议回执12月7日（周一）12:00截止，请您答复。"}


async def test_a_deadline_on_a_sunday_leaves_people_in_peace_until_monday(stage: Stage) -> None:
    await stage.lay("2026-12-06 12:00")
    stage.now = beijing("2026-12-06 12:00")
    async with stage.office.work("t1") as work:
        await deadline(work, MEETING)
    assert await stage.fresh() == [(stage.district["赵天地"].telegram_id, "会议请假情况汇总")]
    stage.now = beijing("2026-12-07 09:00")
    assert await stage.due(CALLS) == stage.now
    async with stage.office.work("t2") as work:
        await work.drop_timers(CALLS, MEETING)
        await calls(work, MEETING)
    told = await stage.fresh()
    groups = [(chat, line) for chat, line in told if chat is not None and chat < 0]
    desk = stage.district.roster.desk
    assert {chat for chat, _ in told if chat is not None and chat > 0} == {one.telegram_id for one in desk}
    title = "“区政府常务会议”的参会回执已经截止，{}尚未回复，请提醒尽快答复。"
    units = stage.district.units
    assert sorted(groups) == sorted(
        [
            (-units["区政府办公室"].id, title.format("王列张、冯寒来、陈暑往")),
            (-units["司法局"].id, title.format("华果珍")),
            (-units["财政局"].id, title.format("陶鳞潜")),
        ]
    )


async def test_the_summary_is_sent_once_and_nobody_who_has_answered_is_called(stage: Stage) -> None:
    await stage.lay("2026-12-07 12:00")
    stage.now = beijing("2026-12-07 12:00")
    async with stage.office.work("t1") as work:
        await deadline(work, MEETING)
    first = await stage.fresh()
    assert [line for _, line in first].count("会议请假情况汇总") == 1
    assert {chat for chat, line in first if line == "会议回执已经截止，您还没有答复。"} == stage.chats(
        *SILENT
    )
    async with stage.office.work("t2") as work:
        meeting = await work.lock(Meeting, MEETING)
        for one in meeting.attendees:
            if one.reply is None:
                answer(meeting, one.official, work.now)
        await deadline(work, MEETING)
    again = [line for _, line in await stage.fresh()]
    assert "会议请假情况汇总" not in again
    stage.now = beijing("2026-12-07 14:30")
    async with stage.office.work("t3") as work:
        await calls(work, MEETING)
    assert await stage.fresh() == []
