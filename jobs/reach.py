"""What the clock does when somebody who was asked to call back keeps silent, at any hour."""

from matters import reach
from rules.reach import CallRequest
from rules.roster import Official
from storage.queries.reach import OVERDUE, open_to
from storage.unit_of_work import UnitOfWork


async def overdue(work: UnitOfWork, call_id: int) -> None:
    """The set time is over: without a tap the desk sees the number, and the other channels are used."""
    call = await work.lock(CallRequest, call_id)
    if not call.open:
        return
    if not call.run_out(work.now):
        if call.overdue_at is None:
            await work.timer(OVERDUE, call.id, call.due_at)
        return
    detail = {"official": call.official.titled}
    await work.note(None, OVERDUE, f"call:{call.id}", article=call.article, detail=detail)
    if call.unreached_at:  # the desk has the number, and the other channels have been used
        await reach.keep(work, call)
    else:
        await reach.tell_of_silence(work, call)


async def on_left(work: UnitOfWork, official: Official) -> None:
    """Somebody has left office: they are not asked to call back any more."""
    if official.left_at is None:
        return
    call = await open_to(work, official)
    if call is None or not call.lapse(work.now):
        return
    await work.drop_timers(OVERDUE, call.id)
    detail = {"official": official.titled}
    await work.note(None, "reach.lapse", f"call:{call.id}", article=call.article, detail=detail)
    await reach.keep(work, call)
