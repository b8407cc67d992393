"""Delegations (委托代办) and a new roster: what no longer fits ends."""

from matters import delegation as delegation_matter
from notices import delegation as notices
from rules.delegation import Delegation
from rules.leave.report import stand_ins
from rules.roster import Official
from storage.queries.absence import follow_soon
from storage.queries.delegation import live
from storage.unit_of_work import UnitOfWork


async def on_left(work: UnitOfWork, official: Official) -> None:
    """Somebody left, moved or changed roles: delegations that no longer fit end, and matters follow.

    The roster of this unit of work must already be the new one.
    """
    roster = await work.roster()
    for found in await live(work, official):
        delegation = await work.lock(Delegation, found.id)
        if delegation.delegate in stand_ins(delegation.principal, roster):
            continue
        delegation.close(work.now)
        detail = {"because_of": official.titled}
        await work.note(
            None, "delegation.over", f"delegation:{found.id}", article=delegation.article, detail=detail
        )
        await delegation_matter.bring_up_to_date(work, delegation)
        await work.send(*notices.ended(delegation, official))
    await follow_soon(work, official)
