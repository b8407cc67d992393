"""Stretches in which the bot could not receive (机器人未能收取消息), and what they add to a deadline.

Silence counts only where people could have spoken. Nothing here knows of chats or tables, and the time is
always passed in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from rules.dates.reading import moment_words
from rules.hours import OfficeHours
from rules.working_days import DAY, SHANGHAI, Calendar, shanghai_day


@dataclass(frozen=True)
class OutageTerms:
    """[clock]: when a stretch without contact is long enough to be added back."""

    outage_minutes: int = 60
    """A stretch longer than this in which nothing could be received is an outage."""

    over_midnight: timedelta = timedelta(minutes=2)
    """Over 24:00, when periods end, and over an RSVP deadline, a stretch longer than this is one as well."""

    def __post_init__(self) -> None:
        if self.outage_minutes < 1:
            raise ValueError(f"[clock] outage_minutes 至少为1，现为{self.outage_minutes}。")

    @property
    def longest(self) -> timedelta:
        """The longest stretch that is nobody's concern."""
        return timedelta(minutes=self.outage_minutes)

    def is_outage(self, since: datetime, until: datetime) -> bool:
        """Whether a stretch without contact between the instants is one that is added back.

        A short one costs nobody anything but those whose period ended while it lasted.
        """
        over = shanghai_day(since) < shanghai_day(until) and self.costs_an_end(since, until)
        return over or until - since > self.longest

    def costs_an_end(self, since: datetime, until: datetime) -> bool:
        """Whether it is long enough to have kept somebody from the last minutes of what ended in it."""
        return until - since > self.over_midnight

    def put_off(self, end: datetime, outage: "Outage") -> datetime:
        """The end of a period by the hour that ended while nothing could be received.

        As much time as was lost is given back, and `longest` at the least: people have to notice. The last
        second is that of a full ten minutes, as deadlines are said.
        """
        later = outage.ended_at + max(end - outage.began_at, self.longest)
        ten = timedelta(minutes=10)
        return later + (datetime.min.replace(tzinfo=later.tzinfo) - later) % ten


@dataclass(eq=False)
class Outage:
    """One stretch without contact: from the last contact before it to the first after it, aware UTC."""

    began_at: datetime
    ended_at: datetime
    id: int = field(init=False)

    def overlaps(self, since: datetime, until: datetime) -> bool:
        """Whether some of it lies between the two instants."""
        return self.began_at < until and self.ended_at > since


def last_day_after(
    outages: Iterable[Outage], since: datetime, last: date, calendar: Calendar, hours: OfficeHours
) -> tuple[date, Sequence[Outage]]:
    """The last day of a period that would end at 24:00 of `last`, and the outages that moved it.

    The period runs from `since`; its own Shanghai day does not count, as always. A working day of the
    period is lost where an outage took some of its office hours, from the opening to the close of
    business; of the last day also the evening, for one may answer until 24:00. Nights and rest days cost
    nobody anything. The period is put off by as many working days as were lost, those included that are
    lost of the time so added. So it never ends earlier than before, nor before anyone could answer: as many
    working days remain whole as were given, and the last is one of them.
    """
    causes: list[Outage] = []
    lost: set[date] = set()
    for outage in sorted(outages, key=lambda each: (each.began_at, each.ended_at)):
        while touched := set(_lost(outage, since, last, calendar, hours)) - lost:
            lost |= touched
            last = calendar.after(last, len(touched)).day
            causes += [outage] if outage not in causes else []
    return last, causes


def stretch(outage: Outage) -> str:
    """From when to when, in words: 9月28日 10:00至9月29日 16:00, or 9月28日 10:00至12:30 within a day."""
    begins, ends = moment_words(outage.began_at), moment_words(outage.ended_at)
    if shanghai_day(outage.began_at) == shanghai_day(outage.ended_at):
        ends = ends.rpartition(" ")[2]
    return f"{begins}至{ends}"


def unheard_ends(outages: Iterable[Outage]) -> dict[date, date]:
    """The Shanghai days over whose end (24:00) nothing could be received, each with the day that changed."""
    found: dict[date, date] = {}
    for outage in outages:
        over, day = shanghai_day(outage.ended_at), shanghai_day(outage.began_at)
        while day < over:
            found[day] = over
            day += DAY
    return found


def midnight_after(day: date) -> datetime:
    """24:00 of the day, as aware UTC: a period that ends on it is over then."""
    return datetime.combine(day + DAY, time(), SHANGHAI)


def _lost(
    outage: Outage, since: datetime, last: date, calendar: Calendar, hours: OfficeHours
) -> Iterator[date]:
    day = max(shanghai_day(since) + DAY, shanghai_day(outage.began_at))
    while day <= min(last, shanghai_day(outage.ended_at)):
        until = midnight_after(day) if day == last else hours.closing(day)
        # The last day of a period may be a rest day, where the lead unit has set a date.
        if (day == last or calendar.is_working(day)) and outage.overlaps(hours.opening(day), until):
            yield day
        day += DAY
