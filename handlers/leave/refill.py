"""The values of a report that was made before, for the form to begin with (art. 77)."""

from typing import Any

from rules.dates.reading import HalfDaySpan
from rules.fields import Paper
from rules.forms import may_repeat
from rules.leave.life import REPEATABLE
from rules.leave.matter import Leave
from rules.leave.report import reported_at
from rules.roster import Official


def departure(span: HalfDaySpan) -> str:
    """The half day they go away, as a draft keeps it."""
    return f"{span.start.isoformat()}{span.start_half}"


def refill(leave: Leave) -> dict[str, Any]:
    """The values of a report that was sent back, for the form to begin with."""
    papers = [Paper(paper.file_id, paper.name, paper.size, paper.photo) for paper in leave.papers]
    return {
        "leave": leave.id,
        "kind": leave.kind,
        "span": leave.span,
        "place": leave.place,
        "reason": leave.reason,
        "acting": leave.acting,
        "phone": leave.phone,
        "reported": {
            "at": reported_at(leave).isoformat(),
            "departure": departure(leave.span),
        },
        **({"urgent_reason": leave.urgent_reason} if leave.urgent_reason else {}),
        **({"abroad_approval": leave.abroad_approval} if leave.abroad_approval else {}),
        **({"papers": papers} if papers else {}),
    }


def as_before(official: Official, leave: Leave) -> dict[str, Any]:
    """A new report that says what this one said: it is reported when it is submitted."""
    may_repeat(leave.state, REPEATABLE, own=official is leave.applicant)
    said = refill(leave)
    return {key: value for key, value in said.items() if key not in ("leave", "reported", "urgent_reason")}
