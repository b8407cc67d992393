"""What the clock and the roster do to meetings; on both kinds of database."""

from datetime import date, timedelta

import pytest

from jobs.meeting.due import begins, ends, fortnight, recount, remind_eve, silent
from jobs.meeting.following import on_left
from matters.engagements import engagements
from matters.meeting import clearing
from matters.meeting.todo import CLEARANCE
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.meeting.clearance import Verdict
from rules.meeting.clearing import ask_clearance, clear
from rules.meeting.matter import InName, Meeting, MeetingKind, MeetingState
from rules.meeting.reply import answer
from rules.meeting.topic import LateState, LateTopic, Topic
from rules.working_days import Calendar, CalendarDay
from storage.database import Database
from storage.queries.meeting.meetings import BEGINS, ENDS, EVE, HOUR, held_in_year, last_executive
from tests.cast import beijing
from tests.meeting_stage import START, MeetingStage, lay, person, sample


@pytest.fixture
async def stage(database: Database) -> MeetingStage:
    return await sample(database)


async def test_what_stands_of_a_called_meeting(stage: MeetingStage) -> None:
    async with stage.office.work("call") as work:
        meeting = await lay(work)
        vice = await person(work, "孙宇宙")
    due = await stage.timers(meeting.id, "meeting.")
    assert {kind: due[kind] for kind in (EVE, HOUR, BEGINS, ENDS)} == {
        "meeting.eve": beijing("2026-12-07 15:00"),
        "meeting.hour": beijing("2026-12-08 13:30"),
        "meeting.begins": START,
        "meeting.ends": START + timedelta(hours=2),
    }
    async with stage.office.work("look") as work:
        assert await held_in_year(work, MeetingKind.EXECUTIVE, START) == 1
        assert await held_in_year(work, MeetingKind.EXECUTIVE, START, but=meeting.id) == 0
        assert await last_executive(work) == START
        (one,) = await engagements(work, [vice], START, START + timedelta(minutes=1))
        assert (one.title, one.matter, one.firm) == ("区政府常务会议", f"meeting:{meeting.id}", True)
        assert await engagements(work, [vice], START - timedelta(hours=1), START) == []


async def test_reminders_go_to_those_who_are_expected(stage: MeetingStage) -> None:
    async with stage.office.work("call") as work:
        meeting = await lay(work)
        place = meeting.place_of(await person(work, "孙宇宙"))
        answer(meeting, place.official, work.now)
    await stage.told()
    async with stage.office.work("early") as work:
        await remind_eve(work, meeting.id)
    assert await stage.told() == {}
    stage.now = beijing("2026-12-07 15:00")
    async with stage.office.work("eve") as work:
        await remind_eve(work, meeting.id)
    told = await stage.told()
    # Who has not answered was asked for it at noon, with time and place; the chair is never asked.
    assert meeting.chair is not None
    assert set(told) == {"孙宇宙", meeting.chair.name}
    assert told["孙宇宙"] == ["区政府常务会议 12月8日 14:30，请您按时参加"]


async def test_begun_and_over(stage: MeetingStage) -> None:
    async with stage.office.work("call") as work:
        meeting = await lay(work)
    async with stage.office.work("early") as work:
        await begins(work, meeting.id)
        await ends(work, meeting.id)
        assert (await work.lock(Meeting, meeting.id)).state is MeetingState.CALLED
    stage.now = START
    async with stage.office.work("begins") as work:
        await begins(work, meeting.id)
        assert (await work.lock(Meeting, meeting.id)).state is MeetingState.BEGUN
    stage.now = START + timedelta(hours=2)
    async with stage.office.work("ends") as work:
        await ends(work, meeting.id)
        assert (await work.lock(Meeting, meeting.id)).state is MeetingState.OVER


async def test_two_weeks_without_one_are_told_once_a_week(stage: MeetingStage) -> None:
    async with stage.office.work("never") as work:
        await fortnight(work, 0)
    async with stage.office.work("call") as work:
        await lay(work)
    await stage.told()
    told = []
    for day in ("2026-12-22", "2026-12-23", "2026-12-28", "2026-12-29"):
        stage.now = beijing(f"{day} 08:40")
        async with stage.office.work(day) as work:
            await fortnight(work, 0)
        told.append(len(await stage.told()))
    assert told == [0, 0, 5, 0]


async def test_a_new_rest_day_moves_the_reminder_and_is_told(stage: MeetingStage) -> None:
    async with stage.office.work("call") as work:
        meeting = await lay(work)
    off = Calendar([CalendarDay(date(2026, 12, 7), False, "国办发明电〔2026〕9号")])
    async with stage.office.work("import") as work:
        work._calendar = off
        lines = await recount(work, Calendar(), off)
    assert lines == ["“区政府常务会议”回执截止12月7日现为休息日，请核对。"]
    assert (await stage.timers(meeting.id, "meeting."))["meeting.eve"] == beijing("2026-12-04 15:00")


async def test_who_leaves_is_succeeded_and_who_moves_is_looked_at(stage: MeetingStage) -> None:
    async with stage.office.work("call") as work:
        meeting = await lay(work)
    await stage.told()
    async with stage.office.work("moved") as work:
        await on_left(work, await person(work, "王列张"))
    assert set((await stage.told())["卫冬藏"]) == {"区政府常务会议 12月8日 14:30，名单有变"}
    async with stage.office.work("left") as work:
        mayor = await person(work, "赵天地")
        mayor.left_at = work.now
        await work.flush()
        work.forget_roster()
        await on_left(work, mayor)
        meeting = await work.lock(Meeting, meeting.id)
        assert meeting.of(mayor) is None
        assert meeting.chair is await person(work, "钱玄黄")


_LOOK = "区政府办公室主任 王列张职务已调整，请核对名单。"


async def test_a_clearance_follows_who_decides(stage: MeetingStage) -> None:
    async with stage.office.work("ask") as work:
        meeting = await lay(work, MeetingKind.DISTRICT, called=False, caller="戚龙师")
        vice, asker = await person(work, "钱玄黄"), await person(work, "戚龙师")
        meeting.unit, meeting.in_name = asker.unit, InName.DISTRICT
        ask_clearance(meeting, asker, vice, work.now)
        clear(meeting, await person(work, "卫冬藏"), 0, Verdict.PASSED, work.now)
        await clearing.ask(work, meeting)
    assert list(await stage.told()) == ["钱玄黄"]
    async with stage.office.work("away") as work:
        executive = await person(work, "钱玄黄")
        leave = Leave(
            executive,
            LeaveKind.TRIP,
            date(2026, 12, 2),
            Half.AM,
            date(2026, 12, 4),
            Half.PM,
            "济南",
            "开会",
            await person(work, "孙宇宙"),
            "13800000002",
            work.now,
            state=LeaveState.APPROVED,
        )
        work.add(leave)
        await work.flush()
        await CLEARANCE.follow(work, executive)
        await CLEARANCE.follow(work, executive)  # again, it does nothing
        step = (await work.lock(Meeting, meeting.id)).waiting
        assert step
        assert step.stand_in is await person(work, "孙宇宙")
    told = await stage.told()
    assert sorted(told) == ["孙宇宙", "钱玄黄"]
    assert told["孙宇宙"] == ["区政府部门全区性会议 12月8日 14:30，请您代常务副区长审批"]
    async with stage.office.work("back") as work:
        (await work.lock(Leave, leave.id)).state = LeaveState.RETURNED
        await work.flush()
        await CLEARANCE.follow(work, await person(work, "钱玄黄"))
    assert (await stage.told())["钱玄黄"] == ["区政府部门全区性会议 12月8日 14:30，请您审批"]
    async with stage.office.work("left") as work:
        executive = await person(work, "钱玄黄")
        executive.left_at = work.now
        await work.flush()
        work.forget_roster()
        await on_left(work, executive)
        step = (await work.lock(Meeting, meeting.id)).waiting
        assert step
        assert step.approver is await person(work, "赵天地")


async def test_at_the_start_a_late_topic_is_not_asked_about_any_more(stage: MeetingStage) -> None:
    """Timers of one instant go off in any order: that of the silence goes first here."""
    async with stage.office.work("call") as work:
        meeting = await lay(work)
        late = LateTopic(reason="省里通知", mayor=(await work.roster()).mayor, asked_at=work.now)
        meeting.topics.append(Topic(1, "防汛应急预案修订", admission=late))
    await stage.told()
    stage.now = START
    async with stage.office.work("silent") as work:
        await silent(work, meeting.id)
        kept = await work.lock(Meeting, meeting.id)
        assert kept.state is MeetingState.BEGUN
        assert [one.late for one in kept.topics] == [LateState.LAPSED]
    assert not [line for lines in (await stage.told()).values() for line in lines if "尚未审定" in line]
