"""What the tables say most procedures keep, and what a migration makes of it, is the same."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from storage.migrations import columns as made
from storage.tables import base as kept


@pytest.mark.parametrize(
    ("tables", "migrations"),
    [
        (kept.desk_columns, made.desk),
        (kept.question_columns, made.question),
        (kept.todo_columns, made.todo),
        (kept.file_columns, made.file),
    ],
)
def test_tables_and_migrations_declare_the_same(tables: object, migrations: object) -> None:
    assert callable(tables)
    assert callable(migrations)
    assert _declared(tables()) == _declared(migrations()) != []


def _declared(columns: list[Column[object]]) -> list[tuple[str, str, bool, list[str]]]:
    everything = MetaData()
    Table("officials", everything, Column("id", Integer, primary_key=True))
    table = Table("duties", everything, *columns)
    return [
        (one.name, str(one.type), bool(one.nullable), sorted(key.target_fullname for key in one.foreign_keys))
        for one in table.c
    ]
