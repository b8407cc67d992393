"""Columns that the tables of most procedures have, for migrations from here on.

A migration stays what it was when it was written: what a function here gives is never changed, for tables
made with it stand in databases by now. What is to look otherwise is a function of another name. Enumerations
are kept as plain text, so that one word more needs no migration; their words stand in `rules` alone.
"""

from typing import Any

import sqlalchemy as sa

from storage.moment import Moment


def row() -> sa.Column[Any]:
    """The id of a row."""
    return sa.Column("id", sa.Integer, primary_key=True)


def of(table: str, column: str, *, needed: bool = True, index: bool = True) -> sa.Column[Any]:
    """The row of another table that this one belongs to or names: of("units", "lead_unit_id")."""
    return sa.Column(column, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=not needed, index=index)


def official(column: str, *, needed: bool = False, index: bool = False) -> sa.Column[Any]:
    """An official."""
    return of("officials", column, needed=needed, index=index)


def moment(column: str, *, needed: bool = False, index: bool = False) -> sa.Column[Any]:
    """An instant, UTC."""
    return sa.Column(column, Moment, nullable=not needed, index=index)


def word(column: str, *, needed: bool = True, index: bool = False) -> sa.Column[Any]:
    """A word of an enumeration, of up to 16 characters."""
    return sa.Column(column, sa.String(16), nullable=not needed, index=index)


def text(column: str) -> sa.Column[Any]:
    """What somebody wrote; empty where they wrote nothing."""
    return sa.Column(column, sa.Text, nullable=False, server_default="")


def yes_or_no(column: str) -> sa.Column[Any]:
    """No, unless it is said."""
    return sa.Column(column, sa.Boolean, nullable=False, server_default=sa.false())


def desk() -> list[sa.Column[Any]]:
    """On whose desk a card lies, if not its owner's."""
    return [official("stand_in_id"), moment("unattended_at")]


def question() -> list[sa.Column[Any]]:
    """What `rules.todo.Question` keeps."""
    return [*desk(), official("decided_by_id"), moment("decided_at")]


def todo() -> list[sa.Column[Any]]:
    """What `rules.todo.Todo` keeps: a question whose silence is counted."""
    return [*question(), moment("asked_at"), moment("reminded_at"), moment("escalated_at")]


def file() -> list[sa.Column[Any]]:
    """A file that went through the bot, with what it was called."""
    return [
        sa.Column("file_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("photo", sa.Boolean, nullable=False),
    ]
