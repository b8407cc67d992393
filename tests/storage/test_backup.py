"""A backup is one moment of the database, and can be read back."""

import asyncio
import importlib.util
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.backup import back_up
from storage.database import Database


async def test_a_backup_holds_one_moment_while_the_bot_goes_on_writing(
    tmp_path: Path, sqlite_url: str
) -> None:
    database = Database(sqlite_url)
    async with database.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE pairs (a INTEGER, b INTEGER, filler TEXT)"))
    stop = asyncio.Event()

    async def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            async with database.session() as session:
                await session.execute(
                    text("INSERT INTO pairs VALUES (:n, 0, :filler)"), {"n": number, "filler": "x" * 4000}
                )
                await session.execute(text("UPDATE pairs SET b = :n WHERE a = :n"), {"n": number})

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.2)
    copy = tmp_path / "copy.db"
    await asyncio.to_thread(back_up, sqlite_url, copy)
    stop.set()
    await writing
    await database.close()
    with sqlite3.connect(copy) as found:
        rows, whole = found.execute("SELECT count(*), sum(a = b) FROM pairs").fetchone()
    found.close()
    assert rows == whole > 0


async def test_a_backup_of_postgresql_can_be_read_back(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if bundled := importlib.util.find_spec("pgserver"):
        assert bundled.origin  # pg_dump must not be older than the server the tests have started
        programs = Path(bundled.origin).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    database = Database(postgres_url)
    await database.migrate()
    await database.close()
    copy = tmp_path / "copy.dump"
    await asyncio.to_thread(back_up, postgres_url, copy)
    assert copy.read_bytes().startswith(b"PGDMP")
