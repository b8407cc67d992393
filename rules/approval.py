"""One approver's place in a route, and what he may decide."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.dates.reading import moment_words
from rules.roster import Official


class Decision(StrEnum):
    """What an approver may tap."""

    AGREE = "同意"
    DECLINE = "不同意"
    SEND_BACK = "退回修改"


def acting_title(one: Official, of: Official) -> str:
    """For people: 常务副区长 某某（代区长 某某）, or just the one if he acts for himself."""
    return one.titled if one is of else f"{one.titled}（代{of.titled}）"


@dataclass(eq=False)
class Approval:
    """One approver's place in the route, decided or not.

    `round` tells the report from its changes and from what was sent back. `asked_at` is when the report
    reached him, `nudged_at` when he was last reminded by anybody, `reminded_at` when the clock reminded him,
    `escalated_at` when the office was told of his silence. `decided_by` differs from `approver` where a
    stand-in decided (代).

    `stand_in` holds the approver's card while he is away, `unattended_at` is when the office was told that
    nobody does. Both only say where the card is; who may decide is asked of `Absences` each time.
    """

    position: int
    approver: Official
    decision: Decision | None = None
    comment: str = ""
    decided_by: Official | None = None
    decided_at: datetime | None = None
    asked_at: datetime | None = None
    nudged_at: datetime | None = None
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None
    round: int = 0
    stand_in: Official | None = None
    unattended_at: datetime | None = None
    id: int = field(init=False)
    leave_id: int = field(init=False)

    def ask_anew(self, now: datetime) -> None:
        """Put the question to him as if for the first time: the wait begins again."""
        self.decision = self.decided_by = self.decided_at = None
        self.nudged_at = self.reminded_at = self.escalated_at = None
        self.comment = ""
        self.asked_at = now

    def also_of(self, other: "Approval") -> bool:
        """Whether the very tap that decided the other decided this one too, in another capacity."""
        same = (self.decided_by, self.decided_at) == (other.decided_by, other.decided_at)
        return self is not other and self.decided_by is not None and same

    @property
    def asked(self) -> Official:
        """On whose desk it is now."""
        return self.stand_in or self.approver

    @property
    def whose(self) -> str:
        """On whose desk it is, in words; a stand-in with the one he stands in for."""
        return acting_title(self.asked, self.approver)

    @property
    def by(self) -> str:
        """Who decided, in words, likewise."""
        return acting_title(self.decided_by or self.approver, self.approver)

    @property
    def done(self) -> str:
        """The decision told in one line: 已由区长某某于12月1日 09:30同意."""
        if self.decision is None or self.decided_at is None:
            return ""
        return f"已由{self.by}于{moment_words(self.decided_at)}{_DONE[self.decision]}"


_DONE = {Decision.AGREE: "同意", Decision.DECLINE: "答复不同意", Decision.SEND_BACK: "退回修改"}
