"""Connections to PostgreSQL that have rested are asked whether they are still there before they are used.

SQLAlchemy's own `pool_pre_ping` asks each time, which is three questions to the server before the first of a
unit of work: a third of all there were. One that was in use a moment ago is trusted, unless the driver has
seen it closed. If it broke in that moment after all, the first statement says so, as any later one would:
`DatabaseUnavailable`, and whoever asked asks again.
"""

import time
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine

TRUSTED_SECONDS: Final = 1.0
_RESTS_SINCE: Final = "banjie rests since"


def ask_after_a_rest(engine: AsyncEngine) -> None:
    """Have the pool of the engine do so; where one is gone, all that rest are made anew."""
    dialect = engine.sync_engine.dialect

    def back(_connection: object, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's events
        record.info[_RESTS_SINCE] = time.monotonic()

    def out(connection: Any, record: Any, _fairy: object) -> None:  # noqa: ANN401
        since = record.info.get(_RESTS_SINCE)
        if since is None:  # just made
            return
        if connection.driver_connection.is_closed():
            raise InvalidatePoolError
        if time.monotonic() - since < TRUSTED_SECONDS:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            if dialect.is_disconnect(error, connection, None):
                raise InvalidatePoolError from error
            raise

    event.listen(engine.sync_engine, "checkin", back)
    event.listen(engine.sync_engine, "checkout", out)
