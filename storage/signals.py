"""Word between the processes that share one PostgreSQL: something came in, something is to be sent (NOTIFY).

Word may be lost with the line, so whoever listens also looks into the tables every few seconds (`[clock]`).
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from enum import StrEnum
from typing import Final, cast

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

log = logging.getLogger(__name__)


class Channel(StrEnum):
    """What the word is about; the id of each row goes along where whoever hears it wants to know."""

    INBOX = "banjie_inbox"
    OUTBOX = "banjie_outbox"


_MOST_IDS: Final = 500
"""In one word: a payload of NOTIFY has less than 8,000 bytes (PostgreSQL's manual)."""
_LOOK_SECONDS: Final = 5.0
"""A line on which nothing is said is tried so often: one that was cut says nothing by itself."""
_AGAIN_SECONDS: Final = 1.0


class Signals:
    """The line of this process, on which it says and hears; `heard` without ids means: look yourself."""

    def __init__(self, engine: AsyncEngine, hears: Channel, heard: Callable[[Collection[int]], None]) -> None:
        self._engine = engine
        self._hears = hears
        self._heard = heard
        self._unsaid: dict[Channel, set[int]] = defaultdict(set)
        self._wake = asyncio.Event()

    def say(self, channel: Channel, ids: Iterable[int] = ()) -> None:
        """Tell the others, soon; what is said meanwhile goes along."""
        self._unsaid[channel].update(ids)
        self._wake.set()

    async def run(self) -> None:
        """Keep the line for ever; after a cut what was not said is said anew."""
        while True:
            try:
                async with self._engine.connect() as connection:
                    try:
                        await self._talk(connection)
                    finally:
                        await connection.invalidate()  # it listens, which the pool must not inherit
            except Exception as error:  # noqa: BLE001 - whatever cut it, without the line people wait
                log.warning("the line between the processes was cut: %s", str(error).split("\n", 1)[0])
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _talk(self, connection: AsyncConnection) -> None:
        raw = await connection.get_raw_connection()
        line = cast("asyncpg.Connection", raw.driver_connection)
        await line.add_listener(self._hears, self._take)
        self._heard(())
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._wake.wait()
            self._wake.clear()
            if not self._unsaid:
                await line.execute("SELECT 1")
            for channel, ids in list(self._unsaid.items()):
                some = sorted(ids)[:_MOST_IDS]
                await line.execute("SELECT pg_notify($1, $2)", channel, ",".join(map(str, some)))
                ids.difference_update(some)
                if ids:
                    self._wake.set()
                else:
                    del self._unsaid[channel]

    def _take(self, _line: object, _server: int, _channel: str, payload: object) -> None:
        self._heard([int(id) for id in str(payload).split(",") if id])
