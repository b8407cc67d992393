"""SQLite on the event loop's own thread: what crosses to the other thread, and what a cancellation leaves."""

import asyncio
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.sqlite_inline import InlineConnection


@pytest.fixture
async def database(tmp_path: Path) -> Any:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'near.db'}")
    async with database.session() as session:
        await session.execute(text("CREATE TABLE papers (id INTEGER PRIMARY KEY)"))
    yield database
    await database.close()


async def test_only_what_may_wait_crosses_to_the_thread(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    crossed: list[str] = []
    loop = asyncio.get_running_loop()
    hand_back = loop.call_soon_threadsafe  # what the thread answers with

    def counted(*arguments: Any, **options: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            crossed.append(str(arguments[0]))
        return hand_back(*arguments, **options)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    async with database.session() as session:
        for id in range(20):
            await session.execute(text("INSERT INTO papers VALUES (:id)"), {"id": id})
        assert await session.scalar(text("SELECT count(*) FROM papers")) == 20
    assert len(crossed) == 1, (
        "COMMIT; aiosqlite or SQLAlchemy changed under storage/sqlite_inline.py where it is more"
    )
    crossed.clear()
    async with database.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM papers")) == 20
    assert not crossed


async def test_a_cancelled_begin_leaves_no_transaction_behind(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins = asyncio.Event()
    begin = InlineConnection.begin

    def watched(self: InlineConnection) -> None:
        begins.set()
        begin(self)

    monkeypatch.setattr(InlineConnection, "begin", watched)
    other = sqlite3.connect(tmp_path / "near.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.session() as session:
            await session.execute(text("INSERT INTO papers VALUES (1)"))

    async with asyncio.timeout(20):
        writing = asyncio.create_task(write())
        await begins.wait()
        for _ in range(10):
            await asyncio.sleep(0)
        writing.cancel()
        for _ in range(10):
            await asyncio.sleep(0)
        other.execute("ROLLBACK")  # only now may the BEGIN that was left behind go through
        with pytest.raises(asyncio.CancelledError):
            await writing
        other.execute("BEGIN IMMEDIATE")  # nobody holds the writer's place
        other.execute("ROLLBACK")
        await write()
    assert other.execute("SELECT id FROM papers").fetchall() == [(1,)]
    other.close()
