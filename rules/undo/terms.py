"""How long a decision may be taken back (办公室规定)."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class UndoTerms:
    """[undo] of the configuration."""

    minutes: int = 10
    """So long a decision may be taken back; 0: never."""

    @property
    def within(self) -> timedelta:
        """The same as a length of time."""
        return timedelta(minutes=self.minutes)
