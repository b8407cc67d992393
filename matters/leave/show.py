"""A leave's cards (请假): sent to whoever decides now, and redrawn as it stands."""

from collections.abc import Iterable

from matters.leave.acting import keep_acting
from matters.leave.filing import keep_filing
from matters.todo import lay
from notices.leave.card import (
    approver_buttons,
    approver_card,
    asked_text,
    card,
    office_buttons,
    office_card,
    own_buttons,
    own_card,
    undo_button,
)
from rules.approval import Approval
from rules.leave.life import undoable
from rules.leave.matter import Leave
from rules.leave.nudges import UNDO, moments
from rules.leave.returning import returned_late
from storage.queries.absence import reschedule
from storage.unit_of_work import UnitOfWork


async def bring_up_to_date(work: UnitOfWork, leave: Leave, before: Iterable[Approval] = ()) -> None:
    """Edit every copy of the leave's cards and set its timers anew, after it has changed.

    `before` are the approvals as they were: who is no longer asked keeps no live button either.
    """
    await _hand_out(work, leave)
    calendar, hours = await work.calendar(), work.office.settings.hours
    text, latest = card(leave, returned_late(leave, calendar)), await _mind_undoing(work, leave)
    for approval in dict.fromkeys([*before, *leave.approvals]):
        for holder in dict.fromkeys([approval.approver, approval.holder, approval.decided_by]):
            if holder is None:
                continue
            buttons = approver_buttons(approval, leave, holder)
            if approval is latest and holder is approval.decided_by:
                buttons = (*undo_button(approval, leave), *buttons)
            shown = asked_text(leave, holder) if approval is leave.waiting else text
            await work.redraw(approver_card(approval, leave, holder), shown, buttons)
    buttons = own_buttons(leave, begun=leave.begun(work.now))
    await work.redraw(own_card(leave), text, buttons)
    await work.redraw(office_card(leave), text, office_buttons(leave))
    await keep_acting(work, leave)
    await keep_filing(work, leave)
    for kind, due in moments(leave, calendar, hours).items():
        if due is None:
            await work.drop_timers(kind, leave.id)
        else:
            await work.timer(kind, leave.id, due)
    await reschedule(work, leave)


async def settle_undoing(work: UnitOfWork, leave: Leave) -> None:
    """The time to undo is over: the button goes from the card it stood on."""
    latest = await _mind_undoing(work, leave)
    decided = [approval for approval in leave.approvals if approval.decision and approval is not latest]
    text = card(leave, returned_late(leave, await work.calendar()))
    for approval in decided[-1:]:
        buttons = approver_buttons(approval, leave, approval.decided_by)
        await work.redraw(approver_card(approval, leave, approval.decided_by), text, buttons)


async def redraw_own(work: UnitOfWork, leave: Leave) -> None:
    """The applicant's card alone: once the leave has begun he may report back and no longer withdraw."""
    await work.redraw(own_card(leave), card(leave), own_buttons(leave, begun=leave.begun(work.now)))


async def _mind_undoing(work: UnitOfWork, leave: Leave) -> Approval | None:
    """The approval that may still be undone, if there is one; the clock ends that."""
    within = work.office.settings.leave.undo
    latest = next((a for a in leave.approvals if undoable(leave, a, work.now, within)), None)
    if latest is None or latest.decided_at is None:
        await work.drop_timers(UNDO, leave.id)
        return None
    await work.timer(UNDO, leave.id, latest.decided_at + within)
    return latest


async def _hand_out(work: UnitOfWork, leave: Leave) -> None:
    """What is asked this very moment goes to whoever decides now; what was asked before follows by itself."""
    approval = leave.waiting
    if approval is None or approval.asked_at != work.now or approval.unattended_at == work.now:
        return
    called = f"{leave.applicant.titled}的请假报告"
    await lay(work, approval, "leave", applicant=leave.applicant, called=called)
