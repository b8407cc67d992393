"""Whom a sheet of 会签 concerns at this moment: those who have to act for a unit, and those who lead."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.absence import Absences
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.roster import Official, Roster
from storage.queries.absence import absences
from storage.queries.countersign.sheets import PROCEDURE, drafting, seat_of
from storage.unit_of_work import UnitOfWork


@dataclass
class People:
    """Whom a sheet concerns now; read once for as many sheets as are met together."""

    roster: Roster
    absences: Absences

    @classmethod
    async def of(cls, work: UnitOfWork) -> "People":
        """As of this unit of work."""
        return cls(await work.roster(), await absences(work))

    def unit(self, one: Consultation) -> list[Official]:
        """Who has to act for the unit: who signs, its liaisons, and the one it was passed to."""
        passed = one.passed_to if one.passed_to in self.roster.of(one.unit) else None
        people = [one.asked, *drafting(one.unit, self.roster), passed]
        return [each for each in dict.fromkeys(people) if each is not None]

    def signer(self, one: Consultation) -> list[Official]:
        """Who answers for the unit; where they cannot be reached, whoever of it can."""
        return _reached([one.asked]) or _reached(self.unit(one)) or self.unit(one)[:1]

    def turn(self, one: Consultation) -> list[Official]:
        """Whose step it is: who drafts while nothing is drafted, then who signs; else whom one can reach."""
        drafting = [each for each in self.unit(one) if each is not one.asked]
        return _reached(drafting if one.draft is None else [one.asked]) or self.signer(one)

    def entitled(self, one: Consultation) -> list[Official]:
        """To whom a delivery starts the period: the head, who stands in for them, a liaison."""
        people = [one.head, one.stand_in, *drafting(one.unit, self.roster)]
        return [each for each in dict.fromkeys(people) if each is not None]

    def lead(self, sheet: Countersign) -> list[Official]:
        """Who follows the sheet for the lead unit: who drafted it, its head or who stands in for them.

        Where they who drafted it has left the unit, its liaisons do.
        """
        signer = seat_of(sheet.lead_unit, self.roster, self.absences).signer
        there = sheet.drafter in self.roster.of(sheet.lead_unit)
        following = [sheet.drafter] if there else drafting(sheet.lead_unit, self.roster)
        return [each for each in dict.fromkeys([*following, signer]) if each is not None]

    def leader(self, one: Consultation) -> Official | None:
        """The vice mayor in charge of the unit, or who stands in for them."""
        leader = self.roster.in_charge_of(one.unit)
        stand_in = self.absences.decides_for(leader, PROCEDURE) if leader else None
        return stand_in.official if stand_in and stand_in.official else leader


def _reached(people: Iterable[Official | None]) -> list[Official]:
    return [each for each in people if each is not None and each.telegram_id is not None]


async def leading(work: UnitOfWork, sheet: Countersign) -> list[Official]:
    """Whom of the lead unit news go to."""
    return (await People.of(work)).lead(sheet)


async def answering(work: UnitOfWork, one: Consultation) -> list[Official]:
    """Whom of a consulted unit news go to."""
    return (await People.of(work)).unit(one)
