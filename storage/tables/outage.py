"""Stretches in which the bot could not receive, and its last contact."""

from sqlalchemy import Column, Integer, SmallInteger, Table

from storage.moment import Moment
from storage.tables.base import metadata

contact = Table(
    "contact",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),  # one row: 1
    Column("at", Moment, nullable=False),
)

outages = Table(
    "outages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False, index=True),
)
