"""The life of a leave: each refusal and each way it can go (art. 77)."""

from datetime import date

import pytest

from rules.approval import Decision
from rules.dates.half_days import forward
from rules.dates.reading import Half, HalfDaySpan
from rules.dates.spans import overlap
from rules.leave.matter import Facts, LeaveKind, LeaveState
from rules.leave.routes import LeaveRoutes
from rules.refused import Refused
from tests.cast import Cast, beijing

AGREE, DECLINE, SEND_BACK = Decision.AGREE, Decision.DECLINE, Decision.SEND_BACK
MORNING, AFTERNOON = Half.AM, Half.PM
NOON = beijing("2026-11-26 12:00")
LATER = beijing("2026-11-27 09:30")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_a_heads_report_goes_to_the_vice_mayor_in_charge_and_then_to_the_mayor(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    assert [approval.approver for approval in leave.approvals] == [cast.vice, cast.mayor]
    assert leave.waiting is leave.approvals[0]
    leave.decide(cast.vice, 0, AGREE, NOON)
    assert leave.decided_at is None
    assert leave.waiting is leave.approvals[1]
    assert leave.approvals[1].asked_at == NOON
    leave.decide(cast.mayor, 1, AGREE, LATER, "早去早回")
    assert leave.state is LeaveState.APPROVED
    assert leave.decided_at == LATER
    assert leave.waiting is None


def test_the_mayors_own_stands_at_once(cast: Cast) -> None:
    leave = cast.report(cast.mayor, cast.executive)
    assert leave.of_the_mayor
    assert leave.approvals == []
    assert leave.state is LeaveState.APPROVED


def test_declining_ends_it_and_asks_nobody_further(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, DECLINE, NOON, "会期冲突")
    assert leave.state is LeaveState.DECLINED
    assert [approval.approver for approval in leave.approvals] == [cast.vice]


def test_sent_back_it_is_changed_and_goes_its_whole_way_again(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, AGREE, NOON)
    leave.decide(cast.mayor, 1, SEND_BACK, NOON, "请改期")
    assert leave.state is LeaveState.SENT_BACK
    facts = Facts(
        LeaveKind.TRIP,
        date(2026, 12, 7),
        MORNING,
        date(2026, 12, 8),
        AFTERNOON,
        "济南",
        "开会",
        cast.deputy,
        "1",
    )
    leave.revise(cast.head, facts, LATER)
    leave.submit(LeaveRoutes().route(cast.head, cast.roster), LATER)
    assert leave.start == date(2026, 12, 7)
    assert leave.waiting is not None
    assert leave.waiting.approver is cast.vice
    assert leave.waiting.position == 2
    assert [approval.position for approval in leave.approvals] == [0, 1, 2, 3]
    with pytest.raises(Refused, match="不能重复办理"):  # the card of the first round
        leave.decide(cast.vice, 0, AGREE, LATER)


@pytest.mark.parametrize(
    ("who", "position", "sentence"),
    [
        ("head", 0, "本人的请假报告不能由本人审批。"),
        ("deputy", 0, "这份请假报告由副区长 孙宇宙审批，您不能代为办理。"),
        ("mayor", 1, "这份请假报告还没有轮到您审批。"),
        ("vice", 7, "这张卡片已经失效，请发「待办」查看最新事项。"),
    ],
)
def test_the_wrong_person_is_told_why(cast: Cast, who: str, position: int, sentence: str) -> None:
    leave = cast.report(cast.head, cast.deputy)
    with pytest.raises(Refused, match=sentence):
        leave.decide(getattr(cast, who), position, AGREE, NOON)


def test_a_second_decision_is_told_the_first(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, AGREE, beijing("2026-11-26 09:30"))
    with pytest.raises(Refused) as refused:
        leave.decide(cast.vice, 0, DECLINE, NOON)
    assert str(refused.value) == "这份请假报告已由副区长 孙宇宙于11月26日 09:30同意，不能重复办理。"


def test_withdrawn_before_the_decision(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    with pytest.raises(Refused, match="只能由本人办理"):
        leave.withdraw(cast.deputy, NOON)
    leave.withdraw(cast.head, NOON)
    assert leave.state is LeaveState.WITHDRAWN
    with pytest.raises(Refused, match="财政局局长 冯寒来的请假报告已撤回，无需审批。"):
        leave.decide(cast.vice, 0, AGREE, NOON)
    with pytest.raises(Refused, match="已撤回，不能撤回"):
        leave.withdraw(cast.head, NOON)


def test_an_approved_leave_is_withdrawn_only_before_it_begins(cast: Cast) -> None:
    leave = cast.report(cast.liaison)
    leave.decide(cast.head, 0, AGREE, NOON)
    with pytest.raises(Refused, match="假期已经开始，不能撤回；返回后请销假。"):
        leave.withdraw(cast.liaison, beijing("2026-12-01 00:00"))
    leave.withdraw(cast.liaison, beijing("2026-11-30 23:59"))
    assert leave.state is LeaveState.WITHDRAWN


def test_the_return_is_reported_once_by_the_applicant(cast: Cast) -> None:
    leave = cast.report(cast.liaison)
    with pytest.raises(Refused, match="才开始；行程取消的，请点「撤回」。"):
        leave.report_back(cast.liaison, NOON)
    leave.decide(cast.head, 0, AGREE, NOON)
    with pytest.raises(Refused, match="才开始；行程取消的，请点「撤回」。"):
        leave.report_back(cast.liaison, NOON)
    with pytest.raises(Refused, match="只能由本人办理"):
        leave.report_back(cast.head, beijing("2026-12-03 17:00"))
    leave.report_back(cast.liaison, beijing("2026-12-03 17:00"))
    assert leave.state is LeaveState.RETURNED
    with pytest.raises(Refused, match="已于12月3日 17:00销假，无需再报。"):
        leave.report_back(cast.liaison, beijing("2026-12-03 17:01"))


def test_an_afternoon_begins_at_noon(cast: Cast) -> None:
    leave = cast.report(cast.liaison, start=(date(2026, 12, 1), AFTERNOON))
    assert not leave.begun(beijing("2026-12-01 11:59"))
    assert leave.begun(beijing("2026-12-01 12:00"))


def test_a_successor_is_asked_in_place_of_one_who_left(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    route = LeaveRoutes().route(cast.head, cast.without(cast.vice))
    assert leave.reroute(route, LATER)
    assert [approval.approver for approval in leave.approvals] == [cast.executive, cast.mayor]
    assert leave.waiting is not None
    assert leave.waiting.asked_at == LATER
    assert leave.waiting.position == 2  # no card of the old ones can answer for it
    assert not leave.reroute(route, LATER)


def test_what_was_agreed_stays_agreed_when_a_later_one_leaves(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, AGREE, NOON)
    assert leave.reroute(LeaveRoutes().route(cast.head, cast.without(cast.mayor)), LATER)
    assert leave.waiting is not None
    assert leave.waiting.approver is cast.executive
    assert leave.approvals[0].decision is AGREE


def test_one_who_was_asked_and_still_is_keeps_their_card(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    asked = leave.waiting
    assert leave.reroute(LeaveRoutes().route(cast.head, cast.without(cast.mayor)), LATER)
    assert leave.waiting is asked
    assert [approval.approver for approval in leave.approvals] == [cast.vice, cast.executive]


def test_spans_touch_by_half_days() -> None:
    day, next_day = date(2026, 12, 1), date(2026, 12, 2)
    morning = HalfDaySpan(day, MORNING, day, MORNING)
    afternoon = HalfDaySpan(day, AFTERNOON, next_day, AFTERNOON)
    assert not overlap(morning, afternoon)
    assert overlap(HalfDaySpan(day, MORNING, day, AFTERNOON), afternoon)
    assert forward(morning)
    assert not forward(HalfDaySpan(day, AFTERNOON, day, MORNING))


def test_what_was_sent_back_ends_with_its_days(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)  # 1 to 3 December
    assert not leave.run_out(beijing("2026-12-04 00:00"))  # it waits for who decides: 追认 or 作废
    leave.decide(cast.vice, 0, SEND_BACK, NOON, "请改期")
    assert not leave.run_out(beijing("2026-12-03 23:59"))
    assert leave.run_out(beijing("2026-12-04 00:00"))
    assert leave.state is LeaveState.PAST
    with pytest.raises(Refused, match="这份请假报告行程已过，不能修改。"):
        leave.may_revise(cast.head)
