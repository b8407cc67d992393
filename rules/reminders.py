"""When somebody's silence is over, and when time has overtaken the question; the same for every one asked.

Silence is counted in working days and office hours. Some of what is asked about takes place by itself,
decided or not: on the afternoon before and on the morning of the day those concerned hear that nothing is
decided; once it is over it can only be judged as something past. Those hours are 办公室规定.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Final, NamedTuple

from rules.hours import OfficeHours
from rules.refused import Refused
from rules.todo import Todo
from rules.working_days import DAY, SHANGHAI, Calendar, shanghai_day

EVE_AT: Final = time(15, 0)
"""By the Shanghai clock, on the working day before."""


class Stage(StrEnum):
    """How near it has come to the day."""

    EVE = "前一个工作日"
    DAY = "当日"
    OVER = "已过"


@dataclass(frozen=True)
class Occasion:
    """From when to when that takes place which is asked about; what has no length is over when it begins."""

    begins: datetime
    over: datetime

    def stages(self, calendar: Calendar, hours: OfficeHours) -> Iterator[tuple[Stage, datetime]]:
        """When people hear of it: always while the office is open, before a rest day the sooner.

        The morning of the first day is the first on which the office is open, if it is not over by then.
        """
        day = shanghai_day(self.begins)
        eve = hours.nudge_at(calendar, day - DAY, EVE_AT)
        morning = hours.next_opening(calendar, datetime.combine(day, time(), SHANGHAI))
        yield from ((stage, at) for stage, at in ((Stage.EVE, eve), (Stage.DAY, morning)) if at < self.over)
        yield Stage.OVER, hours.next_opening(calendar, self.over)

    def overtook(self, question: Todo[Any]) -> bool:
        """Whether it was over when the question was put, or put anew because of that (`Ladder.climb`)."""
        return question.asked_at is not None and question.asked_at >= self.over

    def require(self, at: datetime, *, afterwards: bool, what: str, article: int | None) -> None:
        """Refuse to decide beforehand on what is over by then, and afterwards (追认, 作废) on what is not.

        `at` is when the person acted; `what` says that it is over: 行程已过, 会议已开.
        """
        if at >= self.over and not afterwards:
            raise Refused(f"{what}，不能再按事前审批办理，请点「追认」或「作废」。", article)
        if at < self.over and afterwards:
            raise Refused("现在还可以事前审批，不用追认，也不能作废。", article)

    def under_way(self, question: Todo[Any]) -> bool:
        """Whether its first day had come, and it was not over, when whoever decides last heard of it."""
        if question.asked_at is None or self.overtook(question):
            return False
        heard = max(question.asked_at, question.reminded_at or question.asked_at)
        return shanghai_day(heard) >= shanghai_day(self.begins)


class Climbed(NamedTuple):
    """What is to be done now; `near` goes before the two others, and tells everybody they would.

    `overtaken`: from this moment on the cards ask about something past.
    """

    remind: bool = False
    escalate: bool = False
    near: Stage | None = None
    overtaken: bool = False


@dataclass(frozen=True)
class Ladder:
    """Working days of silence: after `remind` whoever has the question hears of it, after `escalate` others.

    Each once: nobody is pressed for ever, and no question is left without anybody above hearing of it.
    """

    remind: int = 1
    escalate: int = 2

    def due(
        self,
        question: Todo[Any],
        calendar: Calendar,
        hours: OfficeHours,
        occasion: Occasion | None = None,
    ) -> datetime | None:
        """When it is looked at next; None where nobody is asked, or all has been done."""
        if question.asked_at is None:
            return None
        ahead = [at for _, at in _untold(question, calendar, hours, occasion)]
        if occasion is not None and question.asked_at < occasion.over:
            ahead.append(occasion.over)
        if question.escalated_at is None:
            ahead.append(self._silence(question, question.asked_at, calendar, hours))
        return min(ahead, default=None)

    def _silence(
        self, question: Todo[Any], since: datetime, calendar: Calendar, hours: OfficeHours
    ) -> datetime:
        if question.reminded_at is None:
            return silent_for(since, self.remind, calendar, hours)
        return max(
            silent_for(since, self.escalate, calendar, hours),
            next_morning(question.reminded_at, calendar, hours),
        )

    def climb(
        self,
        question: Todo[Any],
        now: datetime,
        calendar: Calendar,
        hours: OfficeHours,
        occasion: Occasion | None = None,
    ) -> Climbed:
        """Enter what its silence has come to by now, and say what follows from it.

        What time has overtaken is another question: it is put anew, and its silence counted from then.
        """
        if question.asked_at is None:
            return Climbed()
        since = question.asked_at
        near = next(
            (s for s, at in reversed(_untold(question, calendar, hours, occasion)) if at <= now), None
        )
        overtaken = occasion is not None and since < occasion.over <= now
        if overtaken:
            near = near if near is Stage.OVER else None
            question.ask(now)
        if near is not None or overtaken:
            question.reminded_at = now if near else None
            return Climbed(near=near, overtaken=overtaken)
        if question.escalated_at is not None:
            return Climbed()
        remind = question.reminded_at is None and now >= silent_for(since, self.remind, calendar, hours)
        escalate = now >= silent_for(since, self.escalate, calendar, hours)
        if remind:
            question.reminded_at = now
        if escalate:
            question.escalated_at = now
        return Climbed(remind, escalate)


def _untold(
    question: Todo[Any], calendar: Calendar, hours: OfficeHours, occasion: Occasion | None
) -> list[tuple[Stage, datetime]]:
    """The stages that have come, or are to come, since whoever has the question last heard of it."""
    if occasion is None or question.asked_at is None:
        return []
    heard = max(question.asked_at, question.reminded_at or question.asked_at)
    return [(stage, at) for stage, at in occasion.stages(calendar, hours) if at > heard]


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


def day_begun(now: datetime, calendar: Calendar, hours: OfficeHours) -> bool:
    """Whether it is a working day and the office has opened: nobody is told anything before."""
    today = shanghai_day(now)
    return calendar.is_working(today) and now >= hours.opening(today)


def look_at(due: datetime, now: datetime, calendar: Calendar, hours: OfficeHours) -> datetime:
    """When the clock looks at what is due: what has come before the day's opening waits for it."""
    if due <= now and not day_begun(now, calendar, hours):
        return hours.next_opening(calendar, now)
    return max(due, now)
