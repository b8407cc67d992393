"""Which day a receipt counts for, and so the day from which its period runs (办公室规定).

The Work Rules say only 收到: the day of receipt does not count, at whatever hour and on whatever day it was.
An office may set a cut-off: what is received from that hour on, or on an off-day, counts as received on the
next working day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from rules.dates.reading import moment_words
from rules.hours import OfficeHours
from rules.periods import Periods
from rules.working_days import SHANGHAI, Calendar, Deadline, shanghai_day


@dataclass(frozen=True)
class Received:
    """A receipt at `at` (aware UTC) counts for the Shanghai day `day`; `why` where that is not its own."""

    at: datetime
    day: date
    why: str = ""

    @property
    def moved(self) -> bool:
        """Whether it counts for a later day than its own."""
        return self.day != shanghai_day(self.at)

    def since(self, hours: OfficeHours) -> datetime:
        """From when the period runs, as aware UTC: the receipt, or the opening of the day it counts for."""
        return hours.opening(self.day) if self.moved else self.at

    def explain(self, deadline: Deadline) -> str:
        """How the deadline was counted from here, in one line, with what put its beginning off."""
        if not self.moved:
            return deadline.explain()
        return f"{self.why}；{deadline.explain('视为收到')}"


def received(at: datetime, calendar: Calendar, periods: Periods) -> Received:
    """The day for which a receipt at that instant counts; its own Shanghai day where no cut-off is set."""
    day, cut_off = shanghai_day(at), periods.cut_off
    if cut_off is None:
        return Received(at, day)
    late = at.astimezone(SHANGHAI).time() >= cut_off
    if calendar.is_working(day) and not late:
        return Received(at, day)
    counts = calendar.next_working(day)
    named = f"{counts.month}月{counts.day}日"
    reason = f"{cut_off:%H:%M}以后" if calendar.is_working(day) else "休息日"
    return Received(
        at, counts, f"{moment_words(at)}收到，{reason}收到的按次一工作日（{named}）计（办公室规定）"
    )


def last_of(day: date, calendar: Calendar, periods: Periods) -> Received:
    """What is received in the last minute of that Shanghai day."""
    return received(datetime.combine(day, time(23, 59), SHANGHAI).astimezone(UTC), calendar, periods)
