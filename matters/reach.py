"""请回电 (art. 77): the request told, shown as it stands, and carried to the other channels."""

from notices.reach import (
    desk,
    office_buttons,
    office_card,
    office_text,
    own_buttons,
    own_card,
    own_text,
    whom,
)
from rules.reach import CallRequest
from storage.elsewhere import send_elsewhere
from storage.queries.reach import call_of, drop_elsewhere, elsewhere, elsewhere_card
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- cards kept true, and the other channels


async def keep(work: UnitOfWork, call: CallRequest) -> None:
    """Edit every copy of both cards; once it is over, nothing more goes to other channels."""
    await work.flush()
    if not call.open:
        await drop_elsewhere(work, call.id)
    await work.redraw(own_card(call), own_text(call), own_buttons(call))
    used = await elsewhere(work, call.id)
    await work.redraw(office_card(call), office_text(call, used), office_buttons(call))


async def tell_of_silence(work: UnitOfWork, call: CallRequest) -> None:
    """They have not answered, or could not be reached: try elsewhere, and show the number to the whole desk.

    The other channels are used once for a request, whichever of the two comes first.
    """
    await work.flush()
    if not await elsewhere(work, call.id):
        office_name = work.office.settings.office_name
        await send_elsewhere(
            work,
            call.official,
            call.phone,
            "请尽快回电",
            f"{call.official.titled}：{office_name}请您尽快回电。",
            once=elsewhere_card(call.id),
            card=elsewhere_card(call.id),
        )
    await work.redraw(own_card(call), own_text(call), own_buttons(call))
    await work.send(*desk(call, await work.roster(), await elsewhere(work, call.id)))


async def not_delivered(work: UnitOfWork, row_id: int) -> bool:
    """Telegram would not take a row of the outbox: whether it was a request's card, and so the desk knows."""
    id = await call_of(work, row_id)
    if id is None:
        return False
    call = await work.lock(CallRequest, id)
    if call.not_delivered(work.now):
        await work.note(None, "reach.unreached", f"call:{call.id}", article=call.article, detail=whom(call))
        await tell_of_silence(work, call)
    return True


async def channel_settled(work: UnitOfWork, row_id: int) -> None:
    """Another channel has taken a request's word, or refused it for good: the office's card says so."""
    id = await call_of(work, row_id)
    if id is not None:
        await keep(work, await work.lock(CallRequest, id))
