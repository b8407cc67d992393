"""What one unit of work changes, as it is written: rows with what they were, timers, copies that are retired.

A decision can be taken back by it (storage/undo.py) without anybody having to write down how.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Self

from sqlalchemy import Column, Connection, Enum, Table, event, inspect
from sqlalchemy.orm import ColumnProperty, Mapper, object_session

from storage.mapping.base import mapper
from storage.moment import Moment
from storage.tables import drafts, metadata, officials, timers, units

_NOT_OF_A_MATTER: Final = frozenset({drafts.name, officials.name, timers.name, units.name})
"""Forms, people and the clock's own: what a decision does to these by the way is no part of it."""

Values = dict[str, Any]
Key = tuple[str, int]
"""A row by its table and its id."""


@dataclass
class Change:
    """One row as it was (None: it is new) and is (None: it is gone); of a changed one what differs."""

    was: Values | None
    now: Values | None


@dataclass
class Trace:
    """Everything that was changed in the session since it began.

    `timers` are by kind and subject, each with when it was due before (None: it was not set). `forms` are the
    drafts that were opened, `retired` the copies that lost their card's name, with it.
    """

    rows: dict[Key, Change] = field(default_factory=dict)
    timers: dict[tuple[str, int], datetime | None] = field(default_factory=dict)
    retired: dict[int, str] = field(default_factory=dict)
    forms: list[int] = field(default_factory=list)

    def copy(self) -> Self:
        """As it is now, to return to where what follows is rolled back."""
        return deepcopy(self)

    def timed(self, kind: str, subjects: Iterable[int], before: dict[int, datetime]) -> None:
        """Timers of the kind were set or dropped for these subjects; `before` is when they were due."""
        for subject in subjects:
            self.timers.setdefault((kind, subject), before.get(subject))

    # ------------------------------------------------------------ rows

    def inserted(self, of: Mapper[Any], thing: object) -> None:
        """A new row."""
        values = _values(of, thing)
        if of.local_table is drafts:
            self.forms.append(values["id"])
        elif key := _key(of, values):
            self.rows[key] = Change(None, values)

    def updated(self, of: Mapper[Any], thing: object) -> None:
        """A row that is another now; the instance still knows what it was."""
        values = _values(of, thing)
        if (key := _key(of, values)) and (was := _were(of, thing)):
            self._changed(key, was, {name: values.get(name) for name in was})

    def deleted(self, of: Mapper[Any], thing: object) -> None:
        """A row that is gone."""
        values = _values(of, thing)
        if key := _key(of, values):
            self._gone(key, {**values, **_were(of, thing)})

    def _changed(self, key: Key, was: Values, now: Values) -> None:
        known = self.rows.setdefault(key, Change({}, {}))
        if known.was is not None:
            known.was = {**was, **known.was}
        known.now = {**(known.now or {}), **now}

    def _gone(self, key: Key, was: Values) -> None:
        known = self.rows.get(key)
        if known is not None and known.was is None:
            del self.rows[key]  # it came and went
        else:
            self.rows[key] = Change({**was, **(known.was or {} if known else {})}, None)

    # ------------------------------------------------------------ as JSON

    def stored(self) -> dict[str, Any]:
        """As it is kept in the database; what did not change in the end is left out."""
        rows = []
        for (table, id), change in self.rows.items():
            was, now = change.was, change.now
            if was is not None and now is not None:
                was = {name: value for name, value in was.items() if value != now[name]}
                now = {name: now[name] for name in was}
            if was != {}:
                rows.append([table, id, _plain(was), _plain(now)])
        return {
            "rows": rows,
            "timers": [[*key, due and due.isoformat()] for key, due in self.timers.items()],
            "retired": [list(one) for one in self.retired.items()],
            "forms": self.forms,
        }


def _entered(
    enter: Callable[[Trace, Mapper[Any], object], None],
) -> Callable[[Mapper[Any], Connection, object], None]:
    """Orphans are not among what a session says that it deletes: only the mapper tells of each row."""

    def written(of: Mapper[Any], _connection: Connection, thing: object) -> None:
        session = object_session(thing)
        trace = session.info.get(Trace) if session is not None else None
        if trace is not None:
            enter(trace, of, thing)

    return written


event.listen(Mapper, "after_insert", _entered(Trace.inserted))
event.listen(Mapper, "after_update", _entered(Trace.updated))
event.listen(Mapper, "after_delete", _entered(Trace.deleted))


def _values(of: Mapper[Any], thing: object) -> Values:
    """The thing's columns as far as they are loaded."""
    loaded = inspect(thing, raiseerr=True).dict
    return {one.columns[0].name: loaded[one.key] for one in of.column_attrs if one.key in loaded}


def _key(of: Mapper[Any], values: Values) -> Key | None:
    table = of.local_table
    named = isinstance(table, Table) and table.name not in _NOT_OF_A_MATTER and "id" in values
    return (table.name, values["id"]) if isinstance(table, Table) and named else None


def _were(of: Mapper[Any], thing: object) -> Values:
    """The columns that the flush changed, as they were."""
    changed = inspect(thing, raiseerr=True).committed_state
    return {
        found.columns[0].name: was
        for name, was in changed.items()
        if isinstance(found := of.attrs.get(name), ColumnProperty)
    }


# ---------------------------------------------------------------- values


def _plain(values: Values | None) -> Values | None:
    return None if values is None else {name: _written(value) for name, value in values.items()}


def _written(value: Any) -> Any:  # noqa: ANN401 - a column's value
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


def read(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - a column's value
    """A kept value as the column has it."""
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Enum) and column.type.enum_class is not None:
        return column.type.enum_class(value)
    return date.fromisoformat(value) if column.type.python_type is date else value


def table_of(code: str) -> Table:
    """The table of the matters whose subjects begin with that word: leave:12 is a row of leaves.

    The class is called as the word is.
    """
    mapped = next(one for one in mapper.mappers if one.class_.__name__.lower() == code)
    return metadata.tables[str(mapped.local_table)]


def root_of(subject: str) -> tuple[str, int] | None:
    """Table and id of the matter's own row; None where the subject names no matter, as call:3 does."""
    code, _, id = subject.partition(":")
    known = any(one.class_.__name__.lower() == code for one in mapper.mappers)
    return (table_of(code).name, int(id)) if known and id.isdecimal() else None
