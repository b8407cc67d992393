"""Where the tables stand against the migrations of this program."""

import asyncio
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from storage.database import MIGRATIONS, Database, migrations


class Schema(Enum):
    """EMPTY has no tables yet, BEHIND wants `banjie migrate`, NEWER was made by a later program."""

    EMPTY = auto()
    BEHIND = auto()
    CURRENT = auto()
    NEWER = auto()


async def schema_of(database: Database) -> Schema:
    """How the database compares; any failure to reach it is raised as the driver raises it.

    Asking leaves no trace: SQLite would otherwise make the file by being asked.
    """
    file = database.engine.url.database
    if database.is_sqlite and file and file != ":memory:" and not await asyncio.to_thread(Path(file).exists):
        return Schema.EMPTY
    async with database.engine.connect() as connection:
        return await connection.run_sync(_compare)


def newest() -> str:
    """The last of this program's migrations, which are numbered and stand in one line."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def known(stamp: str) -> bool:
    """Whether this program has the migration by which a database is stamped."""
    return stamp.isalnum() and any((MIGRATIONS / "versions").glob(f"{stamp}_*.py"))


def _compare(connection: Connection) -> Schema:
    stamped = table("alembic_version", column("version_num"))
    stands = inspect(connection).has_table(stamped.name)
    if stands and list(connection.scalars(select(stamped.c.version_num))) == [newest()]:
        return Schema.CURRENT  # as at most starts: alembic is large, and not wanted then
    return _compare_by_alembic(connection)


def _compare_by_alembic(connection: Connection) -> Schema:
    from alembic.migration import MigrationContext  # noqa: PLC0415 - see above
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    script = ScriptDirectory.from_config(migrations(connection))
    current = MigrationContext.configure(connection).get_current_heads()
    if not current:
        return Schema.EMPTY
    if set(current) == set(script.get_heads()):
        return Schema.CURRENT
    known = {revision.revision for revision in script.walk_revisions()}
    return Schema.BEHIND if known.issuperset(current) else Schema.NEWER
