"""What people read of an invitation: whole texts."""

from datetime import timedelta

import pytest

from notices.invitation.card import (
    clash_words,
    delegate_buttons,
    delegate_text,
    leader_buttons,
    leader_text,
    own_buttons,
    own_text,
    permit_buttons,
    permit_text,
)
from notices.invitation.desk import desk_buttons
from notices.invitation.morning import waiting
from notices.invitation.outcome import answered, delegate_said
from notices.invitation.told import cancelled_line, change_seen, given_back, lapsed, turned, wants_more
from notices.invitation.words import papers, papers_button, when
from notices.message_text import CAPTION_LIMIT, split
from notices.notice import Rows
from rules.engagement import Engagement, EngagementKind
from rules.fields import Paper
from rules.invitation.changing import propose, take_change
from rules.invitation.kinds import InvitationKind
from rules.invitation.leaders import answer, confirm, forward, move_on
from rules.invitation.papers import InvitationPaper, Purpose
from rules.invitation.request import Answer
from tests.cast import THURSDAY, beijing
from tests.invitation_cast import EVENT, Desk, paper

HOUR = timedelta(hours=1)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def labels(rows: Rows) -> list[list[str]]:
    """The words on the buttons."""
    return [[button.label for button in row] for row in rows]


def test_the_leaders_card(desk: Desk) -> None:
    invitation = desk.invite(desk.mayor, desk.vice)
    invitation.papers = [paper(Purpose.PROGRAMME), paper(Purpose.SPEECH, "讲话.docx")]
    invitation.speech = True
    forward(
        invitation, desk.clerk, [desk.mayor, desk.vice], THURSDAY, advice="建议出席", proposal=Answer.ATTEND
    )
    clash = Engagement(desk.mayor, EngagementKind.MEETING, "常务会议", EVENT, EVENT + 2 * HOUR, "meeting:3")
    request = invitation.requests[0]
    assert leader_text(invitation, request, [clash], desk.roster) == (
        "<b>财政局活动“城区重点项目调研” 12月10日 09:00，待赵天地答复</b>\n"
        "活动：城区重点项目调研（调研）\n"
        "时间：12月10日（周四）09:00\n"
        "地点：云腾街道\n"
        "主办：财政局\n"
        "规模：约30人\n"
        "任务：现场察看（请讲话）\n"
        "请领导：区长 赵天地、副区长 孙宇宙\n"
        "同请：副区长 孙宇宙尚未征询\n"
        "办公室意见：建议出席\n"
        "办公室拟办：出席\n"
        "⚠️ 时间冲突：12月10日 09:00-11:00会议“常务会议”\n"
        "材料：《方案.docx》、《讲话.docx》\n"
        "联系：区政府办公室科员 王列张 13800000006\n"
        "（依据《工作规则》第八十六条）"
    )
    assert labels(leader_buttons(invitation, request)) == [
        ["同意拟办：出席"],
        ["出席", "不出席", "委托他人"],
        ["出席并附言", "征求意见"],
        ["材料（2件）"],
    ]
    assert labels(leader_buttons(invitation, request, desk.executive))[1] == [
        "出席（代）",
        "不出席（代）",
        "委托他人（代）",
    ]


def test_a_leaders_telephone_is_never_shown(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    shown = own_text(invitation, desk.roster) + "".join(
        notice.text for notice in answered(invitation, invitation.requests[0], desk.roster, anew=False)
    )
    assert desk.vice.phone not in shown
    assert desk.clerk.phone in shown


def test_once_answered_it_may_be_changed_until_it_begins(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    request = invitation.requests[0]
    assert labels(leader_buttons(invitation, request)) == [["改变答复"]]
    assert leader_buttons(invitation, request, begun=True) == ()


def test_the_units_card(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    assert own_text(invitation, desk.roster) == (
        "<b>活动“城区重点项目调研” 12月10日 09:00，已答复</b>\n"
        "活动：城区重点项目调研（调研）\n"
        "时间：12月10日（周四）09:00\n"
        "地点：云腾街道\n"
        "主办：财政局\n"
        "规模：约30人\n"
        "任务：现场察看\n"
        "请领导：副区长 孙宇宙\n"
        "进度：✓王 11月26日 09:00 → ✓孙 09:00\n"
        "答复：副区长 孙宇宙出席\n"
        "联系：区政府办公室科员 王列张 13800000006"
    )
    assert labels(own_buttons(invitation))[0] == ["变更", "取消活动"]
    assert labels(own_buttons(desk.invite()))[0] == ["催办", "变更", "撤回"]


def test_the_answer_in_each_way(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    [notice] = answered(invitation, invitation.requests[0], desk.roster, anew=False)
    assert notice.to is desk.liaison
    assert notice.text == (
        "<b>活动“城区重点项目调研” 12月10日 09:00，领导已答复</b>\n"
        "<b>副区长 孙宇宙出席</b>\n"
        "时间：12月10日（周四）09:00\n"
        "地点：云腾街道\n"
        "时间、地点、议程如有变化，请即点「变更」。\n"
        "联系：区政府办公室科员 王列张 13800000006"
    )
    declined = desk.invite(desk.mayor)
    forward(declined, desk.clerk, [desk.mayor], THURSDAY)
    answer(declined, desk.mayor, 0, Answer.DECLINE, THURSDAY)
    [notice] = answered(declined, declined.requests[0], desk.roster, anew=True)
    assert notice.text.startswith("<b>活动“城区重点项目调研” 12月10日 09:00，答复有变</b>\n")


def test_the_delegates_card(desk: Desk) -> None:
    invitation = desk.invite(desk.mayor)
    forward(invitation, desk.clerk, [desk.mayor], THURSDAY)
    request = answer(invitation, desk.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=desk.head)
    assert delegate_text(invitation, request, desk.head, [], desk.roster) == (
        "<b>财政局活动“城区重点项目调研” 12月10日 09:00，请您代区长出席</b>\n"
        "区长 赵天地委托您出席。\n"
        "活动：城区重点项目调研（调研）\n"
        "时间：12月10日（周四）09:00\n"
        "地点：云腾街道\n"
        "主办：财政局\n"
        "规模：约30人\n"
        "任务：现场察看\n"
        "联系：区政府办公室科员 王列张 13800000006\n"
        "（依据《工作规则》第八十六条）"
    )
    assert labels(delegate_buttons(invitation, request, desk.head)) == [["接受", "不能参加"]]
    confirm(invitation, desk.head, 0, True, THURSDAY)
    move_on(invitation, THURSDAY)
    assert delegate_buttons(invitation, request, desk.head) == ()
    assert delegate_said(invitation, request, desk.head, "") == (
        "<b>财政局活动“城区重点项目调研” 12月10日 09:00，冯寒来代为出席</b>\n代区长 赵天地。"
    )


def test_the_question_whether_a_late_one_is_taken_up(desk: Desk) -> None:
    late = desk.invite(desk.vice, permitter=desk.director)
    late.special_reason = "省里昨晚通知"
    permission = late.permission
    assert permission is not None
    assert permit_text(late, permission) == (
        "<b>财政局报送“城区重点项目调研” 12月10日 09:00，特殊情况，待准予受理</b>\n"
        "活动：城区重点项目调研（调研）\n"
        "时间：12月10日（周四）09:00\n"
        "地点：云腾街道\n"
        "主办：财政局\n"
        "规模：约30人\n"
        "任务：现场察看\n"
        "请领导：副区长 孙宇宙\n"
        "报送：财政局办公室主任 褚秋收\n"
        "特殊情况：省里昨晚通知\n"
        "晚于规定时间报送，是否准予受理？（依据《工作规则》第八十六条）"
    )
    assert labels(permit_buttons(late, permission)) == [
        ["准予受理", "不予受理"],
        ["准予受理并附言", "征求意见"],
    ]
    assert labels(permit_buttons(late, permission, desk.deputy_director)) == [
        ["准予受理（代）", "不予受理（代）"],
        ["准予受理并附言（代）", "征求意见"],
    ]


def test_what_the_desk_may_tap(desk: Desk) -> None:
    invitation = desk.invite(desk.vice)
    assert labels(desk_buttons(invitation))[0] == ["转呈领导", "请补充", "退回"]
    forward(invitation, desk.clerk, [desk.vice], THURSDAY)
    assert labels(desk_buttons(invitation))[0] == ["转呈领导", "登记电话答复"]
    propose(invitation, desk.liaison, EVENT + HOUR, None, "二楼", [], "", THURSDAY)
    assert labels(desk_buttons(invitation))[0] == ["同意变更", "不采纳变更"]
    invitation.cancel(desk.liaison, "", THURSDAY)
    assert labels(desk_buttons(invitation)) == [["呈批表"]]


def test_a_change_is_told_old_and_new(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    propose(invitation, desk.head, EVENT + HOUR, EVENT + 3 * HOUR, "二楼会议室", [], "检修", THURSDAY)
    change, _ = take_change(invitation, desk.clerk, THURSDAY)
    told = change_seen(change, invitation, desk.roster, anew=True)
    assert [notice.to for notice in told] == [desk.liaison, desk.head]
    assert told[0].text == (
        "<b>活动“城区重点项目调研” 12月10日 10:00，变更已采纳</b>\n"
        "时间：12月10日（周四）09:00 → 12月10日（周四）10:00至12:00\n"
        "地点：云腾街道 → 二楼会议室\n"
        "原因：检修\n"
        "时间或地点有变，正重新征求领导意见，有答复即告知。\n"
        "联系：区政府办公室科员 王列张 13800000006"
    )


def test_given_back_completed_lapsed_cancelled(desk: Desk) -> None:
    more = desk.invite(desk.vice)
    more.ask_for_more(desk.clerk, "请附方案", THURSDAY)
    [notice] = wants_more(more, desk.roster)
    assert notice.text == (
        "<b>活动“城区重点项目调研” 12月10日 09:00，请您补充</b>\n"
        "区政府办公室请补充：请附方案\n"
        "原填内容已保留，补好重新提交即可。\n"
        "联系：区政府办公室科员 王列张 13800000006"
    )
    back = desk.invite(desk.vice)
    back.send_back(desk.clerk, "与区里安排冲突", THURSDAY)
    [notice] = given_back(back, desk.roster)
    assert notice.text == (
        "<b>活动“城区重点项目调研” 12月10日 09:00，已退回</b>\n"
        "理由：与区里安排冲突\n"
        "联系：区政府办公室科员 王列张 13800000006（依据《工作规则》第八十六条）"
    )
    assert lapsed(desk.invite(desk.vice), desk.roster)[1].text == (
        "<b>财政局活动“城区重点项目调研” 12月10日 09:00，时间已到，邀请没有办结</b>\n已告财政局。"
    )
    off = desk.accepted(desk.vice)
    off.cancel(desk.liaison, "延期", THURSDAY)
    assert cancelled_line(off) == (
        "<b>财政局活动“城区重点项目调研” 12月10日 09:00，已取消，不需出席</b>\n原因：延期"
    )


def test_turned_to_the_office(desk: Desk) -> None:
    notice = turned(desk.liaison, "请转告<区长>出席", 5)
    assert notice.text == (
        "<b>邀请区领导须报区政府办公室，请点「填报邀请」</b>\n"
        "一律由办公室统一安排，不得直接向领导个人发送请柬；应提前5个工作日报送。（依据《工作规则》第八十六条）\n"
        "所写内容一并带入。\n"
        "<i>原话：请转告&lt;区长&gt;出席</i>"
    )
    assert labels(notice.buttons) == [["填报邀请"]]
    assert notice.attachment is None


def test_what_is_turned_fits_under_its_file_and_brings_it_along(desk: Desk) -> None:
    notice = turned(desk.liaison, "敬请区长莅临" * 300, 5, Paper("file-1", "请柬.jpg", photo=True))
    assert notice.attachment is not None
    assert (notice.attachment.file_id, notice.attachment.photo) == ("file-1", True)
    assert len(split(notice.text, CAPTION_LIMIT)) == 1
    assert notice.text.endswith("敬请区长莅临敬…</i>")


def test_what_comes_with_a_change_is_for_those_who_vet_it(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    fresh = InvitationPaper("file-2", "新议程.docx", Purpose.PROGRAMME)
    propose(invitation, desk.head, EVENT, None, invitation.place, [fresh], "", THURSDAY)
    assert papers(invitation, desk.vice) == []
    assert [one.text for one in papers(invitation, desk.clerk, proposed=True)] == [""]
    assert labels(papers_button(invitation)) == []
    assert labels(papers_button(invitation, proposed=True)) == [["材料（1件）"]]


def test_clashes_and_times_in_words(desk: Desk) -> None:
    away = Engagement(
        desk.vice,
        EngagementKind.LEAVE,
        "出差",
        beijing("2026-12-09 00:00"),
        beijing("2026-12-12 00:00"),
        "leave:7",
    )
    asked = Engagement(
        desk.vice, EngagementKind.EVENT, "年会", EVENT, EVENT + HOUR, "invitation:9", firm=False
    )
    assert clash_words(away) == "时间冲突：12月9日起外出（出差）"
    assert clash_words(asked) == "同时另有邀请（未定）：12月10日 09:00-10:00活动“年会”"
    assert (
        when(EVENT, beijing("2026-12-11 12:00"), THURSDAY) == "12月10日（周四）09:00至12月11日（周五）12:00"
    )


def test_on_the_morning_card(desk: Desk) -> None:
    late = desk.invite(desk.vice, permitter=desk.director)
    vet = desk.invite(desk.vice, kind=InvitationKind.FORUM, event="产业论坛")
    open_one = desk.invite(desk.vice)
    forward(open_one, desk.clerk, [desk.vice], THURSDAY)
    lacking = desk.invite(desk.vice)
    lacking.ask_for_more(desk.clerk, "请附方案", THURSDAY)
    sections = waiting([late], [vet], [open_one], [lacking])
    assert [(one.heading, list(one.lines)) for one in sections] == [
        ("活动邀请待准予受理1件", ["“城区重点项目调研”（12月10日 09:00），财政局"]),
        ("活动邀请待办公室办理1件", ["“产业论坛”（12月10日 09:00），财政局，待审核"]),
        ("活动邀请待领导答复1件", ["“城区重点项目调研”（12月10日 09:00），待副区长 孙宇宙"]),
        ("活动邀请待主办单位补充1件", ["“城区重点项目调研”（12月10日 09:00），财政局"]),
    ]
    assert waiting([], [], [], []) == []
