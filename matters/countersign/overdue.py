"""Signatures that are late: whom they are told of, and a reminder by hand."""

from collections.abc import Iterable

from notices.countersign import end
from rules.countersign.clock import escalates
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.roster import Official
from storage.queries.countersign.people import People
from storage.queries.countersign.sheets import troubled
from storage.unit_of_work import UnitOfWork


async def of(work: UnitOfWork, leader: Official) -> list[tuple[Countersign, Consultation]]:
    """Those of the units this vice mayor is in charge of, or stands in for who is; the oldest first."""
    people = await People.of(work)
    found = [
        (sheet, one)
        for sheet, one in await troubled(work)
        if one.overdue(work.now) and escalates(sheet, one) and people.leader(one) is leader
    ]
    return sorted(found, key=lambda case: (case[1].closes_at or work.now, case[0].id))


async def nudge(
    work: UnitOfWork, sheet: Countersign, one: Consultation, by: str, people: Iterable[Official]
) -> None:
    """催办 by hand: the unit's card anew, with whose it is above it; a draft's only to who signs it."""
    told = [one.asked]
    if one.draft is None:
        told += people
    for to in dict.fromkeys(told):
        if to is not None:
            await work.send(end.nudged(sheet, one, to, by, work.office.settings.periods))
