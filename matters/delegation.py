"""Delegation (委托代办): its cards shown as it stands."""

from matters.undo import Touched
from notices.delegation import card, delegates_buttons, name, principals_buttons
from rules.delegation import LIVE, Delegation
from storage.queries.absence import TURNS, follow_soon
from storage.unit_of_work import UnitOfWork


async def bring_up_to_date(work: UnitOfWork, delegation: Delegation) -> None:
    """Edit every copy of both cards, and set the timer anew, after it has changed."""
    text = card(delegation)
    await work.redraw(name(delegation, "principal"), text, principals_buttons(delegation))
    await work.redraw(name(delegation, "delegate"), text, delegates_buttons(delegation))
    if delegation.state not in LIVE:
        await work.drop_timers(TURNS, delegation.id)
    elif work.now < delegation.begins_at:
        await work.timer(TURNS, delegation.id, delegation.begins_at)
    else:
        await work.timer(TURNS, delegation.id, delegation.ends_at)


async def put_back(work: UnitOfWork, id: int, _touched: Touched) -> None:
    """An answer or an end was taken back: both cards, and what waits for either follows once more."""
    delegation = await work.lock(Delegation, id)
    await bring_up_to_date(work, delegation)
    await follow_soon(work, delegation.principal)
