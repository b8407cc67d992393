"""When digests are let out, and how often the desk's card is drawn anew."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from rules.working_days import DAY, SHANGHAI, Calendar, shanghai_day

_GRACE: Final = timedelta(minutes=2)


@dataclass(frozen=True)
class QuietTerms:
    """[quiet]: what the office may set for itself (办公室规定)."""

    digests: tuple[str, ...] = ("08:30", "14:30")
    """When those who have chosen it get what has gathered, on working days, by the Shanghai clock."""

    redraw_minutes: int = 2
    """The desk's card 今日要办 shows what has changed at most once in so many minutes."""

    def __post_init__(self) -> None:
        try:
            if not self.times:
                raise ValueError
        except ValueError:
            written = "、".join(self.digests)
            raise ValueError(f"[quiet] digests 应写作 08:30、14:30，现为“{written}”。") from None
        if self.redraw_minutes < 1:
            raise ValueError(f"[quiet] redraw_minutes 至少为1，现为{self.redraw_minutes}。")

    @property
    def times(self) -> list[time]:
        """The times of day, the earliest first."""
        return sorted(time.fromisoformat(each) for each in self.digests)

    @property
    def redraw_after(self) -> timedelta:
        """So long after a first change the card is drawn anew."""
        return timedelta(minutes=self.redraw_minutes)

    def next_digest(self, calendar: Calendar, now: datetime) -> datetime:
        """The digest that what is written now belongs to (aware UTC): the one just let out, or the next.

        What the clock has to say at 8:30 is said a few seconds later, and still belongs to 8:30.
        """
        day = shanghai_day(now)
        while True:
            if calendar.is_working(day):
                for at in self.times:
                    moment = datetime.combine(day, at, SHANGHAI).astimezone(UTC)
                    if moment + _GRACE > now:
                        return moment
            day += DAY
