"""One bot on duty on a database: two would each send what waits in the outbox.

On SQLite a file's lock beside the database says who is; on PostgreSQL a lock of the database server, so
that a bot on a second machine may stand by and take over when the first is gone, however it went.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database import Database

log = logging.getLogger(__name__)

_LOCK: Final = 0x62616E6A6965  # "banjie": any number, as long as nobody else on the server uses it
_HELP: Final = _LOCK + 1
"""Shared by the processes that help the one on duty (bot/replicas.py)."""
LOOK_SECONDS: Final = 5.0
"""How often a bot looks whether it is still on duty, and one that stands by whether it is now."""
_PATIENCE_SECONDS: Final = 10.0
"""A connection that does not answer for so long is taken to be cut."""


class Duty:
    """Being the one bot on duty."""

    async def lost(self) -> None:
        """Return once another bot is on duty; a file's lock ends only with this process, so: never."""
        await asyncio.Event().wait()


class _ServersLock(Duty):
    """The lock of a PostgreSQL server, which ends with the connection that holds it."""

    def __init__(
        self, engine: AsyncEngine, look_seconds: float, number: int = _LOCK, *, shared: bool = False
    ) -> None:
        self._engine = engine
        self._look_seconds = look_seconds
        self._try = func.pg_try_advisory_lock_shared(number) if shared else func.pg_try_advisory_lock(number)
        self._line = AsyncExitStack()
        self._connection: AsyncConnection | None = None

    async def take(self) -> bool:
        """Try once to get it, over a connection of its own."""
        self._connection = await self._line.enter_async_context(self._engine.connect())
        # No transaction is held for days.
        await self._connection.execution_options(isolation_level="AUTOCOMMIT")
        return bool(await self._connection.scalar(select(self._try)))

    async def lost(self) -> None:
        """Look again and again; a lock whose connection was cut is taken back if nobody else has it."""
        while True:
            await asyncio.sleep(self._look_seconds)
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    if self._connection is not None:
                        await self._connection.execute(select(1))
                continue
            except (DBAPIError, OSError) as error:
                log.warning("the line that held the duty was cut: %s", str(error).split("\n", 1)[0])
            if not await self._take_back():
                return

    async def _take_back(self) -> bool:
        while True:
            await self.close()
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    return await self.take()
            except (DBAPIError, OSError):  # the database itself is away, and so it is for the others
                await asyncio.sleep(self._look_seconds)

    async def close(self) -> None:
        """Give it back; a connection that was cut has done so already."""
        line, self._line = self._line, AsyncExitStack()
        connection, self._connection = self._connection, None
        with suppress(DBAPIError, OSError):
            if connection is not None and not connection.invalidated:
                await connection.execute(select(func.pg_advisory_unlock_all()))
        with suppress(DBAPIError, OSError):
            await line.aclose()


@asynccontextmanager
async def alone(database: Database, look_seconds: float = LOOK_SECONDS) -> AsyncIterator[Duty | None]:
    """This process is the one bot on duty for as long as the block lasts; None where another one is."""
    if database.is_sqlite:
        with _file_lock(database.engine.url.database) as held:
            yield Duty() if held else None
        return
    lock = _ServersLock(database.engine, look_seconds)
    try:
        yield lock if await lock.take() else None
    finally:
        await lock.close()


@asynccontextmanager
async def on_duty(database: Database, look_seconds: float = LOOK_SECONDS) -> AsyncIterator[Duty | None]:
    """As `alone`; but on PostgreSQL it stands by until the one on duty is gone."""
    async with AsyncExitStack() as stack:
        duty = await stack.enter_async_context(alone(database, look_seconds))
        if duty is None and not database.is_sqlite:
            log.warning("another bot is on duty on this database; standing by to take over")
        while duty is None and not database.is_sqlite:
            await stack.aclose()
            await asyncio.sleep(look_seconds)
            with suppress(DBAPIError, OSError):  # the database is away, and so it is for the other one
                duty = await stack.enter_async_context(alone(database, look_seconds))
        yield duty


@asynccontextmanager
async def helping(database: Database, look_seconds: float = LOOK_SECONDS) -> AsyncIterator[None]:
    """This process works on the PostgreSQL database beside the one on duty, for as long as the block lasts.

    Waits while the database is another's alone (`unhelped`).
    """
    while True:
        lock = _ServersLock(database.engine, look_seconds, _HELP, shared=True)
        try:
            if await lock.take():
                yield
                return
        finally:
            await lock.close()
        await asyncio.sleep(look_seconds)


@asynccontextmanager
async def unhelped(database: Database) -> AsyncIterator[bool]:
    """Nobody helps on the database for as long as the block lasts; False where somebody does."""
    if database.is_sqlite:
        yield True
        return
    lock = _ServersLock(database.engine, LOOK_SECONDS, _HELP)
    try:
        yield await lock.take()
    finally:
        await lock.close()


@contextmanager
def _file_lock(path: str | None) -> Iterator[bool]:
    if not path or path == ":memory:":
        yield True
        return
    # Loaded here: it is large, and a bot on PostgreSQL needs nothing of it.
    from filelock import FileLock, Timeout  # noqa: PLC0415

    # A file system that cannot lock is an error: a mere file in its place would outlive a kill.
    lock = FileLock(f"{path}.lock", timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
