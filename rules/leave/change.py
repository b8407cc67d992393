"""What is changed on a leave after it was reported: other dates, another person to act, a later end (续假).

Art. 77 has the dates and the acting person reported and the going away approved. So other dates go the whole
route again, and until that is through the old ones stand; another acting person is only told to everybody,
but for a vice mayor who departs from the 补位 of the roster (art. 9): that is the mayor's to approve.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.dates.reading import HalfDaySpan
from rules.roster import VICE_MAYORS, Official


class ChangeKind(StrEnum):
    """What the applicant called it."""

    CHANGE = "变更"
    EXTENSION = "续假"


class ChangeState(StrEnum):
    """Where a change stands, in the word that people read."""

    PENDING = "待审批"
    IN_FORCE = "已生效"
    DECLINED = "不同意"
    SENT_BACK = "退回修改"
    WITHDRAWN = "已撤回"
    VOID = "作废"


@dataclass(frozen=True)
class Wish:
    """What the applicant wants instead; `late` when art. 77 or the end date wanted it earlier (紧急)."""

    kind: ChangeKind
    span: HalfDaySpan
    acting: Official | None
    reason: str = ""
    late: bool = False


@dataclass(eq=False)
class Change:
    """One change of a leave, with what held before. `round` is the round of approvals that decides on it."""

    kind: ChangeKind
    span: HalfDaySpan
    acting: Official | None
    was_span: HalfDaySpan
    was_acting: Official | None
    reason: str
    proposed_at: datetime
    urgent: bool = False
    round: int = 0
    state: ChangeState = ChangeState.PENDING
    decided_at: datetime | None = None
    id: int = field(init=False)
    leave_id: int = field(init=False)

    @property
    def matter(self) -> str:
        """What people call it."""
        return "续假" if self.kind is ChangeKind.EXTENSION else "请假变更"

    @property
    def of_dates(self) -> bool:
        """Whether the dates differ."""
        return self.span != self.was_span

    @property
    def of_departure(self) -> bool:
        """Whether they go away at another time: that is reported anew (art. 77), a later end is not."""
        old, new = self.was_span, self.span
        return (new.start, new.start_half) != (old.start, old.start_half)

    @property
    def of_acting(self) -> bool:
        """Whether the person who acts differs."""
        return self.acting is not self.was_acting

    def wants_approval(self, applicant: Official) -> bool:
        """Whether somebody has to decide: on other dates always, on who acts where art. 9 names another."""
        departs = applicant.role in VICE_MAYORS and (
            self.acting is None or self.acting.id != applicant.backup_id
        )
        return self.of_dates or (self.of_acting and departs)

    def settle(self, state: ChangeState, now: datetime) -> None:
        """Its end, whichever it is."""
        self.state = state
        self.decided_at = now
