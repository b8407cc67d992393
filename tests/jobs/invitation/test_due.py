"""What the clock does for invitations, and what follows when people leave or go away; on both databases."""

from datetime import date, timedelta

import pytest

from jobs.invitation.due import begins, on_left, recount, silent
from matters.invitation.show import reschedule
from rules.invitation.changing import propose
from rules.invitation.leaders import answer, confirm, forward, move_on
from rules.invitation.matter import Invitation, InvitationState
from rules.invitation.nudges import BEGINS, SILENT
from rules.invitation.request import Answer, RequestState
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official
from rules.working_days import Calendar, CalendarDay
from storage.database import Database
from storage.inbox import inbox_row, store
from storage.tables import calendar_days
from tests.cast import THURSDAY, beijing
from tests.invitation_cast import EVENT, Desk
from tests.invitation_stage import InvitationStage

DESK = [1004, 1005, 1006]


@pytest.fixture
def stage(database: Database) -> InvitationStage:
    return InvitationStage(database, Desk())


def forwarded(cast: Desk, *leaders: Official, together: bool = False) -> Invitation:
    """One that lies with these leaders."""
    invitation = cast.invite(*leaders)
    forward(invitation, cast.clerk, list(leaders), THURSDAY, together=together)
    return invitation


async def fire_silent(stage: InvitationStage, at: str) -> None:
    stage.now = beijing(at)
    async with stage.office.work(at) as work:
        await silent(work, 12)


async def test_silence_is_nudged_once_and_goes_back_two_working_days_before(stage: InvitationStage) -> None:
    await stage.lay(forwarded(stage.cast, stage.cast.vice))
    await fire_silent(stage, "2026-11-27 08:30")
    assert await stage.fresh() == [(1003, "财政局活动“城区重点项目调研” 12月10日 09:00，请您答复")]
    assert (await stage.timers())[SILENT] == beijing("2026-12-08 08:30")
    await fire_silent(stage, "2026-11-30 08:30")
    assert await stage.fresh() == []
    await fire_silent(stage, "2026-12-08 08:30")
    assert await stage.fresh() == [
        (1004, "财政局活动“城区重点项目调研” 12月10日 09:00，已转呈，待领导答复"),
        (1005, "财政局活动“城区重点项目调研” 12月10日 09:00，已转呈，待领导答复"),
        (1006, "财政局活动“城区重点项目调研” 12月10日 09:00，已转呈，待领导答复"),
    ]
    assert (await stage.kept()).awaits_desk
    assert SILENT not in await stage.timers()


async def test_an_answer_given_in_time_is_not_cut_off_by_the_clock(stage: InvitationStage) -> None:
    await stage.lay(forwarded(stage.cast, stage.cast.vice))
    stage.now = beijing("2026-12-10 09:10")
    said = beijing("2026-12-10 08:57")
    raw = {"update_id": 5, "message": {"chat": {"id": 1003}, "date": int(said.timestamp()), "text": "不出席"}}
    async with stage.office.work("comes in") as work:
        await store(work.session, [inbox_row(raw)], stage.now)
    async with stage.office.work("too early") as work:
        await begins(work, 12)
    assert (await stage.kept()).state is InvitationState.WITH_LEADERS
    assert (await stage.timers())[BEGINS] == beijing("2026-12-10 09:11")
    async with stage.office.work("answers", 5, said) as work:
        kept = await work.lock(Invitation, 12)
        answer(kept, kept.requests[0].leader, 0, Answer.DECLINE, work.acted_at)
    async with stage.office.work("again") as work:
        await begins(work, 12)
    kept = await stage.kept()
    assert (kept.state, kept.requests[0].decided_at) == (InvitationState.LAPSED, said)


async def test_what_is_asked_late_goes_back_two_hours_before(stage: InvitationStage) -> None:
    invitation = stage.cast.invite(stage.cast.vice)
    late = beijing("2026-12-09 17:00")
    forward(invitation, stage.cast.clerk, [stage.cast.vice], late)
    await stage.lay(invitation)
    await fire_silent(stage, "2026-12-10 06:59")
    assert await stage.fresh() == []
    await fire_silent(stage, "2026-12-10 07:00")
    last_call = (1003, "财政局活动“城区重点项目调研” 12月10日 09:00，请您答复")
    assert (await stage.fresh()).count(last_call) == 1
    assert (await stage.kept()).awaits_desk


async def test_what_is_asked_the_day_before_goes_back_while_the_office_is_there(
    stage: InvitationStage,
) -> None:
    invitation = stage.cast.invite(stage.cast.vice)
    forward(invitation, stage.cast.clerk, [stage.cast.vice], beijing("2026-12-09 10:00"))
    await stage.lay(invitation)
    await fire_silent(stage, "2026-12-09 13:59")
    assert await stage.fresh() == []
    await fire_silent(stage, "2026-12-09 14:00")
    assert [chat for chat, _ in await stage.fresh()] == [*DESK, 1003]


async def test_on_a_rest_day_after_a_stop_nobody_is_nudged(stage: InvitationStage) -> None:
    await stage.lay(forwarded(stage.cast, stage.cast.vice))
    await fire_silent(stage, "2026-11-28 10:00")
    assert await stage.fresh() == []
    assert (await stage.timers())[SILENT] == beijing("2026-11-30 08:30")


async def test_a_silent_delegate_is_nudged_too(stage: InvitationStage) -> None:
    invitation = forwarded(stage.cast, stage.cast.mayor)
    answer(invitation, stage.cast.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=stage.cast.vice)
    await stage.lay(invitation)
    await fire_silent(stage, "2026-11-27 08:30")
    assert await stage.fresh() == [(1003, "财政局活动“城区重点项目调研” 12月10日 09:00，请您代区长出席")]
    await fire_silent(stage, "2026-12-08 08:30")
    assert [chat for chat, _ in await stage.fresh()] == DESK


async def test_the_event_begins_without_an_answer(stage: InvitationStage) -> None:
    await stage.lay(forwarded(stage.cast, stage.cast.vice))
    stage.now = EVENT
    async with stage.office.work("begins") as work:
        await begins(work, 12)
    assert (await stage.kept()).state is InvitationState.LAPSED
    assert [chat for chat, _ in await stage.fresh()] == [1009, *DESK]
    assert await stage.timers() == {}


async def test_an_answered_one_is_over_with_the_event(stage: InvitationStage) -> None:
    """Its clock stops: set again for the very moment, it would go off without end."""
    invitation = forwarded(stage.cast, stage.cast.vice)
    answer(invitation, stage.cast.vice, 0, Answer.ATTEND, THURSDAY)
    await stage.lay(invitation)
    async with stage.office.work("minds") as work:
        await reschedule(work, await work.lock(Invitation, 12))
    assert (await stage.timers())[BEGINS] == EVENT
    stage.now = EVENT
    async with stage.office.work("begins") as work:
        await work.drop_timers(BEGINS, 12)  # as the clock does before it fires
        await begins(work, 12)
    assert (await stage.kept()).state is InvitationState.ANSWERED
    assert BEGINS not in await stage.timers()


async def test_a_moved_event_sets_its_timer_again(stage: InvitationStage) -> None:
    await stage.lay(forwarded(stage.cast, stage.cast.vice))
    async with stage.office.work("begins") as work:
        await begins(work, 12)
    assert (await stage.timers())[BEGINS] == EVENT


async def left(stage: InvitationStage, official: Official) -> None:
    async with stage.office.work(f"left{official.id}") as work:
        gone = await work.lock(Official, official.id)
        gone.left_at = stage.now
        work.forget_roster()
        await on_left(work, gone)


async def test_a_leader_who_left_is_the_offices_to_replace(stage: InvitationStage) -> None:
    await stage.lay(forwarded(stage.cast, stage.cast.vice))
    await left(stage, stage.cast.vice)
    kept = await stage.kept()
    assert kept.state is InvitationState.AT_DESK
    assert kept.requests[0].state is RequestState.CLOSED
    assert [chat for chat, _ in await stage.fresh()] == DESK


async def test_the_next_in_line_is_asked_when_a_leader_leaves(stage: InvitationStage) -> None:
    await stage.lay(forwarded(stage.cast, stage.cast.executive, stage.cast.vice))
    await left(stage, stage.cast.executive)
    assert (await stage.kept()).requests[1].state is RequestState.ASKED
    assert 1003 in [chat for chat, _ in await stage.fresh()]


async def test_when_a_delegate_leaves_the_leader_is_asked_again(stage: InvitationStage) -> None:
    invitation = forwarded(stage.cast, stage.cast.mayor)
    answer(invitation, stage.cast.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=stage.cast.head)
    confirm(invitation, stage.cast.head, 0, True, THURSDAY)
    move_on(invitation, THURSDAY)
    await stage.lay(invitation)
    await left(stage, stage.cast.head)
    kept = await stage.kept()
    assert kept.requests[0].waiting
    assert kept.requests[0].refusal == "财政局局长 冯寒来已离任，请另行答复"
    assert await stage.fresh() == [
        (1001, "财政局活动“城区重点项目调研” 12月10日 09:00，请您答复"),
        (1009, "活动“城区重点项目调研” 12月10日 09:00，请等另行告知"),
    ]


async def test_when_who_covers_for_a_leader_leaves_the_leaders_word_stands(stage: InvitationStage) -> None:
    invitation = forwarded(stage.cast, stage.cast.vice)
    answer(invitation, stage.cast.vice, 0, Answer.ATTEND, THURSDAY)
    move_on(invitation, THURSDAY)
    await stage.lay(invitation)
    leave_id = await stage.away(stage.cast.vice, EVENT.date(), EVENT.date())
    await stage.follows("approved")
    async with stage.office.work("confirms") as work:
        kept = await work.lock(Invitation, 12)
        stands_in = kept.requests[0].delegate
        assert stands_in is not None
        confirm(kept, stands_in, 0, True, work.now)
    assert kept.requests[0].covered
    await stage.fresh()
    await left(stage, stage.cast.executive)
    assert (await stage.kept()).requests[0].state is RequestState.ATTENDS
    assert (1009, "活动“城区重点项目调研” 12月10日 09:00，请等另行告知") in await stage.fresh()
    await stage.follows("covered anew")
    assert (await stage.kept()).requests[0].covers_leave == leave_id


async def test_the_question_of_a_director_who_left_goes_to_their_deputy(stage: InvitationStage) -> None:
    await stage.lay(stage.cast.invite(stage.cast.vice, permitter=stage.cast.director))
    await left(stage, stage.cast.director)
    permission = (await stage.kept()).permission
    assert permission is not None
    assert permission.director.name == "郑辰宿"
    assert [chat for chat, _ in await stage.fresh()] == [1005]


async def test_an_open_question_moves_to_who_stands_in_and_back(stage: InvitationStage) -> None:
    await stage.lay(forwarded(stage.cast, stage.cast.vice))
    leave_id = await stage.away(stage.cast.vice, date(2026, 11, 26), date(2026, 11, 27))
    await stage.follows("begins")
    assert [chat for chat, _ in await stage.fresh()] == [1002, 1003]
    held = (await stage.kept()).requests[0].stand_in
    assert held is not None
    assert held.name == "钱玄黄"
    await stage.follows("again")
    assert await stage.fresh() == []
    async with stage.office.work("back") as work:
        (await work.lock(Leave, leave_id)).state = LeaveState.RETURNED
    await stage.follows("back again")
    assert [chat for chat, _ in await stage.fresh()] == [1003, 1002]
    assert (await stage.kept()).requests[0].stand_in is None


async def test_what_was_accepted_is_laid_before_the_desk_and_the_stand_in_once(
    stage: InvitationStage,
) -> None:
    await stage.lay(stage.cast.accepted(stage.cast.vice))
    leave_id = await stage.away(stage.cast.vice, date(2026, 12, 9), date(2026, 12, 11))
    await stage.follows("approved")
    assert [chat for chat, _ in await stage.fresh()] == [1002, *DESK]
    await stage.follows("again")
    assert await stage.fresh() == []
    async with stage.office.work("no") as work:
        kept = await work.lock(Invitation, 12)
        confirm(kept, kept.requests[0].delegate or kept.requests[0].leader, 0, False, work.now, "另有会议")
    await stage.follows("once more")
    assert await stage.fresh() == []  # asked once; the office sees to it
    async with stage.office.work("off") as work:
        (await work.lock(Leave, leave_id)).state = LeaveState.WITHDRAWN
    await stage.follows("leave is off")
    assert [chat for chat, _ in await stage.fresh()] == DESK
    assert [one.name for one in (await stage.kept()).attendees] == ["孙宇宙"]


async def test_who_accepted_with_their_leave_on_the_card_is_not_asked_again(stage: InvitationStage) -> None:
    invitation = stage.cast.accepted(stage.cast.vice)
    invitation.requests[0].clashes = ["leave:12"]
    await stage.lay(invitation)
    await stage.away(stage.cast.vice, date(2026, 12, 9), date(2026, 12, 11))
    await stage.follows("approved")
    assert await stage.fresh() == []


async def test_a_holiday_notice_may_make_a_late_report_one_in_time(stage: InvitationStage) -> None:
    late = stage.cast.invite(stage.cast.vice, now=beijing("2026-12-04 09:00"), permitter=stage.cast.director)
    await stage.lay(late)
    stage.now = beijing("2026-12-04 10:00")
    added = CalendarDay(date(2026, 12, 5), working=True, source="补班")
    async with stage.office.work("notice") as work:
        await work.session.execute(calendar_days.insert().values(**vars(added)))
        work.forget_calendar()
        lines = await recount(work, Calendar(), Calendar([added]))
    assert lines == ["活动邀请“城区重点项目调研”（12月10日 09:00）：按时报送，不再须准予受理"]
    assert (await stage.kept()).state is InvitationState.AT_DESK
    assert [chat for chat, _ in await stage.fresh()] == DESK


async def test_a_holiday_notice_moves_the_reminder(stage: InvitationStage) -> None:
    await stage.lay(forwarded(stage.cast, stage.cast.vice))
    off = CalendarDay(date(2026, 11, 27), working=False, source="放假")
    stage.now = THURSDAY + timedelta(hours=1)
    async with stage.office.work("notice") as work:
        lines = await recount(work, Calendar(), Calendar([off]))
    was, now = "11月27日（周五）08:30", "11月30日（周一）08:30"
    assert lines == [f"活动邀请“城区重点项目调研”（12月10日 09:00）：提醒答复由{was}改为{now}"]
    assert (await stage.timers())[SILENT] == beijing("2026-11-30 08:30")


# ---------------------------------------------------------------- a change into the five working days


async def changes_late(stage: InvitationStage) -> None:
    """One that is accepted, to be moved from the tenth to the ninth, said on the fourth."""
    cast, at = stage.cast, beijing("2026-12-04 09:00")
    invitation = cast.accepted(cast.vice)
    propose(
        invitation, cast.liaison, beijing("2026-12-09 09:00"), None, "二楼", [], "会期调整", at, cast.director
    )
    stage.now = at
    await stage.lay(invitation)


async def test_a_late_change_is_reminded_of_like_a_late_report(stage: InvitationStage) -> None:
    await changes_late(stage)
    await fire_silent(stage, "2026-12-07 08:30")
    sent = await stage.fresh()
    assert sent == [(1004, "财政局变更“城区重点项目调研” 12月10日 09:00，请您准予受理")]
    await fire_silent(stage, "2026-12-07 10:00")
    assert await stage.fresh() == []


async def test_the_question_about_a_change_goes_to_the_next_director(stage: InvitationStage) -> None:
    await changes_late(stage)
    async with stage.office.work("left") as work:
        director = await work.lock(Official, stage.cast.director.id)
        director.left_at = stage.now
        await work.flush()
        work.forget_roster()
        await on_left(work, director)
    question = (await stage.kept()).question
    assert question is not None
    assert (question.director.name, question.change) == (stage.cast.deputy_director.name, 1)
    assert [chat for chat, _ in await stage.fresh()] == [1005]


async def test_a_change_that_is_in_time_after_all_goes_to_the_desk(stage: InvitationStage) -> None:
    await changes_late(stage)
    days = [CalendarDay(date(2026, 12, day), working=True, source="补班") for day in (5, 6)]
    async with stage.office.work("notice") as work:
        await work.session.execute(calendar_days.insert(), [vars(day) for day in days])
        work.forget_calendar()
        lines = await recount(work, Calendar(), Calendar(days))
    assert "活动邀请“城区重点项目调研”（12月10日 09:00）：变更按时报送，不再须准予受理" in lines
    kept = await stage.kept()
    assert (kept.question, kept.permissions, kept.awaits_desk) == (None, [], True)
    assert [chat for chat, _ in await stage.fresh()] == DESK


async def test_the_event_begins_before_the_change_is_permitted(stage: InvitationStage) -> None:
    await changes_late(stage)
    stage.now = EVENT
    async with stage.office.work("begins") as work:
        await begins(work, 12)
    kept = await stage.kept()
    assert (kept.state, kept.question, kept.change) == (InvitationState.ANSWERED, None, None)
