"""What the office reads on its card before it forwards an invitation: each rule, with its article."""

from datetime import date

import pytest

from rules.invitation.changing import propose, take_change
from rules.invitation.checks import checks
from rules.invitation.kinds import InvitationKind
from rules.invitation.matter import Invitation
from rules.invitation.papers import Purpose
from rules.periods import Periods
from rules.working_days import Calendar, CalendarDay
from tests.cast import THURSDAY, beijing
from tests.invitation_cast import EVENT, Desk, paper


@pytest.fixture
def desk() -> Desk:
    return Desk()


def found(invitation: Invitation, calendar: Calendar | None = None) -> list[str]:
    """The lines as the card shows them."""
    return [
        f"{'✓' if one.good else '⚠️'} {one.text}（{one.article}）"
        for one in checks(invitation, calendar or Calendar(), Periods())
    ]


def test_in_time(desk: Desk) -> None:
    assert found(desk.invite(desk.vice)) == ["✓ 提前10个工作日报送（86）"]


def test_late_until_it_is_permitted(desk: Desk) -> None:
    friday = beijing("2026-12-04 00:10")
    invitation = desk.invite(desk.vice, now=friday, permitter=desk.director)
    late = "⚠️ 提前4个工作日报送，最迟应于12月3日(周四)报送；"
    assert found(invitation) == [f"{late}尚未准予受理（86）"]
    invitation.permit(desk.director, True, friday)
    assert invitation.permission is not None
    assert found(invitation) == [f"{late}{invitation.permission.done}（86）"]


def test_nobody_is_blamed_for_a_holiday_that_came_later(desk: Desk) -> None:
    invitation = desk.invite(desk.vice, now=beijing("2026-12-03 09:00"))
    off = Calendar([CalendarDay(date(2026, 12, 9), working=False, source="放假")])
    assert found(invitation, off) == [
        "⚠️ 提前4个工作日报送，最迟应于12月2日(周三)报送；报送时未逾期，放假安排变动后计算（86）"
    ]


def test_nor_for_an_event_that_the_office_let_move(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    propose(invitation, desk.head, beijing("2026-12-01 09:00"), None, invitation.place, [], "", THURSDAY)
    take_change(invitation, desk.clerk, THURSDAY)
    assert found(invitation) == ["⚠️ 提前3个工作日报送，最迟应于11月24日(周二)报送；活动改期后计算（86）"]


def test_what_needs_the_approval_of_the_district(desk: Desk) -> None:
    invitation = desk.invite(desk.vice, kind=InvitationKind.FORUM)
    assert found(invitation)[1:] == ["⚠️ 论坛，区委、区政府批准文号或文件未报齐（87）"]
    invitation.approval_number = "千委〔2026〕31号"
    invitation.papers = [paper(Purpose.APPROVAL, "批复.pdf")]
    assert found(invitation)[1:] == ["✓ 论坛，批准文号千委〔2026〕31号，附《批复.pdf》（87）"]


def test_words_of_another_kind_and_a_speech(desk: Desk) -> None:
    invitation = desk.invite(desk.vice, task="讲话并剪彩，请发贺信")
    invitation.speech = True
    assert found(invitation)[1:] == [
        "⚠️ 文中有“贺信”“剪彩”，请核是否经区委、区政府批准（87）",
        "⚠️ 请领导讲话，未附代拟稿（76）",
    ]
    invitation.papers = [paper(Purpose.SPEECH, "讲话.docx")]
    assert found(invitation)[2:] == ["✓ 请领导讲话，附《讲话.docx》（76）"]


def test_a_bureaus_own_meeting_and_guests_from_abroad(desk: Desk) -> None:
    invitation = desk.invite(desk.mayor, kind=InvitationKind.MEETING, event="外商座谈", start=EVENT)
    assert found(invitation)[1:] == [
        "⚠️ 部门召开的本系统全区性会议一律不邀请区长出席，请核（58）",
        "⚠️ 文中有“外商”，涉外活动应送外事部门审核，请核（58）",
    ]
