"""SQLite called from the event loop's own thread wherever nothing has to be waited for.

aiosqlite hands every call to a thread of its own. One update makes some twenty calls, and two switches of
thread for each were a fifth of its price. Within a transaction of ours nothing waits: BEGIN IMMEDIATE has
taken the one writer's place, and the pages are in memory. So only the calls that may wait go to the thread:
BEGIN for another process, COMMIT for the disk. Whoever is cancelled while the thread is at such a call leaves
it behind there; until it has ended every call queues up after it, lest the ROLLBACK of who was cancelled come
before their BEGIN, and the next one find a transaction open.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

import aiosqlite

_ROWS_AT_ONCE = 64  # aiosqlite's own default
_MAY_WAIT = ("BEGIN", "PRAGMA")


class InlineConnection(aiosqlite.Connection):
    """aiosqlite's connection, with another answer to where a call is made."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        self._in_thread: deque[None] = deque()  # one for each call there; both threads may change a deque

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call `fn`: in the thread if it opens, closes, begins or commits, else here and now."""
        of_connection = getattr(fn, "__self__", None) is self._connection  # a cursor is closed at once
        waits = (of_connection and fn.__name__ in ("commit", "close")) or (
            bool(args) and isinstance(args[0], str) and args[0].startswith(_MAY_WAIT)
        )
        if not (waits or self._connection is None or self._in_thread):
            return fn(*args, **kwargs)

        def call() -> Any:  # noqa: ANN401
            try:
                return fn(*args, **kwargs)
            finally:
                self._in_thread.pop()

        self._in_thread.append(None)
        return await super()._execute(call)  # type: ignore[no-untyped-call]


def connect(path: str, **options: Any) -> InlineConnection:  # noqa: ANN401 - sqlite3's own
    """A connection to be awaited, as `aiosqlite.connect` gives one; two threads use it, never at once."""
    opener = partial(sqlite3.connect, path, **options | {"check_same_thread": False})
    opened = InlineConnection(opener, _ROWS_AT_ONCE)
    opened._thread.daemon = True  # as SQLAlchemy does with aiosqlite's
    return opened
