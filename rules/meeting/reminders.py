"""When the clock looks at a meeting that is called: two reminders, its beginning and its end."""

from datetime import datetime, time, timedelta
from typing import Final

from rules.hours import OfficeHours
from rules.meeting.matter import Meeting
from rules.meeting.terms import MeetingTerms
from rules.working_days import Calendar

EVE_AT: Final = time(15, 0)
"""The reminder on the working day before goes out at this hour: after the usual RSVP deadline."""


def eve(meeting: Meeting, calendar: Calendar, hours: OfficeHours) -> datetime:
    """The reminder of the working day before."""
    return hours.nudge_at(calendar, calendar.before(meeting.day, 1).day, EVE_AT)


def door_opens(meeting: Meeting, terms: MeetingTerms) -> datetime:
    """When 开始签到 is offered."""
    return meeting.start - timedelta(minutes=terms.sign_in_before_minutes)


def shortly(meeting: Meeting, terms: MeetingTerms) -> datetime:
    """The reminder shortly before the start, at whatever hour that is."""
    return meeting.start - terms.remind_before
