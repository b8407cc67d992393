"""Leave (请假)."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from rules.acting import ActingAnswer
from rules.approval import Decision
from rules.dates.reading import Half
from rules.leave.change import ChangeKind, ChangeState
from rules.leave.matter import LeaveKind, LeaveState
from storage.moment import Moment
from storage.tables.base import file_columns, metadata, span_columns, todo_columns, words

leaves = Table(
    "leaves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("applicant_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("kind", words(LeaveKind), nullable=False),
    Column("start", Date, nullable=False),
    Column("start_half", words(Half), nullable=False),
    Column("end", Date, nullable=False),
    Column("end_half", words(Half), nullable=False),
    Column("place", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("acting_id", ForeignKey("officials.id")),
    Column("phone", String(40), nullable=False),
    Column("urgent_reason", Text, nullable=False, server_default=""),
    Column("state", words(LeaveState), nullable=False, index=True),
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
    Column("decision", words(Decision)),
    Column("comment", Text, nullable=False, server_default=""),
    *todo_columns(),
    Column("nudged_at", Moment),
    Column("round", SmallInteger, nullable=False, server_default="0"),
)

leave_changes = Table(
    "leave_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leave_id", ForeignKey("leaves.id"), nullable=False, index=True),
    Column("kind", words(ChangeKind), nullable=False),
    *span_columns(""),
    Column("acting_id", ForeignKey("officials.id")),
    *span_columns("was_"),
    Column("was_acting_id", ForeignKey("officials.id")),
    Column("reason", Text, nullable=False, server_default=""),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("round", SmallInteger, nullable=False),
    Column("state", words(ChangeState), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("decided_at", Moment),
)

leave_papers = Table(
    "leave_papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leave_id", ForeignKey("leaves.id"), nullable=False, index=True),
    *file_columns(),
)

asked_to_act = Table(
    "asked_to_act",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leave_id", ForeignKey("leaves.id"), nullable=False, index=True),
    Column("official_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("dates", String(80), nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("answer", words(ActingAnswer)),
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
