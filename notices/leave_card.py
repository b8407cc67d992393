"""The card of a leave: how it reads, what its buttons are, and how every copy of it is kept true."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from notices import absence, leave_papers, reach
from notices.leave_acting import acting_lines, keep_acting, name_button
from notices.leave_filing import keep_filing
from notices.leave_trail import new_acting, new_dates, of_round, past_line, rounds, title, why
from notices.leave_words import early_or_late, ground, span_of
from rules.absence import hand
from rules.approval import Approval, Decision
from rules.dates import moment_words
from rules.leave import Leave, LeaveState
from rules.leave_ledger import STANDS
from rules.leave_life import undoable
from rules.leave_nudges import UNDO, moments
from rules.roster import Official
from storage.absence import decides_for, mind
from storage.outbox import Button, Rows
from storage.work import Work

AGREE, DECLINE, SEND_BACK = "agree", "decline", "send_back"
WITHDRAW, NUDGE, RETURN, REVISE = "withdraw", "nudge", "return", "revise"
CHANGE, EXTEND, UNCHANGE, UNDO_AGREE = "change", "extend", "unchange", "undo"
FORM = "form"

_ACTS = {AGREE: Decision.AGREE, DECLINE: Decision.DECLINE, SEND_BACK: Decision.SEND_BACK}


def decision_of(act: str) -> Decision:
    """The decision behind a button's word."""
    return _ACTS[act]


def card(leave: Leave) -> Markup:
    """The whole report with where it stands, as applicant, approvers and office see it."""
    lines = [
        Markup("<b>{}{} · {}</b>").format("【紧急】" if leave.urgent else "", title(leave), standing(leave)),
        escape(leave.applicant.titled),
        Markup("类别：{}").format(leave.kind),
        Markup("时间：{}").format(span_of(leave)),
        *new_dates(leave),
        Markup("地点：{}").format(leave.place),
        Markup("事由：{}").format(leave.reason),
    ]
    if leave.abroad_approval:
        lines.insert(3, Markup("外事批号：{}").format(leave.abroad_approval))
    lines += [*acting_lines(leave), *new_acting(leave)]
    lines.append(Markup("电话：{}").format(leave.phone))
    if leave.urgent_reason:
        lines.append(Markup("紧急理由：{}").format(leave.urgent_reason))
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
        lines.append(Markup("销假：{}{}").format(moment_words(leave.returned_at), early_or_late(leave)))
    return Markup("\n").join(lines)


def asked_text(leave: Leave) -> Markup:
    """The same for the one who is to decide, with the article."""
    return Markup("\n").join(filter(None, [card(leave), escape(ground(leave))]))


def standing(leave: Leave) -> str:
    """Where it stands, in a few words."""
    if leave.waiting:
        return f"待{leave.waiting.whose}审批"
    if leave.of_the_mayor and leave.state is LeaveState.APPROVED:
        return "已告知"
    return str(leave.state)


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
    return "外出中，暂无人代为审批" if approval.unattended_at else "待审批"


def approver_card(approval: Approval, leave: Leave, holder: Official | None = None) -> str:
    """The name of one approver's card; it changes when the report goes its way again.

    The `holder` is who has it on his phone: a stand-in's copies have a name of their own.
    """
    name = f"leave:{leave.id}:{approval.position}"
    return name if holder in (None, approval.approver) else f"{name}:{holder.id}"


def own_card(leave: Leave) -> str:
    """The name of the applicant's own card."""
    return f"leave:{leave.id}:own"


def office_card(leave: Leave) -> str:
    """The name of the office's copies."""
    return f"leave:{leave.id}:office"


def approver_buttons(approval: Approval, leave: Leave, holder: Official | None = None) -> Rows:
    """[同意] [不同意] [退回修改] as long as it is his turn; a stand-in's are marked 代. Later [报告单]."""
    if approval is not leave.waiting:
        return form_button(leave) if approval.decision else ()
    mark = "" if holder in (None, approval.approver) else "（代）"
    acts = ((Decision.AGREE, AGREE), (Decision.DECLINE, DECLINE), (Decision.SEND_BACK, SEND_BACK))
    decide = tuple(Button(word + mark, f"leave:{leave.id}:{act}:{approval.position}") for word, act in acts)
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
                acts = (("销假", RETURN), *acts)
        case LeaveState.SENT_BACK:
            acts = (("修改", REVISE), ("撤回", WITHDRAW))
        case LeaveState.APPROVED:
            acts = (("销假", RETURN),) if begun else (("撤回", WITHDRAW),)
            if leave.change:
                acts += ((f"撤回{leave.change.kind}", UNCHANGE), ("催办", NUDGE))
            else:
                acts += (("续假", EXTEND), ("变更", CHANGE)) if begun else (("变更", CHANGE),)
    own = (tuple(Button(word, f"leave:{leave.id}:{act}") for word, act in acts),) if acts else ()
    return (*own, *name_button(leave), *form_button(leave))


async def bring_up_to_date(work: Work, leave: Leave, before: Iterable[Approval] = ()) -> None:
    """Edit every copy of the leave's cards and set its timers anew, after it has changed.

    `before` are the approvals as they were: who is no longer asked keeps no live button either.
    """
    await _hand_out(work, leave)
    text, latest = card(leave), await _mind_undoing(work, leave)
    for approval in dict.fromkeys([*before, *leave.approvals]):
        for holder in dict.fromkeys([approval.approver, approval.asked, approval.decided_by]):
            if holder is None:
                continue
            buttons = approver_buttons(approval, leave, holder)
            if approval is latest and holder is approval.decided_by:
                buttons = (*undo_button(approval, leave), *buttons)
            shown = asked_text(leave) if approval is leave.waiting else text
            await work.redraw(approver_card(approval, leave, holder), shown, buttons)
    buttons = own_buttons(leave, begun=leave.begun(work.now))
    await work.redraw(own_card(leave), text, buttons)
    await work.redraw(office_card(leave), text, office_buttons(leave))
    await keep_acting(work, leave)
    await keep_filing(work, leave)
    calendar, hours = await work.calendar(), work.office.settings.hours
    for kind, due in moments(leave, calendar, hours).items():
        if due is None:
            await work.drop_timers(kind, leave.id)
        else:
            await work.timer(kind, leave.id, due)
    await mind(work, leave)


async def settle_undoing(work: Work, leave: Leave) -> None:
    """The time to undo is over: the button goes from the card it stood on."""
    latest = await _mind_undoing(work, leave)
    decided = [approval for approval in leave.approvals if approval.decision and approval is not latest]
    for approval in decided[-1:]:
        buttons = approver_buttons(approval, leave, approval.decided_by)
        await work.redraw(approver_card(approval, leave, approval.decided_by), card(leave), buttons)


async def redraw_own(work: Work, leave: Leave) -> None:
    """The applicant's card alone: once the leave has begun he may report back and no longer withdraw."""
    await work.redraw(own_card(leave), card(leave), own_buttons(leave, begun=leave.begun(work.now)))


async def _mind_undoing(work: Work, leave: Leave) -> Approval | None:
    """The approval that may still be undone, if there is one; the clock ends that."""
    within = work.office.settings.leave.undo
    latest = next((a for a in leave.approvals if undoable(leave, a, work.now, within)), None)
    if latest is None or latest.decided_at is None:
        await work.drop_timers(UNDO, leave.id)
        return None
    await work.timer(UNDO, leave.id, latest.decided_at + within)
    return latest


async def _hand_out(work: Work, leave: Leave) -> None:
    """What is asked this very moment goes to whoever decides now; what was asked before follows by itself."""
    approval = leave.waiting
    if approval is None or approval.asked_at != work.now or approval.unattended_at == work.now:
        return
    stand_in = await decides_for(work, approval.approver, leave.applicant)
    hand(approval, stand_in, work.now)
    if stand_in and stand_in.official is None:
        matter = f"{leave.applicant.titled}的请假报告"
        await work.send(*absence.nobody(stand_in, [matter], await work.roster()))
