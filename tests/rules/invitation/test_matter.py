"""An invitation's life on plain objects: the unit, the office, the leaders, changes."""

from datetime import timedelta

import pytest

from rules.invitation.changing import propose, take_change
from rules.invitation.kinds import InvitationKind
from rules.invitation.leaders import answer, confirm, enter_answer, forward, move_on, rethink
from rules.invitation.matter import Invitation, InvitationState
from rules.invitation.papers import Purpose
from rules.invitation.request import Answer, RequestState
from rules.refused import Refused
from tests.cast import THURSDAY
from tests.invitation_cast import EVENT, Desk, paper

HOUR = timedelta(hours=1)


def state_of(invitation: Invitation) -> InvitationState:
    """The state, read anew."""
    return invitation.state


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_forwarded_accepted_answered(desk: Desk) -> None:
    invitation = desk.invite(desk.vice)
    asked = forward(invitation, desk.clerk, [desk.vice], THURSDAY, advice="建议出席")
    assert [one.leader for one in asked] == [desk.vice]
    assert state_of(invitation) is InvitationState.WITH_LEADERS
    answer(invitation, desk.vice, 0, Answer.ATTEND, THURSDAY)
    assert move_on(invitation, THURSDAY) == []
    assert state_of(invitation) is InvitationState.ANSWERED
    assert invitation.attendees == [desk.vice]


def test_in_line_the_next_is_asked_when_one_declines(desk: Desk) -> None:
    invitation = desk.invite()
    asked = forward(invitation, desk.clerk, [desk.mayor, desk.executive, desk.vice], THURSDAY)
    assert [one.leader for one in asked] == [desk.mayor]
    with pytest.raises(Refused, match="还没有轮到"):
        answer(invitation, desk.executive, 1, Answer.ATTEND, THURSDAY)
    answer(invitation, desk.mayor, 0, Answer.DECLINE, THURSDAY)
    assert [one.leader for one in move_on(invitation, THURSDAY)] == [desk.executive]
    answer(invitation, desk.executive, 1, Answer.ATTEND, THURSDAY)
    assert move_on(invitation, THURSDAY) == []
    assert state_of(invitation) is InvitationState.ANSWERED
    assert invitation.requests[2].state is RequestState.IN_LINE


def test_together_all_are_asked_at_once(desk: Desk) -> None:
    invitation = desk.invite()
    assert len(forward(invitation, desk.clerk, [desk.mayor, desk.vice], THURSDAY, together=True)) == 2
    answer(invitation, desk.vice, 1, Answer.DECLINE, THURSDAY)
    assert move_on(invitation, THURSDAY) == []
    assert state_of(invitation) is InvitationState.WITH_LEADERS


def test_nobody_answers_for_another(desk: Desk) -> None:
    invitation = desk.invite(desk.vice)
    forward(invitation, desk.clerk, [desk.vice], THURSDAY)
    with pytest.raises(Refused, match="您不能代为办理"):
        answer(invitation, desk.mayor, 0, Answer.ATTEND, THURSDAY)
    answer(invitation, desk.executive, 0, Answer.ATTEND, THURSDAY, stand_in=desk.executive)
    assert invitation.requests[0].by == "常务副区长 钱玄黄（代副区长 孙宇宙）"


def test_only_the_office_forwards_and_only_to_leaders(desk: Desk) -> None:
    invitation = desk.invite(desk.vice)
    with pytest.raises(Refused, match="第八十六条"):
        forward(invitation, desk.head, [desk.vice], THURSDAY)
    with pytest.raises(Refused, match="哪位区政府领导"):
        forward(invitation, desk.clerk, [desk.head], THURSDAY)


def test_two_at_the_desk_forward_it_once(desk: Desk) -> None:
    invitation = desk.invite(desk.vice)
    forward(invitation, desk.clerk, [desk.vice], THURSDAY)
    with pytest.raises(Refused, match="副区长 孙宇宙已由王列张于11月26日 09:00转呈，正待答复，不必再转呈。"):
        forward(invitation, desk.director, [desk.vice], THURSDAY)
    assert len(invitation.requests) == 1
    forward(invitation, desk.director, [desk.mayor], THURSDAY)
    assert [one.leader for one in invitation.waiting] == [desk.vice, desk.mayor]


def test_a_forum_without_its_approval_is_not_forwarded(desk: Desk) -> None:
    forum = desk.invite(desk.vice, kind=InvitationKind.FORUM)
    with pytest.raises(Refused, match="第八十七条"):
        forward(forum, desk.clerk, [desk.vice], THURSDAY)
    forum.approval_number, forum.papers = "千委〔2026〕3号", [paper(Purpose.APPROVAL)]
    assert forward(forum, desk.clerk, [desk.vice], THURSDAY)


def test_a_delegate_takes_it_or_the_leader_is_asked_again(desk: Desk) -> None:
    invitation = desk.invite(desk.mayor)
    forward(invitation, desk.clerk, [desk.mayor], THURSDAY)
    with pytest.raises(Refused, match="不能委托本人"):
        answer(invitation, desk.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=desk.mayor)
    request = answer(invitation, desk.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=desk.vice)
    move_on(invitation, THURSDAY)
    assert request.attendee is None
    assert state_of(invitation) is InvitationState.WITH_LEADERS
    with pytest.raises(Refused, match="没有委托您"):
        confirm(invitation, desk.executive, 0, True, THURSDAY)
    confirm(invitation, desk.vice, 0, False, THURSDAY, "同时段另有会议")
    assert request.waiting
    assert request.refusal == "副区长 孙宇宙不能参加：同时段另有会议"
    answer(invitation, desk.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=desk.executive)
    confirm(invitation, desk.executive, 0, True, THURSDAY)
    move_on(invitation, THURSDAY)
    assert invitation.attendees == [desk.executive]
    assert state_of(invitation) is InvitationState.ANSWERED


def test_who_covers_for_a_leader_on_leave_takes_their_place_only_once_they_say_so(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    request = invitation.requests[0]
    request.ask_delegate(desk.executive, THURSDAY, leave_id=7)
    assert invitation.attendees == [desk.vice]
    confirm(invitation, desk.executive, 0, False, THURSDAY)
    assert invitation.attendees == [desk.vice]
    assert request.answer is Answer.ATTEND
    request.ask_delegate(desk.executive, THURSDAY, leave_id=7)
    confirm(invitation, desk.executive, 0, True, THURSDAY)
    assert invitation.attendees == [desk.executive]


def test_a_changed_mind_until_the_event_begins(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    with pytest.raises(Refused, match="改变答复"):
        answer(invitation, desk.vice, 0, Answer.DECLINE, THURSDAY)
    _, before = rethink(invitation, desk.vice, 0, THURSDAY)
    assert before is Answer.ATTEND
    assert state_of(invitation) is InvitationState.WITH_LEADERS
    with pytest.raises(Refused, match="活动时间已到"):
        answer(invitation, desk.vice, 0, Answer.DECLINE, EVENT)


def test_another_time_asks_those_who_come_anew_but_not_those_who_declined(desk: Desk) -> None:
    invitation = desk.invite()
    forward(invitation, desk.clerk, [desk.mayor, desk.vice], THURSDAY, together=True)
    answer(invitation, desk.mayor, 0, Answer.DECLINE, THURSDAY)
    answer(invitation, desk.vice, 1, Answer.ATTEND, THURSDAY)
    move_on(invitation, THURSDAY)
    change = propose(invitation, desk.liaison, EVENT + HOUR, None, invitation.place, [], "会场冲突", THURSDAY)
    assert invitation.awaits_desk
    assert invitation.start == EVENT
    with pytest.raises(Refused, match="先办理变更"):
        forward(invitation, desk.clerk, [desk.executive], THURSDAY)
    taken, anew = take_change(invitation, desk.clerk, THURSDAY)
    assert taken is change
    assert [one.leader for one in anew] == [desk.vice]
    assert (invitation.start, invitation.version) == (EVENT + HOUR, 1)
    assert invitation.attendees == []


def test_another_programme_asks_nobody_anew(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    invitation.papers = [paper(Purpose.PROGRAMME, "旧.docx")]
    fresh = paper(Purpose.PROGRAMME, "新.docx")
    propose(invitation, desk.head, EVENT, None, invitation.place, [fresh], "", THURSDAY)
    assert [one.name for one in invitation.programme] == ["旧.docx"]
    assert invitation.proposed_programme == [fresh]
    _, anew = take_change(invitation, desk.clerk, THURSDAY)
    assert anew == []
    assert [one.name for one in invitation.programme] == ["新.docx"]
    assert invitation.proposed_programme == []
    assert invitation.attendees == [desk.vice]


def test_what_has_a_change_to_be_looked_at_is_not_given_back(desk: Desk) -> None:
    invitation = desk.invite(desk.vice)
    propose(invitation, desk.head, EVENT + HOUR, None, invitation.place, [], "", THURSDAY)
    with pytest.raises(Refused, match="请先办理变更"):
        invitation.ask_for_more(desk.clerk, "请附方案", THURSDAY)
    with pytest.raises(Refused, match="请先办理变更"):
        invitation.send_back(desk.clerk, "冲突", THURSDAY)


def test_a_change_of_nothing_and_by_strangers_is_refused(desk: Desk) -> None:
    invitation = desk.accepted(desk.vice)
    with pytest.raises(Refused, match="都没有变"):
        propose(invitation, desk.liaison, EVENT, None, invitation.place, [], "", THURSDAY)
    with pytest.raises(Refused, match="由该单位办理"):
        propose(invitation, desk.archivist, EVENT + HOUR, None, invitation.place, [], "", THURSDAY)


def test_late_ones_wait_for_the_director(desk: Desk) -> None:
    late = desk.invite(desk.vice, permitter=desk.director)
    assert state_of(late) is InvitationState.PERMISSION
    with pytest.raises(Refused, match="不能转呈"):
        forward(late, desk.clerk, [desk.vice], THURSDAY)
    with pytest.raises(Refused, match="第八十六条"):
        late.permit(desk.clerk, True, THURSDAY)
    late.permit(desk.director, True, THURSDAY)
    assert state_of(late) is InvitationState.AT_DESK
    with pytest.raises(Refused, match="不能重复办理"):
        late.permit(desk.director, False, THURSDAY)
    other = desk.invite(desk.vice, permitter=desk.director)
    other.permit(desk.deputy_director, False, THURSDAY, "不属特殊情况", stand_in=desk.deputy_director)
    assert state_of(other) is InvitationState.NOT_ADMITTED


def test_sent_back_completed_cancelled(desk: Desk) -> None:
    invitation = desk.invite(desk.vice)
    invitation.ask_for_more(desk.clerk, "请附方案", THURSDAY)
    with pytest.raises(Refused, match="请点「补充」"):
        propose(invitation, desk.liaison, EVENT + HOUR, None, "别处", [], "", THURSDAY)
    invitation.submit(None, THURSDAY)
    invitation.cancel(desk.head, "活动取消", THURSDAY)
    assert state_of(invitation) is InvitationState.CANCELLED
    with pytest.raises(Refused, match="无需取消"):
        invitation.cancel(desk.head, "", THURSDAY)
    back = desk.invite(desk.vice)
    back.send_back(desk.clerk, "与区政府工作安排无关", THURSDAY)
    assert state_of(back) is InvitationState.SENT_BACK


def test_cancelling_asks_nobody_any_more_and_the_answer_stays_on_record(desk: Desk) -> None:
    invitation = desk.invite()
    forward(invitation, desk.clerk, [desk.mayor, desk.vice], THURSDAY, together=True)
    answer(invitation, desk.vice, 1, Answer.ATTEND, THURSDAY)
    invitation.cancel(desk.liaison, "改期", THURSDAY)
    assert [one.state for one in invitation.requests] == [RequestState.CLOSED, RequestState.ATTENDS]
    assert invitation.attendees == []


def test_when_the_event_begins_nobody_is_asked_any_more(desk: Desk) -> None:
    silent = desk.invite(desk.vice)
    forward(silent, desk.clerk, [desk.vice], THURSDAY)
    assert not silent.lapse(THURSDAY)
    assert silent.lapse(EVENT)
    assert state_of(silent) is InvitationState.LAPSED
    coming = desk.accepted(desk.vice)
    assert not coming.lapse(EVENT)
    assert state_of(coming) is InvitationState.ANSWERED
    assert coming.attendees == [desk.vice]


def test_silence_goes_back_to_the_office_and_may_still_be_broken(desk: Desk) -> None:
    invitation = desk.invite(desk.vice)
    forward(invitation, desk.clerk, [desk.vice], THURSDAY)
    invitation.requests[0].give_back(THURSDAY)
    assert invitation.awaits_desk
    answer(invitation, desk.vice, 0, Answer.ATTEND, THURSDAY)
    assert not invitation.awaits_desk


def test_an_answer_by_telephone_bears_its_source(desk: Desk) -> None:
    invitation = desk.invite(desk.vice)
    forward(invitation, desk.clerk, [desk.vice], THURSDAY)
    with pytest.raises(Refused, match="第八十六条"):
        enter_answer(invitation, desk.head, 0, Answer.ATTEND, "电话", THURSDAY)
    request = enter_answer(invitation, desk.clerk, 0, Answer.ATTEND, "电话", THURSDAY)
    assert request.settled == "副区长 孙宇宙于11月26日 09:00答复出席（电话，办公室登记）"
