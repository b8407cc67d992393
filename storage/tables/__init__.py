"""The tables, a file for each matter; `storage.mapping` maps the classes of the rules to them."""

from storage.tables.absence import delegations
from storage.tables.base import metadata
from storage.tables.leave import (
    approvals,
    asked_to_act,
    committee_filings,
    leave_changes,
    leave_papers,
    leaves,
)
from storage.tables.people import binding_codes, officials, units, wrong_tries
from storage.tables.reach import call_requests
from storage.tables.records import audit, audit_head, calendar_days, drafts, inbox, outbox, timers

__all__ = [
    "approvals",
    "asked_to_act",
    "audit",
    "audit_head",
    "binding_codes",
    "calendar_days",
    "call_requests",
    "committee_filings",
    "delegations",
    "drafts",
    "inbox",
    "leave_changes",
    "leave_papers",
    "leaves",
    "metadata",
    "officials",
    "outbox",
    "timers",
    "units",
    "wrong_tries",
]
