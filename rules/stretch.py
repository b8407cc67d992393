"""A stretch of Shanghai days, open or closed at either end: what a ledger or a search is about."""

from dataclasses import dataclass
from datetime import date

from rules.dates.reading import Half, HalfDaySpan, day_in_full


@dataclass(frozen=True)
class Stretch:
    """Shanghai dates, both counted; None leaves that end open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether that Shanghai date is one of its days."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, span: HalfDaySpan) -> bool:
        """Whether at least half a day of the span lies within."""
        return (self.last is None or span.start <= self.last) and (
            self.first is None or span.end >= self.first
        )

    def part(self, span: HalfDaySpan) -> HalfDaySpan | None:
        """What of the span lies within; None where nothing does."""
        if not self.meets(span):
            return None
        start, start_half, end, end_half = span.start, span.start_half, span.end, span.end_half
        if self.first is not None and start < self.first:
            start, start_half = self.first, Half.AM
        if self.last is not None and end > self.last:
            end, end_half = self.last, Half.PM
        return HalfDaySpan(start, start_half, end, end_half)

    def __str__(self) -> str:
        """2026年11月1日至2026年11月30日; 2026年11月1日起; 全部 where both ends are open."""
        if self.last is None:
            return f"{day_in_full(self.first)}起" if self.first else "全部"
        return "至".join("" if day is None else day_in_full(day) for day in (self.first, self.last))
