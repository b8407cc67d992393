"""Leave (请假) in the chat: reporting, approving, taking back, nudging, reporting back (art. 77)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from markupsafe import Markup
from telegram import Update

from handlers.context import Context, Route, opening, sender
from handlers.forms.entry import begin
from handlers.forms.kinds import Form, asks
from handlers.leave.change import change_decided
from handlers.leave.form import LEAVE
from handlers.leave.refill import refill
from handlers.taps import Tap, on_tap
from matters.leave.show import bring_up_to_date
from notices.card import NOTING
from notices.leave import overtaken
from notices.leave import told as notices
from notices.leave.card import NUDGE, RETURN, REVISE, WITHDRAW, decision_of, everybody_hears
from notices.notice import Notice, Reminder
from notices.sentences.told import sure
from rules.approval import GOOD, Decision
from rules.dates.reading import say_moment
from rules.delegation import begins_at
from rules.fields import reason
from rules.forms import Values
from rules.leave.matter import Leave, LeaveState
from rules.leave.nudges import nudge, return_awaits, return_due
from rules.leave.overtaken import fitting
from rules.leave.report import article_of
from rules.leave.returning import may_come_back, returned_late
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.queries.absence import absences, decides_for
from storage.queries.leave.leaves import open_leaves, undecided
from storage.unit_of_work import UnitOfWork


async def start(update: Update, context: Context) -> None:
    """/leave: the report, question by question."""
    official = await sender(update, context)
    await begin(context.work, official, _chat(update), LEAVE)


# ---------------------------------------------------------------- approvers


@on_tap("leave:<id>:agree|agree_noting|decline|send_back|ratify|void:<position>", Leave)
async def decide(tap: Tap[Leave]) -> str:
    """An approver taps 同意, 追认 once it is over, or one of those that ask for a line of reason."""
    work, official, leave = tap.work, tap.official, tap.matter
    decision, position = decision_of(tap.act), tap["position"]
    if decision in GOOD and not tap.act.endswith(NOTING):
        await _enter(work, official, leave, position, decision)
        return f"已{decision}。"
    leave.may_decide(official, position, await _stand_in(work, leave))
    fitting(decision, leave.occasion, work.acted_at)
    form = REASONS[decision]
    await tap.begin(form, {"leave": leave.id, "position": position})
    return f"请在下方写明{form.fields[0].label}。"


async def _enter(
    work: UnitOfWork, official: Official, leave: Leave, position: int, decision: Decision, comment: str = ""
) -> None:
    """Enter a decision and tell whoever it concerns."""
    before, change = list(leave.approvals), leave.change
    while True:
        stand_in = await _stand_in(work, leave)
        approval = leave.decide(
            official, position, decision, work.now, comment, stand_in=stand_in, acted_at=work.acted_at
        )
        await work.note(
            official,
            f"leave.{decision.name.lower()}",
            f"leave:{leave.id}",
            article=article_of(leave),
            acting_for=None if official is approval.approver else approval.approver,
            detail={"comment": comment},
            undo=str(decision),
        )
        again = leave.also_of(official, approval, await _stand_in(work, leave))
        if again is None:
            break
        position = again.position  # nobody is asked twice for one matter: the tap counts in both capacities
    await bring_up_to_date(work, leave, before)
    if change is not None:
        await change_decided(work, leave, change, approval)
        return
    match leave.state:
        case LeaveState.PENDING:
            await work.send(*notices.agreed(leave))
        case LeaveState.APPROVED if not leave.approved_too_late:
            unsure = await _unsure_return(work, leave)
            await work.send(*notices.approved(leave, await work.roster(), unsure))
        case LeaveState.APPROVED | LeaveState.RETURNED:
            await work.send(*overtaken.approved(leave, await work.roster()))
        case LeaveState.VOID:
            await work.send(*overtaken.voided(approval, leave, await work.roster()))
        case LeaveState.DECLINED:
            await work.send(*notices.declined(approval, leave))
        case LeaveState.SENT_BACK:
            await work.send(*notices.sent_back(approval, leave))
            await _reopen(work, leave)


async def _unsure_return(work: UnitOfWork, leave: Leave) -> str:
    """When they will be asked to report back, if a notice still to come may move that; otherwise empty."""
    calendar, settings = await work.calendar(), work.office.settings
    awaits = return_awaits(leave, calendar, settings.hours, settings.leave)
    if awaits is None:
        return ""
    due = return_due(leave, calendar, settings.hours, settings.leave)
    return notices.return_at(say_moment(due, work.now), awaits)


async def _stand_in(work: UnitOfWork, leave: Leave) -> Official | None:
    """Who may decide in the place of the approver asked, at this moment."""
    if leave.waiting is None:
        return None
    stand_in = await decides_for(work, leave.waiting.approver, leave.applicant)
    return stand_in.official if stand_in else None


async def _reopen(work: UnitOfWork, leave: Leave) -> None:
    """Lay the report that was sent back before its applicant again, as they had filled it."""
    chat_id = leave.applicant.telegram_id
    if chat_id is not None:
        await begin(work, leave.applicant, chat_id, LEAVE, values=refill(leave))


def _reason(decision: Decision, question: str, phrases: str) -> Form:
    """The one-question form behind 不同意, 退回修改 and 同意并附言."""
    label = "附言" if decision in GOOD else "理由"

    @asks(
        f"leave.{decision.name.lower()}",
        f"{decision}的{label}",
        reason(label, question, "会期冲突，请改期", phrases=phrases),
    )
    async def form(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
        leave = await work.lock(Leave, values["leave"])
        await _enter(work, official, leave, values["position"], decision, values["reason"])
        return Markup("已{}：{}。").format(decision, leave.applicant.titled)

    return form


REASONS = {
    Decision.AGREE: _reason(Decision.AGREE, "请写一句附言，申请人和下一级审批人都看得到。", "agree"),
    Decision.DECLINE: _reason(Decision.DECLINE, "请写一句不同意的理由。", "decline"),
    Decision.SEND_BACK: _reason(Decision.SEND_BACK, "请写一句修改意见。", "send_back"),
    Decision.VOID: _reason(Decision.VOID, "请写一句作废的理由。", "decline"),
}


# ---------------------------------------------------------------- the applicant


@on_tap(f"leave:<id>:{WITHDRAW}|{NUDGE}|{RETURN}|{REVISE}", Leave)
async def act(tap: Tap[Leave]) -> str:
    """The applicant taps 撤回, 催办, 销假 or 修改 on the own card."""
    leave = tap.matter
    question = _asked_first(tap.work, leave, tap.act) if tap.official is leave.applicant else ""
    if question and not await tap.sure(question):
        return "请先确认。"
    return await _ACTS[tap.act](tap.work, tap.official, tap.matter)


def _asked_first(work: UnitOfWork, leave: Leave, act: str) -> str:
    if leave.state is not LeaveState.APPROVED:
        return ""
    return everybody_hears(leave, act, shanghai_day(work.acted_at))


async def _withdraw(work: UnitOfWork, official: Official, leave: Leave) -> str:
    before, stood = list(leave.approvals), leave.state is LeaveState.APPROVED
    asked = [approval.holder for approval in before if approval.asked_at]
    leave.withdraw(official, work.acted_at)
    await work.note(official, "leave.withdraw", f"leave:{leave.id}", article=article_of(leave), undo="撤回")
    await bring_up_to_date(work, leave, before)
    await work.send(*notices.withdrawn(leave, dict.fromkeys(asked), stood=stood, roster=await work.roster()))
    return "已撤回。"


async def _nudge(work: UnitOfWork, official: Official, leave: Leave) -> str:
    settings = work.office.settings
    approval = nudge(leave, official, work.now, await work.calendar(), settings.hours, settings.leave)
    await work.note(official, "leave.nudge", f"leave:{leave.id}", article=article_of(leave))
    reminder = Reminder("leave.reminded", f"leave:{leave.id}", article_of(leave), by=official.id)
    await work.send(replace(notices.asked(approval, leave, f"{official.titled}催办："), reminds=reminder))
    return f"已提醒{approval.whose}。"


async def _report_back(work: UnitOfWork, official: Official, leave: Leave) -> str:
    before = list(leave.approvals)
    asked = [approval.holder for approval in before if approval.asked_at and not approval.decision]
    leave.report_back(official, work.acted_at)
    await work.note(official, "leave.return", f"leave:{leave.id}", article=article_of(leave), undo="销假")
    await bring_up_to_date(work, leave, before)
    late = returned_late(leave, await work.calendar())
    await work.send(*notices.returned(leave, asked, await work.roster(), late))
    return "已销假。"


async def _revise(work: UnitOfWork, official: Official, leave: Leave) -> str:
    leave.may_revise(official)
    await _reopen(work, leave)
    return ""


_ACTS: dict[str, Callable[[UnitOfWork, Official, Leave], Awaitable[str]]] = {
    WITHDRAW: _withdraw,
    NUDGE: _nudge,
    RETURN: _report_back,
    REVISE: _revise,
}


async def back(update: Update, context: Context) -> None:
    """/back: closes the one leave that has come to its end; an earlier return is asked about first."""
    work = context.work
    official = await sender(update, context)
    running = [leave for leave in await open_leaves(work, official) if may_come_back(leave, work.acted_at)]
    if not running:
        raise Refused("您现在没有需要销假的请假。发「我的」可看已报的请假。")
    today = shanghai_day(work.acted_at)
    if len(running) == 1 and running[0].end <= today:
        await _report_back(work, official, await work.lock(Leave, running[0].id))
    elif len(running) == 1 and (question := _asked_first(work, running[0], RETURN)):
        await work.send(sure(official, update.update_id, question, f"leave:{running[0].id}:{RETURN}"))
    else:
        await work.send(*(_own(work, leave, "请点「销假」确认返回。") for leave in running))


# ---------------------------------------------------------------- for /mine and /todo


async def mine(work: UnitOfWork, official: Official) -> list[Notice]:
    """The official's own open leaves, each with what they may do."""
    return [_own(work, leave) for leave in await open_leaves(work, official)]


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """The reports that wait for this official's decision, and their own that was sent back."""
    now = await absences(work)
    waiting = await undecided(work, {official.id, *(absent.id for absent in now.absent)})
    cards = [
        notices.asked(leave.waiting, leave, to=official).wanted(
            begins_at(leave.start, leave.start_half), urgent=leave.urgent
        )
        for leave in waiting
        if leave.waiting and now.may_decide(official, leave.waiting.approver, leave.applicant)
    ]
    sent_back = [
        _own(work, leave)
        for leave in await open_leaves(work, official)
        if leave.state is LeaveState.SENT_BACK
    ]
    return cards + sent_back


def _own(work: UnitOfWork, leave: Leave, why: str = "") -> Notice:
    return notices.own(leave, begun=leave.begun(work.now), why=why)


def _chat(update: Update) -> int:
    """The chat it happens in; every route here has one."""
    if update.effective_chat is None:
        raise Refused("请在与机器人的对话中办理。")
    return update.effective_chat.id


FORMS: tuple[Form, ...] = (LEAVE, *REASONS.values())
ROUTES: list[Route] = [
    *opening("leave", "请假", start),
    *opening("back", "销假", back),
    decide,
    act,
]
