"""Countersigning (会签)."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from rules.countersign.answer import AnswerStatus, Opinion, Source
from rules.countersign.consultation import Channel
from rules.countersign.extension import ExtensionState
from rules.countersign.legal import Nature
from rules.countersign.matter import CountersignKind, CountersignState
from rules.countersign.objection import MediationDecision, Reply, Stand
from storage.moment import Moment
from storage.tables.base import desk_columns, file_columns, metadata, question_columns, words

STILL_OPEN = "state IN ('待送出', '退回修改', '会签中')"

countersigns = Table(
    "countersigns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("lead_unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("drafter_id", ForeignKey("officials.id"), nullable=False),
    Column("kind", words(CountersignKind), nullable=False),
    Column("title", Text, nullable=False),
    Column("remark", Text, nullable=False, server_default=""),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("limit_days", SmallInteger),
    Column("limit_until", Moment),
    Column("nature", words(Nature), nullable=False, server_default=Nature.NEITHER),
    Column("reviewer_id", ForeignKey("units.id")),
    Column("not_secret", Boolean, nullable=False, server_default=text("false")),
    Column("state", words(CountersignState), nullable=False),
    Column("sent_back_reason", Text, nullable=False, server_default=""),
    Column("prepared_at", Moment, nullable=False),
    Column("released_at", Moment),
    Column("released_by_id", ForeignKey("officials.id")),
    Column("released_for_id", ForeignKey("officials.id")),
    Column("ended_at", Moment),
    Column("ended_by_id", ForeignKey("officials.id")),
    Column("ended_for_id", ForeignKey("officials.id")),
    Column("end_reason", Text, nullable=False, server_default=""),
    Column("new_version", JSON(none_as_null=True)),
    Column("ready_at", Moment),
    *desk_columns(),
    Column("stalls", JSON(none_as_null=True)),
)
# What is open is a few among very many that are done: only those are looked through from day to day.
Index(
    "ix_countersigns_open",
    countersigns.c.id,
    postgresql_where=text(STILL_OPEN),
    sqlite_where=text(STILL_OPEN),
)

countersign_rounds = Table(
    "countersign_rounds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("countersign_id", ForeignKey("countersigns.id"), nullable=False, index=True),
    Column("number", SmallInteger, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("opened_by_id", ForeignKey("officials.id"), nullable=False),
    Column("opened_for_id", ForeignKey("officials.id")),
    Column("note", Text, nullable=False, server_default=""),
)

consultations = Table(
    "consultations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("countersign_id", ForeignKey("countersigns.id"), nullable=False, index=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("round", SmallInteger, nullable=False),
    Column("head_id", ForeignKey("officials.id")),
    *desk_columns(),
    Column("asked_at", Moment),
    Column("waiting", Boolean, nullable=False),
    Column("delivered_at", Moment),
    Column("delivered_to_id", ForeignKey("officials.id")),
    Column("message_id", BigInteger),
    Column("channel", words(Channel)),
    Column("delivery_recorded_by_id", ForeignKey("officials.id")),
    Column("delivery_note", Text, nullable=False, server_default=""),
    Column("closes_at", Moment),
    Column("due_label", String(80), nullable=False, server_default=""),
    Column("due_explained", Text, nullable=False, server_default=""),
    Column("provisional", Boolean, nullable=False, server_default=text("false")),
    Column("clock_at", Moment),
    Column("passed_to_id", ForeignKey("officials.id")),
    Column("passed_by_id", ForeignKey("officials.id")),
    Column("nudges", JSON, nullable=False, server_default="[]"),
    Column("escalations", JSON, nullable=False, server_default="[]"),
    Column("unreachable_at", Moment),
)
for _name in ("unit_id", "passed_to_id", "closes_at", "clock_at"):
    Index(
        f"ix_consultations_waiting_{_name}",
        consultations.c[_name],
        postgresql_where=text("waiting"),
        sqlite_where=text("waiting"),
    )

countersign_answers = Table(
    "countersign_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("consultation_id", ForeignKey("consultations.id"), nullable=False, index=True),
    Column("opinion", words(Opinion), nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", words(AnswerStatus), nullable=False),
    Column("text", Text, nullable=False, server_default=""),
    Column("source", words(Source), nullable=False),
    Column("signer_id", ForeignKey("officials.id")),
    Column("acting_for_id", ForeignKey("officials.id")),
    Column("drafted_by_id", ForeignKey("officials.id")),
    Column("recorded_by_id", ForeignKey("officials.id")),
    Column("source_note", Text, nullable=False, server_default=""),
    Column("given_on", Date),
    Column("evidence", JSON, nullable=False, server_default="{}"),
)
# Whatever happens at the same instant: never two answers that count.
Index(
    "uq_countersign_answers_in_force",
    countersign_answers.c.consultation_id,
    unique=True,
    postgresql_where=text("status = '有效'"),
    sqlite_where=text("status = '有效'"),
)

countersign_extensions = Table(
    "countersign_extensions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("consultation_id", ForeignKey("consultations.id"), nullable=False, index=True),
    Column("until", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by_id", ForeignKey("officials.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", words(ExtensionState), nullable=False),
    Column("decided_by_id", ForeignKey("officials.id")),
    Column("decided_for_id", ForeignKey("officials.id")),
    Column("decided_at", Moment),
)

countersign_mediations = Table(
    "countersign_mediations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("countersign_id", ForeignKey("countersigns.id"), nullable=False, index=True),
    Column("mediator_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("opened_by_id", ForeignKey("officials.id"), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("lead_grounds", Text, nullable=False),
    Column("decision", words(MediationDecision)),
    Column("text", Text, nullable=False, server_default=""),
    *question_columns(),
    Column("meeting", Text, nullable=False, server_default=""),
    Column("moot_at", Moment),
)

countersign_objections = Table(
    "countersign_objections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("consultation_id", ForeignKey("consultations.id"), nullable=False, index=True),
    Column("raised_at", Moment, nullable=False),
    Column("draft_reply", words(Reply)),
    Column("draft_text", Text, nullable=False, server_default=""),
    Column("drafted_by_id", ForeignKey("officials.id")),
    Column("drafted_at", Moment),
    Column("reply", words(Reply)),
    Column("reply_text", Text, nullable=False, server_default=""),
    Column("replied_by_id", ForeignKey("officials.id")),
    Column("replied_for_id", ForeignKey("officials.id")),
    Column("replied_at", Moment),
    Column("stand", words(Stand)),
    Column("settled_by_id", ForeignKey("officials.id")),
    Column("settled_for_id", ForeignKey("officials.id")),
    Column("settled_at", Moment),
    Column("mediation_id", ForeignKey("countersign_mediations.id"), index=True),
)

countersign_papers = Table(
    "countersign_papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("countersign_id", ForeignKey("countersigns.id"), index=True),
    Column("answer_id", ForeignKey("countersign_answers.id"), index=True),
    *file_columns(),
    Column("round", SmallInteger, nullable=False),
    Column("sha256", String(64), nullable=False, server_default=""),
)
