"""A backup is one moment of the database, can be read back, and takes its place again."""

import asyncio
import importlib.util
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from bot.config import Config
from bot.restoring import restore
from rules.refused import Refused
from rules.settings import Settings
from storage import audit
from storage.backup import back_up
from storage.database import Database
from storage.office import Office
from storage.single_instance import alone
from storage.tables import audit as audit_table
from storage.tables import audit_head

NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)


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


@pytest.fixture(autouse=True)
def newest_pg_dump(monkeypatch: pytest.MonkeyPatch) -> None:
    """It must not be older than the server the tests have started."""
    if bundled := importlib.util.find_spec("pgserver"):
        assert bundled.origin
        programs = Path(bundled.origin).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


async def _write(url: str, *subjects: str) -> None:
    database = Database(url)
    for subject in subjects:
        async with Office(database, Settings(), lambda: NOW).work(f"test:{subject}") as work:
            await work.note(None, "leave.lapse", subject, article=77)
    await database.close()


async def _subjects(url: str) -> list[str]:
    database = Database(url)
    async with database.session() as session:
        found = list(await session.scalars(select(audit_table.c.subject).order_by(audit_table.c.id)))
    await database.close()
    return found


def _config(url: str) -> Config:
    return Config(database={"url": url})  # type: ignore[arg-type]  # read as from the file


async def test_what_was_backed_up_is_there_again(database_url: str, tmp_path: Path) -> None:
    await _write(database_url, "leave:1", "leave:2")
    copy = tmp_path / "copy"
    await asyncio.to_thread(back_up, database_url, copy)
    await _write(database_url, "leave:3")
    with pytest.raises(Refused, match="已有内容"):
        await restore(_config(database_url), copy, replace=False)
    assert await _subjects(database_url) == ["leave:1", "leave:2", "leave:3"]
    said = await restore(_config(database_url), copy, replace=True)
    assert said.startswith(f"已从 {copy} 恢复：留痕完整，2条，最后一条于2026-12-01 09:00。")
    assert await _subjects(database_url) == ["leave:1", "leave:2", "database"]
    signed = audit.read_head(f"3:{'0' * 32}")  # a head that was signed off after the backup
    database = Database(database_url)
    async with database.session() as session:
        assert "第3行记着从备份恢复过" in (await audit.verify(session, signed)).fault
    await database.close()
    if "sqlite" in database_url:
        assert said.endswith("banjie.db.before-restore-1，确认无误后再删。")
        kept = f"{database_url}.before-restore-1"
        assert await _subjects(kept) == ["leave:1", "leave:2", "leave:3"]


@pytest.fixture(params=["sqlite", "postgres"])
def two_urls(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Two databases of one kind: the second has no tables yet."""
    return request.getfixturevalue(f"{request.param}_url"), request.getfixturevalue(
        f"bare_{request.param}_url"
    )


async def test_a_backup_moves_to_another_machine(two_urls: tuple[str, str], tmp_path: Path) -> None:
    here, there = two_urls
    await _write(here, "leave:1")
    await asyncio.to_thread(back_up, here, tmp_path / "copy")
    await restore(_config(there), tmp_path / "copy", replace=False)
    assert await _subjects(there) == ["leave:1", "database"]


async def test_a_backup_from_before_an_upgrade_takes_the_place_of_newer_tables(
    database_url: str, tmp_path: Path
) -> None:
    await _write(database_url, "leave:1")
    await asyncio.to_thread(back_up, database_url, tmp_path / "copy")
    database = Database(database_url)
    async with database.session() as session:
        newer = "CREATE TABLE newer (id INTEGER PRIMARY KEY, official_id INTEGER REFERENCES officials (id))"
        await session.execute(text(newer))
    await database.close()
    await restore(_config(database_url), tmp_path / "copy", replace=True)
    assert await _subjects(database_url) == ["leave:1", "database"]
    async with database.session() as session:
        with pytest.raises(DBAPIError):
            await session.execute(text("SELECT * FROM newer"))
    await database.close()


async def test_nothing_is_restored_under_a_bot_on_duty(database_url: str, tmp_path: Path) -> None:
    await _write(database_url, "leave:1")
    copy = tmp_path / "copy"
    await asyncio.to_thread(back_up, database_url, copy)
    await _write(database_url, "leave:2")
    database = Database(database_url)
    async with alone(database):
        with pytest.raises(Refused, match="请先停掉 banjie run"):
            await restore(_config(database_url), copy, replace=True)
    await database.close()
    assert await _subjects(database_url) == ["leave:1", "leave:2"]


async def test_what_is_no_whole_backup_touches_nothing(database_url: str, tmp_path: Path) -> None:
    await _write(database_url, *(f"leave:{number}" for number in range(400)))
    copy, cut, strange = tmp_path / "copy", tmp_path / "cut", tmp_path / "strange"
    await asyncio.to_thread(back_up, database_url, copy)
    whole = copy.read_bytes()
    cut.write_bytes(whole[: len(whole) * 9 // 10])
    strange.write_bytes(b"no backup at all")
    before = await _subjects(database_url)
    for bad in (cut, strange):
        with pytest.raises(Refused):
            await restore(_config(database_url), bad, replace=True)
    assert await _subjects(database_url) == before
    assert not await asyncio.to_thread(
        lambda: list(tmp_path.glob("*restore*")) + list(tmp_path.glob(".*part"))
    )


async def test_a_program_that_still_has_the_file_open_is_noticed(sqlite_url: str, tmp_path: Path) -> None:
    await _write(sqlite_url, "leave:1")
    await asyncio.to_thread(back_up, sqlite_url, tmp_path / "copy")
    with sqlite3.connect(tmp_path / "banjie.db", isolation_level=None) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM audit").fetchone()
        with pytest.raises(Refused, match="还有程序开着"):
            await restore(_config(sqlite_url), tmp_path / "copy", replace=True)
    other.close()
    assert await _subjects(sqlite_url) == ["leave:1"]


async def test_a_later_programs_backup_is_refused(database_url: str, tmp_path: Path) -> None:
    database = Database(database_url)
    async with database.session() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    await asyncio.to_thread(back_up, database_url, tmp_path / "copy")
    with pytest.raises(Refused, match="更新版本的程序"):
        await restore(_config(database_url), tmp_path / "copy", replace=True)


async def test_a_broken_audit_in_it_is_said(database_url: str, tmp_path: Path) -> None:
    await _write(database_url, "leave:1")
    database = Database(database_url)
    async with database.session() as session:
        await session.execute(update(audit_head).values(hash="0" * 64))
    await database.close()
    await asyncio.to_thread(back_up, database_url, tmp_path / "copy")
    with pytest.raises(Refused, match=r"已从 .* 恢复，但其中的留痕被改动过：末尾缺了行"):
        await restore(_config(database_url), tmp_path / "copy", replace=True)
