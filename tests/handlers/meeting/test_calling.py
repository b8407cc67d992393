"""A meeting from its form to its call, and changed: what is warned of follows what it is now."""

from datetime import date, timedelta

import pytest

from handlers.meeting.calling import send_out
from handlers.meeting.change import CHANGE
from handlers.meeting.plan import look_again, warned_of
from jobs.meeting.due import remind_hour
from jobs.meeting.following import follow, on_left
from rules.dates.reading import Half
from rules.forms import Values
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.meeting.attendance import Part
from rules.meeting.matter import InName, Meeting, MeetingKind
from rules.meeting.members import Chair
from rules.meeting.reply import answer
from rules.roster import Role
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.cast import beijing
from tests.meeting_stage import START, MeetingStage, lay, person, sample


@pytest.fixture
async def stage(database: Database) -> MeetingStage:
    return await sample(database)


async def away(work: UnitOfWork, *names: str) -> None:
    """They are on approved leave on the day of the meeting."""
    deputy = await person(work, "冯寒来")
    for name in names:
        one = await person(work, name)
        day = date(2026, 12, 8)
        leave = Leave(
            one, LeaveKind.TRIP, day, Half.AM, day, Half.PM, "济南", "开会", deputy, one.phone, work.now
        )
        leave.state = LeaveState.APPROVED
        work.add(leave)
    await work.flush()


async def test_a_deadline_gone_by_before_the_call_is_set_anew(stage: MeetingStage) -> None:
    async with stage.office.work("draft") as work:
        meeting = await lay(work, called=False)
    stage.now = beijing("2026-12-07 13:00")
    async with stage.office.work("call") as work:
        found = await work.lock(Meeting, meeting.id)
        await send_out(work, found, found.called_by)
        assert found.reply_by == beijing("2026-12-07 18:00")
    stage.now = beijing("2026-12-08 12:30")
    async with stage.office.work("two hours ahead") as work:
        near = await lay(work, called=False)
        await send_out(work, near, near.called_by)
        assert near.reply_by == START - timedelta(hours=1)
        coming = await person(work, "孙宇宙")
        answer(near, coming, work.now)
    await stage.told()
    stage.now = near.reply_by
    async with stage.office.work("an hour before") as work:
        await remind_hour(work, near.id)
    # The deadline itself rings nobody: the silent are reminded with all others who are expected.
    everybody = [one.official.name for one in near.attendees if one.expected or one.undecided]
    assert list(await stage.told()) == everybody


async def test_too_few_in_office_are_warned_of_before_it_is_called(stage: MeetingStage) -> None:
    async with stage.office.work("draft") as work:
        meeting = await lay(work, called=False)
        await away(work, "孙宇宙", "李洪荒", "周日月")
        seats = [(one.official, one.part) for one in meeting.attendees]
        chair = Chair(meeting.chair)
        few = await warned_of(work, meeting.kind, chair, seats, meeting.start, meeting.end, meeting.id)
        assert few == ["同期外出：孙宇宙、李洪荒、周日月。"]
        await away(work, "吴盈昃")
        await look_again(work, meeting)
        assert meeting.remarks == [
            "应到7人中4人外出，不足4人，会议开不成，请另定时间。（依据《工作规则》第四十九条）",
            "同期外出：孙宇宙、李洪荒、周日月、吴盈昃。",
        ]


async def test_a_draft_is_warned_of_as_it_is_now(stage: MeetingStage) -> None:
    async with stage.office.work("draft") as work:
        meeting = await lay(work, called=False)
        meeting.remarks = [
            "教体局主要负责人空缺，没有可列的同志，请核对。",
            "12月8日（周二）是休息日，请核对时间。",
        ]
        head = (await work.roster()).with_role(Role.UNIT_HEAD)
        next(one for one in head if one.unit.name == "教体局").left_at = work.now
        await work.flush()
        work.forget_roster()
        meeting.drop(await person(work, "李洪荒"))
        meeting.move(beijing("2026-12-12 09:00"), beijing("2026-12-12 11:00"), meeting.reply_by, work.now)
        await look_again(work, meeting)
        assert meeting.remarks == [
            "教体局主要负责人空缺，没有可列的同志，请核对。",
            "名单里没有会议组成人员李洪荒；不能出席的，应由本人请假。（依据《工作规则》第四十九条、第五十五条）",
            "12月12日（周六）是休息日，请核对时间。",
        ]


async def test_an_approved_list_lets_nobody_in_by_the_back_door(stage: MeetingStage) -> None:
    async with stage.office.work("call") as work:
        meeting = await lay(work, MeetingKind.DISTRICT, called=False, caller="戚龙师")
        meeting.unit, meeting.in_name = meeting.called_by.unit, InName.OWN_SYSTEM
        meeting.seat([(await person(work, "陶鳞潜"), Part.MEMBER)])
        values = Values(
            meeting=meeting.id, start=meeting.start, length=120, place=meeting.place, deputies="不派员"
        )
        check = CHANGE.check
        assert check
        assert await check(work, meeting.called_by, values) == []
        leader = Values({**values, "chair": await person(work, "孙宇宙")})
        town = Values({**values, "topics": "1. 征收进度（云腾街道，20分钟）"})
        for wish in (leader, town):
            found = await check(work, meeting.called_by, wish)
            assert [problem.article for problem in found or ()] == [58]


async def test_who_presides_over_a_units_meeting_is_succeeded(stage: MeetingStage) -> None:
    async with stage.office.work("call") as work:
        meeting = await lay(work, MeetingKind.SPECIAL, called=False)
        head, deputy = await person(work, "陶鳞潜"), await person(work, "姜羽翔")
        meeting.seat([(head, Part.MEMBER), (await person(work, "章问道"), Part.MEMBER)])
        meeting.chair = head
        await send_out(work, meeting, meeting.called_by)
    await stage.told()
    async with stage.office.work("left") as work:
        head, deputy = await person(work, "陶鳞潜"), await person(work, "姜羽翔")
        head.left_at, deputy.role = work.now, Role.UNIT_HEAD
        await work.flush()
        work.forget_roster()
        await on_left(work, head)
        meeting = await work.lock(Meeting, meeting.id)
        assert meeting.chair is deputy
        assert meeting.of(deputy)


async def test_leave_approved_after_the_call_asks_for_a_word(stage: MeetingStage) -> None:
    async with stage.office.work("call") as work:
        meeting = await lay(work)
    async with stage.office.work("away") as work:
        await away(work, "孙宇宙")
        vice = await person(work, "孙宇宙")
        await follow(work, vice)
        assert (await work.lock(Meeting, meeting.id)).place_of(vice).on_leave
    assert (await stage.told())["孙宇宙"][-1] == "区政府常务会议 12月8日 14:30，请您确认，12月7日 12:00前"
