"""What every table is made of."""

from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import BigInteger, Boolean, Column, Date, Enum, ForeignKey, Integer, MetaData, String, Text

from rules.dates.reading import Half
from storage.moment import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows only in an INTEGER column, so the long ids are plain integers there.
LongId = BigInteger().with_variant(Integer, "sqlite")


def words(enum: type[StrEnum], size: int = 16) -> Enum:
    """The enumeration by its values, as plain text: one word more needs no migration."""
    return Enum(
        enum,
        native_enum=False,
        length=size,
        create_constraint=False,
        values_callable=lambda e: [m.value for m in e],
    )


def calendar_columns() -> list[Column[Any]]:
    """A name in phones' calendars that no other database has, and how many files went there."""
    return [
        Column("calendar_uid", String(64), nullable=False, default=lambda: str(uuid4())),
        Column("calendar_files", Integer, nullable=False, server_default="0"),
    ]


def desk_columns() -> list[Column[Any]]:
    """On whose desk a card lies, if not its owner's."""
    return [Column("stand_in_id", ForeignKey("officials.id")), Column("unattended_at", Moment)]


def question_columns() -> list[Column[Any]]:
    """What `rules.todo.Question` keeps."""
    return [
        *desk_columns(),
        Column("decided_by_id", ForeignKey("officials.id")),
        Column("decided_at", Moment),
    ]


def todo_columns(*, asked: bool = False) -> list[Column[Any]]:
    """What `rules.todo.Todo` keeps; `asked` where its turn comes with its beginning."""
    return [
        *question_columns(),
        Column("asked_at", Moment, nullable=not asked),
        Column("reminded_at", Moment),
        Column("escalated_at", Moment),
    ]


def file_columns() -> list[Column[Any]]:
    """A file that went through the bot, with what it was called."""
    return [
        Column("file_id", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("photo", Boolean, nullable=False),
    ]


def span_columns(prefix: str) -> list[Column[Any]]:
    """From which half day to which; the mapping reads them as one."""
    return [
        Column(f"{prefix}start", Date, nullable=False),
        Column(f"{prefix}start_half", words(Half), nullable=False),
        Column(f"{prefix}end", Date, nullable=False),
        Column(f"{prefix}end_half", words(Half), nullable=False),
    ]
