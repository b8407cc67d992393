"""How long an approver is left in peace, and how long they may think better of it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class LeaveTerms:
    """[leave]: what the office may set for the life of a leave."""

    nudge_after_hours: int = 4
    """The applicant may nudge (催办) an approver once the report has lain with them so many office hours."""

    undo_minutes: int = 10
    """For so long an approver may undo their 同意, as long as nobody has acted on it."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 1:
                raise ValueError(f"[leave] {name} 至少为1，现为{value}。")

    @property
    def undo(self) -> timedelta:
        """How long a 同意 may be undone."""
        return timedelta(minutes=self.undo_minutes)
