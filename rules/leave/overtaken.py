"""When the days of a report, or of a change of it, have gone by undecided (art. 77: 外出须事前报告).

Then nothing can be approved as if it were still to come: it is ratified (追认) or declared void (作废).
"""

from datetime import datetime

from rules.approval import AFTERWARDS, Decision
from rules.dates.reading import HalfDaySpan
from rules.delegation import begins_at, ends_at
from rules.leave.change import Change
from rules.reminders import Occasion


def occasion(span: HalfDaySpan, change: Change | None) -> Occasion:
    """What is asked about: the leave, or of an open change that which would be different.

    Another departure concerns both dates, the earlier first; another end the earlier of the two ends.
    """
    begins = begins_at(span.start, span.start_half)
    if change is None:
        return Occasion(begins, ends_at(span.end, span.end_half))
    wanted, over = change.span, ends_at(change.span.end, change.span.end_half)
    if change.of_departure:
        begins = min(begins, begins_at(wanted.start, wanted.start_half))
    elif change.of_dates:
        begins = min(ends_at(span.end, span.end_half), over)
    return Occasion(begins, over)


def fitting(decision: Decision, occasion: Occasion, at: datetime) -> None:
    """Refuse what does not fit the hour: beforehand 追认 and 作废, afterwards everything else."""
    occasion.require(at, afterwards=decision in AFTERWARDS, what="行程已过", article=77)
