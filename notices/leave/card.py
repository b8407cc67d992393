"""The card of a leave: how it reads, what its buttons are, and how every copy of it is kept true."""

from datetime import date

from markupsafe import Markup, escape

from notices import reach
from notices.capacity import Word, above
from notices.card import (
    BACK,
    DONE,
    NOTING,
    REFUSED,
    asks,
    beside,
    copy_of,
    headline,
    introduced,
    labelled,
    mark_of,
    progress,
    step_of,
    under,
)
from notices.form_buttons import report_again
from notices.leave import papers as leave_papers
from notices.leave.acting import acting_lines, name_button
from notices.leave.trail import asked_for, of_round, past_line, rounds
from notices.leave.words import dates_of, early_or_late, ground, span_of, state_of, what_holds
from notices.notice import Button, Rows
from rules.approval import Approval, Decision
from rules.dates.reading import moment_words, say_day
from rules.leave.ledger import STANDS
from rules.leave.life import REPEATABLE
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official

AGREE, DECLINE, SEND_BACK, RATIFY, VOID = "agree", "decline", "send_back", "ratify", "void"
WITHDRAW, NUDGE, RETURN, REVISE = "withdraw", "nudge", "return", "revise"
CHANGE, EXTEND, UNCHANGE = "change", "extend", "unchange"
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
    return _ACTS[act.removesuffix(NOTING)]


def card(leave: Leave, late: int = 0, wanted: str = "") -> Markup:
    """The whole report with where it stands, as applicant, approvers and office see it.

    `late` is by how many days the return was overdue (`returned_late`); nothing before there is one. `wanted`
    is what the reader is to do, where that is more than to know.
    """
    change = leave.change
    what = f"{'紧急' if leave.urgent else ''}{change.matter if change else '请假'}"
    when = dates_of(leave, change.span if change else None)
    lines = [
        headline(introduced(leave.applicant), what, when, wanted or state_words(leave)),
        *what_holds(leave),
        *asked_for(leave),
        Markup("类别：{}").format(leave.kind),
        *labelled("外事批号", leave.abroad_approval),
        Markup("时间：{}").format(span_of(leave)),
        Markup("地点：{}").format(leave.place),
        Markup("事由：{}").format(leave.reason),
        *acting_lines(leave),
        Markup("电话：{}").format(leave.phone),
        *labelled("紧急理由", leave.urgent_reason),
    ]
    lines += leave_papers.named(leave)
    lines += [Markup("⚠️ {}").format(remark) for remark in leave.remarks]
    for number in rounds(leave):
        change = of_round(leave, number)
        if change is not None and change is not leave.change:
            lines.append(past_line(change, leave))
        lines += _trail(leave, f"{change.kind}审批" if change else "审批", number)
    if leave.returned_at:
        lines.append(Markup("销假：{}{}").format(moment_words(leave.returned_at), early_or_late(leave, late)))
    return Markup("\n").join(lines)


def asked_text(leave: Leave, to: Official) -> Markup:
    """The same for the one who is to decide, with the article, and with what `to` has agreed to already."""
    waiting = leave.waiting
    if waiting is None:
        return Markup("\n").join(filter(None, [card(leave), escape(ground(leave))]))
    past = f"{'时间' if leave.change else '行程'}已过，" if leave.overtaken else ""
    text = card(leave, wanted=past + asks("追认或作废" if past else "审批", to, waiting.approver))
    text = under(_said_before(leave, to), Markup("\n").join(filter(None, [text, escape(ground(leave))])))
    words = (Word(a.decided_by, a.approver, a.decided_at, a.decision) for a in leave.this_round if a.decision)
    return above(text, to, waiting.approver, "审批", words)


def _said_before(leave: Leave, to: Official) -> str:
    """What the reader decided on the report, or on an earlier change, before this change was asked for."""
    before = [a for a in leave.approvals if a.decided_by is to and a not in leave.this_round]
    if not before or before[-1].decided_at is None or leave.waiting is None or leave.waiting.decision:
        return ""
    return f"您此前已于{moment_words(before[-1].decided_at)}{before[-1].outcome}。"


def state_words(leave: Leave) -> str:
    """Where it stands, in a few words."""
    if leave.waiting and leave.overtaken:
        return f"{'时间' if leave.change else '行程'}已过，待{leave.waiting.holder.name}追认"
    if leave.waiting:
        return f"待{leave.waiting.holder.name}审批"
    if leave.of_the_mayor and leave.state is LeaveState.APPROVED:
        return "已告知"
    return state_of(leave)


_MARKS = {
    Decision.AGREE: DONE,
    Decision.RATIFY: DONE,
    Decision.DECLINE: REFUSED,
    Decision.VOID: REFUSED,
    Decision.SEND_BACK: BACK,
}


def _trail(leave: Leave, what: str, number: int) -> list[Markup]:
    """One round in one line, ✓周 09:03 → ●赵, and under it what was remarked."""
    asked = [approval for approval in leave.approvals if approval.round == number]
    if not asked:
        return []
    marks = {one: _MARKS[one.decision] if one.decision else "" for one in asked}
    steps = [step_of(one, mark, waits=one is leave.waiting) for one, mark in marks.items()]
    alone = any(one is leave.waiting and one.unattended_at for one in asked)
    lines = [Markup("{}：{}{}").format(what, progress(steps), "（外出，暂无人代为审批）" if alone else "")]
    return lines + [Markup("{}意见：{}").format(one.by, one.comment) for one in asked if one.comment]


def approver_card(approval: Approval, leave: Leave, holder: Official | None = None) -> str:
    """The name of one approver's card; it changes when the report goes its way again.

    The `holder` is who has it on their phone: a stand-in's copies have a name of their own.
    """
    return copy_of(f"leave:{leave.id}:{approval.position}", approval.approver, holder)


def earlier_cards(leave: Leave, to: Official) -> tuple[str, ...]:
    """The names of the cards that somebody may have of the report as it was before, or before a change."""
    names = (f"leave:{leave.id}:{position}" for position in range(leave.positions))
    return tuple(one for name in names for one in (name, f"{name}:{to.id}"))


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
    rows = (
        (decide,) if leave.overtaken else (decide, beside(decide[0], AGREE, approver_card(approval, leave)))
    )
    return (*rows, *leave_papers.button(leave))


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
            acts = (("催办", NUDGE), ("变更", CHANGE), ("撤回", WITHDRAW))
            if leave.returned_at is not None:
                acts = (("催办", NUDGE),)
            elif begun:
                acts = (("销假", RETURN), *(acts[:2] if leave.overtaken else acts))
        case LeaveState.SENT_BACK:
            acts = (("修改", REVISE), ("撤回", WITHDRAW))
        case LeaveState.APPROVED:
            acts = (("销假", RETURN),) if begun else ()
            if leave.change:
                acts += (("催办", NUDGE), (f"撤回{leave.change.kind}", UNCHANGE))
            else:
                acts += (("续假", EXTEND), ("变更", CHANGE)) if begun else (("变更", CHANGE),)
            acts += () if begun else (("撤回", WITHDRAW),)
    own = (tuple(Button(word, f"leave:{leave.id}:{act}") for word, act in acts),) if acts else ()
    again = report_again("leave", leave.id) if leave.state in REPEATABLE else ()
    return (*own, *again, *name_button(leave), *form_button(leave))


def everybody_hears(leave: Leave, act: str, today: date) -> str:
    """What is asked before an approved leave is withdrawn, or ended early: many hear of it; else empty."""
    if act == WITHDRAW:
        return f"撤回{dates_of(leave)}已批准的请假？\n撤回后外出取消，审批、代为主持的同志和办公室都会知道。"
    if act == RETURN and today < leave.end:
        last = say_day(leave.end, today)
        return f"提前销假（假期至{last}）？\n销假后即视为返岗，代为主持到此结束，有关同志和单位群都会知道。"
    return ""
