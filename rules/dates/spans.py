"""Spans of half days beside one another: whether they share time, adjoin, or have gone by."""

from datetime import date, datetime

from rules.dates.half_days import Half, HalfDaySpan
from rules.delegation import ends_at
from rules.working_days import DAY


def overlap(one: HalfDaySpan, other: HalfDaySpan) -> bool:
    """Whether the two share at least half a day."""
    return _first(one) <= _last(other) and _first(other) <= _last(one)


def follows(first: HalfDaySpan, then: HalfDaySpan) -> bool:
    """Whether the second begins with the very half day after the first: none lies between them."""
    return _first(then) == _after(first)


def adjoin(one: HalfDaySpan, other: HalfDaySpan) -> bool:
    """Whether either follows the other."""
    return follows(one, other) or follows(other, one)


def joined(one: HalfDaySpan, other: HalfDaySpan) -> HalfDaySpan:
    """From the beginning of the earlier to the end of the later."""
    first, last = min(one, other, key=_first), max(one, other, key=_last)
    return HalfDaySpan(first.start, first.start_half, last.end, last.end_half)


def gone_by(span: HalfDaySpan, now: datetime) -> bool:
    """Whether its last half day is over: at noon, or at 24:00."""
    return ends_at(span.end, span.end_half) <= now


def explain_days(span: HalfDaySpan) -> str:
    """Why its length is what it is, where it has half days: 12月15日下午、12月18日上午各计0.5天，共3天."""
    halves = [f"{span.start.month}月{span.start.day}日下午"] if span.start_half is Half.PM else []
    halves += [f"{span.end.month}月{span.end.day}日上午"] if span.end_half is Half.AM else []
    each = "各" if len(halves) > 1 else ""
    return f"{'、'.join(halves)}{each}计0.5天，共{span.days:g}天" if halves else ""


def _first(span: HalfDaySpan) -> tuple[date, bool]:
    return span.start, span.start_half is Half.PM


def _last(span: HalfDaySpan) -> tuple[date, bool]:
    return span.end, span.end_half is Half.PM


def _after(span: HalfDaySpan) -> tuple[date, bool]:
    """The half day after its last."""
    return (span.end, True) if span.end_half is Half.AM else (span.end + DAY, False)
