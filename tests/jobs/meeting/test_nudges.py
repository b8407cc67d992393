"""Reminders of a meeting on both kinds of database: whom they reach, and that rest days stay quiet."""

import pytest

from jobs.meeting.nudges import calls, deadline, nudge
from rules.meeting.excusing import new_excuse
from rules.meeting.matter import Meeting
from rules.meeting.members import Wanted
from rules.meeting.nudges import CALLS
from rules.meeting.reply import answer, ask_excuse
from storage.database import Database
from tests.cast import beijing
from tests.meeting_cast import WEDNESDAY, District
from tests.stage import Stage, enter

MEETING = 7


class NudgeStage(Stage[District]):
    """An executive meeting on Tuesday 8 December: the mayor comes, 孙宇宙 has asked to be excused."""

    async def lay(self, reply_by: str) -> None:
        """The meeting is stored with that deadline."""
        district = self.cast
        meeting = district.meeting(wanted=Wanted(topics=[district.units["财政局"]]))
        meeting.reply_by = beijing(reply_by)
        answer(meeting, district["赵天地"], WEDNESDAY)
        excuse = new_excuse(
            meeting, meeting.place_of(district["孙宇宙"]), "赴省开会", district.roster, WEDNESDAY
        )
        ask_excuse(meeting, district["孙宇宙"], excuse, WEDNESDAY)
        for unit in district.units.values():
            unit.group_chat_id = -unit.id
        async with self.office.work("cast") as work:
            await enter(work, district.units.values(), district.people.values())
            work.session.add(meeting)

    def chats(self, *names: str) -> set[int | None]:
        """Their chats."""
        return {self.cast[name].telegram_id for name in names}


@pytest.fixture
async def stage(database: Database) -> NudgeStage:
    return NudgeStage(database, District(), now=WEDNESDAY)


SILENT = ("钱玄黄", "李洪荒", "周日月", "吴盈昃", "王列张", "冯寒来", "陈暑往", "华果珍", "郑辰宿", "陶鳞潜")


async def test_only_the_silent_are_reminded_and_not_at_once(stage: NudgeStage) -> None:
    await stage.lay("2026-12-07 12:00")
    stage.now = beijing("2026-12-04 15:00")
    async with stage.office.work("t1") as work:
        meeting = await work.lock(Meeting, MEETING)
        meeting.place_of((await work.roster()).named("钱玄黄")[0]).told_at = beijing("2026-12-04 14:30")
    async with stage.office.work("t2") as work:
        await nudge(work, MEETING)
    told = await stage.fresh()
    assert {chat for chat, _ in told} == stage.chats(*SILENT[1:])
    assert {line for _, line in told} == {"区政府常务会议 12月8日 14:30，请您答复，12月7日 12:00前"}


async def test_a_deadline_on_a_sunday_leaves_people_in_peace_until_monday(stage: NudgeStage) -> None:
    await stage.lay("2026-12-06 12:00")
    stage.now = beijing("2026-12-06 12:00")
    async with stage.office.work("t1") as work:
        await deadline(work, MEETING)
    assert await stage.fresh() == [
        (stage.cast["赵天地"].telegram_id, "区政府常务会议 12月8日 14:30，请假情况汇总")
    ]
    stage.now = beijing("2026-12-07 09:00")
    assert (await stage.timers())[CALLS] == stage.now
    async with stage.office.work("t2") as work:
        await work.drop_timers(CALLS, MEETING)
        await calls(work, MEETING)
    told = await stage.fresh()
    groups = [(chat, line) for chat, line in told if chat is not None and chat < 0]
    desk = stage.cast.roster.desk
    assert {chat for chat, _ in told if chat is not None and chat > 0} == {one.telegram_id for one in desk}
    title = "区政府常务会议 12月8日 14:30，{}未回复，请提醒"
    units = stage.cast.units
    assert sorted(groups) == sorted(
        [
            (-units["区政府办公室"].id, title.format("王列张、冯寒来、陈暑往")),
            (-units["司法局"].id, title.format("华果珍")),
            (-units["财政局"].id, title.format("陶鳞潜")),
        ]
    )


async def test_the_summary_is_sent_once_and_nobody_who_has_answered_is_called(stage: NudgeStage) -> None:
    await stage.lay("2026-12-07 12:00")
    stage.now = beijing("2026-12-07 12:00")
    async with stage.office.work("t1") as work:
        await deadline(work, MEETING)
    first = await stage.fresh()
    assert [line for _, line in first].count("区政府常务会议 12月8日 14:30，请假情况汇总") == 1
    assert not stage.chats(*SILENT) & {chat for chat, _ in first}  # their cards say it
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
