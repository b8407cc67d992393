"""The meeting ledger (会议台账): who was called to how many meetings, and who came (art. 47-51, 55).

A meeting belongs to the day it begins on. Nothing here knows of files or tables.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from rules.meeting.attendance import Attendee
from rules.meeting.matter import Meeting, MeetingState
from rules.meeting.presence import THERE, Presence, presence, there
from rules.roster import Official, Unit

T = TypeVar("T", Official, Unit)

LISTED: Final = frozenset(
    {MeetingState.CALLED, MeetingState.BEGUN, MeetingState.OVER, MeetingState.CANCELLED}
)
"""States a meeting is in the ledger in: once it was called."""
_SETTLED: Final = THERE | {Presence.EXCUSED, Presence.ABSENT}
"""What counts towards the share of those who came: where nobody signed in, nothing is known."""


@dataclass(frozen=True)
class Place:
    """One person's place at one meeting, and how it came out."""

    meeting: Meeting
    attendee: Attendee
    presence: Presence


def places(meeting: Meeting) -> list[Place]:
    """Everybody on its list; nobody for one that was called off."""
    if meeting.state is MeetingState.CANCELLED:
        return []
    return [Place(meeting, one, presence(meeting, one)) for one in meeting.attendees]


@dataclass
class Sum(Generic[T]):
    """The places of one person or unit, added up."""

    of: T
    called: int = 0
    outcomes: Counter[Presence] = field(default_factory=Counter)

    @property
    def share(self) -> float | None:
        """Of the meetings with a known outcome, at which the chair was taken: per cent, down to a tenth."""
        settled = sum(self.outcomes[each] for each in _SETTLED)
        came = there(self.outcomes)
        return 1000 * came // settled / 10 if settled else None


def by_person(places: Iterable[Place]) -> list[Sum[Official]]:
    """Everybody who was called, in the order of the roster."""
    return _sums(places, lambda place: place.attendee.official)


def by_unit(places: Iterable[Place]) -> list[Sum[Unit]]:
    """Every unit whose people were called, in the order of the roster."""
    return _sums(places, lambda place: place.attendee.official.unit)


def _sums(places: Iterable[Place], key: Callable[[Place], T]) -> list[Sum[T]]:
    found: dict[T, Sum[T]] = {}
    for place in places:
        one = found.setdefault(key(place), Sum(key(place)))
        one.called += 1
        one.outcomes[place.presence] += 1
    return sorted(found.values(), key=lambda each: each.of.id)
