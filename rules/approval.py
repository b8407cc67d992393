"""One approver's place in a route, and what he may decide."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.dates import moment_words
from rules.roster import Official


class Decision(StrEnum):
    """What an approver may tap."""

    AGREE = "同意"
    DECLINE = "不同意"
    SEND_BACK = "退回修改"


@dataclass(eq=False)
class Approval:
    """One approver's place in the route, decided or not.

    `asked_at` is when the report reached him, `nudged_at` when he was last reminded. `decided_by` differs
    from `approver` where a stand-in decided (代).
    """

    position: int
    approver: Official
    decision: Decision | None = None
    comment: str = ""
    decided_by: Official | None = None
    decided_at: datetime | None = None
    asked_at: datetime | None = None
    nudged_at: datetime | None = None
    id: int = field(init=False)
    leave_id: int = field(init=False)

    @property
    def done(self) -> str:
        """The decision told in one line: 已由区长某某于12月1日 09:30同意."""
        if self.decision is None or self.decided_at is None:
            return ""
        by = self.decided_by or self.approver
        name = by.titled if by is self.approver else f"{by.titled}（代{self.approver.titled}）"
        return f"已由{name}于{moment_words(self.decided_at)}{_DONE[self.decision]}"


_DONE = {Decision.AGREE: "同意", Decision.DECLINE: "答复不同意", Decision.SEND_BACK: "退回修改"}
