"""A leave's cards (请假): sent to whoever decides now, and redrawn as it stands; who acts, what is filed."""

from collections.abc import Iterable

from matters.todo import lay
from matters.undo import Touched
from notices.leave import acting, filing
from notices.leave.card import (
    approver_buttons,
    approver_card,
    asked_text,
    card,
    office_buttons,
    office_card,
    own_buttons,
    own_card,
)
from notices.leave.words import span_of
from rules.approval import Approval
from rules.leave.acting import ask
from rules.leave.filing import bring_in_line, filed_with_committee
from rules.leave.matter import Leave, LeaveState
from rules.leave.nudges import moments
from rules.leave.returning import returned_late
from storage.queries.absence import reschedule
from storage.unit_of_work import UnitOfWork


async def bring_up_to_date(work: UnitOfWork, leave: Leave, before: Iterable[Approval] = ()) -> None:
    """Edit every copy of the leave's cards and set its timers anew, after it has changed.

    `before` are the approvals as they were: who is no longer asked keeps no live button either.
    """
    await _hand_out(work, leave)
    calendar, settings = await work.calendar(), work.office.settings
    text = card(leave, returned_late(leave, calendar))
    for approval in dict.fromkeys([*before, *leave.approvals]):
        for holder in dict.fromkeys([approval.approver, approval.holder, approval.decided_by]):
            if holder is None:
                continue
            buttons = approver_buttons(approval, leave, holder)
            shown = asked_text(leave, holder) if approval is leave.waiting else text
            await work.redraw(approver_card(approval, leave, holder), shown, buttons)
    buttons = own_buttons(leave, begun=leave.begun(work.now))
    await work.redraw(own_card(leave), text, buttons)
    await work.redraw(office_card(leave), text, office_buttons(leave))
    await _keep_acting(work, leave)
    await keep_filing(work, leave)
    for kind, due in moments(leave, calendar, settings.hours, settings.leave).items():
        await work.timer(kind, leave.id, due)
    await reschedule(work, leave)


async def put_back(work: UnitOfWork, id: int, _touched: Touched) -> None:
    """A decision was taken back: every card and timer as the leave stands again."""
    await bring_up_to_date(work, await work.lock(Leave, id))


async def redraw_own(work: UnitOfWork, leave: Leave) -> None:
    """The applicant's card alone: once the leave has begun they may report back and no longer withdraw."""
    await work.redraw(own_card(leave), card(leave), own_buttons(leave, begun=leave.begun(work.now)))


async def _hand_out(work: UnitOfWork, leave: Leave) -> None:
    """What is asked this very moment goes to whoever decides now; what was asked before follows by itself."""
    approval = leave.waiting
    if approval is None or approval.asked_at != work.now or approval.unattended_at == work.now:
        return
    called = f"{leave.applicant.titled}的请假报告"
    await lay(work, approval, "leave", applicant=leave.applicant, called=called)


# ---------------------------------------------------------------- who acts, and what the committee is told


async def _keep_acting(work: UnitOfWork, leave: Leave) -> None:
    """Tell whoever is named now, if they have not been told yet, and keep the cards of all who were true.

    Where the leave stands from the moment it is submitted, `notices.leave.approved` tells the first one.
    """
    before = list(leave.asked_to_act)
    fresh = ask(leave, span_of(leave), work.now)
    for asked in {one.official: one for one in before}.values():
        if fresh is None or asked.official is not fresh.official:
            text, buttons = acting.text_of(leave, asked), acting.buttons_of(leave, asked)
            await work.redraw(acting.acting_card(leave, asked.official), text, buttons)
    if fresh is None:
        return
    await work.redraw(acting.acting_card(leave, fresh.official), acting.text_of(leave, fresh))
    if before or leave.state is LeaveState.PENDING:
        await work.send(acting.asked_to_act(leave, fresh))


async def keep_filing(work: UnitOfWork, leave: Leave) -> None:
    """Open, change or drop what the office owes the committee, so that every copy says what now holds."""
    if not filed_with_committee(leave.applicant):
        return
    fresh = bring_in_line(leave.filings, filing.due(leave), work.now)
    await work.flush()
    for one in leave.filings:
        if one is not fresh:
            text, buttons = filing.text_of(leave, one), filing.buttons_of(leave, one)
            await work.redraw(filing.filing_card(leave, one), text, buttons)
    if fresh is not None:
        await work.send(*filing.to_file(leave, fresh, await work.roster()))
