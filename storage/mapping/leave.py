"""Leave with its approvals, changes, papers and what hangs on it."""

from sqlalchemy.orm import Composite, composite, relationship

from rules.acting import AskedToAct
from rules.approval import Approval
from rules.dates.reading import HalfDaySpan
from rules.leave.change import Change
from rules.leave.filing import CommitteeFiling
from rules.leave.matter import Leave
from rules.leave.papers import LeavePaper
from storage.mapping.base import mapper, official
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


mapper.map_imperatively(
    Approval,
    approvals,
    properties={
        "approver": official(approvals.c.approver_id),
        "decided_by": official(approvals.c.decided_by_id),
        "stand_in": official(approvals.c.stand_in_id),
    },
)
mapper.map_imperatively(
    Change,
    leave_changes,
    properties={
        "span": _span(""),
        "was_span": _span("was_"),
        "acting": official(leave_changes.c.acting_id),
        "was_acting": official(leave_changes.c.was_acting_id),
    },
)
mapper.map_imperatively(LeavePaper, leave_papers)
mapper.map_imperatively(
    AskedToAct,
    asked_to_act,
    properties={"official": official(asked_to_act.c.official_id)},
)
mapper.map_imperatively(
    CommitteeFiling,
    committee_filings,
    properties={"filed_by": official(committee_filings.c.filed_by_id)},
)
mapper.map_imperatively(
    Leave,
    leaves,
    properties={
        "applicant": official(leaves.c.applicant_id),
        "acting": official(leaves.c.acting_id),
        "approvals": relationship(
            Approval, lazy="selectin", order_by=approvals.c.position, cascade="all, delete-orphan"
        ),
        "changes": relationship(
            Change, lazy="selectin", order_by=leave_changes.c.id, cascade="all, delete-orphan"
        ),
        "papers": relationship(
            LeavePaper, lazy="selectin", order_by=leave_papers.c.id, cascade="all, delete-orphan"
        ),
        "asked_to_act": relationship(
            AskedToAct, lazy="selectin", order_by=asked_to_act.c.id, cascade="all, delete-orphan"
        ),
        "filings": relationship(
            CommitteeFiling,
            lazy="selectin",
            order_by=committee_filings.c.id,
            cascade="all, delete-orphan",
        ),
    },
)
