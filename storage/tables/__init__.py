"""The tables, a file for each matter; `storage.mapping` maps the classes of the rules to them."""

from storage.tables.absence import delegations
from storage.tables.base import metadata
from storage.tables.countersign import (
    consultations,
    countersign_answers,
    countersign_extensions,
    countersign_mediations,
    countersign_objections,
    countersign_papers,
    countersign_rounds,
    countersigns,
)
from storage.tables.digest import file_digests
from storage.tables.invitation import (
    invitation_asked,
    invitation_changes,
    invitation_papers,
    invitation_permissions,
    invitation_requests,
    invitations,
)
from storage.tables.leave import (
    approvals,
    asked_to_act,
    committee_filings,
    leave_changes,
    leave_papers,
    leaves,
)
from storage.tables.meeting import (
    attendees,
    meeting_clearances,
    meeting_excuses,
    meeting_papers,
    meeting_topics,
    meetings,
    topic_gates,
)
from storage.tables.outage import contact, outages
from storage.tables.people import binding_codes, officials, units, wrong_tries
from storage.tables.reach import call_requests
from storage.tables.records import audit, audit_head, calendar_days, drafts, inbox, outbox, timers

__all__ = [
    "approvals",
    "asked_to_act",
    "attendees",
    "audit",
    "audit_head",
    "binding_codes",
    "calendar_days",
    "call_requests",
    "committee_filings",
    "consultations",
    "contact",
    "countersign_answers",
    "countersign_extensions",
    "countersign_mediations",
    "countersign_objections",
    "countersign_papers",
    "countersign_rounds",
    "countersigns",
    "delegations",
    "drafts",
    "file_digests",
    "inbox",
    "invitation_asked",
    "invitation_changes",
    "invitation_papers",
    "invitation_permissions",
    "invitation_requests",
    "invitations",
    "leave_changes",
    "leave_papers",
    "leaves",
    "meeting_clearances",
    "meeting_excuses",
    "meeting_papers",
    "meeting_topics",
    "meetings",
    "metadata",
    "officials",
    "outages",
    "outbox",
    "timers",
    "topic_gates",
    "units",
    "wrong_tries",
]
