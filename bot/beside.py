"""Rows of the outbox that keep no order in a chat and wait for other servers: each has a task of its own.

What one is about, how it is tried and what becomes of it is the kind's (`bot/fallback.py`, `bot/digests.py`);
taking rows in, sharing the line, waiting for a database that is away and stopping are the same for all.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import ClassVar, Final, TypeVar

from sqlalchemy.exc import DBAPIError

from bot.again import Stopped, again
from notices.notice import State
from storage.database_unavailable import DatabaseUnavailable
from storage.office import Office
from storage.outbox import OutboxRow

log = logging.getLogger(__name__)

T = TypeVar("T")
Fate = tuple[State, str | None]
"""What became of a row, and why where it was not sent."""
Settle = Callable[[OutboxRow, State, str | None], None]
_LEAVE_SECONDS: Final = 10


class Beside(ABC):
    """Brings each row to its end; `settle` is called once with what became of it.

    A stop leaves it in the table. A kill in between can do it a second time, and loses nothing.
    """

    in_flight: ClassVar[int]
    """How many are under way at once."""

    def __init__(self, office: Office, settle: Settle) -> None:
        self.office = office
        self.stopped = asyncio.Event()
        self._settle = settle
        self._slots = asyncio.Semaphore(self.in_flight)
        self._tasks: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def fate(self, row: OutboxRow) -> Fate:
        """Do what the row asks for, however often it has to be tried."""

    def take(self, row: OutboxRow) -> None:
        """Begin with the row."""
        task = asyncio.create_task(self._deliver(row), name=f"{type(self).__name__} {row.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Finish what is under way this moment; what waits for another try stays in the table."""
        self.stopped.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LEAVE_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """One of the places on the line, for one try; Stopped where the bot stops meanwhile."""
        async with self._slots:
            if self.stopped.is_set():
                raise Stopped
            yield

    async def surely(self, call: Callable[[], Awaitable[T]]) -> T:
        """What the database gives or takes, however long it is away: that is held against no row."""
        return await again(
            call,
            DatabaseUnavailable,
            DBAPIError,
            stopped=self.stopped,
            said=partial(_said, type(self).__name__),
        )

    async def _deliver(self, row: OutboxRow) -> None:
        try:
            state, why = await self.fate(row)
        except Stopped:
            return
        except Exception:
            log.exception("outbox row %s broke %s and is given up", row.id, type(self).__name__)
            state, why = State.FAILED, "internal error"
        self._settle(row, state, why)


def _said(whose: str, error: BaseException, seconds: float) -> None:
    if not isinstance(error, DatabaseUnavailable):
        log.error("the database refused %s, again in %.0f s", whose, seconds, exc_info=error)
