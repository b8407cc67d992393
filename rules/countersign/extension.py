"""申请延期: a consulted unit that cannot answer in time agrees another day with the lead unit (art. 63)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rules.roster import Official
from rules.todo import acting_title


class ExtensionState(StrEnum):
    """Where a request stands; without a reply the old day stays."""

    ASKED = "待答复"
    AGREED = "同意延期"
    REFUSED = "不同意延期"
    LAPSED = "未答复"


@dataclass(eq=False)
class Extension:
    """One request: until the end of which Shanghai day, why, and what the lead unit said.

    `decided_for` is the lead unit's head in whose place it was decided.
    """

    until: date
    reason: str
    asked_by: Official
    asked_at: datetime
    state: ExtensionState = ExtensionState.ASKED
    decided_by: Official | None = None
    decided_for: Official | None = None
    decided_at: datetime | None = None
    id: int = field(init=False)

    def is_idle(self, today: date) -> bool:
        """Whether silence went over it and its day is over too: till then the lead unit may agree."""
        return self.state is ExtensionState.LAPSED and self.decided_at is None and self.until < today

    def overtake(self, now: datetime) -> None:
        """The day asked for is over, and the lead unit has said nothing: nobody can agree to it any more."""
        self.state, self.decided_at = ExtensionState.LAPSED, now

    @property
    def why(self) -> str:
        """Who gave the later day, in words: what nobody asked for, the office gave by itself (art. 10)."""
        given = self.decided_by is self.asked_by and self.decided_at == self.asked_at
        return f"{self.reason}，区政府办公室顺延至" if given else "经主办单位同意，延期至"

    @property
    def decider(self) -> str:
        """Who answered for the lead unit, in words; a stand-in with the one they stand in for."""
        return acting_title(self.decided_by, self.decided_for or self.decided_by) if self.decided_by else ""
