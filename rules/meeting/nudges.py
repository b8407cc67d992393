"""Whom a meeting still waits for, and when they are reminded: before the deadline, at it, and after it.

Only in office hours of working days, never one who has answered or is on approved leave. Instants are aware
UTC.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from rules.hours import OfficeHours
from rules.meeting.attendance import Attendee
from rules.meeting.excuse import ExcuseState
from rules.meeting.matter import HELD, Meeting, MeetingState
from rules.meeting.terms import MeetingTerms
from rules.meeting.topic import LateState, LateTopic
from rules.reminders import LADDER, Occasion
from rules.roster import Unit, UnitKind
from rules.todo import Todo
from rules.working_days import Calendar, shanghai_day

SILENT: Final = "meeting.silent"
"""Timer of a meeting: whoever has to clear it (art. 58) or to decide on an excuse (art. 55) keeps silent."""
NUDGE: Final = "meeting.nudge"
"""Timer of a meeting: the silent are reminded before the deadline."""
CALLS: Final = "meeting.group"
"""Timer of a meeting: after the deadline the groups of those still silent, and the office's call list."""
AFTERNOON: Final = time(15, 0)
"""By the Shanghai clock, on the working day before the deadline."""


def silent(meeting: Meeting) -> list[Attendee]:
    """Those whose answer is wanted: not one on approved leave, who is only asked to confirm."""
    return [
        one
        for one in meeting.attendees
        if one.reply is None and not one.on_leave and one.official.left_at is None
    ]


def without_report(meeting: Meeting) -> list[Attendee]:
    """Those whose excuse waits for the written report (art. 55)."""
    return [
        one
        for one in meeting.attendees
        if one.excuse and one.excuse.state is ExcuseState.PENDING and one.excuse.report_missing
    ]


def undecided(meeting: Meeting) -> list[Attendee]:
    """Those whose excuse somebody could decide on now."""
    return [
        one
        for one in meeting.attendees
        if one.excuse and one.excuse.state is ExcuseState.PENDING and not one.excuse.report_missing
    ]


def waits(meeting: Meeting) -> list[Todo[Any]]:
    """What lies on a desk, silence counted: the clearance, then late topics until it begins, and excuses."""
    if meeting.state not in HELD:
        return [meeting.waiting] if meeting.waiting else []
    excuses = [one.excuse for one in undecided(meeting) if one.excuse is not None]
    return [*excuses, *(late_topics(meeting) if meeting.state is MeetingState.CALLED else ())]


def occasion(meeting: Meeting) -> Occasion:
    """Who may stay away, what is heard and whether it is held at all has to be settled when it begins."""
    return Occasion(meeting.start, meeting.start)


def late_topics(meeting: Meeting) -> list[LateTopic]:
    """The late topics that wait for the mayor (art. 54)."""
    late = [topic.admission for topic in meeting.topics if topic.admission is not None]
    return [one for one in late if one.state is LateState.PENDING and one.mayor is not None]


def next_look(meeting: Meeting, calendar: Calendar, hours: OfficeHours) -> datetime | None:
    """When somebody's silence comes to something next."""
    looks = (LADDER.due(one, calendar, hours, occasion(meeting)) for one in waits(meeting))
    return min((at for at in looks if at is not None), default=None)


def before_deadline(meeting: Meeting, calendar: Calendar, hours: OfficeHours) -> datetime:
    """15:00 of the working day before the deadline's day."""
    day = calendar.before(shanghai_day(meeting.reply_by), 1).day
    return hours.nudge_at(calendar, day, AFTERNOON)


def told_long_enough(attendee: Attendee, now: datetime, terms: MeetingTerms) -> bool:
    """Whether the card has lain with them for a while: nobody is reminded of what they have only just got."""
    least = timedelta(minutes=terms.reply_at_least_minutes)
    return attendee.told_at is not None and now - attendee.told_at >= least


def at_work(instant: datetime, calendar: Calendar, hours: OfficeHours) -> bool:
    """Whether it is between opening and close of a working day; noon is too, when many deadlines are."""
    day = shanghai_day(instant)
    return calendar.is_working(day) and hours.opening(day) <= instant <= hours.closing(day)


def calls_at(meeting: Meeting, calendar: Calendar, hours: OfficeHours, terms: MeetingTerms) -> datetime:
    """When the office gets its call list: some office time after the deadline.

    Where the meeting would be too near by then, at the deadline itself.
    """
    usual = hours.worked_out(calendar, meeting.reply_by, terms.calls_after)
    return usual if usual + terms.calls_after <= meeting.start else meeting.reply_by


def units_of(people: Iterable[Attendee]) -> dict[Unit, list[Attendee]]:
    """Those whose unit has a group to be told in, by unit; leaders are called, not named in a group."""
    found: dict[Unit, list[Attendee]] = {}
    for one in people:
        unit = one.official.unit
        if unit.group_chat_id is not None and unit.kind is not UnitKind.LEADERS:
            found.setdefault(unit, []).append(one)
    return found


def names_of(people: Sequence[Attendee]) -> str:
    """Their names for a sentence."""
    return "、".join(one.official.name for one in people)
