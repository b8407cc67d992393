"""The words in which a leave is spoken of: its dates, and what the one who acts does."""

from markupsafe import Markup

from rules.articles import cite
from rules.dates.reading import Half, HalfDaySpan, month_day
from rules.fields.times import say_span
from rules.leave.matter import Leave
from rules.leave.report import governed
from rules.roster import VICE_MAYORS
from rules.working_days import shanghai_day


def span_of(leave: Leave) -> str:
    """The dates with weekdays and length, for a line of their own; the year where it is not the report's."""
    return say_span(leave.span, shanghai_day(leave.submitted_at))


def dates_of(leave: Leave, other: HalfDaySpan | None = None) -> str:
    """The dates within a sentence, its own or other ones: 12月1日至3日, 12月1日下午."""
    span = other or leave.span
    whole = span.start_half is Half.AM and span.end_half is Half.PM
    first = f"{span.start.month}月{span.start.day}日"
    if span.start.year != shanghai_day(leave.submitted_at).year:
        first = f"{span.start.year}年{first}"
    if span.start == span.end:
        return first if whole else f"{first}{span.start_half}"
    last = month_day(span.end, span.start)
    late = span.start_half if span.start_half is Half.PM else ""
    early = span.end_half if span.end_half is Half.AM else ""
    return f"{first}{late}至{last}{early}"


def acting_label(leave: Leave) -> str:
    """What the one who acts does: 主持工作 for the mayor (art. 7), 补位 for a vice mayor (art. 9)."""
    if leave.of_the_mayor:
        return "主持工作"
    return "补位" if leave.applicant.role in VICE_MAYORS else "代为主持"


def early_or_late(leave: Leave, late: int) -> str:
    """How the return lies to the end date: （提前1天）, （逾期2天）; nothing where it was in time.

    `late` is what `returned_late` counts, in calendar days.
    """
    if leave.returned_at is None:
        return ""
    back = shanghai_day(leave.returned_at)
    if back < leave.end:
        return f"（提前{(leave.end - back).days}天）"
    return f"（逾期{late}天）" if late else ""


def state_of(leave: Leave) -> str:
    """Where it stands, in one word: 已批准; 已批准（追认） where that came when it was over."""
    return f"{leave.state}（追认）" if leave.ratified else str(leave.state)


def what_holds(leave: Leave) -> list[Markup]:
    """While its days go by and nobody has decided: that they are away without approval (art. 77)."""
    waiting = leave.waiting
    if leave.change is not None or waiting is None or not leave.occasion.under_way(waiting):
        return []
    line = Markup("⚠️ 外出时间已到，尚未批准：外出须事前报告，批准以前不作请假，也没有人代为主持。{}")
    return [line.format(ground(leave))]


def ground(leave: Leave) -> str:
    """The reference to art. 77, for those it speaks of."""
    return cite(77) if governed(leave.applicant) else ""
