"""When somebody's silence is over: in working days and office hours, the same for every question asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from rules.hours import OfficeHours
from rules.todo import Todo
from rules.working_days import Calendar, shanghai_day


class Climbed(NamedTuple):
    """What is to be done now."""

    remind: bool
    escalate: bool


@dataclass(frozen=True)
class Ladder:
    """Working days of silence: after `remind` whoever has the question hears of it, after `escalate` others.

    Each once: nobody is pressed for ever, and no question is left without anybody above hearing of it.
    """

    remind: int = 1
    escalate: int = 2

    def due(self, question: Todo[Any], calendar: Calendar, hours: OfficeHours) -> datetime | None:
        """When it is looked at next; None where nobody is asked, or all has been done."""
        if question.asked_at is None or question.escalated_at is not None:
            return None
        if question.reminded_at is None:
            return silent_for(question.asked_at, self.remind, calendar, hours)
        return max(
            silent_for(question.asked_at, self.escalate, calendar, hours),
            next_morning(question.reminded_at, calendar, hours),
        )

    def climb(self, question: Todo[Any], now: datetime, calendar: Calendar, hours: OfficeHours) -> Climbed:
        """Enter what its silence has come to by now, and say what follows from it."""
        if question.asked_at is None or question.escalated_at is not None:
            return Climbed(remind=False, escalate=False)
        since = question.asked_at
        remind = question.reminded_at is None and now >= silent_for(since, self.remind, calendar, hours)
        escalate = now >= silent_for(since, self.escalate, calendar, hours)
        if remind:
            question.reminded_at = now
        if escalate:
            question.escalated_at = now
        return Climbed(remind, escalate)


LADDER: Final = Ladder()
"""What the office holds to where no article says otherwise (办公室规定)."""


def silent_for(asked_at: datetime, days: int, calendar: Calendar, hours: OfficeHours) -> datetime:
    """When somebody has been silent for so many working days: the opening after the last of them."""
    over = silence_over(asked_at, calendar, hours)
    for _ in range(days - 1):
        over = next_morning(over, calendar, hours)
    return over


def silence_over(asked_at: datetime, calendar: Calendar, hours: OfficeHours) -> datetime:
    """When somebody has been silent for a working day: the opening of the next one.

    What reaches them after the close of business or on an off-day counts as of the next working day.
    """
    day = shanghai_day(asked_at)
    if not calendar.is_working(day) or asked_at >= hours.closing(day):
        day = calendar.next_working(day)
    return hours.opening(calendar.next_working(day))


def next_morning(now: datetime, calendar: Calendar, hours: OfficeHours) -> datetime:
    """The opening of the next working day."""
    return hours.opening(calendar.next_working(shanghai_day(now)))
