"""Until when a consulted unit answers (art. 63), and how that was counted. Days and hours are Shanghai's."""

from dataclasses import dataclass
from datetime import date, datetime

from rules.dates.reading import moment_words
from rules.periods import Periods
from rules.received import Received, received
from rules.working_days import Calendar, Deadline, shanghai_day


@dataclass(frozen=True)
class Due:
    """The end of one unit's period.

    `closes_at` is the instant from which it is overdue, aware UTC: always a 24:00, for no silence is consent
    before it. `label` is what people are told (10月10日(周六补班), or the lead unit's own hour),
    `explained` how it was counted, in one line. `provisional` says 暂定.
    """

    closes_at: datetime
    label: str
    explained: str
    provisional: bool = False


@dataclass(frozen=True)
class Limit:
    """What the lead unit has set: working days, or a moment (aware UTC); neither: as art. 63 says."""

    days: int | None = None
    until: datetime | None = None

    @property
    def own(self) -> bool:
        """Whether it is the lead unit's own (主办部门另有时限要求)."""
        return self.days is not None or self.until is not None


def due_after(received_at: datetime, limit: Limit, calendar: Calendar, periods: Periods) -> Due:
    """The end of the period of a unit that received it at that instant; the day of receipt does not count.

    A moment set by the lead unit is shown as it stands. Silence is taken for nothing before a whole working
    day has passed after the receipt, so whoever is reached late, or too late, has that day.
    """
    receipt = received(received_at, calendar, periods)
    if limit.until is None:
        days = limit.days or periods.countersign_reply
        return _counted(calendar.after(receipt.day, days), receipt, own=limit.own)
    least = calendar.after(receipt.day, 1)
    if received_at >= limit.until:
        late = f"主办单位要求{moment_words(limit.until)}前回复，送达时已过，按1个工作日计。"
        return Due(least.closes_at, least.label, late + receipt.explain(least), least.provisional)
    asked = calendar_end(shanghai_day(limit.until))
    label, explained = moment_words(limit.until), "主办单位要求"
    if asked >= least.closes_at:
        return Due(asked, label, explained, calendar.is_provisional(shanghai_day(limit.until)))
    why = f"；{receipt.why}" if receipt.moved else ""
    later = f"{explained}{why}；收到后不足1个工作日，过了{least.label}24:00方为逾期"
    return Due(least.closes_at, label, later, least.provisional)


def due_on(day: date, calendar: Calendar, why: str = "经主办单位同意，延期至") -> Due:
    """The end of an extended period: 24:00 of the day that was agreed, or that the office gave (`why`)."""
    provisional = calendar.is_provisional(day)
    mark = "，暂定" if provisional else ""
    label = f"{day.month}月{day.day}日({calendar.label(day)}{mark})"
    return Due(calendar_end(day), label, f"{why}{label}", provisional)


def calendar_end(day: date) -> datetime:
    """24:00 of the Shanghai day, as aware UTC."""
    return Deadline(day, 1, (day,), ("",)).closes_at


def _counted(deadline: Deadline, receipt: Received, *, own: bool) -> Due:
    whose = "主办单位要求" if own else ""
    return Due(deadline.closes_at, deadline.label, whose + receipt.explain(deadline), deadline.provisional)
