"""The database is locked, cut off or shut for a while: what was begun is done once it is back."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg
import pytest
from markupsafe import Markup
from sqlalchemy import event, make_url

from bot.delivery import IN_FLIGHT
from notices.notice import Notice, State
from storage.database import Database
from tests.reliability.office import open_troubled


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's own pauses after an error, ten times shorter."""
    monkeypatch.setattr("bot.delivery._FIRST_BACKOFF", 0.1)
    monkeypatch.setattr("bot.again.FIRST", 0.1)


# ---------------------------------------------------------------- SQLite: another writer


_UNMARKED: Final = "SELECT count(*) FROM outbox WHERE state = ?"


@asynccontextmanager
async def _locked(url: str) -> AsyncIterator[sqlite3.Connection]:
    """Another process, say a backup tool, holds the write lock, by this connection."""
    other = sqlite3.connect(str(make_url(url).database), check_same_thread=False, isolation_level=None)
    await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_a_lock_held_for_seconds_is_waited_out(sqlite_url: str) -> None:
    async with open_troubled(sqlite_url) as office:
        async with _locked(sqlite_url):
            working = asyncio.create_task(office.leaves(*office.heads[:3]))
            await asyncio.sleep(2)
            assert not office.reported or office.line.called["sendMessage"] == 0
        await working
        await office.rest()
        await office.assert_all_is_well()


async def test_a_lock_held_longer_than_the_driver_waits_loses_nothing(sqlite_url: str) -> None:
    async with open_troubled(sqlite_url) as office:
        _lose_patience(office.database)
        await office.leaves(*office.heads[:1])
        for _ in range(3):
            working = asyncio.create_task(office.leaves(*office.heads[len(office.reported) :][:2]))
            await asyncio.sleep(0.1)
            async with _locked(sqlite_url):
                await asyncio.sleep(1.2)
            await working
        await office.rest()
        await office.assert_all_is_well()


def _lose_patience(database: Database) -> None:
    """Let SQLite give up after 20 ms rather than 30 s, on connections opened from now on."""

    def impatient(connection: sqlite3.Connection, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 20")
        cursor.close()

    event.listen(database.engine.sync_engine, "checkout", impatient)


async def test_what_is_sent_and_not_marked_stays_within_what_may_be_in_flight(sqlite_url: str) -> None:
    async with open_troubled(sqlite_url) as office:
        await office.rest()
        async with office.house.office.work("many") as work:
            notices = [Notice(head, Markup("通知")) for head in office.heads * 4]
            await work.send(*notices)
            office.line.called.clear()
        async with _locked(sqlite_url) as other:
            await asyncio.sleep(0.5)
            (unmarked,) = other.execute(_UNMARKED, (State.WAITING,)).fetchone()
            assert 0 < unmarked <= len(notices)
            marked = len(notices) - unmarked  # before the lock was there
            assert 0 < office.line.called["sendMessage"] - marked <= IN_FLIGHT
        await office.rest()
        assert office.line.called["sendMessage"] == 4 * len(office.heads)
        await office.assert_all_is_well()


# ---------------------------------------------------------------- PostgreSQL: connections cut, door shut


@asynccontextmanager
async def _administrator(url: str) -> AsyncIterator[asyncpg.Connection]:
    there = make_url(url).set(drivername="postgresql", database="postgres")
    connection = await asyncpg.connect(there.render_as_string(hide_password=False))
    try:
        yield connection
    finally:
        await connection.close()


async def _cut(administrator: asyncpg.Connection, url: str) -> None:
    """End every connection to the database, in the middle of whatever it does."""
    await administrator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", make_url(url).database
    )


async def test_connections_cut_in_the_midst_of_it_lose_nothing(postgres_url: str) -> None:
    async with open_troubled(postgres_url) as office, _administrator(postgres_url) as administrator:
        working = asyncio.create_task(office.leaves(*office.heads[:12]))
        for _ in range(25):
            await asyncio.sleep(0.07)
            await _cut(administrator, postgres_url)
        await working
        await office.rest()
        await office.assert_all_is_well()


async def test_a_server_that_lets_nobody_in_for_seconds_loses_nothing(postgres_url: str) -> None:
    name = make_url(postgres_url).database
    async with open_troubled(postgres_url) as office, _administrator(postgres_url) as administrator:
        await office.leaves(*office.heads[:1])
        working = asyncio.create_task(office.leaves(*office.heads[1:5]))
        await asyncio.sleep(0.2)
        await administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await _cut(administrator, postgres_url)
        await asyncio.sleep(2.5)
        await administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await working
        await office.rest()
        await office.assert_all_is_well()
