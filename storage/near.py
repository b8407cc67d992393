"""SQLite called from the event loop's own thread wherever nothing has to be waited for.

aiosqlite hands every call to a thread of its own. One update makes some twenty calls, and two switches of
thread for each were a fifth of its price. Within a transaction of ours nothing waits: BEGIN IMMEDIATE has
taken the one writer's place, and the pages are in memory. So only the calls that may wait go to the thread:
BEGIN for another process, COMMIT for the disk.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

import aiosqlite

_ROWS_AT_ONCE = 64  # aiosqlite's own default
_MAY_WAIT = ("BEGIN", "PRAGMA")


class NearConnection(aiosqlite.Connection):
    """aiosqlite's connection, with another answer to where a call is made."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call `fn`: in the thread if it opens, closes, begins or commits, else here and now."""
        waits = fn.__name__ in ("commit", "close") or (
            bool(args) and isinstance(args[0], str) and args[0].startswith(_MAY_WAIT)
        )
        if waits or self._connection is None:
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)


def connect(path: str, **options: Any) -> NearConnection:  # noqa: ANN401 - sqlite3's own
    """A connection to be awaited, as `aiosqlite.connect` gives one; two threads use it, never at once."""
    opener = partial(sqlite3.connect, path, **options | {"check_same_thread": False})
    opened = NearConnection(opener, _ROWS_AT_ONCE)
    opened._thread.daemon = True  # as SQLAlchemy does with aiosqlite's
    return opened
