"""The tables; `storage.mapping` maps the classes of the rules to them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from rules.acting import ActingAnswer
from rules.approval import Decision
from rules.dates import Half
from rules.delegation import DelegationState, Scope
from rules.leave import LeaveKind, LeaveState
from rules.leave_change import ChangeKind, ChangeState
from rules.reach import Ending
from rules.roster import Role, UnitKind
from storage.moment import Moment
from storage.outbox import Kind, State

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows only in an INTEGER column, so the long ids are plain integers there.
LongId = BigInteger().with_variant(Integer, "sqlite")


def _words(enum: type[StrEnum], size: int = 16) -> Enum:
    """The enumeration by its values, as plain text: one word more needs no migration."""
    return Enum(
        enum,
        native_enum=False,
        length=size,
        create_constraint=False,
        values_callable=lambda e: [m.value for m in e],
    )


def _span_columns(prefix: str) -> list[Column[Any]]:
    """From which half day to which; the mapping reads them as one."""
    return [
        Column(f"{prefix}start", Date, nullable=False),
        Column(f"{prefix}start_half", _words(Half), nullable=False),
        Column(f"{prefix}end", Date, nullable=False),
        Column(f"{prefix}end_half", _words(Half), nullable=False),
    ]


# ---------------------------------------------------------------- roster and binding

units = Table(
    "units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(40), nullable=False),
    Column("full_name", String(120), nullable=False),
    Column("kind", _words(UnitKind), nullable=False),
    Column("portfolio_id", ForeignKey("officials.id", use_alter=True)),
    Column("group_chat_id", BigInteger, unique=True),
    Column("closed_at", Moment),
)

officials = Table(
    "officials",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(40), nullable=False, index=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("post", String(60), nullable=False),
    Column("role", _words(Role), nullable=False, index=True),
    Column("phone", String(40), nullable=False, server_default=""),
    Column("backup_id", ForeignKey("officials.id")),
    Column("telegram_id", BigInteger, unique=True),
    Column("left_at", Moment),
)

binding_codes = Table(
    "binding_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("official_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

wrong_tries = Table(
    "wrong_tries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, index=True),
    Column("tried_at", Moment, nullable=False),
)

# ---------------------------------------------------------------- in, out, and what was decided

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_key", BigInteger, nullable=False),  # the order is kept within one chat
    Column("payload", Text),  # cleared once done: what people write is kept where it belongs, not here
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("failed", Boolean, nullable=False, server_default=text("false")),
)
Index(
    "ix_inbox_waiting",
    inbox.c.update_id,
    sqlite_where=inbox.c.done_at.is_(None),
    postgresql_where=inbox.c.done_at.is_(None),
)
Index("ix_inbox_done_at", inbox.c.done_at)

outbox = Table(
    "outbox",
    metadata,
    Column("id", LongId, primary_key=True),
    Column("once", String(120), nullable=False, unique=True),
    Column("kind", _words(Kind), nullable=False),
    Column("official_id", ForeignKey("officials.id")),
    Column("chat_id", BigInteger),
    Column("payload", JSON, nullable=False),
    Column("content", LargeBinary),
    Column("subject", String(120), nullable=False, server_default=""),
    Column("card", String(60)),
    Column("target_id", ForeignKey("outbox.id")),
    Column("urgency", SmallInteger, nullable=False),
    Column("state", _words(State), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("message_id", BigInteger),
    Column("error", String(300)),
)
Index(
    "ix_outbox_waiting",
    outbox.c.id,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
Index(
    "ix_outbox_card",
    outbox.c.card,
    sqlite_where=text("card IS NOT NULL"),
    postgresql_where=text("card IS NOT NULL"),
)
Index("ix_outbox_created_at", outbox.c.created_at)

timers = Table(
    "timers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False, index=True),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    UniqueConstraint("kind", "subject_id"),
    sqlite_autoincrement=True,  # an id is never used again: notices derive their key from it
)

audit = Table(
    "audit",
    metadata,
    Column("id", LongId, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_id", ForeignKey("officials.id")),  # none: 系统
    Column("actor", String(120), nullable=False),  # as it was then: people change posts
    Column("acting_for", String(120)),
    Column("action", String(60), nullable=False),
    Column("subject", String(60), nullable=False, index=True),
    Column("article", SmallInteger),
    Column("update_id", BigInteger),
    Column("detail", JSON, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("date", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("source", String(120), nullable=False),
    Column("festival", String(40), nullable=False, server_default=""),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("official_id", ForeignKey("officials.id"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("procedure", String(40), nullable=False),
    Column("title", String(40), nullable=False),
    Column("values", JSON, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("asking", String(40)),
    Column("turn", Integer, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("closed_at", Moment),
)
Index(
    "ix_drafts_open",
    drafts.c.official_id,
    drafts.c.chat_id,
    sqlite_where=drafts.c.closed_at.is_(None),
    postgresql_where=drafts.c.closed_at.is_(None),
)

# ---------------------------------------------------------------- leave

leaves = Table(
    "leaves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("applicant_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("kind", _words(LeaveKind), nullable=False),
    Column("start", Date, nullable=False),
    Column("start_half", _words(Half), nullable=False),
    Column("end", Date, nullable=False),
    Column("end_half", _words(Half), nullable=False),
    Column("place", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("acting_id", ForeignKey("officials.id")),
    Column("phone", String(40), nullable=False),
    Column("urgent_reason", Text, nullable=False, server_default=""),
    Column("state", _words(LeaveState), nullable=False, index=True),
    Column("submitted_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("returned_at", Moment),
    Column("abroad_approval", String(80), nullable=False, server_default=""),
    Column("remarks", JSON, nullable=False, server_default="[]"),
    Column("reminded_at", Moment),
    Column("positions", SmallInteger, nullable=False, server_default="0"),
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leave_id", ForeignKey("leaves.id"), nullable=False, index=True),
    Column("position", SmallInteger, nullable=False),
    Column("approver_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("decision", _words(Decision)),
    Column("comment", Text, nullable=False, server_default=""),
    Column("decided_by_id", ForeignKey("officials.id")),
    Column("decided_at", Moment),
    Column("asked_at", Moment),
    Column("nudged_at", Moment),
    Column("reminded_at", Moment),
    Column("escalated_at", Moment),
    Column("round", SmallInteger, nullable=False, server_default="0"),
    Column("stand_in_id", ForeignKey("officials.id")),
    Column("unattended_at", Moment),
)

leave_changes = Table(
    "leave_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leave_id", ForeignKey("leaves.id"), nullable=False, index=True),
    Column("kind", _words(ChangeKind), nullable=False),
    *_span_columns(""),
    Column("acting_id", ForeignKey("officials.id")),
    *_span_columns("was_"),
    Column("was_acting_id", ForeignKey("officials.id")),
    Column("reason", Text, nullable=False, server_default=""),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("round", SmallInteger, nullable=False),
    Column("state", _words(ChangeState), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("decided_at", Moment),
)

leave_papers = Table(
    "leave_papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leave_id", ForeignKey("leaves.id"), nullable=False, index=True),
    Column("file_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("photo", Boolean, nullable=False),
)

asked_to_act = Table(
    "asked_to_act",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leave_id", ForeignKey("leaves.id"), nullable=False, index=True),
    Column("official_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("dates", String(80), nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("answer", _words(ActingAnswer)),
    Column("reason", Text, nullable=False, server_default=""),
    Column("answered_at", Moment),
)

committee_filings = Table(
    "committee_filings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leave_id", ForeignKey("leaves.id"), nullable=False, index=True),
    Column("what", String(80), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("filed_at", Moment),
    Column("filed_by_id", ForeignKey("officials.id")),
    Column("dropped_at", Moment),
)

# ---------------------------------------------------------------- absence

delegations = Table(
    "delegations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("principal_id", ForeignKey("officials.id"), nullable=False),
    Column("delegate_id", ForeignKey("officials.id"), nullable=False),
    Column("scope", _words(Scope), nullable=False),
    Column("start", Date, nullable=False),
    Column("start_half", _words(Half), nullable=False),
    Column("end", Date, nullable=False),
    Column("end_half", _words(Half), nullable=False),
    Column("state", _words(DelegationState), nullable=False, index=True),
    Column("offered_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("ended_at", Moment),
)

# ---------------------------------------------------------------- reach

call_requests = Table(
    "call_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asked_by_id", ForeignKey("officials.id"), nullable=False),
    Column("official_id", ForeignKey("officials.id"), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("leave_id", ForeignKey("leaves.id")),
    Column("answered_at", Moment),
    Column("overdue_at", Moment),
    Column("unreached_at", Moment),
    Column("ending", _words(Ending)),
    Column("ended_by_id", ForeignKey("officials.id")),
    Column("ended_at", Moment),
)
Index(
    "ix_call_requests_open",
    call_requests.c.official_id,
    sqlite_where=text("answered_at IS NULL AND ended_at IS NULL"),
    postgresql_where=text("answered_at IS NULL AND ended_at IS NULL"),
)
