"""Leave with its approvals, changes, papers and what hangs on it."""

from sqlalchemy.orm import Composite, composite

from rules.acting import AskedToAct
from rules.approval import Approval
from rules.dates.reading import HalfDaySpan
from rules.leave.change import Change
from rules.leave.filing import CommitteeFiling
from rules.leave.matter import Leave
from rules.leave.papers import LeavePaper
from storage.mapping.base import map_rows, parts
from storage.tables.leave import (
    approvals,
    asked_to_act,
    committee_filings,
    leave_changes,
    leave_papers,
    leaves,
)


def _span(prefix: str) -> Composite[HalfDaySpan]:
    names = ("start", "start_half", "end", "end_half")
    return composite(HalfDaySpan, *(leave_changes.c[f"{prefix}{name}"] for name in names))


map_rows(Approval, approvals)
map_rows(Change, leave_changes, span=_span(""), was_span=_span("was_"))
map_rows(LeavePaper, leave_papers)
map_rows(AskedToAct, asked_to_act)
map_rows(CommitteeFiling, committee_filings)
map_rows(
    Leave,
    leaves,
    approvals=parts(Approval, approvals.c.position),
    changes=parts(Change, leave_changes.c.id),
    papers=parts(LeavePaper, leave_papers.c.id),
    asked_to_act=parts(AskedToAct, asked_to_act.c.id),
    filings=parts(CommitteeFiling, committee_filings.c.id),
)
