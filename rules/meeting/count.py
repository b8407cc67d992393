"""The count of a meeting by group: 应到, 参加, 请假, 未回复; for a 常务会议 whether it holds (art. 49)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.meeting.attendance import Attendee, Group, Reply
from rules.meeting.excuse import MAY_STAY_AWAY, ExcuseState
from rules.meeting.matter import Meeting, MeetingKind
from rules.periods import quorum


@dataclass(frozen=True)
class Tally:
    """How many of some people have answered what; they add up to `expected`.

    `granted` and `pending` are 请假 (准, 待); `denied` have to come; `away` are on approved leave and have
    not confirmed it yet; `silent` have not answered.
    """

    expected: int = 0
    coming: int = 0
    deputies: int = 0
    granted: int = 0
    pending: int = 0
    denied: int = 0
    away: int = 0
    silent: int = 0


def tally(people: Iterable[Attendee]) -> Tally:
    """Count them."""
    found = dict.fromkeys(("coming", "deputies", "granted", "pending", "denied", "away", "silent"), 0)
    for one in people:
        found[_state_words(one)] += 1
    return Tally(expected=sum(found.values()), **found)


def _state_words(one: Attendee) -> str:
    if one.reply is None:
        return "away" if one.on_leave else "silent"
    if one.reply is Reply.EXCUSED:
        state = one.excuse.state if one.excuse else ExcuseState.PENDING
        if state is ExcuseState.PENDING:
            return "pending"
        return "granted" if state in MAY_STAY_AWAY else "denied"
    return "deputies" if one.reply is Reply.DEPUTY else "coming"


def by_group(people: Iterable[Attendee]) -> dict[Group, list[Attendee]]:
    """The people of each group that has any, in the order of the groups."""
    found: dict[Group, list[Attendee]] = {}
    for one in people:
        found.setdefault(one.group, []).append(one)
    return {group: found[group] for group in Group if group in found}


@dataclass(frozen=True)
class Quorum:
    """The line of art. 49: more than half of those expected.

    `certain` have said that they come (or were denied to stay away), `possible` may still come.
    """

    expected: int
    needed: int
    certain: int
    possible: int

    @property
    def holds(self) -> bool:
        """Whether enough have said that they come."""
        return self.certain >= self.needed

    @property
    def short(self) -> bool:
        """Whether it cannot be held any more as the answers stand."""
        return self.possible < self.needed


def quorum_of(meeting: Meeting) -> Quorum | None:
    """For a 常务会议 where it stands; None for the others, of which the rules say nothing."""
    if meeting.kind is not MeetingKind.EXECUTIVE:
        return None
    counted = tally(meeting.members)
    certain = counted.coming + counted.denied
    return Quorum(counted.expected, quorum(counted.expected), certain, certain + counted.silent)


def turned(meeting: Meeting, now: datetime) -> Quorum | None:
    """Where it stands, if it has just come to fall short of art. 49 or just come to hold again; else None.

    Kept on the meeting, so that each change is told once.
    """
    quorum = quorum_of(meeting)
    if quorum is None or quorum.short == (meeting.short_at is not None):
        return None
    meeting.short_at = now if quorum.short else None
    return quorum


def signed_in(meeting: Meeting) -> Quorum | None:
    """The same by who has signed in themselves, at the meeting: a member cannot send anybody (art. 55)."""
    if meeting.kind is not MeetingKind.EXECUTIVE:
        return None
    here = sum(one.signed_in_at is not None and one.came is None for one in meeting.members)
    return Quorum(len(meeting.members), quorum(len(meeting.members)), here, here)
