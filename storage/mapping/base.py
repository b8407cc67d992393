"""What every mapping is made of."""

from typing import Any

from sqlalchemy import Column, Connection, Table, event, update
from sqlalchemy.orm import Mapper, Relationship, attributes, registry, relationship

from rules.roster import Official, Unit
from storage.tables import metadata

mapper = registry(metadata=metadata)
NAMES_MANY: set[type[Any]] = set()
"""What names many people: the roster is read before it (`UnitOfWork.lock`): one question, not hundreds."""


def official(column: Column[Any]) -> Relationship[Official]:
    """The official the column names, loaded along with what bears it.

    Taken from what the unit of work has read, mostly the roster; asked for one by one where it has not: who
    reads a long list reads the roster before.
    """
    return relationship(Official, foreign_keys=[column], lazy="immediate")


def _unit(column: Column[Any]) -> Relationship[Unit]:
    return relationship(Unit, foreign_keys=[column], lazy="selectin")


def parts(cls: type[Any], order_by: Column[Any]) -> Relationship[Any]:
    """The rows that live and die with the one they belong to, loaded along with it."""
    return relationship(cls, lazy="selectin", order_by=order_by, cascade="all, delete-orphan")


def only_part(cls: type[Any]) -> Relationship[Any]:
    """The same, where there is one at most."""
    return relationship(cls, lazy="selectin", uselist=False, cascade="all, delete-orphan", single_parent=True)


def map_rows(cls: type[Any], table: Table, **properties: Any) -> None:  # noqa: ANN401 - what SQLAlchemy maps
    """A class and its table: a column that names an official or a unit gives them (`head_id` gives `head`).

    What else belongs to a row stands in `properties`; None there leaves out what a column would give.
    """
    named = {"officials": official, "units": _unit}
    found: dict[str, Any] = {
        column.name.removesuffix("_id"): named[key.column.table.name](column)
        for column in table.c
        for key in column.foreign_keys
        if key.column.table.name in named
    }
    kept = {name: value for name, value in (found | properties).items() if value is not None}
    mapper.map_imperatively(cls, table, properties=kept)


def one_holder(cls: type[Any], column: Column[Any], held: object = None) -> None:
    """A place that a unique index gives to one row at a time passes from row to row in one flush.

    Changed rows are written in the order of their ids, so whoever takes the place might be written before
    whoever leaves it, and the index would refuse what is right at the end. Leaving is therefore written
    first. `held` is the value that counts for a partial index; without it every value does, and the column
    takes NULL.
    """

    def leave_first(of: Mapper[Any], connection: Connection, row: object) -> None:
        name = of.get_property_by_column(column).key
        change = attributes.get_history(row, name)
        was, now = next(iter(change.deleted or ()), None), next(iter(change.added or ()), None)
        if was is None or not change.added or (held is not None and was is not held):
            return
        keys = zip(of.primary_key, of.primary_key_from_instance(row), strict=True)
        left = now if held is not None else None
        connection.execute(
            update(column.table).where(*(key == value for key, value in keys)).values({column.key: left})
        )

    event.listen(cls, "before_update", leave_first)
