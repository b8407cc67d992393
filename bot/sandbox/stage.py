"""What the local chat page needs of the house: who can be played, and a clock to turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True)
class Persona:
    """Somebody from the sample roster whose phone can be held.

    `post` is in full (财政局局长); `section` is the heading they stand under in the picker (区政府领导,
    部门).
    """

    telegram_id: int
    name: str
    post: str
    unit: str
    role: str
    section: str


@dataclass(frozen=True)
class Group:
    """A group chat of a unit."""

    chat_id: int
    title: str
    unit: str


@dataclass(frozen=True)
class Trial:
    """Something a first visitor may try: one line of title, one of what comes of it.

    On the phone of `person`, `text` is laid into the input line, or under the file `name` with that
    `content`; nothing is sent by itself. Without text the clock is turned to the next opening.
    """

    title: str
    about: str
    person: int
    text: str = ""
    name: str = ""
    content: str = ""


@dataclass(frozen=True)
class Cast:
    """Everybody and every group. `phones`: whose phones stand on the page at first, left to right."""

    people: Sequence[Persona]
    groups: Sequence[Group]
    phones: Sequence[int]
    trials: Sequence[Trial] = ()


class Personas(Protocol):
    """Asked anew whenever a page opens, so a changed roster shows on the next reload."""

    async def cast(self) -> Cast:
        """Everybody now in office, in roster order."""
        ...


@dataclass(frozen=True)
class Day:
    """One Shanghai date: whether people work on it, and what it is called (工作日, 周末, 国庆节, 补班)."""

    working: bool
    label: str


Progress = Callable[[datetime, str], None]
"""Told the due moment just walked through and, in a few words or none, what fell due."""


class ClockControls(Protocol):
    """The house's clock. All instants are aware; dates are Shanghai dates."""

    def now(self) -> datetime:
        """The present, as the bot sees it; it runs on at the pace of a real clock."""
        ...

    async def day(self, day: date) -> Day:
        """What kind of day that is."""
        ...

    async def next_opening(self) -> datetime:
        """8:30 of the next working day."""
        ...

    async def turn(self, to: datetime, on_progress: Progress) -> None:
        """Walk through every due moment up to `to`, in order, and stand there."""
        ...
