"""How a database means to answer what it is asked: by which index."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database


@asynccontextmanager
async def planned(database: Database, session: AsyncSession) -> AsyncIterator[list[str]]:
    """The plans of the statements that the block asks in the session, one each, once it is over."""
    asked: list[tuple[str, Any]] = []
    plans: list[str] = []

    def ask(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", ask)
    try:
        yield plans
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", ask)
    connection = await session.connection()
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    if not database.is_sqlite:
        await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # the tables are nearly empty here
    for statement, parameters in asked:
        plans.append(str((await connection.exec_driver_sql(explain + statement, parameters)).all()))
