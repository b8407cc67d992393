"""One approver's place in a route, and what they may decide."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from rules.roster import Official
from rules.todo import Refusals, Todo
from rules.working_days import shanghai_day


class Decision(StrEnum):
    """What an approver may tap: the first three beforehand, the others once it is over."""

    AGREE = "同意"
    DECLINE = "不同意"
    SEND_BACK = "退回修改"
    RATIFY = "追认"
    VOID = "作废"


GOOD: Final = frozenset({Decision.AGREE, Decision.RATIFY})
AFTERWARDS: Final = frozenset({Decision.RATIFY, Decision.VOID})
_DONE = {Decision.DECLINE: "答复不同意"}


@dataclass(eq=False)
class Approval(Todo[Official]):
    """One approver's place in the route, decided or not.

    `round` tells the report from its changes and from what was sent back; `nudged_at` is when the applicant
    last had them reminded (催办).
    """

    refusals: ClassVar = Refusals(
        own="本人的请假报告不能由本人审批。",
        done="这份请假报告{done}，不能重复办理。",
        others="这份请假报告由{whose}审批，您不能代为办理。",
        early="这份请假报告还没有轮到您审批。",
    )

    position: int
    approver: Official
    decision: Decision | None = None
    comment: str = ""
    nudged_at: datetime | None = None
    round: int = 0
    id: int = field(init=False)
    leave_id: int = field(init=False)

    @property
    def owner(self) -> Official:
        """The approver."""
        return self.approver

    @property
    def outcome(self) -> str:
        """同意, 答复不同意, 退回修改, 追认 or 作废."""
        return _DONE.get(self.decision, self.decision) if self.decision else ""

    def wait_anew(self, now: datetime) -> None:
        """On another desk its 催办 may begin again as well."""
        super().wait_anew(now)
        self.nudged_at = None

    def reminded_on(self, today: date) -> bool:
        """Whether they have heard of it that Shanghai day, from the applicant or from the clock."""
        return any(at is not None and shanghai_day(at) == today for at in (self.nudged_at, self.reminded_at))

    def also_of(self, other: "Approval") -> bool:
        """Whether the very tap that decided the other decided this one too, in another capacity."""
        same = (self.decided_by, self.decided_at) == (other.decided_by, other.decided_at)
        return self is not other and self.decided_by is not None and same
