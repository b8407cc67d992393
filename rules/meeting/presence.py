"""Who was there: how each person on a meeting's list ended up, from the sign-in and what was answered.

Nothing here knows of chats or tables.
"""

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
    TO_COME = "会议未结束"


THERE = frozenset({Presence.CAME, Presence.LATE, Presence.DEPUTY})
"""Those whose chair was taken."""


def presence(meeting: Meeting, one: Attendee) -> Presence:
    """How it came out for them; who was expected and did not sign in is absent only once it is over."""
    if one.signed_in_at is not None:
        if one.came is not None:
            return Presence.DEPUTY
        return Presence.LATE if one.late else Presence.CAME
    if one.granted or (one.on_leave and not one.denied):
        return Presence.EXCUSED
    if meeting.state is not MeetingState.OVER:
        return Presence.TO_COME
    return Presence.UNKNOWN if meeting.sign_in_at is None else Presence.ABSENT
