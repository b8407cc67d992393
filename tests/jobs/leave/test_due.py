"""What the clock does for leave, and what follows when people leave office; on both kinds of database."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select

from jobs.leave.due import nudge_approver, nudge_return, on_left, on_roster, recount
from rules.approval import Decision
from rules.dates.reading import Half, HalfDaySpan
from rules.leave.change import ChangeKind, Wish
from rules.leave.life import propose
from rules.leave.matter import Leave, LeaveState
from rules.leave.nudges import RETURN, SILENT
from rules.leave.routes import LeaveRoutes
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import Calendar, CalendarDay
from storage.database import Database
from storage.tables import audit
from tests.cast import Cast, beijing
from tests.stage import Stage, enter

LEAVE = 12


class LeaveStage(Stage[Cast]):
    """With one stored leave."""

    async def leave(self) -> Leave:
        """The leave as it is stored."""
        async with self.office.work("look") as work:
            return await work.lock(Leave, LEAVE)

    async def left(self, official: Official) -> None:
        """The official leaves the roster."""
        async with self.office.work(f"left{official.id}") as work:
            gone = await work.lock(Official, official.id)
            gone.left_at = work.now
            await work.flush()
            await on_left(work, gone)


@pytest.fixture
async def stage(database: Database) -> LeaveStage:
    there = LeaveStage(database, Cast())
    async with there.office.work("cast") as work:
        await enter(work, there.cast.units, there.cast.officials)
    return there


THURSDAY_EVENING = (date(2026, 12, 3), Half.PM)


async def lay(
    stage: LeaveStage,
    applicant: Official,
    acting: Official | None,
    *decided_by: Official,
    end: tuple[date, Half] = THURSDAY_EVENING,
) -> None:
    """Store a report with these decisions made."""
    async with stage.office.work("report") as work:
        roster = await work.roster()
        people = {official.id: official for official in roster.officials}
        acts = people[acting.id] if acting else None
        leave = Cast().report(people[applicant.id], acts, end=end, roster=roster)
        for position, official in enumerate(decided_by):
            leave.decide(people[official.id], position, Decision.AGREE, stage.now)
        work.add(leave)


async def test_asked_to_report_back_until_they_do(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.liaison, None, stage.cast.head)
    stage.now = beijing("2026-12-03 18:00")
    async with stage.office.work("t1") as work:
        await nudge_return(work, LEAVE)
    assert await stage.fresh() == [(1009, "您的假期，今天结束，返回后请销假")]
    assert await stage.timers() == {RETURN: beijing("2026-12-04 08:30")}
    stage.now = beijing("2026-12-04 08:30")
    async with stage.office.work("t2") as work:
        await nudge_return(work, LEAVE)
    assert await stage.fresh() == [(1009, "您的假期，已于12月3日结束，请销假")]
    assert await stage.timers() == {RETURN: beijing("2026-12-07 08:30")}
    async with stage.office.work("back") as work:
        leave = await work.lock(Leave, LEAVE)
        leave.report_back(leave.applicant, work.now)
    stage.now = beijing("2026-12-07 08:30")
    async with stage.office.work("t3") as work:
        await work.drop_timers(RETURN, LEAVE)
        await nudge_return(work, LEAVE)
    assert await stage.fresh() == []
    assert await stage.timers() == {}


async def test_a_nudge_too_early_or_on_a_rest_day_waits(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.liaison, None, stage.cast.head)
    async with stage.office.work("t1") as work:
        await nudge_return(work, LEAVE)
    assert await stage.timers() == {RETURN: beijing("2026-12-03 18:00")}
    stage.now = beijing("2026-12-05 10:00")  # Saturday, after a stop
    async with stage.office.work("t2") as work:
        await nudge_return(work, LEAVE)
    assert await stage.fresh() == []
    assert await stage.timers() == {RETURN: beijing("2026-12-07 08:30")}


async def silence(stage: LeaveStage, at: str) -> list[tuple[int | None, str]]:
    """The clock looks at the silent approver at that time; who is told what."""
    stage.now = beijing(at)
    async with stage.office.work(at) as work:
        await work.drop_timers(SILENT, LEAVE)
        await nudge_approver(work, LEAVE)
    return await stage.fresh()


async def test_a_silent_approver_is_reminded_once_then_the_office_is_told(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    assert await silence(stage, "2026-11-27 08:30") == [
        (1003, "冯寒来（财政局局长）请假 12月1日至3日，请您审批")
    ]
    assert await stage.timers() == {SILENT: beijing("2026-11-30 08:30")}
    assert (await stage.leave()).approvals[0].reminded_at == stage.now
    assert await silence(stage, "2026-11-30 08:30") == [
        (1004, "冯寒来（财政局局长）请假 12月1日至3日，久未审批，请协助提醒"),
        (1005, "冯寒来（财政局局长）请假 12月1日至3日，久未审批，请协助提醒"),
        (1006, "冯寒来（财政局局长）请假 12月1日至3日，久未审批，请协助提醒"),
    ]
    assert await stage.timers() == {SILENT: beijing("2026-11-30 15:00")}


async def test_near_the_day_and_after_it_approver_applicant_and_desk_are_told(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    told = [1003, 1004, 1005, 1006, 1007]
    assert sorted(chat for chat, _ in await silence(stage, "2026-11-30 15:00") if chat) == told
    assert sorted(chat for chat, _ in await silence(stage, "2026-12-01 08:30") if chat) == told
    assert await stage.timers() == {SILENT: beijing("2026-12-02 08:30")}  # the desk's own step
    assert sorted(chat for chat, _ in await silence(stage, "2026-12-02 08:30") if chat) == told[1:4]
    assert (await stage.timers())[SILENT] == beijing("2026-12-04 00:00")
    assert await silence(stage, "2026-12-04 00:00") == []  # by night cards are put right, nobody is told
    assert (await stage.leave()).overtaken
    past = [chat for chat, _ in await silence(stage, "2026-12-04 08:30")]
    assert sorted(chat for chat in past if chat) == told[:4]  # the applicant's card says it
    assert (await stage.timers())[SILENT] == beijing("2026-12-08 08:30")
    assert sorted(chat for chat, _ in await silence(stage, "2026-12-08 08:30") if chat) == told[1:4]
    assert SILENT not in await stage.timers()


async def test_what_ends_on_a_rest_day_is_put_right_then_and_told_on_the_next_morning(
    stage: LeaveStage,
) -> None:
    saturday = (date(2026, 12, 5), Half.PM)
    await lay(stage, stage.cast.head, stage.cast.deputy, end=saturday)
    assert len(await silence(stage, "2026-12-04 08:30")) == 5
    assert await silence(stage, "2026-12-06 00:00") == []
    assert (await stage.leave()).overtaken
    assert (await stage.timers())[SILENT] == beijing("2026-12-07 08:30")


async def test_after_a_long_stop_both_happen_at_once(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    assert [chat for chat, _ in await silence(stage, "2026-11-30 10:00")] == [1003, 1004, 1005, 1006]


async def test_started_before_the_opening_the_clock_waits_for_it(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    assert await silence(stage, "2026-11-27 07:00") == []
    assert await stage.timers() == {SILENT: beijing("2026-11-27 08:30")}


async def test_one_nudged_by_their_applicant_today_is_not_reminded_again(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    async with stage.office.work("nudged") as work:
        (await work.lock(Leave, LEAVE)).approvals[0].nudged_at = beijing("2026-11-27 07:00")
    assert await silence(stage, "2026-11-27 08:30") == []
    assert await stage.timers() == {SILENT: beijing("2026-11-30 08:30")}


async def test_one_who_has_decided_is_not(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.liaison, None, stage.cast.head)
    async with stage.office.work("t1") as work:
        await nudge_approver(work, LEAVE)
    assert await stage.fresh() == []


async def test_an_approver_who_left_is_succeeded(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    await stage.left(stage.cast.vice)
    leave = await stage.leave()
    assert [approval.approver.name for approval in leave.approvals] == ["钱玄黄", "赵天地"]
    assert await stage.fresh() == [
        (1008, "冯寒来（财政局局长）拟外出 12月1日至3日，请您代为主持"),
        (1007, "您的请假 12月1日至3日，转由钱玄黄审批"),
        (1002, "冯寒来（财政局局长）请假 12月1日至3日，请您审批"),
    ]
    assert await stage.timers() == {SILENT: beijing("2026-11-27 08:30")}
    async with stage.office.work("look") as work:
        rows = (await work.session.execute(select(audit))).all()
    assert [(row.actor, row.action, row.article) for row in rows] == [("系统", "leave.reroute", 77)]


async def test_a_portfolio_that_moved_on_takes_the_report_along(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    async with stage.office.work("moved") as work:
        vice, head = (
            await work.lock(Official, stage.cast.vice.id),
            await work.lock(Official, stage.cast.head.id),
        )
        await on_left(work, vice)  # still in charge: nothing happens
        head.unit.portfolio_id = stage.cast.executive.id
        await work.flush()
        await on_left(work, vice)
    assert await stage.fresh() == [
        (1008, "冯寒来（财政局局长）拟外出 12月1日至3日，请您代为主持"),
        (1007, "您的请假 12月1日至3日，转由钱玄黄审批"),
        (1002, "冯寒来（财政局局长）请假 12月1日至3日，请您审批"),
    ]
    async with stage.office.work("promoted") as work:
        head = await work.lock(Official, stage.cast.head.id)
        await on_left(work, head)  # a new post with the same route
    assert await stage.fresh() == []
    assert (await stage.leave()).state is LeaveState.PENDING


async def test_with_nobody_to_follow_the_office_is_told_each_morning(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.executive, stage.cast.vice)
    await stage.left(stage.cast.mayor)
    told = await stage.fresh()
    assert [chat for chat, _ in told] == [1004, 1005, 1006, 1002]
    assert await stage.timers() == {SILENT: beijing("2026-11-27 08:30")}
    stage.now = beijing("2026-11-27 08:30")
    async with stage.office.work("t1") as work:
        await work.drop_timers(SILENT, LEAVE)
        await nudge_approver(work, LEAVE)
    assert len(await stage.fresh()) == len(told)
    assert (await stage.leave()).state is LeaveState.PENDING


async def test_the_applicant_who_left_has_nothing_pending(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    await stage.left(stage.cast.head)
    assert (await stage.leave()).state is LeaveState.LAPSED
    assert await stage.fresh() == [
        (1003, "冯寒来（财政局局长）请假 12月1日至3日，已离任，报告终止，无需再办")
    ]
    assert await stage.timers() == {}


async def test_for_one_who_was_to_act_another_must_be_named(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    await stage.left(stage.cast.deputy)
    told = await stage.fresh()
    assert [chat for chat, _ in told] == [1007, 1004, 1005, 1006]
    assert told[0][1].startswith("您的请假 12月1日至3日，请另定代为主持的同志")
    await stage.left(stage.cast.clerk)  # nothing waited for them
    assert await stage.fresh() == []


async def test_the_office_hears_of_a_late_return_from_the_second_morning(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.liaison, None, stage.cast.head)
    told = {}
    for at in ("2026-12-03 18:00", "2026-12-04 08:30", "2026-12-07 08:30"):
        stage.now = beijing(at)
        async with stage.office.work(at) as work:
            await work.drop_timers(RETURN, LEAVE)
            await nudge_return(work, LEAVE)
        told[at] = [chat for chat, _ in await stage.fresh()]
    assert told == {
        "2026-12-03 18:00": [1009],
        "2026-12-04 08:30": [1009],
        "2026-12-07 08:30": [1009, 1004, 1005, 1006],
    }


@pytest.mark.parametrize(
    ("asked", "mornings"),
    [
        ("2026-12-03 10:00", {"2026-12-03 18:00": [], "2026-12-07 08:30": []}),  # nobody has said no
        ("2026-12-04 08:00", {"2026-12-04 08:30": [], "2026-12-07 08:30": [1004, 1005, 1006]}),
    ],
)
async def test_who_has_asked_for_a_later_end_is_left_in_peace(
    stage: LeaveStage, asked: str, mornings: dict[str, list[int]]
) -> None:
    await lay(stage, stage.cast.liaison, None, stage.cast.head)
    stage.now = beijing(asked)
    async with stage.office.work("extend") as work:
        leave = await work.lock(Leave, LEAVE)
        span = HalfDaySpan(leave.start, leave.start_half, date(2026, 12, 9), Half.PM)
        wish = Wish(ChangeKind.EXTENSION, span, None, "会议延期")
        route = LeaveRoutes().route(leave.applicant, await work.roster())
        propose(leave, leave.applicant, wish, route, work.now)
    for at, chats in mornings.items():
        stage.now = beijing(at)
        async with stage.office.work(at) as work:
            await work.drop_timers(RETURN, LEAVE)
            await nudge_return(work, LEAVE)
        assert [chat for chat, _ in await stage.fresh()] == chats
    async with stage.office.work("look") as work:  # what was asked for is stored as asked
        change = (await work.lock(Leave, LEAVE)).change
        assert change is not None
        assert (change.span, change.was_span.end) == (span, date(2026, 12, 3))


async def test_a_changed_portfolio_displaces_nobody_and_still_takes_the_report_along(
    stage: LeaveStage,
) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)
    async with stage.office.work("same") as work:
        await on_roster(work)
    assert await stage.fresh() == []
    async with stage.office.work("import") as work:
        head = await work.lock(Official, stage.cast.head.id)
        head.unit.portfolio_id = stage.cast.executive.id
        await work.flush()
        await on_roster(work)
    assert (await stage.fresh())[1:] == [
        (1007, "您的请假 12月1日至3日，转由钱玄黄审批"),
        (1002, "冯寒来（财政局局长）请假 12月1日至3日，请您审批"),
    ]


async def test_when_working_days_change_only_what_moves_is_told(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.liaison, None, stage.cast.head)
    new = Calendar([CalendarDay(date(2026, 12, 3), False, "国办发明电〔2026〕9号")])
    async with stage.office.work("same") as work:
        assert await recount(work, Calendar(), Calendar()) == []
    async with stage.office.work("import") as work:
        assert await recount(work, Calendar(), new) == [
            (
                "财政局办公室主任 褚秋收12月1日至3日请假：销假提醒由12月3日（周四）"
                "18:00改为12月4日（周五）08:30"
            )
        ]
    assert await stage.fresh() == [(1009, "您的请假 12月1日至3日，放假安排有调整")]
    assert await stage.timers() == {RETURN: beijing("2026-12-04 08:30")}


async def test_two_taps_at_the_same_moment_are_one_decision_and_one_honest_answer(stage: LeaveStage) -> None:
    await lay(stage, stage.cast.head, stage.cast.deputy)

    async def tap(decision: Decision) -> str:
        try:
            async with stage.office.work(decision) as work:
                vice = await work.lock(Official, stage.cast.vice.id)
                leave = await work.lock(Leave, LEAVE)
                await asyncio.sleep(0.05)
                leave.decide(vice, 0, decision, work.now, "不行")
        except Refused as refused:
            return str(refused)
        return "done"

    answers = await asyncio.gather(tap(Decision.AGREE), tap(Decision.DECLINE))
    assert sorted(answer == "done" for answer in answers) == [False, True]
    refusal = next(answer for answer in answers if answer != "done")
    assert refusal.startswith("这份请假报告已由副区长 孙宇宙于11月26日 09:00")
    assert refusal.endswith("不能重复办理。")
