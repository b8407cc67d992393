"""Requests to call back (请回电)."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from rules.reach import Ending
from storage.moment import Moment
from storage.tables.base import metadata, words

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
    Column("ending", words(Ending)),
    Column("ended_by_id", ForeignKey("officials.id")),
    Column("ended_at", Moment),
)
Index(
    "ix_call_requests_open",
    call_requests.c.official_id,
    sqlite_where=text("answered_at IS NULL AND ended_at IS NULL"),
    postgresql_where=text("answered_at IS NULL AND ended_at IS NULL"),
)
