"""The tables, a file for each matter; `storage.mapping` maps the classes of the rules to them.

Those of the house can be had from here; a procedure's from its own file, so that nothing has to be entered.
"""

from storage.tables.absence import delegations
from storage.tables.base import metadata
from storage.tables.desk import desk_items
from storage.tables.digest import file_digests
from storage.tables.outage import contact, outages
from storage.tables.people import binding_codes, number_bindings, officials, units, wrong_tries
from storage.tables.reach import call_requests
from storage.tables.records import audit, audit_head, calendar_days, drafts, inbox, outbox, timers
from storage.tables.undo import undo_rows, undos

__all__ = [
    "audit",
    "audit_head",
    "binding_codes",
    "calendar_days",
    "call_requests",
    "contact",
    "delegations",
    "desk_items",
    "drafts",
    "file_digests",
    "inbox",
    "metadata",
    "number_bindings",
    "officials",
    "outages",
    "outbox",
    "timers",
    "undo_rows",
    "undos",
    "units",
    "wrong_tries",
]
