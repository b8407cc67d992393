"""Sheets to act with, on the one small district."""

from dataclasses import dataclass
from datetime import datetime

from rules.countersign.consultation import Consultation, Delivery, Seat
from rules.countersign.due import due_after
from rules.countersign.matter import Countersign, CountersignKind
from rules.periods import Periods
from rules.roster import Unit
from rules.working_days import Calendar
from tests.cast import Cast, beijing

CALENDAR = Calendar()
WEDNESDAY = beijing("2026-11-25 09:00")


@dataclass
class CountersignCast(Cast):
    """住建局 leads, and the other departments are asked."""

    def seat(self, unit: Unit) -> Seat:
        """The head at their own desk."""
        return Seat(self.head_of(unit))

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
            self.housing, self.liaison_of(self.housing), kind, "城市更新办法", now, limit_days=limit_days
        )
        sheet.id = 12
        sheet.consult({unit: self.head_of(unit) for unit in (self.finance, self.personnel)})
        for id, consultation in enumerate(sheet.consultations, 31):
            consultation.id = id
        sheet.release(self.head_of(self.housing), self.seat(self.housing), now)
        if delivered:
            for consultation in sheet.consultations:
                self.deliver(sheet, consultation, now)
        return sheet

    def deliver(self, sheet: Countersign, consultation: Consultation, at: datetime) -> bool:
        """Telegram took the card for the unit's head."""
        due = due_after(at, sheet.limit, CALENDAR, Periods())
        return sheet.start(consultation, Delivery(at, consultation.head, 77), due)
