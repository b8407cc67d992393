"""A small cast for countersigning, and sheets to act with."""

from dataclasses import dataclass
from datetime import datetime

from rules.countersign.consultation import Consultation, Delivery, Seat
from rules.countersign.due import due_after
from rules.countersign.matter import Countersign, CountersignKind
from rules.periods import Periods
from rules.roster import Official, Role, Roster, Unit, UnitKind
from rules.working_days import Calendar
from tests.leave_cast import beijing

CALENDAR = Calendar()
WEDNESDAY = beijing("2026-11-25 09:00")


@dataclass
class Cast:
    """A lead unit (住建局) and three to be asked; each with a head, a deputy and a liaison."""

    def __post_init__(self) -> None:
        self.units: list[Unit] = []
        self.officials: list[Official] = []
        for name in ("住建局", "财政局", "人社局", "司法局"):
            unit = Unit(name, f"千文区{name}", UnitKind.DEPARTMENT, group_chat_id=-500 - len(self.units))
            unit.id = len(self.units) + 1
            self.units.append(unit)
            posts = ("局长", Role.UNIT_HEAD), ("副局长", Role.DEPUTY_HEAD), ("科员", Role.LIAISON)
            for post, role in posts:
                self._add(f"{name[0]}{post}", unit, post, role)
        office = Unit("区政府办公室", "千文区人民政府办公室", UnitKind.OFFICE)
        office.id = 9
        self.units.append(office)
        self.clerk = self._add("王列张", office, "科员", Role.OFFICE_STAFF)
        self.housing, self.finance, self.personnel, self.law = self.units[:4]

    def _add(self, name: str, unit: Unit, post: str, role: Role) -> Official:
        official = Official(name, unit, post, role, telegram_id=1001 + len(self.officials))
        official.id = len(self.officials) + 1
        self.officials.append(official)
        return official

    @property
    def roster(self) -> Roster:
        """Everybody."""
        return Roster(self.units, self.officials)

    def one(self, unit: Unit, role: Role) -> Official:
        """The unit's head, deputy or liaison."""
        return self.roster.of(unit, role)[0]

    def head(self, unit: Unit) -> Official:
        """The unit's head."""
        return self.one(unit, Role.UNIT_HEAD)

    def liaison(self, unit: Unit) -> Official:
        """The unit's liaison."""
        return self.one(unit, Role.LIAISON)

    def seat(self, unit: Unit) -> Seat:
        """The head at their own desk."""
        return Seat(self.head(unit))

    def sheet(
        self,
        kind: CountersignKind = CountersignKind.DRAFT,
        *,
        now: datetime = WEDNESDAY,
        delivered: bool = True,
        limit_days: int | None = None,
    ) -> Countersign:
        """Released by 住建局 to 财政局 and 人社局, and delivered to both at once."""
        sheet = Countersign(
            self.housing, self.liaison(self.housing), kind, "城市更新办法", now, limit_days=limit_days
        )
        sheet.id = 12
        sheet.consult({unit: self.head(unit) for unit in (self.finance, self.personnel)})
        for id, consultation in enumerate(sheet.consultations, 31):
            consultation.id = id
        sheet.release(self.head(self.housing), self.seat(self.housing), now)
        if delivered:
            for consultation in sheet.consultations:
                self.deliver(sheet, consultation, now)
        return sheet

    def deliver(self, sheet: Countersign, consultation: Consultation, at: datetime) -> bool:
        """Telegram took the card for the unit's head."""
        due = due_after(at, sheet.limit, CALENDAR, Periods())
        return sheet.start(consultation, Delivery(at, consultation.head, 77), due)
