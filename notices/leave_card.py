"""The card of a leave: how it reads, what its buttons are, and how every copy of it is kept true."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from notices import absence
from notices import leave_papers
from notices.leave_acting import acting_lines, keep_acting, name_button
from notices.leave_filing import keep_filing
from notices.leave_words import span_of
from rules.absence import hand
from rules.approval import Approval, Decision
from rules.dates import moment_words
from rules.leave import Leave, LeaveState
from rules.leave_nudges import moments
from rules.roster import Official
from storage.absence import decides_for, mind
from storage.outbox import Button, Rows
from storage.work import Work

AGREE, DECLINE, SEND_BACK = "agree", "decline", "send_back"
WITHDRAW, NUDGE, RETURN, REVISE = "withdraw", "nudge", "return", "revise"

_ACTS = {AGREE: Decision.AGREE, DECLINE: Decision.DECLINE, SEND_BACK: Decision.SEND_BACK}


def decision_of(act: str) -> Decision:
    """The decision behind a button's word."""
    return _ACTS[act]


def card(leave: Leave) -> Markup:
    """The whole report with where it stands, as applicant, approvers and office see it."""
    lines = [
        Markup("<b>{}请假报告 · {}</b>").format("【紧急】" if leave.urgent else "", standing(leave)),
        escape(leave.applicant.titled),
        Markup("类别：{}").format(leave.kind),
        Markup("时间：{}").format(span_of(leave)),
        Markup("地点：{}").format(leave.place),
        Markup("事由：{}").format(leave.reason),
    ]
    if leave.abroad_approval:
        lines.insert(3, Markup("外事批号：{}").format(leave.abroad_approval))
    lines += acting_lines(leave)
    lines.append(Markup("电话：{}").format(leave.phone))
    if leave.urgent_reason:
        lines.append(Markup("紧急理由：{}").format(leave.urgent_reason))
    lines += leave_papers.named(leave)
    lines += [Markup("⚠️ {}").format(remark) for remark in leave.remarks]
    lines += [_trail(approval, leave) for approval in leave.approvals]
    if leave.returned_at:
        lines.append(Markup("销假：{}").format(moment_words(leave.returned_at)))
    return Markup("\n").join(lines)


def standing(leave: Leave) -> str:
    """Where it stands, in a few words."""
    if leave.waiting:
        return f"待{leave.waiting.whose}审批"
    if leave.of_the_mayor and leave.state is LeaveState.APPROVED:
        return "已告知"
    return str(leave.state)


def _trail(approval: Approval, leave: Leave) -> Markup:
    who = approval.approver.titled
    if approval.decision is None:
        return Markup("审批：{}，{}").format(who, _waits(approval, leave))
    line = Markup("审批：{}").format(approval.done)
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
    """[同意] [不同意] [退回修改] as long as it is his turn, otherwise none; a stand-in's are marked 代."""
    if approval is not leave.waiting:
        return ()
    mark = "" if holder in (None, approval.approver) else "（代）"
    acts = ((Decision.AGREE, AGREE), (Decision.DECLINE, DECLINE), (Decision.SEND_BACK, SEND_BACK))
    return (tuple(Button(word + mark, f"leave:{leave.id}:{act}:{approval.position}") for word, act in acts),)


def own_buttons(leave: Leave, *, begun: bool) -> Rows:
    """What the applicant may do now."""
    acts: tuple[tuple[str, str], ...] = ()
    match leave.state:
        case LeaveState.PENDING:
            acts = (("撤回", WITHDRAW), ("催办", NUDGE))
        case LeaveState.SENT_BACK:
            acts = (("修改", REVISE), ("撤回", WITHDRAW))
        case LeaveState.APPROVED:
            acts = (("销假", RETURN),) if begun else (("撤回", WITHDRAW),)
    own = (tuple(Button(word, f"leave:{leave.id}:{act}") for word, act in acts),) if acts else ()
    return (*own, *name_button(leave))


async def bring_up_to_date(work: Work, leave: Leave, before: Iterable[Approval] = ()) -> None:
    """Edit every copy of the leave's cards and set its timers anew, after it has changed.

    `before` are the approvals as they were: who is no longer asked keeps no live button either.
    """
    await _hand_out(work, leave)
    text = card(leave)
    for approval in dict.fromkeys([*before, *leave.approvals]):
        for holder in dict.fromkeys([approval.approver, approval.asked]):
            buttons = approver_buttons(approval, leave, holder)
            await work.redraw(approver_card(approval, leave, holder), text, buttons)
    buttons = own_buttons(leave, begun=leave.begun(work.now))
    await work.redraw(own_card(leave), text, buttons)
    await work.redraw(office_card(leave), text, leave_papers.button(leave))
    await keep_acting(work, leave)
    await keep_filing(work, leave)
    calendar, hours = await work.calendar(), work.office.settings.hours
    for kind, due in moments(leave, calendar, hours).items():
        if due is None:
            await work.drop_timers(kind, leave.id)
        else:
            await work.timer(kind, leave.id, due)
    await mind(work, leave)


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
