"""Connections to PostgreSQL out of the pool: which are asked whether they are there, and which made anew."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url, text

from storage.database import Database


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    database = Database(postgres_url)
    yield database
    await database.close()


async def test_only_one_that_has_rested_is_asked(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    dialect = database.engine.sync_engine.dialect
    ask = dialect.do_ping

    def counted(connection: Any) -> bool:
        asked.append(connection)
        return ask(connection)

    monkeypatch.setattr(dialect, "do_ping", counted)
    monkeypatch.setattr("storage.pool.TRUSTED_SECONDS", 3600.0)
    for _ in range(3):
        await _backend(database)
    assert not asked
    monkeypatch.setattr("storage.pool.TRUSTED_SECONDS", 0.0)
    await _backend(database)
    assert len(asked) == 1


@pytest.mark.parametrize("trusted", [0.0, 3600.0])
async def test_one_cut_off_while_it_rested_is_made_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch, trusted: float
) -> None:
    monkeypatch.setattr("storage.pool.TRUSTED_SECONDS", trusted)
    async with database.session() as session:
        before = await session.scalar(text("SELECT pg_backend_pid()"))
        raw = await (await session.connection()).get_raw_connection()
        driver: Any = raw.driver_connection
    other = await asyncpg.connect(
        make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
    )
    await other.execute("SELECT pg_terminate_backend($1)", before)
    async with asyncio.timeout(20):
        while not driver.is_closed():  # noqa: ASYNC110 - the driver tells nobody of it
            await asyncio.sleep(0.01)
    await other.close()
    assert await _backend(database) != before


async def _backend(database: Database) -> int:
    async with database.session() as session:
        return int(await session.scalar(text("SELECT pg_backend_pid()")) or 0)
