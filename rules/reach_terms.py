"""How long a person may be silent, and what other ways there are to them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

PHONE: Final = "{phone}"
"""Stands in a channel's address for the number of the person."""


@dataclass(frozen=True)
class ReachTerms:
    """[reach]: how long the one who is asked to call back has to say so."""

    answer_minutes: int = 30
    """After so many minutes without a tap the office is told, and the other channels are used."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 1:
                raise ValueError(f"[reach] {name} 至少为1，现为{value}。")

    @property
    def within(self) -> timedelta:
        """How long they have."""
        return timedelta(minutes=self.answer_minutes)


@dataclass(frozen=True)
class Channel:
    """A way to people beside Telegram, as the office calls it; a `personal` one goes to one phone number."""

    name: str
    personal: bool = False
