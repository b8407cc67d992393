"""SQLite on the event loop's own thread: what crosses to the other thread, and what a cancellation leaves."""

import asyncio
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage import sqlite_inline
from storage.database import Database
from storage.sqlite_inline import InlineConnection


@pytest.fixture
async def database(tmp_path: Path) -> Any:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'near.db'}")
    async with database.session() as session:
        await session.execute(text("CREATE TABLE papers (id INTEGER PRIMARY KEY)"))
    yield database
    await database.close()


@pytest.fixture
async def crossed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the thread has answered."""
    answers: list[str] = []
    loop = asyncio.get_running_loop()
    hand_back = loop.call_soon_threadsafe

    def counted(*arguments: Any, **options: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            answers.append(str(arguments[0]))
        return hand_back(*arguments, **options)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    return answers


async def _write(database: Database, id: int) -> None:
    async with database.session() as session:
        await session.execute(text("INSERT INTO papers VALUES (:id)"), {"id": id})


async def test_nothing_crosses_to_the_thread_while_the_disk_is_prompt(
    database: Database, crossed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_inline, "_PROMPT", 60.0)
    async with database.session() as session:
        for id in range(20):
            await session.execute(text("INSERT INTO papers VALUES (:id)"), {"id": id})
        assert await session.scalar(text("SELECT count(*) FROM papers")) == 20
    assert not crossed, "aiosqlite or SQLAlchemy changed under storage/sqlite_inline.py"


async def test_a_slow_disk_is_waited_for_in_the_thread_and_tried_again_in_the_loop(
    database: Database, crossed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_inline, "_PROMPT", 60.0)
    for id in range(sqlite_inline._OFTEN):
        await _write(database, id)
    monkeypatch.setattr(sqlite_inline, "_PROMPT", 0.0)
    for id in range(100, 100 + sqlite_inline._OFTEN):
        await _write(database, id)
    assert not crossed
    for id in range(200, 200 + sqlite_inline._ELSEWHERE):
        await _write(database, id)
    assert len(crossed) == sqlite_inline._ELSEWHERE
    async with database.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM papers")) == 80
    assert len(crossed) == sqlite_inline._ELSEWHERE, "there was nothing for the disk"
    monkeypatch.setattr(sqlite_inline, "_PROMPT", 60.0)
    crossed.clear()
    for id in range(300, 300 + sqlite_inline._ELSEWHERE):
        await _write(database, id)
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
