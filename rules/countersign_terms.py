"""What an office may set for countersigning, beside the periods of art. 63 (rules/periods.py)."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class CountersignTerms:
    """[countersign]: who reviews the law, and how often people are nudged."""

    legal_review: str = "司法局"
    """The unit that reviews normative documents and contracts (art. 21, 24, 53), short or full name."""

    nudge_pause_minutes: int = 60
    """The lead unit may not nudge a unit within so many minutes of a nudge of the bot's own."""

    def __post_init__(self) -> None:
        if not self.legal_review.strip():
            raise ValueError("[countersign] legal_review 请填合法性审查单位的名称。")
        if self.nudge_pause_minutes < 1:
            raise ValueError(f"[countersign] nudge_pause_minutes 至少为1，现为{self.nudge_pause_minutes}。")

    @property
    def nudge_pause(self) -> timedelta:
        """How long a unit is left in peace after a nudge of the bot's own."""
        return timedelta(minutes=self.nudge_pause_minutes)
