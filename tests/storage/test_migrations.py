"""Migrations lead from nothing to the tables as mapped, step by step, and back."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.database import Database, migrations
from storage.tables import metadata


def _revisions(connection: Connection) -> list[str]:
    script = ScriptDirectory.from_config(migrations(connection))
    return [one.revision for one in reversed(list(script.walk_revisions()))]


async def test_from_empty_up_and_down_again(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    await database.migrate()
    async with database.engine.connect() as connection:
        await connection.run_sync(lambda c: command.downgrade(migrations(c), "base"))
        await connection.commit()
        left = await connection.run_sync(lambda c: set(inspect(c).get_table_names()))
    assert left <= {"alembic_version"}
    await database.migrate()
    await database.close()


async def test_from_each_revision_to_the_next_and_back(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    async with database.engine.connect() as connection:
        revisions = await connection.run_sync(_revisions)
    for revision in revisions:
        await database.migrate(revision)
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


async def test_sqlite_is_set_up_to_lose_nothing(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.engine.connect() as connection:
        said = {
            name: await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    await database.close()
