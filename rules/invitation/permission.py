"""特殊情况: a report or a new time later than art. 86 allows needs the permission of 办公室主任."""

from dataclasses import dataclass, field
from datetime import datetime

from rules.approval import acting_title
from rules.dates.reading import moment_words
from rules.refused import Refused
from rules.roster import Official


@dataclass(eq=False)
class Permission:
    """The question to 办公室主任, decided or not; `granted` is None while it is open.

    `stand_in` holds the card while he is away, `unattended_at` is when the desk was told that nobody does.
    `change` is the number of the change it is about, 0 for the report itself.
    `reminded_at` and `escalated_at` are what its silence has come to (rules/reminders.py).
    `decided_by` differs from `asked` where a stand-in decided (代).
    """

    asked: Official
    asked_at: datetime | None
    granted: bool | None = None
    comment: str = ""
    decided_by: Official | None = None
    decided_at: datetime | None = None
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None
    stand_in: Official | None = None
    unattended_at: datetime | None = None
    change: int = 0
    id: int = field(init=False)
    invitation_id: int = field(init=False)

    @property
    def holder(self) -> Official:
        """On whose desk it is now."""
        return self.stand_in or self.asked

    @property
    def whose(self) -> str:
        """On whose desk it is, in words."""
        return acting_title(self.holder, self.asked)

    @property
    def done(self) -> str:
        """已由区政府办公室主任某某于12月1日 09:30准予受理."""
        if self.granted is None or self.decided_at is None:
            return ""
        by = acting_title(self.decided_by or self.asked, self.asked)
        return f"已由{by}于{moment_words(self.decided_at)}{'准予受理' if self.granted else '决定不予受理'}"

    def decide(
        self,
        official: Official,
        granted: bool,
        now: datetime,
        comment: str = "",
        *,
        stand_in: Official | None = None,
    ) -> None:
        """准予受理 or 不予受理, by 办公室主任 or who decides for him now."""
        if self.granted is not None:
            raise Refused(f"这件邀请{self.done}，不能重复办理。")
        if official not in (self.asked, stand_in):
            raise Refused(f"特殊情况的邀请须由{self.whose}准予，您不能代为办理。", 86)
        self.granted, self.comment, self.decided_by, self.decided_at = granted, comment, official, now
