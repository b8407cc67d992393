"""Whom a sheet of 会签 concerns at this moment: those who have to act for a unit, and those who lead."""

from dataclasses import dataclass

from rules.absence import Absences
from rules.countersign import Countersign
from rules.countersign_consultation import Consultation
from rules.roster import Official, Role, Roster
from storage.absence import absences
from storage.countersign import PROCEDURE, seat_of
from storage.work import Work


@dataclass
class People:
    """Whom a sheet concerns now; read once for as many sheets as are met together."""

    roster: Roster
    absences: Absences

    @classmethod
    async def of(cls, work: Work) -> "People":
        """As of this unit of work."""
        return cls(await work.roster(), await absences(work))

    def unit(self, one: Consultation) -> list[Official]:
        """Who has to act for the unit: who signs, its liaisons, and the one it was passed to."""
        liaisons = self.roster.of(one.unit, Role.LIAISON, Role.OFFICE_STAFF)
        passed = [one.passed_to] if one.passed_to and self.roster.by_id(one.passed_to.id) else []
        return list(dict.fromkeys([*([one.asked] if one.asked else []), *liaisons, *passed]))

    def entitled(self, one: Consultation) -> list[Official]:
        """To whom a delivery starts the period: the head, who stands in for him, a liaison."""
        heads = [official for official in (one.head, one.stand_in) if official is not None]
        return list(dict.fromkeys([*heads, *self.roster.of(one.unit, Role.LIAISON, Role.OFFICE_STAFF)]))

    def lead(self, sheet: Countersign) -> list[Official]:
        """Who follows the sheet for the lead unit: who drafted it, its head or who stands in for him."""
        signer = seat_of(sheet.lead_unit, self.roster, self.absences).signer
        drafter = self.roster.by_id(sheet.drafter.id)
        liaisons = [] if drafter else self.roster.of(sheet.lead_unit, Role.LIAISON)[:1]
        found = [*([drafter] if drafter else liaisons), *([signer] if signer else [])]
        return list(dict.fromkeys(found))

    def leader(self, one: Consultation) -> Official | None:
        """The vice mayor in charge of the unit, or who stands in for him."""
        leader = self.roster.in_charge_of(one.unit)
        stand_in = self.absences.decides_for(leader, PROCEDURE) if leader else None
        return stand_in.official if stand_in and stand_in.official else leader
