"""When the database itself is in the way: locked by another, cut off, shut, out of room."""

import sqlite3
import sys

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree


class DatabaseUnavailable(Exception):  # noqa: N818 - a state of things, told in one line
    """The same may go well later.

    Nothing of the transaction stands, with one exception: if the line broke after the commit had been
    asked for, all of it may. Whoever tries again looks first whether it was done.
    """


_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
_POSTGRESQL = (
    "08",  # the connection failed
    "40",  # rolled back in favour of another: deadlock, serialization
    "53",  # out of memory, disk or connections
    "55P03",  # a lock not to be had
    "57P",  # shutting down, starting up, ended by the administrator
    "58",  # the system below it failed
)


def is_away(error: BaseException) -> bool:
    """Whether the error, raised by a driver or wrapped by SQLAlchemy, means that the database is away."""
    if isinstance(error, DBAPIError):
        driver = error.driver_exception
        return error.connection_invalidated or (driver is not error and is_away(driver))
    if isinstance(error, sqlite3.Error):
        # The lower byte is the kind, the rest says more of it (SQLite, "Result and Error Codes").
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF in _SQLITE
    if isinstance(error, ConnectionError | NoneFree):
        return True
    asyncpg = sys.modules.get("asyncpg")  # where it was never loaded no error can be its own
    if asyncpg is None:
        return False
    if isinstance(error, asyncpg.PostgresError):
        return (error.sqlstate or "").startswith(_POSTGRESQL)
    # InternalClientError: cut off in the middle of a word, asyncpg no longer knows where it stands.
    return isinstance(error, asyncpg.InternalClientError)
