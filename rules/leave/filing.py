"""What the office owes the district committee (按要求向区委报备) of a leader's leave (art. 77)."""

from dataclasses import dataclass, field
from datetime import datetime

from rules.refused import Refused
from rules.roster import OFFICE_DESK, VICE_MAYORS, Official, Role
from rules.working_days import SHANGHAI

CANCELLED = "取消"
"""What is to be filed when a trip already filed does not take place."""


@dataclass(eq=False)
class CommitteeFiling:
    """One item on the office desk's checklist; open until somebody ticks it or it has no object any more.

    `what` is what the committee is to be told: the dates, or that the trip is off. Instants are aware UTC.
    """

    what: str
    opened_at: datetime
    filed_at: datetime | None = None
    filed_by: Official | None = None
    dropped_at: datetime | None = None
    id: int = field(init=False)
    leave_id: int = field(init=False)

    @property
    def open(self) -> bool:
        """Whether the desk still has to see to it."""
        return self.filed_at is None and self.dropped_at is None

    def tick(self, official: Official, applicant: Official, now: datetime) -> None:
        """已报备, by anybody at the office desk but the one who is away themselves."""
        if official.role not in OFFICE_DESK:
            raise Refused("区委报备由区政府办公室登记。")
        if official is applicant:
            raise Refused("本人的报备由办公室其他同志登记。")
        if self.filed_at and self.filed_by:
            local = self.filed_at.astimezone(SHANGHAI)
            when = f"{local.month}月{local.day}日 {local:%H:%M}"
            raise Refused(f"已由{self.filed_by.titled}于{when}登记，无需再办。")
        if self.dropped_at:
            raise Refused("这一项已无需报备。")
        self.filed_at = now
        self.filed_by = official


def bring_in_line(filings: list[CommitteeFiling], due: str | None, now: datetime) -> CommitteeFiling | None:
    """Open, change or drop the checklist item so that the committee will know what now holds.

    `due` is what it should know: the dates, None where nothing is (yet) to be filed, CANCELLED where the
    trip is off. Returns the item that was newly opened, if one was.
    """
    if due is None:
        return None
    told = next((filing.what for filing in reversed(filings) if filing.filed_at), CANCELLED)
    item = next((filing for filing in filings if filing.open), None)
    if told == due:
        if item:
            item.dropped_at = now
        return None
    if item:
        item.what = due
        return None
    filings.append(CommitteeFiling(due, now))
    return filings[-1]


def filed_with_committee(official: Official) -> bool:
    """Whether the 区委 is told as well (按要求向区委报备, art. 77): vice mayors and the office director."""
    return official.role in VICE_MAYORS or official.role is Role.OFFICE_DIRECTOR
