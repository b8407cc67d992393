"""Several `banjie run` on one PostgreSQL: all handle what people write, one does what only one may.

That one is on duty (storage/single_instance.py): it sends, so that Telegram's limits and the order within a
chat are kept in one place, polls or announces the webhook, and keeps the clock. The others help: they take
what the proxy brings them, or what the one on duty has stored, and handle it; within a chat the oldest first,
by the process that has its lock (`storage.inbox.claim`). What they write it is told of (storage/signals.py).
When it is gone, one of the helpers is on duty.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from bot.application import Desk, Wire, Working, routed
from bot.config import Config
from bot.receiving import Receiver
from storage.database_unavailable import DatabaseUnavailable
from storage.office import Office
from storage.signals import Channel, Signals

log = logging.getLogger(__name__)

_AGAIN_SECONDS: Final = 1.0
_AT_ONCE: Final = 16
"""So many updates a process takes from the inbox: what one has taken no other begins with."""
_MOST_IDS: Final = 500
"""Rows fetched by number in one statement."""
_LEFT: Final = timedelta(seconds=5)
"""What was brought to a process and waits for longer is anybody's: that process is gone, or has too much."""


@dataclass(frozen=True)
class Helper:
    """A process that is not on duty, and handles updates all the same."""

    office: Office
    receiver: Receiver
    ended: asyncio.Task[None] | None
    """Its webhook's server, which ends only by an error; None where the one on duty polls."""

    @property
    def working(self) -> Working:
        """For the pages of bot/health.py."""
        return Working(self.office, [self.receiver.counted])


class _Errands:
    """Something done with the ids that have come together for it meanwhile, never twice at once.

    Told with no ids it is to look for itself.
    """

    def __init__(
        self, fetch: Callable[[Collection[int]], Awaitable[object]], look: Callable[[], Awaitable[object]]
    ) -> None:
        self._fetch = fetch
        self._look = look
        self._ids: set[int] = set()
        self._looks = False
        self._wake = asyncio.Event()

    def add(self, ids: Collection[int]) -> None:
        """Have it done soon, for these as well."""
        self._ids.update(ids)
        self._looks = self._looks or not ids
        self._wake.set()

    async def run(self) -> None:
        """Do it for ever; what could not be done is tried again."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            ids, self._ids = self._ids, set()
            looks, self._looks = self._looks, False
            try:
                while some := set(islice(ids, _MOST_IDS)):
                    await self._fetch(some)
                    ids -= some
                if looks:
                    await self._look()
            except Exception as error:  # whatever it is, the others count on it
                if not isinstance(error, DatabaseUnavailable):
                    log.exception("what other processes told of could not be looked at, again in a second")
                await asyncio.sleep(_AGAIN_SECONDS)
                self.add(ids)
                self.add(())


@asynccontextmanager
async def _beside(*calls: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run these for as long as the block lasts."""
    tasks = [asyncio.create_task(call) for call in calls]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _taking(receiver: Receiver, *, polled: bool) -> _Errands:
    """Fetch from the inbox until nothing is left: all that was polled, else what a process left undone."""
    receiver.backlog = _AT_ONCE // 2
    salt, age = secrets.randbits(31), timedelta() if polled else _LEFT

    async def take() -> None:
        while await receiver.fetch(_AT_ONCE, salt, age):
            pass

    return _Errands(lambda _ids: take(), take)


@asynccontextmanager
async def sharing(desk: Desk, *, polled: bool, look_seconds: float) -> AsyncIterator[None]:
    """On duty among helpers: what they write is sent, and what is polled anybody handles who is free."""
    desk.office.shared = True
    fetching = _Errands(desk.delivery.fetch, desk.delivery.collect)
    taking = _taking(desk.receiver, polled=polled)
    signals = Signals(desk.office.database.engine, Channel.OUTBOX, fetching.add)
    # Our own rows go by the table as well: of two rows for one chat a helper may have written the older.
    desk.office.hand_over = lambda rows: fetching.add([row.id for row in rows])

    def stored() -> None:
        signals.say(Channel.INBOX)
        taking.add(())

    if polled:
        desk.receiver.stored = stored
    async with _beside(fetching.run(), taking.run(), signals.run(), _look_again(taking, look_seconds)):
        yield


@asynccontextmanager
async def helping(office: Office, wire: Wire, config: Config) -> AsyncIterator[Helper]:
    """Handle updates beside the process on duty; at the end what is being handled is finished."""
    office.shared = True
    polled = config.telegram.mode == "polling"
    async with AsyncExitStack() as stack:
        receiver = Receiver(office, await stack.enter_async_context(routed(wire)))
        taking = _taking(receiver, polled=polled)
        signals = Signals(office.database.engine, Channel.INBOX, taking.add)
        office.hand_over = lambda rows: signals.say(Channel.OUTBOX, [row.id for row in rows])
        await stack.enter_async_context(
            _beside(taking.run(), signals.run(), _look_again(taking, config.clock.tick_seconds))
        )
        stack.push_async_callback(receiver.stop)
        ended = None
        if polled:
            office.in_contact = lambda: True  # the one on duty polls, and judges by its own contact
        else:
            from bot.webhook import webhook  # noqa: PLC0415 - a web server, which long polling does without

            ended = await stack.enter_async_context(webhook(config, receiver, announced=False))
        log.info("another bot is on duty on this database; helping, and ready to take over")
        yield Helper(office, receiver, ended)
        log.info("helping ends: what is under way is finished")


async def _look_again(taking: _Errands, seconds: float) -> None:
    """Word may be lost, and a process that is gone says nothing."""
    while True:
        await asyncio.sleep(seconds)
        taking.add(())
