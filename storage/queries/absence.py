"""Absences out of the database, and the timers that say when they change."""

from typing import Any

from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Mapper, object_session

from rules.absence import Absences, StandIn, starts_at
from rules.delegation import LIVE, Delegation
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official
from storage.tables import delegations
from storage.tables.leave import leaves
from storage.unit_of_work import UnitOfWork

BEGINS = "absence.begins"
"""Timer of a leave: it begins to cover."""
FOLLOW = "absence.follow"
"""Timer of an official: who decides for them may have changed, what waits for them is to follow."""

TURNS = "delegation.turns"
"""Timer of a delegation: it begins, or is over."""


async def absences(work: UnitOfWork) -> Absences:
    """Who is away, who is going to be, and who has handed matters over, as of `work.now`.

    Approved leaves and live delegations, however long ago they began. Read once in a unit of work, and anew
    after a leave or a delegation was written in it.
    """
    await work.flush()  # what was changed but not written yet may make somebody absent, or bring them back
    known = work.session.info.get(Absences)
    if not isinstance(known, Absences):
        known = work.session.info[Absences] = await _read(work)
    return known


async def _read(work: UnitOfWork) -> Absences:
    away = await work.session.scalars(
        select(Leave).where(leaves.c.state == LeaveState.APPROVED).order_by(leaves.c.start, leaves.c.id)
    )
    handed = await work.session.scalars(
        select(Delegation).where(delegations.c.state.in_(LIVE)).order_by(delegations.c.id)
    )
    return Absences(work.now, await work.roster(), away, handed)


def _written(_of: Mapper[Any], _connection: Connection, thing: object) -> None:
    session = object_session(thing)
    if session is not None:
        session.info.pop(Absences, None)


for _cls in (Leave, Delegation):
    for _what in ("after_insert", "after_update", "after_delete"):
        event.listen(_cls, _what, _written)


async def decides_for(
    work: UnitOfWork, official: Official, applicant: Official | None = None, procedure: str = "leave"
) -> StandIn | None:
    """Who decides now in the official's place on the applicant's matter; None: they themselves."""
    return (await absences(work)).decides_for(official, procedure, applicant=applicant)


async def follow_soon(work: UnitOfWork, official: Official) -> None:
    """Have what waits for the official follow who decides for them, right after this unit of work."""
    await work.timer(FOLLOW, official.id, work.now)


async def reschedule(work: UnitOfWork, leave: Leave) -> None:
    """Set the leave's timers after any change of it: it may begin to cover later, or have just stopped."""
    begun = starts_at(leave) <= work.now
    if leave.state is LeaveState.APPROVED and not begun:
        await work.timer(BEGINS, leave.id, starts_at(leave))
    elif not begun:
        await work.drop_timers(BEGINS, leave.id)
    if begun or leave.changes or leave.state in (LeaveState.APPROVED, LeaveState.WITHDRAWN):
        # Also long before it begins: an event within it, promised already, needs somebody else to go.
        await follow_soon(work, leave.applicant)
