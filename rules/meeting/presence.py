"""Who was there: how each person on a meeting's list ended up, from the sign-in and what was answered.

Nothing here knows of chats or tables.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from rules.meeting.attendance import Attendee
from rules.meeting.matter import Meeting, MeetingState


class Presence(StrEnum):
    """How it came out for one person, in the word that people read."""

    CAME = "到会"
    LATE = "迟到"
    DEPUTY = "派员到会"
    EXCUSED = "请假"
    ABSENT = "缺席"
    UNKNOWN = "未设签到"
    """The meeting is over and nobody signed in at all: the list says nothing of who came."""
    TO_COME = "未签到"
    """They may still sign in, or the office enters it."""


THERE = frozenset({Presence.CAME, Presence.LATE, Presence.DEPUTY})
"""Those whose chair was taken."""


def presence(meeting: Meeting, one: Attendee) -> Presence:
    """How it came out for them, on every card, list and ledger.

    Who was expected and did not sign in is absent once the meeting has begun and nobody signs in any more.
    """
    if one.signed_in_at is not None:
        if one.came is not None:
            return Presence.DEPUTY
        return Presence.LATE if one.late else Presence.CAME
    if one.granted or (one.on_leave and not one.denied):
        return Presence.EXCUSED
    over = meeting.state is MeetingState.OVER
    if meeting.sign_in_at is None:
        return Presence.UNKNOWN if over else Presence.TO_COME
    begun = over or meeting.state is MeetingState.BEGUN
    return Presence.ABSENT if begun and not meeting.sign_in_open else Presence.TO_COME


def told(found: Presence, *, to_desk: bool) -> str:
    """The same in a word: that somebody stayed away without leave is for the office desk only."""
    away = found in (Presence.ABSENT, Presence.UNKNOWN)
    return str(Presence.TO_COME if away and not to_desk else found)


def outcomes(meeting: Meeting, people: Iterable[Attendee]) -> Counter[Presence]:
    """How many of them it came out how for; what is counted of a meeting anywhere is counted here."""
    return Counter(presence(meeting, one) for one in people)


def there(counted: Counter[Presence]) -> int:
    """How many chairs were taken."""
    return sum(counted[each] for each in THERE)
