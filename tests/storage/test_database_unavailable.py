"""Which errors mean that the database is in the way, and which that we asked for something wrong."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.database_unavailable import DatabaseUnavailable
from storage.tables import inbox


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


async def test_what_we_asked_wrongly_is_our_own_fault(database: Database) -> None:
    for statement in ("SELECT nonsense FROM nowhere", "INSERT INTO inbox (update_id) VALUES (NULL)"):
        with pytest.raises(DBAPIError):
            async with database.session() as session:
                await session.execute(text(statement))


async def test_a_number_too_long_is_our_own_fault(database: Database) -> None:
    with pytest.raises((DBAPIError, OverflowError)):
        async with database.session() as session:
            await session.execute(inbox.select().where(inbox.c.update_id == 2**70))


async def test_an_error_of_the_block_is_left_as_it_is(database: Database) -> None:
    with pytest.raises(FileNotFoundError):
        async with database.session():
            raise FileNotFoundError


async def test_a_file_that_is_no_longer_there_is_away(sqlite_url: str) -> None:
    async with opened(f"{sqlite_url}/nowhere/banjie.db") as database:
        with pytest.raises(DatabaseUnavailable):
            async with database.session() as session:
                await session.execute(text("SELECT 1"))
    for thread in threading.enumerate():  # aiosqlite's, which nobody waits for after a failure
        if "_connection_worker" in thread.name:
            await asyncio.to_thread(thread.join)


async def test_a_locked_file_is_away(
    sqlite_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)
    async with opened(sqlite_url) as database:
        async with database.session() as session:
            await session.execute(text("PRAGMA busy_timeout = 10"))  # of the one connection there is
        other.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            with pytest.raises(DatabaseUnavailable, match="locked"):
                async with database.session() as session:
                    await session.execute(text("SELECT 1"))
        other.execute("ROLLBACK")
        async with database.session() as session:
            await session.execute(text("SELECT 1"))
    other.close()
    assert [record.getMessage() for record in caplog.records if record.name == "storage.database"] == [
        "the database is away: database is locked",
        "the database is back",
    ]


async def test_a_server_that_does_not_answer_is_away() -> None:
    for address in ("postgresql+asyncpg://a:b@127.0.0.1:9/c", "postgresql+asyncpg:///c?host=/nowhere"):
        async with opened(address) as database:
            with pytest.raises(DatabaseUnavailable):
                async with database.session() as session:
                    await session.execute(text("SELECT 1"))


async def test_a_connection_that_was_cut_is_away(postgres_url: str) -> None:
    async with opened(postgres_url) as database:
        with pytest.raises(DatabaseUnavailable):
            async with database.session() as session:
                await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        async with database.session() as session:
            assert await session.scalar(text("SELECT 1")) == 1
