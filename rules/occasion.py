"""What a question is about takes place by itself, decided or not.

On the afternoon before and on the morning of the day those concerned hear that nothing is decided. Once it is
over the question is overtaken: it can only be judged as something past. The hours are the office's own
(办公室规定). Instants are aware UTC.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Final

from rules.hours import OfficeHours
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

    def under_way(self, question: Todo[Any]) -> bool:
        """Whether its first day had come, and it was not over, when whoever decides last heard of it."""
        if question.asked_at is None or self.overtook(question):
            return False
        heard = max(question.asked_at, question.reminded_at or question.asked_at)
        return shanghai_day(heard) >= shanghai_day(self.begins)
