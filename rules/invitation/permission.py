"""特殊情况: a report or a new time later than art. 86 allows needs the permission of 办公室主任."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from rules.roster import Official
from rules.todo import Refusals, Todo


@dataclass(eq=False)
class Permission(Todo[Official]):
    """The question to 办公室主任, decided or not; `granted` is None while it is open.

    `change` is the number of the change it is about, 0 for the report itself.
    """

    refusals: ClassVar = Refusals(
        done="这件邀请{done}，不能重复办理。",
        others="特殊情况的邀请须由{whose}准予，您不能代为办理。",
        article=86,
    )

    director: Official
    granted: bool | None = None
    comment: str = ""
    change: int = 0
    id: int = field(init=False)
    invitation_id: int = field(init=False)

    @property
    def owner(self) -> Official:
        """办公室主任, or whoever of the office is asked where there is none."""
        return self.director

    @property
    def outcome(self) -> str:
        """准予受理 or 决定不予受理."""
        return "" if self.granted is None else "准予受理" if self.granted else "决定不予受理"

    def decide(
        self,
        official: Official,
        granted: bool,
        now: datetime,
        comment: str = "",
        *,
        stand_in: Official | None = None,
    ) -> None:
        """准予受理 or 不予受理, by 办公室主任 or who decides for them now."""
        self.require(official, stand_in)
        self.granted, self.comment, self.decided_by, self.decided_at = granted, comment, official, now
