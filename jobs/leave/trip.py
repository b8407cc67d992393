"""A leave that another goes on from: nobody is expected back in between, and who acts changes (art. 77)."""

from matters.leave.show import bring_up_to_date
from notices.leave import trip as notices
from rules.absence import starts_at
from rules.leave.matter import Leave, LeaveState
from rules.leave.report import article_of
from rules.leave.trip import came_from, passed_into
from rules.roster import Official
from storage.queries.leave.trip import own_leaves
from storage.unit_of_work import UnitOfWork


async def go_on(work: UnitOfWork, official: Official) -> list[tuple[Leave, Leave]]:
    """Close each of their leaves that has passed into one that has begun; returns them with that one.

    Run again it does nothing.
    """
    passed = []
    own = await own_leaves(work, official)
    for leave in own:
        then = passed_into(leave, own) if leave.state is LeaveState.APPROVED else None
        if then is None or starts_at(then) > work.now:
            continue
        locked = await work.lock(Leave, leave.id)
        locked.go_on(work.now)
        detail = {"into": f"leave:{then.id}"}
        await work.note(None, "leave.go_on", f"leave:{leave.id}", article=article_of(leave), detail=detail)
        await bring_up_to_date(work, locked)
        passed.append((locked, then))
    return passed


async def tell_former(work: UnitOfWork, leave: Leave) -> None:
    """Who acted until this leave began learns that somebody else does now, in office hours."""
    before = came_from(leave, await own_leaves(work, leave.applicant))
    if before is not None:
        await work.send(*notices.acting_over(before, leave))
