"""What is said on matters (留言), and whose view was asked for (征求意见)."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from storage.moment import Moment
from storage.tables.base import metadata, todo_columns

remarks = Table(
    "remarks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String(60), nullable=False, index=True),
    Column("by_id", ForeignKey("officials.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("cards", JSON, nullable=False),
    Column("opinion", Boolean, nullable=False),
)

advices = Table(
    "advices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String(60), nullable=False),
    Column("card", String(60), nullable=False),
    Column("facts", Text, nullable=False),
    Column("asked_by_id", ForeignKey("officials.id"), nullable=False),
    Column("adviser_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("view", Text, nullable=False),
    *todo_columns(),
    Column("moot_at", Moment),
)
_WAITING = advices.c.decided_at.is_(None) & advices.c.moot_at.is_(None)
Index(  # looked through with every card that is edited
    "ix_advices_waiting", advices.c.card, sqlite_where=_WAITING, postgresql_where=_WAITING
)
