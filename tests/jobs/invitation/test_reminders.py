"""Who attends an event is reminded of it: when, with what, and not once it was moved or called off."""

from datetime import timedelta

import pytest

from jobs.invitation.reminders import recount, remind_shortly_before, remind_the_day_before
from jobs.timetable import TIMERS
from matters.invitation.reminders import keep_timers
from rules.hours import OfficeHours
from rules.invitation.leaders import answer, forward
from rules.invitation.matter import Invitation
from rules.invitation.papers import Purpose
from rules.invitation.reminders import EVE, SHORTLY, moments
from rules.invitation.request import Answer
from rules.invitation.terms import InvitationTerms
from rules.working_days import Calendar, CalendarDay
from storage.database import Database
from tests.cast import THURSDAY, beijing
from tests.invitation_cast import Desk, paper
from tests.invitation_stage import InvitationStage

FIRE = {EVE: remind_the_day_before, SHORTLY: remind_shortly_before}


class ReminderStage(InvitationStage):
    """Where the clock comes to the reminders of one stored invitation."""

    async def keep(self, invitation: Invitation) -> None:
        await self.lay(invitation)
        async with self.office.work("keep") as work:
            await keep_timers(work, await work.lock(Invitation, invitation.id))

    async def fires(self, kind: str, at: str) -> dict[str, list[str]]:
        """What each was sent, files in brackets."""
        self.now = beijing(at)
        async with self.office.work(f"{kind} {at}") as work:
            await FIRE[kind](work, 12)
        told: dict[str, list[str]] = {}
        for one in await self.said():
            told.setdefault(one.name, []).append(one.text + (f"[{one.file}]" if one.file else ""))
        return told


@pytest.fixture
def stage(database: Database) -> ReminderStage:
    return ReminderStage(database, Desk())


def test_the_timetable_knows_both() -> None:
    assert TIMERS[EVE] is remind_the_day_before
    assert TIMERS[SHORTLY] is remind_shortly_before


@pytest.mark.parametrize(
    ("start", "eve", "shortly"),
    [
        ("2026-12-10 09:00", "2026-12-09 08:30", "2026-12-10 07:00"),
        ("2026-12-12 15:00", "2026-12-11 08:30", "2026-12-12 13:00"),  # a Saturday: the Friday before
        ("2026-10-08 10:00", "2026-09-30 08:30", "2026-10-08 08:00"),  # the first day after 国庆
    ],
)
def test_the_working_day_before_and_two_hours_before(start: str, eve: str, shortly: str) -> None:
    cast, hours, terms = Desk(), OfficeHours(), InvitationTerms()
    invitation = cast.accepted(cast.vice, beijing(start), beijing("2026-09-01 09:00"))
    due = moments(invitation, Calendar(), hours, terms, beijing("2026-09-01 09:00"))
    assert due == {EVE: beijing(eve), SHORTLY: beijing(shortly)}
    late = moments(invitation, Calendar(), hours, terms, beijing(eve))
    assert late == {EVE: None, SHORTLY: beijing(shortly)}


def test_nobody_coming_nothing_to_remind_of() -> None:
    cast = Desk()
    invitation = cast.invite(cast.vice)
    forward(invitation, cast.clerk, [cast.vice], THURSDAY)
    nothing = {EVE: None, SHORTLY: None}
    assert moments(invitation, Calendar(), OfficeHours(), InvitationTerms(), THURSDAY) == nothing
    answer(invitation, cast.vice, 0, Answer.DECLINE, THURSDAY)
    assert moments(invitation, Calendar(), OfficeHours(), InvitationTerms(), THURSDAY) == nothing


async def test_who_attends_and_the_desk_get_it_with_the_papers(stage: ReminderStage) -> None:
    invitation = stage.cast.accepted(stage.cast.vice)
    invitation.speech = True
    invitation.papers = [
        paper(Purpose.PROGRAMME, "方案.docx"),
        paper(Purpose.SPEECH, "讲话.docx"),
        paper(Purpose.APPROVAL, "批件.pdf"),
    ]
    await stage.keep(invitation)
    assert await stage.timers(12) == {EVE: beijing("2026-12-09 08:30"), SHORTLY: beijing("2026-12-10 07:00")}
    assert await stage.fires(EVE, "2026-12-09 08:30") == {
        "孙宇宙": [
            "",
            (
                "<b>明天的活动“城区重点项目调研” 12月10日 09:00，请您出席</b>\n"
                "活动：城区重点项目调研（调研）\n"
                "时间：12月10日（周四）09:00\n"
                "地点：云腾街道\n"
                "主办：财政局\n"
                "规模：约30人\n"
                "任务：现场察看（请讲话）\n"
                "附后：《方案.docx》、《讲话.docx》\n"
                "联系：区政府办公室科员 王列张 13800000006"
            ),
        ],
        "王列张": [
            "",
            (
                "<b>明天的活动“城区重点项目调研” 12月10日 09:00，请做好衔接</b>\n"
                "活动：城区重点项目调研（调研）\n"
                "时间：12月10日（周四）09:00\n"
                "地点：云腾街道\n"
                "主办：财政局\n"
                "规模：约30人\n"
                "任务：现场察看（请讲话）\n"
                "出席：副区长 孙宇宙\n"
                "附后：《方案.docx》、《讲话.docx》\n"
                "主办方联系人：褚秋收 13800000009\n"
                "已同时提醒出席的同志，请做好衔接。"
            ),
        ],
    }
    again = await stage.fires(SHORTLY, "2026-12-10 07:00")
    assert set(again) == {"孙宇宙", "王列张"}
    first = "<b>今天的活动“城区重点项目调研” 12月10日 09:00，请您出席</b>\n"
    assert any(text.startswith(first) for text in again["孙宇宙"])
    assert "13800000009" not in "".join(again["孙宇宙"])


async def test_a_delegate_is_reminded_and_knows_for_whom_they_go(stage: ReminderStage) -> None:
    cast = stage.cast
    invitation = cast.invite(cast.mayor, cast.vice)
    invitation.speech = True
    forward(invitation, cast.clerk, [cast.mayor, cast.vice], THURSDAY, together=True)
    answer(invitation, cast.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=cast.executive)
    invitation.requests[0].confirm(cast.executive, True, THURSDAY)
    answer(invitation, cast.vice, 1, Answer.ATTEND, THURSDAY)
    await stage.keep(invitation)
    told = await stage.fires(EVE, "2026-12-09 08:30")
    assert set(told) == {"钱玄黄", "孙宇宙", "王列张"}
    assert told["钱玄黄"][0].split("\n")[7:] == [
        "您代区长 赵天地出席。",
        "一同出席：副区长 孙宇宙",
        "需要讲话，代拟稿尚未报来。",
        "联系：区政府办公室科员 王列张 13800000006",
    ]
    assert "出席：常务副区长 钱玄黄（代区长 赵天地）、副区长 孙宇宙" in told["王列张"][0]


async def test_the_liaison_of_a_head_who_goes_is_reminded_with_them(stage: ReminderStage) -> None:
    cast = stage.cast
    invitation = cast.invite(cast.mayor)
    forward(invitation, cast.clerk, [cast.mayor], THURSDAY)
    answer(invitation, cast.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=cast.head)
    invitation.requests[0].confirm(cast.head, True, THURSDAY)
    await stage.keep(invitation)
    told = await stage.fires(EVE, "2026-12-09 08:30")
    assert set(told) == {"冯寒来", "褚秋收", "王列张"}
    assert told["褚秋收"][0].split("\n")[-3:] == [
        "出席：财政局局长 冯寒来（代区长 赵天地）",
        "联系：区政府办公室科员 王列张 13800000006",
        "已同时提醒本人，请做好衔接。",
    ]


async def test_called_off_or_asked_anew_nobody_is_reminded(stage: ReminderStage) -> None:
    invitation = stage.cast.accepted(stage.cast.vice)
    await stage.keep(invitation)
    async with stage.office.work("cancel") as work:
        kept = await work.lock(Invitation, 12)
        kept.cancel(kept.submitted_by, "改期另定", work.now)
    assert await stage.fires(EVE, "2026-12-09 08:30") == {}
    assert await stage.fires(SHORTLY, "2026-12-10 07:00") == {}


async def test_an_event_that_moved_takes_its_reminders_along(stage: ReminderStage) -> None:
    invitation = stage.cast.accepted(stage.cast.vice)
    await stage.keep(invitation)
    async with stage.office.work("move") as work:
        (await work.lock(Invitation, 12)).start += timedelta(days=1)
    assert await stage.fires(EVE, "2026-12-09 08:30") == {}
    assert await stage.timers(12) == {EVE: beijing("2026-12-10 08:30"), SHORTLY: beijing("2026-12-11 07:00")}
    assert set(await stage.fires(EVE, "2026-12-10 08:30")) == {"孙宇宙", "王列张"}


async def test_after_a_stop_one_reminder_is_enough_and_a_begun_event_needs_none(stage: ReminderStage) -> None:
    await stage.keep(stage.cast.accepted(stage.cast.vice))
    assert await stage.fires(EVE, "2026-12-10 07:30") == {}
    assert set(await stage.fires(SHORTLY, "2026-12-10 08:30")) == {"孙宇宙", "王列张"}
    assert await stage.fires(SHORTLY, "2026-12-10 09:00") == {}


async def test_where_the_one_at_the_desk_has_left_the_whole_desk_is_told(stage: ReminderStage) -> None:
    await stage.keep(stage.cast.accepted(stage.cast.vice))
    async with stage.office.work("leave") as work:
        kept = await work.lock(Invitation, 12)
        assert kept.clerk is not None
        kept.clerk.left_at = work.now
    assert set(await stage.fires(EVE, "2026-12-09 08:30")) == {"孙宇宙", "吴盈昃", "郑辰宿"}


async def test_the_reminder_follows_the_working_days(stage: ReminderStage) -> None:
    await stage.keep(stage.cast.accepted(stage.cast.vice))
    off = [CalendarDay(beijing("2026-12-09 12:00").date(), working=False, source="试")]
    async with stage.office.work("calendar") as work:
        work._calendar = Calendar(off)
        assert await recount(work, Calendar(), Calendar(off)) == []
    assert await stage.timers(12) == {EVE: beijing("2026-12-08 08:30"), SHORTLY: beijing("2026-12-10 07:00")}
