"""The card of a leave: how it reads, what its buttons are, and how every copy of it is kept true."""

from markupsafe import Markup, escape

from notices import reach
from notices.capacity import Word, above
from notices.card import copy_of, labelled, mark_of
from notices.form_buttons import report_again
from notices.leave import papers as leave_papers
from notices.leave.acting import acting_lines, name_button
from notices.leave.trail import new_acting, new_dates, of_round, past_line, rounds, title, why
from notices.leave.words import early_or_late, ground, span_of, state_of, what_holds
from notices.notice import Button, Rows
from rules.approval import Approval, Decision
from rules.dates.reading import moment_words
from rules.leave.ledger import STANDS
from rules.leave.life import REPEATABLE
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official

AGREE, DECLINE, SEND_BACK, RATIFY, VOID = "agree", "decline", "send_back", "ratify", "void"
WITHDRAW, NUDGE, RETURN, REVISE = "withdraw", "nudge", "return", "revise"
CHANGE, EXTEND, UNCHANGE, UNDO_AGREE = "change", "extend", "unchange", "undo"
FORM = "form"

_ACTS = {
    AGREE: Decision.AGREE,
    DECLINE: Decision.DECLINE,
    SEND_BACK: Decision.SEND_BACK,
    RATIFY: Decision.RATIFY,
    VOID: Decision.VOID,
}


def decision_of(act: str) -> Decision:
    """The decision behind a button's word."""
    return _ACTS[act]


def card(leave: Leave, late: int = 0) -> Markup:
    """The whole report with where it stands, as applicant, approvers and office see it.

    `late` is by how many days the return was overdue (`returned_late`); nothing before there is one.
    """
    lines = [
        Markup("<b>{}{} · {}</b>").format("【紧急】" if leave.urgent else "", title(leave), standing(leave)),
        *what_holds(leave),
        escape(leave.applicant.titled),
        Markup("类别：{}").format(leave.kind),
        Markup("时间：{}").format(span_of(leave)),
        *new_dates(leave),
        Markup("地点：{}").format(leave.place),
        Markup("事由：{}").format(leave.reason),
    ]
    if leave.abroad_approval:
        lines.insert(3 + len(what_holds(leave)), Markup("外事批号：{}").format(leave.abroad_approval))
    lines += [*acting_lines(leave), *new_acting(leave)]
    lines.append(Markup("电话：{}").format(leave.phone))
    lines += labelled("紧急理由", leave.urgent_reason)
    lines += why(leave)
    lines += leave_papers.named(leave)
    lines += [Markup("⚠️ {}").format(remark) for remark in leave.remarks]
    for number in rounds(leave):
        change = of_round(leave, number)
        if change is not None and change is not leave.change:
            lines.append(past_line(change, leave))
        what = f"{change.kind}审批" if change else "审批"
        lines += [_trail(approval, leave, what) for approval in leave.approvals if approval.round == number]
    if leave.returned_at:
        lines.append(Markup("销假：{}{}").format(moment_words(leave.returned_at), early_or_late(leave, late)))
    return Markup("\n").join(lines)


def asked_text(leave: Leave, to: Official) -> Markup:
    """The same for the one who is to decide, with the article, and with what `to` has agreed to already."""
    text = Markup("\n").join(filter(None, [card(leave), escape(ground(leave))]))
    if leave.waiting is None:
        return text
    words = (Word(a.decided_by, a.approver, a.decided_at, a.decision) for a in leave.this_round if a.decision)
    return above(text, to, leave.waiting.approver, "审批", words)


def standing(leave: Leave) -> str:
    """Where it stands, in a few words."""
    if leave.waiting and leave.overtaken:
        return f"{'时间' if leave.change else '行程'}已过，待{leave.waiting.whose}追认"
    if leave.waiting:
        return f"待{leave.waiting.whose}审批"
    if leave.of_the_mayor and leave.state is LeaveState.APPROVED:
        return "已告知"
    return state_of(leave)


def _trail(approval: Approval, leave: Leave, what: str) -> Markup:
    who = approval.approver.titled
    if approval.decision is None:
        return Markup("{}：{}，{}").format(what, who, _waits(approval, leave))
    line = Markup("{}：{}").format(what, approval.done)
    return line + Markup("，意见：{}").format(approval.comment) if approval.comment else line


def _waits(approval: Approval, leave: Leave) -> str:
    if approval is not leave.waiting:
        return "尚未送审"
    if approval.stand_in:
        return f"待{approval.stand_in.titled}代为审批"
    if approval.unattended_at:
        return "外出中，暂无人代为审批"
    return "待追认或作废" if leave.overtaken else "待审批"


def approver_card(approval: Approval, leave: Leave, holder: Official | None = None) -> str:
    """The name of one approver's card; it changes when the report goes its way again.

    The `holder` is who has it on their phone: a stand-in's copies have a name of their own.
    """
    return copy_of(f"leave:{leave.id}:{approval.position}", approval.approver, holder)


def own_card(leave: Leave) -> str:
    """The name of the applicant's own card."""
    return f"leave:{leave.id}:own"


def office_card(leave: Leave) -> str:
    """The name of the office's copies."""
    return f"leave:{leave.id}:office"


def approver_buttons(approval: Approval, leave: Leave, holder: Official | None = None) -> Rows:
    """[同意] [不同意] [退回修改] as long as it is their turn; a stand-in's are marked 代. Later [报告单].

    Once it is over [追认] [作废].
    """
    if approval is not leave.waiting:
        return form_button(leave) if approval.decision else ()
    mark = mark_of(approval.approver, holder)
    acts = (RATIFY, VOID) if leave.overtaken else (AGREE, DECLINE, SEND_BACK)
    decide = tuple(Button(_ACTS[act] + mark, f"leave:{leave.id}:{act}:{approval.position}") for act in acts)
    return (decide, *leave_papers.button(leave))


def undo_button(approval: Approval, leave: Leave) -> Rows:
    """[撤销同意], for as long as it may be undone."""
    return ((Button("撤销同意", f"leave:{leave.id}:{UNDO_AGREE}:{approval.position}"),),)


def form_button(leave: Leave) -> Rows:
    """[报告单] for the form in Word, once the leave stands."""
    return ((Button("报告单", f"leave:{leave.id}:{FORM}"),),) if leave.state in STANDS else ()


def office_buttons(leave: Leave) -> Rows:
    """What the office may have sent to it, and [请回电] to the one who is away."""
    return (*leave_papers.button(leave), *form_button(leave), *reach.leave_button(leave))


def own_buttons(leave: Leave, *, begun: bool) -> Rows:
    """What the applicant may do now."""
    acts: tuple[tuple[str, str], ...] = ()
    match leave.state:
        case LeaveState.PENDING:
            acts = (("撤回", WITHDRAW), ("催办", NUDGE), ("变更", CHANGE))
            if leave.returned_at is not None:
                acts = (("催办", NUDGE),)
            elif begun:
                acts = (("销假", RETURN), *(acts[:2] if leave.overtaken else acts))
        case LeaveState.SENT_BACK:
            acts = (("修改", REVISE), ("撤回", WITHDRAW))
        case LeaveState.APPROVED:
            acts = (("销假", RETURN),) if begun else (("撤回", WITHDRAW),)
            if leave.change:
                acts += ((f"撤回{leave.change.kind}", UNCHANGE), ("催办", NUDGE))
            else:
                acts += (("续假", EXTEND), ("变更", CHANGE)) if begun else (("变更", CHANGE),)
    own = (tuple(Button(word, f"leave:{leave.id}:{act}") for word, act in acts),) if acts else ()
    again = report_again("leave", leave.id) if leave.state in REPEATABLE else ()
    return (*own, *again, *name_button(leave), *form_button(leave))
