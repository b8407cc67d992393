"""What stands on the desk's card 今日要办: since which day, as which line, and who of the desk is on it."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, String, Table, Text

from storage.tables.base import metadata

desk_items = Table(
    "desk_items",
    metadata,
    Column("matter", String(64), primary_key=True),
    Column("first_on", Date, nullable=False),
    Column("claimed_by_id", ForeignKey("officials.id")),
    Column("folded", Boolean, nullable=False),
    Column("heading", Text, nullable=False),
    Column("line", Text, nullable=False),
)
