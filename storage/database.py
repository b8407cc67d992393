"""The database: SQLite out of the box, PostgreSQL where one machine is not enough."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import aiosqlite
from sqlalchemy import Connection, Dialect, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from rules.spelling import seen
from storage import sqlite_inline
from storage.database_unavailable import DatabaseUnavailable, is_away
from storage.pool import ask_after_a_rest
from storage.spelling import SEEN
from storage.sqlite_inline import InlineConnection

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

_STATEMENTS = 400
"""So many a connection to PostgreSQL keeps prepared: one that it does not is read by the server each time."""
MIGRATIONS = Path(__file__).parent / "migrations"
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 30000",
    "secure_delete = ON",  # what was refused for a secrecy mark leaves no bytes in free pages (art. 79)
)


class Database:
    """An engine, and sessions whose transactions are serial where the database needs it.

    SQLite has one writer at a time. Units of work therefore queue for it here, in order and without
    polling, and begin with BEGIN IMMEDIATE, so that none reads what it then may not write. PostgreSQL
    locks rows instead (`UnitOfWork.lock`).
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.url = url
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            # A writer of another process (the command line beside the bot) is waited for.
            self.engine: AsyncEngine = create_async_engine(
                url,
                hide_parameters=True,  # an error is logged: what people wrote stands in no log
                connect_args={"timeout": 30},
            )
            event.listen(self.engine.sync_engine, "do_connect", _connect_inline)
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_immediate)
        else:
            self.engine = create_async_engine(
                url,
                hide_parameters=True,
                pool_size=10,
                pool_use_lifo=True,  # one that has just been used knows the statements, and is there
                connect_args={"prepared_statement_cache_size": _STATEMENTS},
            )
            ask_after_a_rest(self.engine)
        self._is_away = False
        self._turn = asyncio.Lock() if self.is_sqlite else nullcontext()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed if the block ends well, rolled back otherwise.

        Raises DatabaseUnavailable, at the beginning, in the block or at the end, when it cannot be reached.
        """
        try:
            async with (
                self._turn,
                AsyncSession(self.engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                if not self.is_sqlite:
                    await self._reach(session)
                yield session
        except Exception as error:
            if is_away(error):
                raise self._away(error) from error
            raise
        if self._is_away:
            self._is_away = False
            log.warning("the database is back")

    async def _reach(self, session: AsyncSession) -> None:
        """Connect now: whatever goes wrong here, an OSError too, is not the fault of the block."""
        try:
            await session.connection()
        except (OSError, DBAPIError) as error:
            raise self._away(error) from error

    def _away(self, error: Exception) -> DatabaseUnavailable:
        """Says so in the log once, not for each of those who then wait."""
        cause = str(error).split("\n", 1)[0]
        if not self._is_away:
            self._is_away = True
            log.warning("the database is away: %s", cause)
        return DatabaseUnavailable(cause)

    async def migrate(self, revision: str = "head") -> None:
        """Bring the tables to the revision, with all that is in them."""
        async with self.migrating() as connection:
            await connection.run_sync(_upgrade, revision)

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """A connection on which tables may change, committed at the end.

        SQLite makes some tables anew for that, which what refers to their rows must not hinder; afterwards
        everything referred to has to be there.
        """
        async with self.engine.connect() as connection:
            if not self.is_sqlite:
                yield connection
                await connection.commit()
                return
            raw = await connection.get_raw_connection()
            driver = cast("aiosqlite.Connection", raw.driver_connection)
            await driver.execute("PRAGMA foreign_keys = OFF")
            try:
                yield connection
                if broken := (await connection.execute(text("PRAGMA foreign_key_check"))).all():
                    raise RuntimeError(f"the migration left rows that refer to nothing: {broken[:3]}")
                await connection.commit()
            finally:
                await connection.rollback()
                await driver.execute("PRAGMA foreign_keys = ON")

    async def leave_no_trace(self) -> None:
        """Take the old pages out of SQLite's log: what was deleted stands in them still, whole.

        In the database itself it is overwritten with zeros as it is deleted (`secure_delete`). Where another
        process is just reading nothing happens; the next call, or the next start, makes up for it.
        """
        if not self.is_sqlite:
            return
        async with self._turn, self.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = cast("aiosqlite.Connection", raw.driver_connection)
            async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                busy = await cursor.fetchone()
        if busy and busy[0]:
            log.warning("somebody reads the database: its log is truncated later")

    async def close(self) -> None:
        """Give the connections back."""
        await self.engine.dispose()


def migrations(connection: Connection) -> "Config":
    """Alembic's configuration, bound to an open connection."""
    from alembic.config import Config  # noqa: PLC0415 - large, and wanted only where tables change

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - as above

    command.upgrade(migrations(connection), revision)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    # The driver's own transaction handling is switched off, so that BEGIN is ours to say.
    connection.isolation_level = None
    connection.run_async(_set_up)
    connection.create_function(SEEN, 1, _seen, deterministic=True)


async def _set_up(driver: aiosqlite.Connection) -> None:
    for pragma in _PRAGMAS:
        await driver.execute(f"PRAGMA {pragma}")  # in the driver's thread: another process may be waited for


def _seen(text: str | None) -> str | None:
    return text and seen(text)


def _connect_inline(
    dialect: Dialect, _record: object, arguments: Sequence[Any], options: Mapping[str, Any]
) -> InlineConnection:
    return sqlite_inline.connect(dialect.loaded_dbapi, *arguments, **options)


def _begin_immediate(connection: Connection) -> None:
    cast("InlineConnection", connection.connection.dbapi_connection).begin()
