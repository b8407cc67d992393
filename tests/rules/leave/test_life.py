"""What may be done with a leave after it was reported: changing, extending (art. 77, 7 and 9)."""

from datetime import date

import pytest

from rules.approval import Decision
from rules.dates.reading import Half, HalfDaySpan
from rules.leave.change import Change, ChangeKind, ChangeState, Wish
from rules.leave.life import check_change, may_extend, over, propose, withdraw_change
from rules.leave.matter import Leave, LeaveState
from rules.leave.routes import LeaveRoutes
from rules.refused import Refused
from rules.roster import Official
from tests.cast import Cast, beijing

AGREE, DECLINE, SEND_BACK = Decision.AGREE, Decision.DECLINE, Decision.SEND_BACK
TEN = beijing("2026-11-26 10:00")
ELEVEN = beijing("2026-11-26 11:00")
AWAY = beijing("2026-12-02 10:00")
OLD = HalfDaySpan(date(2026, 12, 1), Half.AM, date(2026, 12, 3), Half.PM)
LATER = HalfDaySpan(date(2026, 12, 2), Half.AM, date(2026, 12, 4), Half.PM)
LONGER = HalfDaySpan(date(2026, 12, 1), Half.AM, date(2026, 12, 5), Half.PM)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def leave(cast: Cast) -> Leave:
    return cast.report(cast.head, cast.deputy)


@pytest.fixture
def approved(cast: Cast, leave: Leave) -> Leave:
    leave.decide(cast.vice, 0, AGREE, TEN)
    leave.decide(cast.mayor, 1, AGREE, TEN)
    return leave


def change(
    cast: Cast,
    leave: Leave,
    span: HalfDaySpan = OLD,
    acting: Official | None = None,
    *,
    kind: ChangeKind = ChangeKind.CHANGE,
    late: bool = False,
    now: object = None,
) -> Change:
    route = LeaveRoutes().route(leave.applicant, cast.roster)
    wish = Wish(kind, span, acting or leave.acting, "会议改期", late)
    return propose(leave, leave.applicant, wish, route, ELEVEN if now is None else AWAY)


# ---------------------------------------------------------------- an approved leave


def test_until_other_dates_are_approved_the_old_ones_stand(cast: Cast, approved: Leave) -> None:
    asked = change(cast, approved, LATER)
    assert approved.state is LeaveState.APPROVED
    assert approved.span == OLD
    assert approved.change is asked
    assert approved.waiting is not None
    assert (approved.waiting.approver, approved.waiting.position) == (cast.vice, 2)
    approved.decide(cast.vice, 2, AGREE, ELEVEN)
    assert approved.span == OLD
    approved.decide(cast.mayor, 3, AGREE, ELEVEN)
    assert approved.span == LATER
    assert (asked.state, asked.was_span) == (ChangeState.IN_FORCE, OLD)
    assert approved.change is None


@pytest.mark.parametrize(
    ("decision", "state"), [(DECLINE, ChangeState.DECLINED), (SEND_BACK, ChangeState.SENT_BACK)]
)
def test_refused_the_leave_goes_on_as_it_was(
    cast: Cast, approved: Leave, decision: Decision, state: ChangeState
) -> None:
    asked = change(cast, approved, LATER)
    approved.decide(cast.vice, 2, decision, ELEVEN, "会期未变")
    assert (approved.state, approved.span, asked.state) == (LeaveState.APPROVED, OLD, state)
    assert approved.waiting is None


def test_another_to_act_is_told_not_asked_about(cast: Cast, approved: Leave) -> None:
    asked = change(cast, approved, acting=cast.liaison)
    assert (asked.state, approved.acting) == (ChangeState.IN_FORCE, cast.liaison)
    assert approved.waiting is None


def test_but_a_vice_mayor_who_departs_from_the_roster_asks_the_mayor(cast: Cast) -> None:
    leave = cast.report(cast.vice, cast.executive)  # the vice mayor's 补位
    leave.decide(cast.mayor, 0, AGREE, TEN)
    cast.officials[0].role  # noqa: B018 - the mayor may not act for a vice mayor; any other may
    asked = change(cast, leave, acting=cast.director)
    assert asked.state is ChangeState.PENDING
    assert leave.acting is cast.executive
    leave.decide(cast.mayor, 1, AGREE, ELEVEN)
    assert leave.acting is cast.director
    back = change(cast, leave, acting=cast.executive)
    assert back.state is ChangeState.IN_FORCE


def test_the_mayors_own_change_stands_at_once(cast: Cast) -> None:
    leave = cast.report(cast.mayor, cast.executive)
    assert change(cast, leave, LATER).state is ChangeState.IN_FORCE
    assert leave.span == LATER


def test_one_change_at_a_time_and_it_can_be_taken_back(cast: Cast, approved: Leave) -> None:
    asked = change(cast, approved, LATER)
    with pytest.raises(Refused, match="已有一项变更待审批；要改，请先点「撤回变更」。"):
        change(cast, approved, LONGER)
    withdraw_change(approved, cast.head, ELEVEN)
    assert (asked.state, approved.waiting, approved.span) == (ChangeState.WITHDRAWN, None, OLD)
    with pytest.raises(Refused, match="没有待审批的变更"):
        withdraw_change(approved, cast.head, ELEVEN)
    assert change(cast, approved, LONGER).round > asked.round


def test_withdrawn_returned_or_lapsed_it_has_no_open_change(cast: Cast, approved: Leave) -> None:
    asked = change(cast, approved, LATER)
    approved.withdraw(cast.head, ELEVEN)
    assert (asked.state, approved.state) == (ChangeState.WITHDRAWN, LeaveState.WITHDRAWN)
    with pytest.raises(Refused, match="已撤回，不能变更"):
        change(cast, approved, LONGER)


def test_a_return_ends_an_open_extension(cast: Cast, approved: Leave) -> None:
    asked = change(cast, approved, LONGER, kind=ChangeKind.EXTENSION, now=AWAY)
    approved.report_back(cast.head, AWAY)
    assert (asked.state, approved.state) == (ChangeState.WITHDRAWN, LeaveState.RETURNED)
    assert approved.waiting is None


def test_once_begun_the_start_stands(cast: Cast, approved: Leave) -> None:
    with pytest.raises(Refused, match="开始时间不能再改"):
        change(cast, approved, LATER, now=AWAY)


def test_nothing_to_change(cast: Cast, approved: Leave) -> None:
    with pytest.raises(Refused, match="没有需要变更的内容"):
        change(cast, approved)
    with pytest.raises(Refused, match="只能由本人办理"):
        propose(
            approved,
            cast.deputy,
            Wish(ChangeKind.CHANGE, LATER, None),
            LeaveRoutes().route(cast.head, cast.roster),
            ELEVEN,
        )


# ---------------------------------------------------------------- a report still on its way


def test_before_approval_other_dates_begin_the_way_anew(cast: Cast, leave: Leave) -> None:
    leave.decide(cast.vice, 0, AGREE, TEN)
    asked = change(cast, leave, LATER)
    assert (leave.span, asked.state, leave.state) == (LATER, ChangeState.IN_FORCE, LeaveState.PENDING)
    assert [(a.approver, a.position) for a in leave.this_round] == [(cast.vice, 2), (cast.mayor, 3)]
    leave.decide(cast.vice, 2, AGREE, ELEVEN)
    leave.decide(cast.mayor, 3, AGREE, ELEVEN)
    assert (leave.state, leave.span) == (LeaveState.APPROVED, LATER)


def test_before_approval_another_to_act_asks_nobody_again(cast: Cast, leave: Leave) -> None:
    leave.decide(cast.vice, 0, AGREE, TEN)
    change(cast, leave, acting=cast.liaison)
    assert leave.acting is cast.liaison
    assert leave.waiting is not None
    assert (leave.waiting.approver, leave.waiting.position) == (cast.mayor, 1)


# ---------------------------------------------------------------- extending


def test_an_extension_is_asked_of_what_stands(cast: Cast, leave: Leave) -> None:
    with pytest.raises(Refused, match="还在审批，不用续假"):
        may_extend(leave, cast.head)
    leave.withdraw(cast.head, TEN)
    with pytest.raises(Refused, match="已撤回，不能续假"):
        may_extend(leave, cast.head)


def test_after_the_end_date_it_is_urgent_and_says_why(cast: Cast, approved: Leave) -> None:
    assert not over(approved, beijing("2026-12-03 23:59"))
    assert over(approved, beijing("2026-12-04 00:00"))
    wish = Wish(ChangeKind.EXTENSION, LONGER, cast.deputy, late=True)
    now = beijing("2026-12-04 09:00")
    problems = check_change(approved, wish, [], [], cast.roster, now)
    assert [(p.key, p.message) for p in problems] == [("reason", "晚于规定时间，须书面说明理由。")]
    change(cast, approved, LONGER, kind=ChangeKind.EXTENSION, late=True, now=AWAY)
    assert approved.urgent


def test_the_checks_of_a_report_hold_for_a_change(cast: Cast, approved: Leave) -> None:
    def said(span: HalfDaySpan, acting: Official | None = cast.deputy, now: str = "2026-11-26 11:00") -> str:
        wish = Wish(ChangeKind.CHANGE, span, acting, "改期")
        found = check_change(approved, wish, [other], [], cast.roster, beijing(now))
        return found[0].message if found else ""

    other = cast.report(
        cast.head, cast.deputy, start=(date(2026, 12, 5), Half.AM), end=(date(2026, 12, 6), Half.PM)
    )
    assert said(LATER) == ""
    assert said(OLD) == "与原来的安排相同，没有需要变更的内容。"
    assert said(LONGER).startswith("与您已报的请假重叠：12月5日")
    assert said(LATER, cast.archivist).startswith("档案馆馆长 卫冬藏不是财政局的同志")
    assert said(LATER, None).startswith("请写明外出期间代为主持工作的同志")
    assert said(LATER, now="2026-12-01 09:00").endswith("开始时间不能再改。")
    backwards = HalfDaySpan(date(2026, 12, 3), Half.AM, date(2026, 12, 2), Half.PM)
    assert said(backwards) == "结束时间早于开始时间，请重填。"
    shorter = HalfDaySpan(OLD.start, Half.AM, date(2026, 12, 1), Half.PM)
    assert said(shorter, now="2026-12-02 09:00").endswith("已经返回的，请直接销假。")
