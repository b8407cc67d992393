"""Being asked to act (代为主持工作) for somebody who is away, and what the person asked answers (art. 77)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.roster import Official


class ActingAnswer(StrEnum):
    """What the person asked may tap."""

    AWARE = "知悉"
    CANNOT = "无法代为主持"


@dataclass(eq=False)
class AskedToAct:
    """One person told to act on `dates` (as they read them); `reason` is why they cannot, if so.

    Instants are aware UTC.
    """

    official: Official
    dates: str
    told_at: datetime
    answer: ActingAnswer | None = None
    reason: str = ""
    answered_at: datetime | None = None
    id: int = field(init=False)
    leave_id: int = field(init=False)

    @property
    def declined(self) -> bool:
        """Whether they cannot act."""
        return self.answer is ActingAnswer.CANNOT
