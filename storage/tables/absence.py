"""Delegations (委托代办)."""

from sqlalchemy import Column, Date, ForeignKey, Integer, Table

from rules.dates.reading import Half
from rules.delegation import DelegationState, Scope
from storage.moment import Moment
from storage.tables.base import metadata, words

delegations = Table(
    "delegations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("principal_id", ForeignKey("officials.id"), nullable=False),
    Column("delegate_id", ForeignKey("officials.id"), nullable=False),
    Column("scope", words(Scope), nullable=False),
    Column("start", Date, nullable=False),
    Column("start_half", words(Half), nullable=False),
    Column("end", Date, nullable=False),
    Column("end_half", words(Half), nullable=False),
    Column("state", words(DelegationState), nullable=False, index=True),
    Column("offered_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("ended_at", Moment),
)
