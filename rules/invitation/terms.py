"""When invitations are looked at again, and how long an event lasts whose end nobody has named."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class InvitationTerms:
    """[invitation]: what the office may set for the life of an invitation."""

    back_to_desk: int = 2
    """So many working days before the event an unanswered card goes back from the leader to the office."""

    remind_hours: int = 2
    """So many hours before the event those who attend are reminded, besides the working day before."""

    usual_hours: int = 2
    """How long an event is taken to last where its end is not given."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 1:
                raise ValueError(f"[invitation] {name} 至少为1，现为{value}。")

    @property
    def usual_length(self) -> timedelta:
        """How long an event without an end is taken to last."""
        return timedelta(hours=self.usual_hours)
