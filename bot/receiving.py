"""Receiving: stored first, acknowledged then, handled in order per chat.

Telegram forgets an update once the next getUpdates carries a higher offset, and a webhook's once it is
answered 200. Both happen here only after the batch is committed to the inbox, so a kill at any moment
loses nothing; what an update does and that it is done are one transaction, so nothing is done twice.
"""

import asyncio
import json
import logging
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.exc import DBAPIError
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.again import again
from bot.contact import Contact, Listened
from bot.handling import Handling, refused_near
from bot.secrecy import Sieve, album_of, belongs, refusal_of
from handlers.secrecy import KEY
from rules.secrecy import TOGETHER
from storage import inbox, together
from storage.database_unavailable import DatabaseUnavailable
from storage.inbox import InboxRow, inbox_row
from storage.office import Office
from storage.outbox import TOGETHER as TOGETHER_AT_MOST
from storage.together import Refusal

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds we ask Telegram for; any other kind that still comes is marked done without an answer."""
_WHOLE_BATCH = 100
"""Where one getUpdates gives so many, which is the most, others may still be waiting."""
_BACKLOG = 1000
"""While more than this is waiting no new batch is fetched: Telegram keeps updates for a day."""


ALBUM_SECONDS = 1.0
"""So long after the latest part of an album more of it is waited for (Bot API, media_group_id): it comes as a
message for each file, over several batches or requests."""
_STRANGERS = 500
"""So many updates of accounts that nobody in office has bound may wait; what comes beyond is not taken in."""


class Receiver:
    """Takes updates in, and has each handled once, in order within its chat, chats side by side."""

    def __init__(self, office: Office, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        self.office = office
        self.application = application
        self.contact = Contact(office)
        self.counted = Counter[str]()  # since the start, by the words of bot/health.py
        self.stored: Callable[[], None] | None = None
        """Called instead of queueing what was stored, where whichever process is free fetches it."""
        self.backlog = _BACKLOG
        self._sieve = Sieve(lambda: application.bot.username)
        self._queues: dict[tuple[int, bool], deque[InboxRow]] = {}
        self._known: set[int] = set()
        self._unsure = False
        self._stopping = asyncio.Event()
        self.handle: Callable[[InboxRow], Awaitable[None]] = Handling(
            office, application, self._sieve, self._stopping, self.counted
        ).handle
        self._workers: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._strange: set[int] = set()
        self.album_seconds = ALBUM_SECONDS
        self._album_came: dict[int, float] = {}  # the latest part in a chat, by the steady clock
        self._served = asyncio.Event()
        self._served.set()
        self._room = asyncio.Event()
        self._room.set()
        self._idle = asyncio.Event()
        self._idle.set()
        office.people_served = self.idle

    async def take(self, raw_updates: Sequence[dict[str, Any]], request: Listened | None = None) -> None:
        """Store the batch, but nothing of what bears a secrecy mark; then it may be acknowledged.

        `request` is the getUpdates that gave it; None behind a webhook.
        """
        await self.contact.heard(request)
        done_by = self.contact.behind or (request.answered_at if request else None)
        albums = {album for raw in raw_updates if (album := album_of(raw))}
        try:
            async with self.office.database.session() as session:
                before = await together.refused_albums(session, albums)
                near = await refused_near(session, raw_updates)
                kept = self._sieve.strip(raw_updates, before, near)
                inbox_rows = [inbox_row(raw, refused=KEY in raw) for raw in kept]
                strange = await inbox.of_strangers(session, inbox_rows)
                # Where others handle them as well, those in our own hands are not all that wait.
                shared = strange and self.stored is not None
                wait = await inbox.strangers_waiting(session) if shared else len(self._strange)
                inbox_rows = self._within_bounds(inbox_rows, strange, wait)
                refused = {album for raw in kept if KEY in raw and (album := album_of(raw))}
                for album in refused - before:
                    await together.strip_album(session, album, self._sieve.bare)
                for raw, stripped in zip(raw_updates, kept, strict=True):
                    if "marks" in stripped.get(KEY, {}) and (one := refusal_of(raw)):
                        await together.strip_near(session, one, TOGETHER, self._bare_beside(one))
                new = await inbox.store(session, inbox_rows, self.office.now(), done_by)
            if self._unsure:
                await self.resume()
        except BaseException:
            # It may be stored all the same, and not be new when it is offered again.
            self._unsure = True
            raise
        self._unsure = False
        self.counted["received"] += len(new)
        if self.stored is None:
            self._enqueue(new, strange)
        elif new:
            self.stored()
        if request is None:
            self.contact.brought(one.acted_at for one in new if one.acted_at)

    async def resume(self, *, retried: bool = False) -> int:
        """Queue what is stored, not done and not queued yet, or only what was parked; gives how many."""
        count, after = 0, -1
        while True:
            async with self.office.database.session() as session:
                page = await inbox.waiting(session, after=after, retried=retried)
                strange = await inbox.of_strangers(session, page)
            if not page:
                return count
            count, after = count + self._enqueue(page, strange), page[-1].update_id

    async def fetch(self, most: int, salt: int, age: timedelta) -> int:
        """Once there is room, queue some of what has waited so long in the inbox; gives back how many."""
        await self._room.wait()
        until = self.office.now() - age
        async with self.office.database.session() as session:
            page = await inbox.some_waiting(session, most, salt, self._known, until)
            strange = await inbox.of_strangers(session, page)
        return self._enqueue(page, strange)

    @property
    def is_idle(self) -> bool:
        """Whether nothing taken in is still unhandled."""
        return self._waiting == 0

    async def idle(self) -> None:
        """Wait until everything taken in has been handled."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Let what is being handled end; what is queued, or waits for the database, stays in the inbox."""
        self._stopping.set()
        self._served.set()
        if self._workers:
            await asyncio.gather(*self._workers, return_exceptions=True)
        await self.contact.end()

    def _within_bounds(self, inbox_rows: Sequence[InboxRow], strange: set[int], wait: int) -> list[InboxRow]:
        """Without the strangers' updates for which there is no room; people in office are always taken in."""
        room, kept = _STRANGERS - wait, list[InboxRow]()
        for one in inbox_rows:
            if one.update_id in strange - self._known:
                room -= 1
                if room < 0:
                    continue
            kept.append(one)
        if len(kept) < len(inbox_rows):
            log.warning("%s updates of unknown accounts not taken in: %s wait", -room, wait)
        return kept

    def _enqueue(self, inbox_rows: Sequence[InboxRow], strange: set[int]) -> int:
        new = [one for one in inbox_rows if one.update_id not in self._known]
        for one in new:
            # Who has bound only just keeps the order of what they wrote before and after.
            before = one.chat_key > 0 and (one.chat_key, True) in self._queues
            key = one.chat_key, before or one.update_id in strange
            queue = self._queues.get(key)
            if queue is None:
                self._queues[key] = queue = deque()
                worker = asyncio.create_task(self._handle_chat(key, queue))
                self._workers.add(worker)
                worker.add_done_callback(self._workers.discard)
            queue.append(one)
            if one.album:
                self._album_came[one.chat_key] = time.monotonic()
            self._known.add(one.update_id)
            self._waiting += 1
            if key[1]:
                self._strange.add(one.update_id)
        if self._waiting:
            self._idle.clear()
        if self._waiting > len(self._strange):
            self._served.clear()
        if self._waiting > self.backlog:
            self._room.clear()
        return len(new)

    async def _handle_chat(self, key: tuple[int, bool], queue: deque[InboxRow]) -> None:
        """Handle what comes from one chat; a stranger's only while nobody in office waits."""
        while queue and not self._stopping.is_set():
            one = queue[0]
            if one.update_id in self._strange and not self._served.is_set():
                await self._served.wait()
                continue
            await self._all_of_album(one, queue)
            await self.handle(one)
            queue.popleft()
            self._known.discard(one.update_id)
            self._strange.discard(one.update_id)
            self._waiting -= 1
            if self._waiting == len(self._strange):
                self._served.set()
            if self._waiting <= self.backlog:
                self._room.set()
            if self._waiting == 0:
                self._idle.set()
        if self._queues.get(key) is queue:
            del self._queues[key]
            self._album_came.pop(key[0], None)

    async def _all_of_album(self, one: InboxRow, queue: deque[InboxRow]) -> None:
        """Let what was sent together be here before the first of it is read; what follows tells its end."""
        while one.album and not self._stopping.is_set():
            ended = len(queue) >= TOGETHER_AT_MOST or any(other.album != one.album for other in queue)
            due = self._album_came.get(one.chat_key, 0.0) + self.album_seconds
            if ended or (left := due - time.monotonic()) <= 0:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._stopping.wait()

    def _bare_beside(self, refusal: Refusal) -> Callable[[dict[str, Any]], dict[str, Any] | None]:
        return lambda raw: self._sieve.bare(raw) if belongs(raw, refusal) else None

    # ------------------------------------------------------------ polling

    async def poll(self, request: BaseRequest, *, hold_seconds: int = 30) -> None:
        """Fetch batches for ever: take one in, and only then ask for the next with a higher offset.

        getUpdates is called over PTB's request rather than its Bot, which would build objects only for
        us to write them down as JSON again. Raises InvalidToken when Telegram does not know the bot.

        After a start or an error the first is answered at once, so that it is known that there is contact.
        """
        offset, hold = 0, 0

        async def ask() -> tuple[Any, Listened]:
            nonlocal hold
            await self._room.wait()
            held, hold = hold, 0
            asked_at = self.office.now()
            query = {
                "offset": offset,
                "timeout": held,
                "allowed_updates": json.dumps(ALLOWED_UPDATES),
            }
            try:
                raw = await request.post(
                    f"{self.application.bot.base_url}/getUpdates?{urlencode(query)}",
                    read_timeout=hold_seconds + 5,
                )
            except Conflict:
                await self.contact.contested()
                raise
            hold = hold_seconds
            return raw, Listened(asked_at, self.office.now(), held > 0)

        while True:
            raw, listened = await again(ask, TelegramError, but=(InvalidToken,), said=_told)
            if isinstance(raw, list) and raw:
                await self._take_surely(raw, listened)
                offset = int(raw[-1]["update_id"]) + 1
            else:
                with suppress(DatabaseUnavailable):  # then it is no contact, and the next one may be
                    await self.contact.heard(listened)
            if not isinstance(raw, list) or len(raw) < _WHOLE_BATCH:
                self.contact.caught_up()

    async def _take_surely(self, raw: list[dict[str, Any]], request: Listened) -> None:
        """Store the batch however long the database takes: nothing is acknowledged before."""
        await again(lambda: self.take(raw, request), DatabaseUnavailable, DBAPIError, said=_told_of_inbox)


def _told(error: BaseException, seconds: float) -> None:
    if not isinstance(error, RetryAfter):
        level = logging.INFO if isinstance(error, NetworkError) else logging.WARNING
        log.log(level, "getUpdates failed, again in %.0f s: %s", seconds, error)


def _told_of_inbox(error: BaseException, seconds: float) -> None:
    if not isinstance(error, DatabaseUnavailable):
        log.error("the inbox could not be written, again in %.0f s", seconds, exc_info=error)
