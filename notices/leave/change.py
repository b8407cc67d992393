"""What people are told when a leave is changed or extended (art. 77)."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from notices.card import headline, introduced, labelled, named
from notices.leave.told import desk, group, tell
from notices.leave.trail import what
from notices.leave.words import acting_label, dates_of, ground, span_of
from notices.notice import Notice
from rules.approval import GOOD, Approval, Decision
from rules.articles import cite
from rules.leave.change import Change, ChangeKind
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official, Roster


def submitted(change: Change, leave: Leave) -> Markup:
    """What the form's card becomes."""
    if leave.change is change and leave.waiting:
        line = Markup("{}申请已提交，现送{}审批。\n批准之前，仍按原定安排。")
        return line.format(change.matter, leave.waiting.whose)
    if leave.waiting and change.of_dates:
        return Markup("已变更，请假报告重新送{}审批。").format(leave.waiting.whose)
    article = 7 if leave.of_the_mayor else 77
    reported = "" if change.of_dates else f"\n更换主持工作的同志不需审批，报告即可。{cite(article)}"
    return Markup("已变更，并已告知有关同志。{}").format(reported if ground(leave) else "")


def _first(change: Change, leave: Leave, said: str) -> Markup:
    """The first line of what the applicant hears."""
    return headline("", f"您的{change.matter}", dates_of(leave, change.span) if change.of_dates else "", said)


def _theirs(change: Change, leave: Leave, said: str) -> Markup:
    """The same for everybody else."""
    return headline(introduced(leave.applicant), change.matter, dates_of(leave, change.span), said)


def step(approval: Approval, change: Change, leave: Leave) -> Notice:
    """One step further: the applicant is told; the next approver gets the card."""
    to = named(leave.waiting.holder, leave.waiting.approver) if leave.waiting else ""
    by = named(approval.decided_by, approval.approver)
    return tell(leave, _first(change, leave, f"{by}已{approval.outcome}，现送{to}审批"))


_REFUSED = {Decision.DECLINE: "未获同意", Decision.SEND_BACK: "退回修改", Decision.VOID: "已作废"}


def refused(approval: Approval, change: Change, leave: Leave) -> list[Notice]:
    """不同意 or 退回修改: what stood before stands; who agreed in vain hears it too."""
    did = _REFUSED[approval.decision] if approval.decision else ""
    own = Markup("{}\n{}\n{}：{}（{}）\n仍按原定时间：{}")
    label = "意见" if approval.decision is Decision.SEND_BACK else "理由"
    text = own.format(
        _first(change, leave, did), what(change, leave), label, approval.comment, approval.by, span_of(leave)
    )
    vain = Markup("{}\n{}（{}）").format(_theirs(change, leave, did), what(change, leave), approval.by)
    agreed = [a for a in leave.this_round if a.decision in GOOD]
    return [
        tell(leave, text),
        *(Notice(a.decided_by or a.approver, vain, subject=f"{change.kind}审批结果") for a in agreed),
    ]


def in_force(change: Change, leave: Leave, roster: Roster, by: Approval | None = None) -> list[Notice]:
    """It holds from now on: everybody who was told of the leave hears what is different.

    `by` is the approval that brought it about; without one nobody was asked, and who approved the leave hears
    it as well. Who acts from now on has a card of their own.
    """
    event = "续假" if change.kind is ChangeKind.EXTENSION else "外出安排变更"
    past = "（事后追认）" if by is not None and by.decision is Decision.RATIFY else ""
    first = headline(introduced(leave.applicant), f"{event}{past}", dates_of(leave))
    line = Markup("{}\n{}。").format(first, what(change, leave))
    subject = f"{leave.applicant.titled}的请假{change.kind}"
    told = [] if by is None else [tell(leave, _agreed(by, change, leave))]
    over = change.was_acting if change.of_acting else None
    if over is not None:
        instead = f"改由{leave.acting.name}{acting_label(leave)}" if leave.acting else "已另作安排"
        no_more = headline(introduced(leave.applicant), "外出", dates_of(leave), f"{instead}，您无需再办")
        told.append(Notice(over, no_more, subject=subject))
    if leave.state is LeaveState.APPROVED:
        others = [*(leave.approvers if by is None else ()), *desk(leave, roster)]
    else:
        others = _on_its_way(change, leave)
    told += [Notice(o, line, subject=subject) for o in dict.fromkeys(others) if o is not over]
    return [*told, *(group(leave, line) if leave.state is LeaveState.APPROVED else [])]


def _on_its_way(change: Change, leave: Leave) -> list[Official]:
    """Who of those asked so far has no fresh card to read it from."""
    asked = leave.waiting.holder if leave.waiting else None
    if change.of_dates:
        return [official for official in leave.approvers if official is not asked]
    return [*leave.approvers, *([asked] if asked else [])]


def _agreed(by: Approval, change: Change, leave: Leave) -> Markup:
    lines = [
        _first(change, leave, f"{named(by.decided_by, by.approver)}已{by.decision}"),
        Markup("时间：{}").format(span_of(leave)),
        *labelled("意见", by.comment),
    ]
    lines.append(escape(f"返回后发「销假」。{ground(leave)}"))
    return Markup("\n").join(lines)


def taken_back(change: Change, leave: Leave, asked_before: Iterable[Official]) -> list[Notice]:
    """The applicant does not want it any more: who was asked need not decide."""
    first = headline(introduced(leave.applicant), change.matter, "", "已撤回，无需再办")
    text = Markup("{}\n{}；仍按原定时间外出。").format(first, what(change, leave))
    return [Notice(official, text, subject=f"{change.kind}申请撤回") for official in asked_before]


# ---------------------------------------------------------------- another calendar


def moved(leave: Leave, lines: Iterable[str]) -> Notice:
    """The holidays were rearranged: what moved for the applicant."""
    return tell(
        leave,
        Markup("\n").join(
            [
                headline("", "您的请假", dates_of(leave), "放假安排有调整"),
                *(escape(line) for line in lines),
            ]
        ),
    )
