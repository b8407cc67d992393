"""Briefings (简报): what is registered, its issues, and who got them."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, SmallInteger, Table, Text

from rules.briefing.matter import BriefingState, Cycle, Readers
from storage.moment import Moment
from storage.tables.base import file_columns, metadata, todo_columns, words

briefings = Table(
    "briefings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("cycle", words(Cycle), nullable=False),
    Column("readers", words(Readers), nullable=False),
    Column("submitted_by_id", ForeignKey("officials.id"), nullable=False),
    Column("submitted_at", Moment, nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("special", Text, nullable=False),
    Column("renewing", Boolean, nullable=False),
    Column("state", words(BriefingState), nullable=False, index=True),
    Column("comment", Text, nullable=False),
    Column("director_id", ForeignKey("officials.id")),
    *todo_columns(),
    Column("checked_at", Moment),
    Column("stopped_at", Moment),
)

briefing_issues = Table(
    "briefing_issues",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("briefing_id", ForeignKey("briefings.id"), nullable=False, index=True),
    Column("number", SmallInteger, nullable=False),
    *file_columns(),
    Column("sent_by_id", ForeignKey("officials.id"), nullable=False),
    Column("sent_at", Moment, nullable=False),
)

briefing_readings = Table(
    "briefing_readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue_id", ForeignKey("briefing_issues.id"), nullable=False, index=True),
    Column("reader_id", ForeignKey("officials.id"), nullable=False),
    Column("read_at", Moment),
)
