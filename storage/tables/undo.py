"""Decisions that their makers may still take back (storage/undo.py)."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, text

from storage.moment import Moment
from storage.tables.base import metadata

undos = Table(
    "undos",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("official_id", ForeignKey("officials.id"), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("what", String(40), nullable=False),
    Column("article", SmallInteger),
    Column("acting_for", String(120)),
    Column("tapped", String(64), nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("row_id", ForeignKey("outbox.id")),  # under which message the button stands
    Column("resting_id", ForeignKey("undos.id")),  # a later decision that rests on it
    Column("trace", JSON(none_as_null=True)),  # what the decision changed, until its time is over
    sqlite_autoincrement=True,  # an id is never used again: old buttons bear it
)
_LIVE = text("trace IS NOT NULL")
Index("ix_undos_row_id", undos.c.row_id, sqlite_where=_LIVE, postgresql_where=_LIVE)
Index("ix_undos_subject", undos.c.subject, sqlite_where=_LIVE, postgresql_where=_LIVE)
Index("ix_undos_official_id", undos.c.official_id)

undo_rows = Table(
    "undo_rows",  # which rows a decision changed: what is done later to one of them goes on from it
    metadata,
    Column("undo_id", ForeignKey("undos.id", ondelete="CASCADE"), primary_key=True),
    Column("of", String(60), primary_key=True),
    Column("row", Integer, primary_key=True),
)
Index("ix_undo_rows_row_of", undo_rows.c.row, undo_rows.c.of)
