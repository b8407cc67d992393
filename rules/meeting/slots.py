"""When a meeting could be held instead: half hours of office time in which most of its members are free."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from rules.engagement import Engagement
from rules.hours import OfficeHours
from rules.meeting.matter import Meeting
from rules.periods import quorum
from rules.roster import Official
from rules.working_days import SHANGHAI, Calendar

STEP: Final = timedelta(minutes=30)
"""Meetings begin on the hour or the half hour."""
SLOTS: Final = 3
"""So many are named at most."""
LOOK_AHEAD: Final = 10
"""Working days after the meeting's own day that are looked at; further off nobody's time is known well."""


@dataclass(frozen=True)
class Slot:
    """A time at which it could be held, aware UTC, with those who cannot come and what they have then."""

    start: datetime
    end: datetime
    taken: tuple[Engagement, ...] = ()

    @property
    def missing(self) -> list[Official]:
        """Who cannot come, each once."""
        return list(dict.fromkeys(one.official for one in self.taken))


def stretch(meeting: Meeting, calendar: Calendar) -> tuple[datetime, datetime]:
    """The time that is looked at: after the meeting until ten working days later, never before it.

    Topics and materials have been got ready for its day.
    """
    first, last = _days(meeting, calendar)
    return _instant(first, time()), _instant(last, time()) + timedelta(days=1)


def next_slots(
    meeting: Meeting, taken: Collection[Engagement], calendar: Calendar, hours: OfficeHours
) -> list[Slot]:
    """Up to three other times of the same length, those first at which the fewest are missing.

    Working days and office hours only, one time in each half day, the hour nearest to the meeting's own, and
    only where the quorum of art. 49 would be there. In the order of the clock.
    """
    members = [one.official for one in meeting.members]
    binding = [
        one
        for one in taken
        if one.firm and one.official in set(members) and one.matter != f"meeting:{meeting.id}"
    ]
    first, last = _days(meeting, calendar)
    found: list[Slot] = []
    day = first
    while day <= last:
        for starts in _half_days(day, meeting.end - meeting.start, hours):
            slots = [_slot(start, meeting, binding) for start in starts]
            later = [slot for slot in slots if slot.start >= meeting.end]
            if later:
                found.append(min(later, key=lambda slot: (len(slot.missing), _off(slot, meeting))))
        day = calendar.next_working(day)
    enough = [slot for slot in found if len(members) - len(slot.missing) >= quorum(len(members))]
    best = sorted(enough, key=lambda slot: (len(slot.missing), slot.start))[:SLOTS]
    return sorted(best, key=lambda slot: slot.start)


def _days(meeting: Meeting, calendar: Calendar) -> tuple[date, date]:
    first = meeting.day if calendar.is_working(meeting.day) else calendar.next_working(meeting.day)
    return first, calendar.after(meeting.day, LOOK_AHEAD).day


def _half_days(day: date, length: timedelta, hours: OfficeHours) -> Iterator[list[datetime]]:
    """The possible beginnings of each half day; a meeting too long for one runs through the noon."""
    sessions = [(_instant(day, begins), _instant(day, ends)) for begins, ends in hours.on(day)]
    if all(ends - begins < length for begins, ends in sessions):
        sessions = [(sessions[0][0], sessions[-1][1])]
    for begins, ends in sessions:
        yield list(_steps(begins, ends - length))


def _steps(first: datetime, last: datetime) -> Iterator[datetime]:
    while first <= last:
        yield first
        first += STEP


def _slot(start: datetime, meeting: Meeting, taken: Sequence[Engagement]) -> Slot:
    end = start + (meeting.end - meeting.start)
    return Slot(start, end, tuple(one for one in taken if one.meets(start, end)))


def _off(slot: Slot, meeting: Meeting) -> tuple[timedelta, datetime]:
    """How far its hour is from the meeting's own."""
    own, other = (_time_of_day(at) for at in (meeting.start, slot.start))
    return abs(own - other), slot.start


def _time_of_day(instant: datetime) -> timedelta:
    local = instant.astimezone(SHANGHAI)
    return timedelta(hours=local.hour, minutes=local.minute)


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)
