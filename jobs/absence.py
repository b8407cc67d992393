"""What follows when somebody goes away, comes back, or hands their matters over for some days.

Whoever may decide is worked out at every tap; here the cards are moved to where they belong. A procedure
whose cards wait for somebody's decision names its `follow` (jobs/<procedure>/procedure.py) and need not know
why people are away.
"""

from datetime import datetime

from jobs.leave import trip as leave_trip
from jobs.procedures import PROCEDURES
from matters import delegation as delegation_matter
from matters.leave.show import redraw_own
from notices import absence as words
from notices import delegation as notices
from notices.leave.trip import acting_over
from rules.absence import Absences, starts_at
from rules.delegation import LIVE, Delegation, DelegationState
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official
from storage.queries.absence import BEGINS, TURNS, absences
from storage.unit_of_work import UnitOfWork


async def follow(work: UnitOfWork, official: Official, *, only_urgent: bool = False) -> None:
    """Have every procedure follow."""
    for each in PROCEDURES:
        for move in each.follow:
            await move(work, official, only_urgent=only_urgent)


async def follow_now(work: UnitOfWork, official_id: int) -> None:
    """A timer right after a tap: who decides for this official may have changed."""
    official = await work.lock(Official, official_id)
    for before, then in await leave_trip.go_on(work, official):
        await work.send(*acting_over(before, then))
    await follow(work, official)


async def leave_begins(work: UnitOfWork, leave_id: int) -> None:
    """A leave begins to cover, at 0:00 or noon: what is urgent moves at once, the rest at the opening."""
    leave = await work.lock(Leave, leave_id)
    if leave.state is not LeaveState.APPROVED:
        return
    if starts_at(leave) > work.now:  # its dates have changed
        await work.timer(BEGINS, leave.id, starts_at(leave))
        return
    await leave_trip.go_on(work, leave.applicant)
    opening = await _opening(work)
    if opening > work.now:
        await redraw_own(work, leave)
        await follow(work, leave.applicant, only_urgent=True)
        await work.timer(BEGINS, leave.id, opening)
        return
    await leave_trip.tell_former(work, leave)
    await follow(work, leave.applicant)
    await _warn(work, leave.applicant, await absences(work))


async def _warn(work: UnitOfWork, gone: Official, now: Absences) -> None:
    """Where the one who should stand in is away themselves, it is said when that happens."""
    roster = await work.roster()
    for absent in now.absent:
        stand_in = now.decides_for(absent)
        if stand_in and stand_in.away and (absent is gone or gone in stand_in.away):
            await work.send(*words.covered_by_another(stand_in, roster))
    for delegation in now.delegations:
        if delegation.delegate is gone and delegation.runs(work.now):
            await work.send(notices.delegate_away(delegation))


async def delegation_turns(work: UnitOfWork, delegation_id: int) -> None:
    """A delegation begins, or is over by itself; as with leave, only what is urgent moves out of hours."""
    delegation = await work.lock(Delegation, delegation_id)
    if delegation.state not in LIVE:
        return
    if work.now < delegation.begins_at:
        await work.timer(TURNS, delegation.id, delegation.begins_at)
        return
    opening = await _opening(work)
    if opening > work.now:
        await follow(work, delegation.principal, only_urgent=True)
        await work.timer(TURNS, delegation.id, opening)
        return
    await follow(work, delegation.principal)
    if work.now >= delegation.ends_at:
        await _over(work, delegation)
    else:
        now = await absences(work)
        await work.send(*notices.begins(delegation))
        if delegation.runs(work.now) and now.away(delegation.delegate):
            await work.send(notices.delegate_away(delegation))
        await work.timer(TURNS, delegation.id, delegation.ends_at)


async def _over(work: UnitOfWork, delegation: Delegation) -> None:
    accepted = delegation.state is DelegationState.ACCEPTED
    delegation.close(work.now)
    await work.note(None, "delegation.over", f"delegation:{delegation.id}", article=delegation.article)
    await delegation_matter.bring_up_to_date(work, delegation)
    await work.send(*notices.over(delegation, accepted=accepted))


async def _opening(work: UnitOfWork) -> datetime:
    """The instant itself while the office is open, else when it opens next."""
    return work.office.settings.hours.next_opening(await work.calendar(), work.now)
