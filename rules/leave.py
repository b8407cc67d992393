"""Leave (请假): from the report through the approvals to the return (销假), art. 77, 7 and 9.

Nothing here knows of chats or tables, and the time is always passed in.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rules.dates import Half
from rules.roster import Official


class LeaveKind(StrEnum):
    """What art. 77 has reported: 出差（出访）、学习、离岗休假、探亲、就医等."""

    TRIP = "出差"
    VISIT_ABROAD = "出访"
    STUDY = "学习"
    VACATION = "离岗休假"
    FAMILY = "探亲"
    MEDICAL = "就医"
    OTHER = "其他"


class LeaveState(StrEnum):
    """Where a leave stands, in the word that people read."""

    PENDING = "待审批"
    SENT_BACK = "退回修改"
    APPROVED = "已批准"
    DECLINED = "不同意"
    WITHDRAWN = "已撤回"
    RETURNED = "已销假"


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


@dataclass(eq=False)
class Leave:
    """One leave report (请假报告). `start` and `end` are Shanghai dates, both counted."""

    applicant: Official
    kind: LeaveKind
    start: date
    start_half: Half
    end: date
    end_half: Half
    place: str
    reason: str
    acting: Official | None
    phone: str
    submitted_at: datetime
    urgent_reason: str = ""
    state: LeaveState = LeaveState.PENDING
    decided_at: datetime | None = None
    returned_at: datetime | None = None
    approvals: list[Approval] = field(default_factory=list)
    id: int = field(init=False)
