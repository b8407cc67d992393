"""SQLite called from the event loop's own thread wherever nothing has to be waited for.

aiosqlite hands every call to a thread of its own, and SQLAlchemy crosses from its greenlet to the loop for
each. One update makes some twenty calls, and that was a third of its price. Within a transaction of ours
nothing waits: BEGIN IMMEDIATE has taken the one writer's place, and the pages are in memory. So statements
are the driver's own cursors, called like any function; only what has to wait goes to the thread: BEGIN where
another process holds the place, COMMIT while the disk takes its time. A disk that answers at once (`_PROMPT`)
is waited for here: handing COMMIT over and back costs more than that. Whoever is cancelled while the
thread is at such a call leaves it behind there; until the thread has answered again every call queues up
after it, lest the ROLLBACK of who was cancelled come before their BEGIN, and the next one find a transaction
open.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Generator
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection
from sqlalchemy.util import await_

_ROWS_AT_ONCE = 64  # aiosqlite's own default
_PROMPT = 0.005
"""Seconds; a commit that takes longer holds up everything else in the loop."""
_OFTEN = 8
"""So many more slow commits than prompt ones are the disk's fault, not a checkpoint's or a busy machine's."""
_ELSEWHERE = 64
"""So many then go to the thread before one is tried here again."""


class _AtOnce:
    """Something to await that takes no time: SQLAlchemy takes a call without any for a driver's mistake."""

    def __await__(self) -> Generator[None, None, None]:
        yield from ()


class _OthersFirst:
    """Something to await that gives whatever else is ready in the loop its turn."""

    def __await__(self) -> Generator[None, None, None]:
        yield


_AT_ONCE, _OTHERS_FIRST = _AtOnce(), _OthersFirst()


class _Cursor(sqlite3.Cursor):
    """The driver's own, with the word that SQLAlchemy's asyncio has for a cursor which is read through."""

    async def _async_soft_close(self) -> None:
        """Nothing was taken over into a list that could outlive it."""


class InlineConnection(AsyncAdapt_aiosqlite_connection):
    """SQLAlchemy's connection over aiosqlite, with another answer to where a call is made."""

    __slots__ = ("_changes", "_elsewhere", "_left_behind", "_slow", "_sqlite")

    def __init__(self, dbapi: Any, driver: Any, sqlite: sqlite3.Connection) -> None:  # noqa: ANN401 - their own
        super().__init__(dbapi, driver)
        self._sqlite = sqlite
        self._left_behind = False
        self._changes = 0
        self._elsewhere = 0  # commits that still go to the thread
        self._slow = 0

    def cursor(self, server_side: bool = False) -> Any:  # noqa: ANN401 - as SQLAlchemy has it
        """The driver's own, called here and now; one that queues up while something was left behind."""
        if server_side or self._left_behind:
            return super().cursor(server_side)
        await_(_AT_ONCE)
        return self._sqlite.cursor(_Cursor)

    def begin(self) -> None:
        """Take the one writer's place, at once where no other process holds it."""
        if self._left_behind or not self._begun_at_once():
            self._wait(self._connection.execute("BEGIN IMMEDIATE"))
        self._changes = self._sqlite.total_changes

    def _begun_at_once(self) -> bool:
        (patience,) = self._sqlite.execute("PRAGMA busy_timeout").fetchone()
        self._sqlite.execute("PRAGMA busy_timeout = 0")
        try:
            self._sqlite.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        finally:
            self._sqlite.execute(f"PRAGMA busy_timeout = {patience}")
        return True

    def commit(self) -> None:
        """Wait for the disk, where there is something for it."""
        if not self._left_behind and self._sqlite.total_changes == self._changes:
            self._sqlite.commit()
        elif self._left_behind or self._elsewhere:
            self._elsewhere = max(0, self._elsewhere - 1)
            self._wait(self._connection.commit())
        else:
            await_(_OTHERS_FIRST)  # or a hundred transactions in a row would leave the loop no breath
            begin = time.perf_counter()
            self._sqlite.commit()
            self._slow = max(0, self._slow + (1 if time.perf_counter() - begin > _PROMPT else -1))
            if self._slow == _OFTEN:
                self._elsewhere, self._slow = _ELSEWHERE, _OFTEN - 1

    def rollback(self) -> None:
        """Undo what was begun, after what was left behind."""
        if self._left_behind:
            self._wait(self._connection.rollback())
        else:
            self._sqlite.rollback()

    def _wait(self, call: Awaitable[object]) -> None:
        """Have it done in the thread, which answers in order: with this all before it is done as well."""
        try:
            await_(call)
        except asyncio.CancelledError:
            self._left_behind = True
            raise
        except BaseException:
            self._left_behind = False
            raise
        self._left_behind = False


def connect(dbapi: Any, path: str, **options: Any) -> InlineConnection:  # noqa: ANN401 - their own
    """A connection for SQLAlchemy; two threads use it, never at once."""
    opened: list[sqlite3.Connection] = []

    def open_it() -> sqlite3.Connection:
        opened.append(sqlite3.connect(path, **options | {"check_same_thread": False}))
        return opened[0]

    driver = aiosqlite.Connection(open_it, _ROWS_AT_ONCE)
    driver._thread.daemon = True  # as SQLAlchemy does with aiosqlite's
    await_(driver)
    return InlineConnection(dbapi, driver, opened[0])
