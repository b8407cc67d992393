"""What may still be done with a leave once it was reported: changing, extending it, dropping that again."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from rules.approval import Approval
from rules.dates.half_days import forward
from rules.dates.reading import HalfDaySpan, say_day
from rules.dates.spans import gone_by, overlap
from rules.fields.times import say_span
from rules.forms import Problem
from rules.leave.change import Change, ChangeKind, ChangeState, Wish
from rules.leave.matter import OPEN, Leave, LeaveState
from rules.leave.papers import LeavePaper
from rules.leave.report import check_acting
from rules.leave.routes import Route
from rules.refused import Refused
from rules.roster import Official, Roster
from rules.working_days import shanghai_day

REPEATABLE = frozenset({LeaveState.DECLINED, LeaveState.WITHDRAWN, LeaveState.PAST})
"""What came to nothing, and may be reported again with what it said."""

# ---------------------------------------------------------------- the applicant changes it


def may_change(leave: Leave, official: Official) -> None:
    """Only the applicant, while it is on its way or stands, and one change at a time."""
    leave.require_own(official)
    leave.not_back()
    if leave.state not in (LeaveState.PENDING, LeaveState.APPROVED):
        raise Refused(f"这份请假报告{leave.state}，不能变更。")
    if leave.change is not None:
        raise Refused(f"已有一项{leave.change.kind}待审批；要改，请先点「撤回{leave.change.kind}」。")


def may_extend(leave: Leave, official: Official) -> None:
    """Only the applicant, and only what was approved; before that the report itself is changed."""
    leave.require_own(official)
    if leave.state is LeaveState.PENDING:
        raise Refused("这份请假报告还在审批，不用续假；要改时间，请点「变更」。")
    if leave.state is not LeaveState.APPROVED:
        raise Refused(f"这份请假报告{leave.state}，不能续假。")
    may_change(leave, official)


def over(leave: Leave, now: datetime) -> bool:
    """Whether its last half day has gone by: an extension is then urgent and says why."""
    return gone_by(leave.span, now)


def draft(leave: Leave, wish: Wish, now: datetime) -> Change:
    """The change that the wish would be, with what holds now beside it."""
    return Change(
        kind=wish.kind,
        span=wish.span,
        acting=wish.acting,
        was_span=leave.span,
        was_acting=leave.acting,
        reason=wish.reason,
        proposed_at=now,
        urgent=wish.late,
        round=leave.next_round,
    )


def check_change(
    leave: Leave, wish: Wish, own: Iterable[Leave], others: Iterable[Leave], roster: Roster, now: datetime
) -> list[Problem]:
    """Everything that keeps a change from going out, as on a report; `own` are their other leaves."""
    today, key = shanghai_day(now), "until" if wish.kind is ChangeKind.EXTENSION else "span"
    problems = [*_check_dates(leave, wish.span, own, key, now)]
    if not problems and wish.span == leave.span and wish.acting is leave.acting:
        problems.append(Problem("", "与原来的安排相同，没有需要变更的内容。"))
    if wish.late and not wish.reason:
        problems.append(Problem("reason", "晚于规定时间，须书面说明理由。", 77))
    if wish.acting is not leave.acting or wish.span != leave.span:
        problems += check_acting(leave.applicant, wish.acting, wish.span, roster, others, today)
    return problems


def _check_dates(
    leave: Leave, span: HalfDaySpan, own: Iterable[Leave], key: str, now: datetime
) -> Iterator[Problem]:
    today = shanghai_day(now)
    moved = (span.start, span.start_half) != (leave.start, leave.start_half)
    if not forward(span):
        yield Problem(key, "结束时间早于开始时间，请重填。")
    elif moved and leave.begun(now):
        yield Problem(key, f"假期已于{say_day(leave.start, today)}开始，开始时间不能再改。")
    elif moved and span.start < today:
        yield Problem(key, f"开始日期{say_day(span.start, today)}已经过去；外出须事前报告。", 77)
    elif span != leave.span and gone_by(span, now):
        yield Problem(key, f"结束日期{say_day(span.end, today)}已经过去；已经返回的，请直接销假。")
    else:
        for other in own:
            if other.state in OPEN and overlap(other.span, span):
                yield Problem(key, f"与您已报的请假重叠：{say_span(other.span, today)}（{other.state}）。")


def propose(leave: Leave, official: Official, wish: Wish, route: Route, now: datetime) -> Change:
    """Enter what the applicant wants instead, and ask whoever has to approve it.

    While nobody has approved the leave as a whole, there is nothing old that could stand: the report itself
    is changed, and other dates begin its way anew. Of an approved leave the old stands until the change is
    through; what needs nobody's approval is in force at once.
    """
    may_change(leave, official)
    if wish.span == leave.span and wish.acting is leave.acting:
        raise Refused("与原报告相同，没有需要变更的内容。")
    if leave.begun(now) and (wish.span.start, wish.span.start_half) != (leave.start, leave.start_half):
        raise Refused(f"假期已于{say_day(leave.start, leave.start)}开始，开始时间不能再改。")
    change = draft(leave, wish, now)
    leave.changes.append(change)
    if leave.state is LeaveState.PENDING:
        leave.take(change, now)
        if change.urgent:
            leave.urgent_reason = wish.reason
        if change.of_dates:
            leave.ask(route, now)
    elif change.wants_approval(leave.applicant) and route.approvers:
        leave.ask(route, now, change)
    else:
        leave.take(change, now)
    return change


def add_remarks(leave: Leave, found: Iterable[str]) -> None:
    """What the checks have to say of a change joins what they said of the report, each once."""
    leave.remarks = [*leave.remarks, *(one for one in found if one not in leave.remarks)]


def add_papers(leave: Leave, papers: Iterable[LeavePaper]) -> None:
    """What was handed in with a change lies with what came with the report."""
    leave.papers = [*leave.papers, *papers]


def may_add_papers(leave: Leave, official: Official) -> Approval:
    """Papers that come after the report, by the applicant as long as somebody decides on it; who that is."""
    leave.require_own(official)
    if leave.waiting is None:
        raise Refused("这份请假报告不在审批中，材料没有附上。")
    return leave.waiting


def withdraw_change(leave: Leave, official: Official, now: datetime) -> Change:
    """撤回变更, 撤回续假: before it is decided; the leave goes on as it was."""
    leave.require_own(official)
    change = leave.change
    if change is None:
        raise Refused("没有待审批的变更，不需要撤回。")
    leave.drop_change(ChangeState.WITHDRAWN, now)
    return change
