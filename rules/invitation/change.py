"""What an organiser wants changed about an event already reported: time, place, programme."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.roster import Official


class InvitationChangeState(StrEnum):
    """What became of it, in the words that people read."""

    PENDING = "待办公室审核"
    IN_FORCE = "已生效"
    REFUSED = "未采纳"
    WITHDRAWN = "已撤回"


@dataclass(eq=False)
class InvitationChange:
    """Time and place as asked for and as they were; instants are aware UTC, an end may be unknown.

    `number` counts the invitation's changes from 1 and tells the papers that it brought (`programme` says
    whether it did).
    """

    number: int
    proposed_by: Official
    proposed_at: datetime
    start: datetime
    end: datetime | None
    place: str
    was_start: datetime
    was_end: datetime | None
    was_place: str
    programme: bool = False
    reason: str = ""
    state: InvitationChangeState = InvitationChangeState.PENDING
    decided_by: Official | None = None
    decided_at: datetime | None = None
    comment: str = ""
    id: int = field(init=False)
    invitation_id: int = field(init=False)

    @property
    def of_time(self) -> bool:
        """Whether the time moves."""
        return (self.start, self.end) != (self.was_start, self.was_end)

    @property
    def of_place(self) -> bool:
        """Whether the place does."""
        return self.place != self.was_place

    @property
    def in_force(self) -> bool:
        """Whether it has been taken."""
        return self.state is InvitationChangeState.IN_FORCE

    @property
    def asks_anew(self) -> bool:
        """Whether the leaders have to be asked again: another programme alone is only told to them."""
        return self.of_time or self.of_place

    def settle(
        self, state: InvitationChangeState, by: Official | None, now: datetime, comment: str = ""
    ) -> None:
        """It is decided, or taken back."""
        self.state, self.decided_by, self.decided_at, self.comment = state, by, now, comment
