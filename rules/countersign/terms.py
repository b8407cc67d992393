"""What an office may set for countersigning, beside the periods of art. 63 (rules/periods.py)."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class CountersignTerms:
    """[countersign]: how often people are nudged, how often a leader hears the same."""

    nudge_pause_minutes: int = 60
    """The lead unit may not nudge a unit within so many minutes of a nudge of the bot's own."""

    list_days: int = 3
    """Who is in charge of units with late signatures is rung up for each new one, and once in so many working
    days while nothing changes."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 1:
                raise ValueError(f"[countersign] {name} 至少为1，现为{value}。")

    @property
    def nudge_pause(self) -> timedelta:
        """How long a unit is left in peace after a nudge of the bot's own."""
        return timedelta(minutes=self.nudge_pause_minutes)
