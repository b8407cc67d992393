"""Migrations lead from nothing to the tables as mapped, step by step, and back."""

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select, text

from bot.rehearsal.player import play
from bot.rehearsal.script import read
from bot.rehearsal.stage import HouseStage
from rules.countersign.legal import Nature
from rules.countersign.matter import Countersign, CountersignKind
from rules.meeting.excusing import new_excuse
from rules.meeting.nudges import SILENT
from rules.meeting.reply import ask_excuse
from rules.roster import Official, Role, Unit, UnitKind
from storage.database import Database, migrations
from storage.revision import Schema, newest, schema_of
from storage.tables import metadata
from storage.tables.countersign import countersigns
from tests.meeting_stage import lay, person, sample


def _revisions(connection: Connection) -> list[str]:
    script = ScriptDirectory.from_config(migrations(connection))
    return [one.revision for one in reversed(list(script.walk_revisions()))]


async def test_from_empty_up_and_down_again(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    await database.migrate()
    async with database.migrating() as connection:
        await connection.run_sync(_downgrade, "base")
        left = await connection.run_sync(lambda c: set(inspect(c).get_table_names()))
    assert left <= {"alembic_version"}
    await database.migrate()
    await database.close()


async def test_from_each_revision_to_the_next_and_back(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    async with database.engine.connect() as connection:
        revisions = await connection.run_sync(_revisions)
    assert newest() == revisions[-1]
    for revision in revisions:
        await database.migrate(revision)
        expected = Schema.CURRENT if revision == revisions[-1] else Schema.BEHIND
        assert await schema_of(database) is expected
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_drift) == []
        for revision in reversed(["base", *revisions[:-1]]):
            await connection.run_sync(_downgrade, revision)
        await connection.commit()
    await database.migrate()
    await database.close()


def _downgrade(connection: Connection, revision: str) -> None:
    command.downgrade(migrations(connection), revision)


def _drift(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [one for one in compare_metadata(context, metadata) if "sqlite_sequence" not in str(one)]


async def test_mapping_and_migrations_agree(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_drift) == []


CALLED = (
    Path(__file__).parent.parent
    / "rehearsals"
    / "第四十九条：常务会议，名单按花名册列出，各人一张卡，一点即复.txt"
)
"""After it the tables are full of rows that refer to each other."""


async def test_what_is_in_the_tables_is_carried_along(database_url: str) -> None:
    assert await play(read(CALLED), HouseStage(database_url)) == []
    database = Database(database_url)
    before = await _rows(database)
    assert before["attendees"] > 0
    async with database.migrating() as connection:
        await connection.run_sync(_downgrade, "0013")
    await database.migrate()
    assert await _rows(database) == before
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_drift) == []
    await database.close()


async def _rows(database: Database) -> dict[str, int]:
    async with database.engine.connect() as connection:
        return {
            name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
            if name not in {"undos", "undo_rows"}  # a matter of minutes, and younger than that
        }


async def test_sheets_under_way_are_given_their_legal_reviewer_and_their_nature(database: Database) -> None:
    housing, finance, law = (
        Unit(name, f"千文区{name}", UnitKind.DEPARTMENT) for name in ("住建局", "财政局", "司法局")
    )
    clerk = Official("住科员", housing, "科员", Role.LIAISON)
    at = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    natures = {
        "更新办法": Nature.NORMATIVE,
        "合同管理规定": Nature.NORMATIVE,
        "合作协议": Nature.CONTRACT,
        "条例修订情况": Nature.NEITHER,
    }
    async with database.session() as session:
        for title, nature in natures.items():
            sheet = Countersign(housing, clerk, CountersignKind.DRAFT, title, at, nature=nature)
            sheet.consult({finance: None, law: None})
            session.add(sheet)
    async with database.migrating() as connection:
        await connection.run_sync(_downgrade, "0020")
    await database.migrate()
    async with database.session() as session:
        sheets = (await session.scalars(select(Countersign).order_by(countersigns.c.id))).all()
        assert {one.title: one.nature for one in sheets} == natures
        reviewers = [one.reviewer.name if one.reviewer else None for one in sheets]
        assert reviewers == ["司法局", "司法局", "司法局", None]


async def test_an_excuse_the_clock_had_done_with_is_looked_at_again(database: Database) -> None:
    stage = await sample(database)
    async with stage.office.work("call") as work:
        meeting, calm = await lay(work), await lay(work)
        vice = await person(work, "孙宇宙")
        excuse = new_excuse(meeting, meeting.place_of(vice), "在外地", await work.roster(), work.now)
        ask_excuse(meeting, vice, excuse, work.now)
        excuse.ask(work.now)
    assert SILENT not in await stage.timers(meeting.id)
    async with database.migrating() as connection:
        await connection.run_sync(_downgrade, "0040")
    await database.migrate()
    assert SILENT in await stage.timers(meeting.id, "meeting.")
    assert SILENT not in await stage.timers(calm.id, "meeting.")


async def test_sqlite_is_set_up_to_lose_nothing(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.engine.connect() as connection:
        said = {
            name: await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    await database.close()
