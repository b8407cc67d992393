"""How the classes of the rules are mapped to the tables: imperatively, so that they know nothing of it."""

from typing import Any

from sqlalchemy import Column
from sqlalchemy.orm import Composite, Relationship, composite, registry, relationship

from rules.acting import AskedToAct
from rules.approval import Approval
from rules.binding import BindingCode, WrongTry
from rules.committee_filing import CommitteeFiling
from rules.dates import HalfDaySpan
from rules.delegation import Delegation
from rules.forms import Draft
from rules.leave import Leave
from rules.leave_change import Change
from rules.leave_papers import LeavePaper
from rules.reach import CallRequest
from rules.roster import Official, Unit
from storage.tables import (
    approvals,
    asked_to_act,
    binding_codes,
    call_requests,
    committee_filings,
    delegations,
    drafts,
    leave_changes,
    leave_papers,
    leaves,
    metadata,
    officials,
    timers,
    units,
    wrong_tries,
)
from storage.timer import Timer

_mapper = registry(metadata=metadata)


def _official(column: Column[Any]) -> Relationship[Official]:
    return relationship(Official, foreign_keys=[column], lazy="selectin")


def _span(prefix: str) -> Composite[HalfDaySpan]:
    names = ("start", "start_half", "end", "end_half")
    return composite(HalfDaySpan, *(leave_changes.c[f"{prefix}{name}"] for name in names))


_mapper.map_imperatively(Unit, units)
_mapper.map_imperatively(
    Official,
    officials,
    properties={
        "unit": relationship(Unit, foreign_keys=[officials.c.unit_id], lazy="joined", innerjoin=True)
    },
)
_mapper.map_imperatively(BindingCode, binding_codes)
_mapper.map_imperatively(WrongTry, wrong_tries)
_mapper.map_imperatively(Draft, drafts)
_mapper.map_imperatively(Timer, timers)
_mapper.map_imperatively(
    Approval,
    approvals,
    properties={
        "approver": _official(approvals.c.approver_id),
        "decided_by": _official(approvals.c.decided_by_id),
        "stand_in": _official(approvals.c.stand_in_id),
    },
)
_mapper.map_imperatively(
    Change,
    leave_changes,
    properties={
        "span": _span(""),
        "was_span": _span("was_"),
        "acting": _official(leave_changes.c.acting_id),
        "was_acting": _official(leave_changes.c.was_acting_id),
    },
)
_mapper.map_imperatively(LeavePaper, leave_papers)
_mapper.map_imperatively(
    AskedToAct,
    asked_to_act,
    properties={"official": _official(asked_to_act.c.official_id)},
)
_mapper.map_imperatively(
    CommitteeFiling,
    committee_filings,
    properties={"filed_by": _official(committee_filings.c.filed_by_id)},
)
_mapper.map_imperatively(
    Delegation,
    delegations,
    properties={
        "principal": _official(delegations.c.principal_id),
        "delegate": _official(delegations.c.delegate_id),
    },
)
_mapper.map_imperatively(
    CallRequest,
    call_requests,
    properties={
        name: _official(call_requests.c[f"{name}_id"]) for name in ("asked_by", "official", "ended_by")
    },
)
_mapper.map_imperatively(
    Leave,
    leaves,
    properties={
        "applicant": _official(leaves.c.applicant_id),
        "acting": _official(leaves.c.acting_id),
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
