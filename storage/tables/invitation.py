"""Invitations (活动邀请)."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
)

from rules.invitation.change import InvitationChangeState
from rules.invitation.kinds import InvitationKind
from rules.invitation.matter import InvitationState
from rules.invitation.papers import Purpose
from rules.invitation.request import Answer
from storage.moment import Moment
from storage.tables.base import calendar_columns, file_columns, metadata, todo_columns, words

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event", Text, nullable=False),
    Column("kind", words(InvitationKind), nullable=False),
    Column("start", Moment, nullable=False, index=True),
    Column("end", Moment),
    Column("place", Text, nullable=False),
    Column("organiser", Text, nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("submitted_by_id", ForeignKey("officials.id"), nullable=False),
    Column("size", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("speech", Boolean, nullable=False),
    Column("contact", Text, nullable=False),
    Column("phone", String(40), nullable=False),
    Column("special_reason", Text, nullable=False),
    Column("approval_number", String(80), nullable=False),
    Column("state", words(InvitationState), nullable=False, index=True),
    Column("version", SmallInteger, nullable=False),
    Column("comment", Text, nullable=False),
    Column("clerk_id", ForeignKey("officials.id")),
    Column("submitted_at", Moment, nullable=False),
    Column("resubmitted_at", Moment),
    Column("desk_at", Moment),
    Column("settled_at", Moment),
    Column("nudged_at", Moment),
    Column("positions", SmallInteger, nullable=False),
    *calendar_columns(),
)

invitation_asked = Table(
    "invitation_asked",
    metadata,
    Column("invitation_id", ForeignKey("invitations.id"), primary_key=True),
    Column("official_id", ForeignKey("officials.id"), primary_key=True),
)

invitation_papers = Table(
    "invitation_papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("invitation_id", ForeignKey("invitations.id"), nullable=False, index=True),
    *file_columns(),
    Column("purpose", words(Purpose), nullable=False),
    Column("change", SmallInteger, nullable=False),
)

invitation_permissions = Table(
    "invitation_permissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("invitation_id", ForeignKey("invitations.id"), nullable=False, index=True),
    Column("asked_id", ForeignKey("officials.id"), nullable=False),
    *todo_columns(asked=True),
    Column("granted", Boolean),
    Column("comment", Text, nullable=False),
    Column("change", SmallInteger, nullable=False, server_default="0"),
)

invitation_requests = Table(
    "invitation_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("invitation_id", ForeignKey("invitations.id"), nullable=False, index=True),
    Column("position", SmallInteger, nullable=False),
    Column("line", SmallInteger, nullable=False),
    Column("leader_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("forwarded_by_id", ForeignKey("officials.id"), nullable=False),
    Column("forwarded_at", Moment, nullable=False),
    Column("advice", Text, nullable=False),
    Column("together", Boolean, nullable=False),
    Column("proposal", words(Answer)),
    Column("proposed_delegate_id", ForeignKey("officials.id")),
    *todo_columns(),
    Column("closed_at", Moment),
    Column("closed_why", Text, nullable=False),
    Column("answer", words(Answer)),
    Column("comment", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("answer_version", SmallInteger, nullable=False),
    Column("delegate_id", ForeignKey("officials.id"), index=True),
    Column("delegate_asked_at", Moment),
    Column("delegate_nudged_at", Moment),
    Column("confirmed", Boolean),
    Column("confirmed_at", Moment),
    Column("refusal", Text, nullable=False),
    Column("covers_leave", Integer),
    Column("entry_with_id", ForeignKey("officials.id")),
    Column("clashes", JSON, nullable=False),
)

invitation_changes = Table(
    "invitation_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("invitation_id", ForeignKey("invitations.id"), nullable=False, index=True),
    Column("number", SmallInteger, nullable=False),
    Column("proposed_by_id", ForeignKey("officials.id"), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("start", Moment, nullable=False),
    Column("end", Moment),
    Column("place", Text, nullable=False),
    Column("was_start", Moment, nullable=False),
    Column("was_end", Moment),
    Column("was_place", Text, nullable=False),
    Column("programme", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", words(InvitationChangeState), nullable=False),
    Column("decided_by_id", ForeignKey("officials.id")),
    Column("decided_at", Moment),
    Column("comment", Text, nullable=False),
)
