"""What is looked for among many closed sheets is found by the partial indexes of the open ones."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.queries.countersign import clock as countersign_clock
from storage.queries.countersign import sheets as countersign
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


async def _due(work: UnitOfWork) -> None:
    await countersign_clock.due_sheets(work)


async def _open(work: UnitOfWork) -> None:
    await countersign.open_sheets(work)


@pytest.mark.parametrize(
    ("look", "index"),
    [
        (_due, "ix_consultations_waiting_clock_at"),
        (_open, "ix_countersigns_open"),
    ],
)
async def test_sqlite_uses_the_index_of_the_open_ones(
    sqlite_url: str, look: Callable[[UnitOfWork], Awaitable[None]], index: str
) -> None:
    database = Database(sqlite_url)
    asked: list[tuple[str, Any]] = []

    def note(_c: Connection, _k: object, statement: str, values: Any, _x: object, _m: bool) -> None:
        asked.append((statement, values))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with Office(database, Settings(), lambda: NOW).work("test") as work:
        await look(work)
        statement, values = next(one for one in asked if one[0].startswith("SELECT"))
        for value in values:
            statement = statement.replace("?", f"'{value}'", 1)
        plan = (await work.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))).all()
    assert any(index in row[3] for row in plan), plan
    await database.close()
