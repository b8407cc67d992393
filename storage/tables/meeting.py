"""Meetings (会议): the list, the topics, the materials, and what is decided about them."""

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

from rules.meeting.attendance import Part, Reply
from rules.meeting.clearance import Step, Verdict
from rules.meeting.excuse import ExcuseState
from rules.meeting.matter import InName, MeetingKind, MeetingState
from rules.meeting.topic import GateKind, LateState
from storage.moment import Moment
from storage.tables.base import calendar_columns, file_columns, metadata, todo_columns, words

_NO = text("false")

meetings = Table(
    "meetings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", words(MeetingKind), nullable=False),
    Column("title", String(120), nullable=False),
    Column("start", Moment, nullable=False, index=True),
    Column("end", Moment, nullable=False),
    Column("place", Text, nullable=False),
    Column("entrance", Text, nullable=False, server_default=""),
    Column("called_by_id", ForeignKey("officials.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("reply_by", Moment, nullable=False),
    Column("chair_id", ForeignKey("officials.id")),
    Column("chair_reason", Text, nullable=False, server_default=""),
    Column("deputies", Boolean, nullable=False, server_default=_NO),
    Column("state", words(MeetingState), nullable=False, index=True),
    Column("called_at", Moment),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("unit_id", ForeignKey("units.id")),
    Column("in_name", words(InName)),
    Column("grounds", JSON, nullable=False, server_default="[]"),
    Column("remarks", JSON, nullable=False, server_default="[]"),
    Column("history", JSON, nullable=False, server_default="[]"),
    Column("sign_in_at", Moment),
    Column("sign_in_closed_at", Moment),
    Column("sign_in_code", String(32), nullable=False, server_default=""),
    Column("ended_at", Moment),
    Column("cancel_reason", Text, nullable=False, server_default=""),
    Column("counted_at", Moment),
    Column("short_at", Moment),
    Column("summarised_at", Moment),
    *calendar_columns(),
)

attendees = Table(
    "attendees",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False, index=True),
    Column("official_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("part", words(Part), nullable=False),
    Column("position", SmallInteger, nullable=False, server_default="0"),
    Column("reply", words(Reply)),
    Column("replied_at", Moment),
    Column("replied_by_id", ForeignKey("officials.id")),
    Column("source", String(40), nullable=False, server_default=""),
    Column("deputy_name", String(40), nullable=False, server_default=""),
    Column("deputy_post", String(60), nullable=False, server_default=""),
    Column("prepared", words(Reply)),
    Column("prepared_by_id", ForeignKey("officials.id")),
    Column("prepared_at", Moment),
    Column("prepared_reason", Text, nullable=False, server_default=""),
    Column("prepared_name", String(40), nullable=False, server_default=""),
    Column("prepared_post", String(60), nullable=False, server_default=""),
    Column("leave_id", ForeignKey("leaves.id")),
    Column("away", String(80), nullable=False, server_default=""),
    Column("away_until", Date),
    Column("earlier", JSON, nullable=False, server_default="[]"),
    Column("told_at", Moment),
    Column("nudged_at", Moment),
    Column("in_calendar", Boolean, nullable=False, server_default=_NO),
    Column("signed_in_at", Moment),
    Column("late", Boolean, nullable=False, server_default=_NO),
    Column("came_name", String(40), nullable=False, server_default=""),
    Column("came_post", String(60), nullable=False, server_default=""),
    Column("corrected_by_id", ForeignKey("officials.id")),
    Column("corrected_at", Moment),
)

meeting_excuses = Table(
    "meeting_excuses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attendee_id", ForeignKey("attendees.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("decider_id", ForeignKey("officials.id"), index=True),
    Column("written", Boolean, nullable=False, server_default=_NO),
    Column("state", words(ExcuseState), nullable=False),
    Column("report", Text, nullable=False, server_default=""),
    Column("report_file_id", Text, nullable=False, server_default=""),
    Column("report_name", Text, nullable=False, server_default=""),
    Column("report_photo", Boolean, nullable=False, server_default=_NO),
    Column("reported_at", Moment),
    Column("by_leave", Boolean, nullable=False, server_default=_NO),
    *todo_columns(),
    Column("comment", Text, nullable=False, server_default=""),
)

meeting_topics = Table(
    "meeting_topics",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False, index=True),
    Column("number", SmallInteger, nullable=False),
    Column("title", String(120), nullable=False),
    Column("unit_id", ForeignKey("units.id"), index=True),
    Column("minutes", SmallInteger, nullable=False, server_default="0"),
    Column("countersign_id", Integer),
    Column("legal", Boolean, nullable=False, server_default=_NO),
    Column("legal_at", Moment),
    Column("legal_by_id", ForeignKey("officials.id")),
    Column("added_at", Moment),
)

late_topics = Table(
    "late_topics",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic_id", ForeignKey("meeting_topics.id"), nullable=False, unique=True),
    Column("state", words(LateState), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("mayor_id", ForeignKey("officials.id")),
    *todo_columns(),
)

topic_gates = Table(
    "topic_gates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic_id", ForeignKey("meeting_topics.id"), nullable=False, index=True),
    Column("kind", words(GateKind), nullable=False),
    Column("due", Date, nullable=False, index=True),
    Column("done_at", Moment),
    Column("done_by_id", ForeignKey("officials.id")),
    Column("nudged_at", Moment),
)

meeting_papers = Table(
    "meeting_papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False, index=True),
    *file_columns(),
)

meeting_clearances = Table(
    "meeting_clearances",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False, index=True),
    Column("step", words(Step), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("approver_id", ForeignKey("officials.id"), index=True),
    *todo_columns(),
    Column("verdict", words(Verdict)),
    Column("comment", Text, nullable=False, server_default=""),
)
