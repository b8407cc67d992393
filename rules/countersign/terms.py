"""What an office may set for countersigning, beside the periods of art. 63 (rules/periods.py)."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class CountersignTerms:
    """[countersign]: how often people are nudged."""

    nudge_pause_minutes: int = 60
    """The lead unit may not nudge a unit within so many minutes of a nudge of the bot's own."""

    def __post_init__(self) -> None:
        if self.nudge_pause_minutes < 1:
            raise ValueError(f"[countersign] nudge_pause_minutes 至少为1，现为{self.nudge_pause_minutes}。")

    @property
    def nudge_pause(self) -> timedelta:
        """How long a unit is left in peace after a nudge of the bot's own."""
        return timedelta(minutes=self.nudge_pause_minutes)
