"""One update to its end: done, refused with a sentence, or parked after it failed."""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update
from telegram.ext import Application

from bot.again import Stopped, again
from bot.secrecy import Sieve, belongs, bones
from handlers.context import CURRENT, Stranger
from handlers.secrecy import KEY
from matters import answers as answers_matter
from rules.refused import Refused
from rules.secrecy import TOGETHER
from storage import inbox, taps, together
from storage.database_unavailable import DatabaseUnavailable
from storage.inbox import InboxRow
from storage.office import Office
from storage.parked import park
from storage.taps import Tap
from storage.together import Refusal
from storage.topics import spoken_in
from storage.unit_of_work import AlreadyDone, UnitOfWork

log = logging.getLogger(__name__)

_TRIES = 3
_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 0.2
"""Seconds after which it is looked again whether another process has done with a chat."""


class _Before(Exception):  # noqa: N818 - a state of things
    """An older update of the same chat goes first."""

    def __init__(self, row: InboxRow) -> None:
        super().__init__(row.update_id)
        self.row = row


class _Elsewhere(Exception):  # noqa: N818 - a state of things
    """Another process is just handling what came from the chat."""


class Handling:
    """Has each update handled in a transaction of its own, so many side by side as the database can serve.

    `stopping` is set when the bot stops: what waits for the database then stays in the inbox. `counted` is
    since the start, by the words of bot/health.py.
    """

    def __init__(
        self,
        office: Office,
        application: Application[Any, Any, Any, Any, Any, Any],
        sieve: Sieve,
        stopping: asyncio.Event,
        counted: Counter[str],
    ) -> None:
        self.office = office
        self.application = application
        self.counted = counted
        self._sieve = sieve
        self._stopping = stopping
        # More side by side than the database can serve would only queue inside it.
        self._slots = asyncio.Semaphore(1 if office.database.is_sqlite else 8)

    async def handle(self, one: InboxRow) -> None:
        """Handle it to an end: done, refused with a sentence, or parked after failing several times.

        Only a database that is away is waited for without end; a stop then leaves the inbox_row in the inbox.
        """
        failures = 0

        async def attempt() -> None:
            nonlocal failures
            try:
                await self._in_turn(one)
                self.counted["handled"] += 1
            except AlreadyDone:
                return  # by another process, or by ourselves before the answer to the commit was lost
            except (DatabaseUnavailable, Stopped):
                raise
            except Exception as error:
                failures += 1
                if failures == _TRIES or not isinstance(error, DBAPIError):
                    log.exception("update %s could not be handled", one.update_id)
                    await self._park(one, error)
                elif not await self._is_done(one):  # else another process was quicker, and its notices stand
                    raise

        with suppress(Stopped):
            await again(attempt, DatabaseUnavailable, DBAPIError, stopped=self._stopping)

    async def _in_turn(self, one: InboxRow) -> None:
        """Run it; where other processes handle updates as well, once all that is older of its chat is done.

        What is older and in nobody's hands is handled here: the process that took it in may be gone.
        """
        pause = _FIRST_PAUSE
        while True:
            try:
                async with self._slots:
                    return await self._run(one)
            except _Before as older:
                await self.handle(older.row)
            except _Elsewhere:
                if await self._is_done(one):
                    raise AlreadyDone from None
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            if self._stopping.is_set():
                raise Stopped

    async def _take_turn(self, work: UnitOfWork, one: InboxRow) -> None:
        claimed = await inbox.claim(work.session, one.chat_key)
        if claimed is None:
            raise _Elsewhere
        if claimed.update_id > one.update_id:
            raise AlreadyDone  # with another, as a part of an album
        if claimed.update_id != one.update_id:
            raise _Before(claimed)

    async def _run(self, one: InboxRow) -> None:
        refused: Refused | None = None
        tap = Tap.of(one.raw)
        try:
            async with self.office.work(one.cause, one.update_id, one.acted_at) as work:
                if self.office.shared:
                    await self._take_turn(work, one)
                update = self._understood(await self._as_it_may_be_read(work, one))
                work.spoken_in, work.tapped = spoken_in(one.raw), tap
                copy = await taps.adopt(work, tap) if tap else None
                token = CURRENT.set(work)
                try:
                    await self.application.process_update(update)
                finally:
                    CURRENT.reset(token)
                if update.callback_query and not work.toasted:
                    await work.toast(update.callback_query.id)  # or the button would spin on
                if copy is not None:
                    await taps.put_right(work, copy)
            if KEY in update.api_kwargs:
                await self.office.database.leave_no_trace()
        except Refused as no:
            refused = no
        if refused is not None:
            self.counted["refused"] += 1
            async with self.office.work(one.cause, one.update_id) as work:
                work.spoken_in = spoken_in(one.raw)
                stranger = isinstance(refused, Stranger)
                await answers_matter.refuse(work, *inbox.whom(one.raw), refused, stranger=stranger, tap=tap)
                for update_id, _ in await together.rest_of(work.session, one.update_id):
                    await inbox.done(work.session, update_id, work.now)  # an album is refused once
                if tap is not None:
                    await taps.refused(work, tap, stranger=stranger)

    async def _as_it_may_be_read(self, work: UnitOfWork, one: InboxRow) -> dict[str, Any]:
        """The update, or its bones, where a file that was sent together with it bears a secrecy mark."""
        if one.refused:
            return one.raw
        if one.album and await together.refused_albums(work.session, [(one.chat_key, one.album)]):
            return self._sieve.bare(one.raw)
        near = await refused_near(work.session, [one.raw])
        return self._sieve.bare(one.raw) if any(belongs(one.raw, each) for each in near) else one.raw

    def _understood(self, raw: dict[str, Any]) -> Update:
        """The update as PTB reads it; of a message with something in it that is newer than PTB, who wrote."""
        try:
            return Update.de_json(raw, self.application.bot)
        except (TypeError, ValueError, LookupError, AttributeError):
            message = inbox.written(raw) or {}
            if not isinstance(message.get("chat"), dict):
                raise
            log.warning("update %s has something in it that is not known", raw["update_id"])
            return Update.de_json(bones(raw), self.application.bot)

    async def _is_done(self, one: InboxRow) -> bool:
        try:
            async with self.office.database.session() as session:
                return await inbox.is_done(session, one.update_id)
        except DatabaseUnavailable:
            return False

    async def _park(self, one: InboxRow, error: Exception) -> None:
        """Take it out of the way with its text and the fault kept, and say so to the person, once."""
        try:
            async with self.office.work(one.cause) as work:
                if await park(work.session, one.update_id, work.now, error):
                    self.counted["parked"] += 1
                    if not one.retries:
                        await answers_matter.sorry(work, *inbox.whom(one.raw))
        except Exception:
            log.exception(
                "update %s could not be parked; it is tried again after the next start", one.update_id
            )


async def refused_near(session: AsyncSession, batch: Sequence[dict[str, Any]]) -> list[Refusal]:
    """What was refused in private within a moment of these."""
    alone = [one for raw in batch if (one := inbox.written_alone(raw))]
    if not alone:
        return []
    at = [moment for _, _, moment in alone]
    chats = {chat for chat, _, _ in alone}
    return await together.refused_near(session, chats, min(at) - TOGETHER, max(at) + TOGETHER)
