"""How long an approver is left in peace, how often somebody is asked to report back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LeaveTerms:
    """[leave]: what the office may set for the life of a leave."""

    nudge_after_hours: int = 4
    """The applicant may nudge (催办) an approver once the report has lain with them so many office hours."""

    back_mornings: int = 3
    """Who has not reported back (销假) is asked on so many working mornings, then on the first of a week."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 1:
                raise ValueError(f"[leave] {name} 至少为1，现为{value}。")
