"""With whom it lies now, and the timer that comes back to it (see rules/countersign/stall.py)."""

from rules.absence import Absences
from rules.countersign.matter import Countersign
from rules.countersign.stall import STALLED, Pending, Step, due, keep, pending, stalls_of
from rules.roster import Official, Roster
from storage.queries.absence import absences
from storage.queries.countersign.settling import mediates_for
from storage.queries.countersign.sheets import seat_of
from storage.unit_of_work import UnitOfWork


def desk_of(sheet: Countersign, one: Pending, now: Absences) -> Official | None:
    """Who has to do it at this moment; None where the post is vacant."""
    if one.mediation is not None:
        stand_in = mediates_for(sheet, one.mediation, now)
        return (stand_in.official if stand_in else None) or one.mediation.mediator
    theirs = one.consultation is not None and one.step in (Step.STAND, Step.SIGN)
    unit = one.consultation.unit if theirs and one.consultation else sheet.lead_unit
    return seat_of(unit, now.roster, now).signer


def head_of(sheet: Countersign, one: Pending, roster: Roster) -> Official | None:
    """In whose place it is done where another does it."""
    if one.mediation is not None:
        return one.mediation.mediator
    theirs = one.consultation is not None and one.step in (Step.STAND, Step.SIGN)
    return roster.head_of(one.consultation.unit if theirs and one.consultation else sheet.lead_unit)


async def reschedule(work: UnitOfWork, sheet: Countersign) -> None:
    """After a change of the sheet: see what waits for whom, and that the clock comes back to it."""
    known = {stall.key for stall in stalls_of(sheet)}
    fresh = [one for one in pending(sheet) if one.key not in known]
    desks: dict[str, int | None] = {}
    if any(one.step is not Step.CLOSE for one in fresh):  # a hundred may come to their end at midnight
        now = await absences(work)
        for one in fresh:
            official = desk_of(sheet, one, now)
            desks[one.key] = official.id if official else None
    if keep(sheet, desks, work.now):
        await set_timer(work, sheet)


async def set_timer(work: UnitOfWork, sheet: Countersign) -> None:
    """Have the clock look at the sheet when that is next due."""
    at = due(sheet, await work.calendar(), work.office.settings.hours)
    if at is not None:
        await work.timer(STALLED, sheet.id, max(at, work.now))
