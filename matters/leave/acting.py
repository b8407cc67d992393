"""Who acts during a leave (代为主持): asked, and their card shown as it stands."""

from notices.leave.acting import acting_card, asked_to_act, buttons_of, text_of
from notices.leave.words import span_of
from rules.leave.acting import ask
from rules.leave.matter import Leave, LeaveState
from storage.unit_of_work import UnitOfWork


async def keep_acting(work: UnitOfWork, leave: Leave) -> None:
    """Tell whoever is named now, if he has not been told yet, and keep the cards of all who were true.

    Where the leave stands from the moment it is submitted, `notices.leave.approved` tells the first one.
    """
    before = list(leave.asked_to_act)
    fresh = ask(leave, span_of(leave), work.now)
    for asked in {one.official: one for one in before}.values():
        if fresh is None or asked.official is not fresh.official:
            await work.redraw(
                acting_card(leave, asked.official), text_of(leave, asked), buttons_of(leave, asked)
            )
    if fresh is None:
        return
    await work.redraw(acting_card(leave, fresh.official), text_of(leave, fresh))
    if before or leave.state is LeaveState.PENDING:
        await work.send(asked_to_act(leave, fresh))
