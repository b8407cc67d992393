"""What every mapping is made of."""

from typing import Any

from sqlalchemy import Column, Connection, event, update
from sqlalchemy.orm import Mapper, Relationship, attributes, registry, relationship

from rules.roster import Official
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
