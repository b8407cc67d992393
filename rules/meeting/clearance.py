"""The steps by which a department's district-wide meeting is cleared (art. 58): office, then vice mayor."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.approval import acting_title
from rules.dates.reading import moment_words
from rules.roster import Official


class Step(StrEnum):
    """Whose turn it is."""

    OFFICE = "区政府办公室审核"
    VICE_MAYOR = "区政府分管领导审批"


class Verdict(StrEnum):
    """What may be tapped at a step, in the word that people read."""

    PASSED = "审核通过"
    SENT_BACK = "退回"
    AGREED = "同意"
    DECLINED = "不同意"


GOOD = frozenset({Verdict.PASSED, Verdict.AGREED})


@dataclass(eq=False)
class Clearance:
    """One step of one round, decided or not; `approver` is None where the whole desk is asked.

    `stand_in` holds the approver's card while he is away, `unattended_at` is when the office was told that
    nobody does; who may decide is worked out at every tap. `reminded_at` and `escalated_at` are what its
    silence has come to (rules/reminders.py).
    """

    step: Step
    position: int
    approver: Official | None = None
    asked_at: datetime | None = None
    verdict: Verdict | None = None
    comment: str = ""
    decided_by: Official | None = None
    decided_at: datetime | None = None
    stand_in: Official | None = None
    unattended_at: datetime | None = None
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None
    id: int = field(init=False)
    meeting_id: int = field(init=False)

    @property
    def asked(self) -> Official | None:
        """On whose desk it is now; None for the office."""
        return self.stand_in or self.approver

    def reassign(self, approver: Official, now: datetime) -> None:
        """Somebody else is in charge now (art. 58); where it was asked already, the wait begins again."""
        self.approver, self.stand_in, self.unattended_at = approver, None, None
        self.reminded_at = self.escalated_at = None
        if self.asked_at is not None:
            self.asked_at = now

    @property
    def whose(self) -> str:
        """The same in words; a stand-in with the one he stands in for."""
        if self.approver is None:
            return "区政府办公室"
        return acting_title(self.stand_in or self.approver, self.approver)

    @property
    def done(self) -> str:
        """The verdict told in one line; empty while it waits."""
        if self.verdict is None or self.decided_by is None or self.decided_at is None:
            return ""
        by = acting_title(self.decided_by, self.approver or self.decided_by)
        return f"{by}于{moment_words(self.decided_at)}{self.verdict}"
