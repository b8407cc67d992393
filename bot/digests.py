"""Fetches files from Telegram to take their SHA-256: takes rows of the outbox, beside what is being sent.

A handler may not wait for a download, so the wish is a row like any message: it survives a stop, and is tried
again as long as the line is down. What is found, or why nothing will be, is kept in `file_digests`.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.wire import seconds_of
from notices.notice import State
from storage import digest
from storage.away import DatabaseAway
from storage.digest import Digest, Lack
from storage.office import Office
from storage.outbox import Parcel

log = logging.getLogger(__name__)

IN_FLIGHT: Final = 2
"""Files fetched at once, each of up to 20 MB and in memory as a whole; messages keep the rest of the line."""
TRIES: Final = 4
"""How often a file that Telegram says it has not is asked for: it may be away only for the moment."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
READ_SECONDS: Final = 30
_LEAVE_SECONDS: Final = 10


class Digests:
    """Has each file fetched; `settle` is called once with what became of its row."""

    def __init__(self, office: Office, bot: Bot, settle: Callable[[Parcel, State, str | None], None]) -> None:
        self.office = office
        self.bot = bot
        self._settle = settle
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._stopped = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, parcel: Parcel) -> None:
        """Begin to fetch."""
        task = asyncio.create_task(self._deliver(parcel), name=f"digest {parcel.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Finish what is being fetched this moment; what waits for another try stays in the table."""
        self._stopped.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LEAVE_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, parcel: Parcel) -> None:
        file_id, failures, pause = str(parcel.payload["file_id"]), 0, FIRST_PAUSE
        while True:
            async with self._slots:
                if self._stopped.is_set():
                    return
                wait = pause
                try:
                    found = await self._fetch(file_id)
                except RetryAfter as busy:
                    wait = seconds_of(busy)
                except DatabaseAway:
                    pass
                except Exception as error:  # noqa: BLE001 - told by its kind: its text may bear an address
                    lack = _final(error)
                    failures += 0 if _is_line(error) else 1
                    log.info("outbox row %s: %s while fetching a file", parcel.id, type(error).__name__)
                    if lack is None and failures == TRIES:
                        lack = Lack.GONE if isinstance(error, TelegramError) else Lack.FAILED
                    if lack is not None and await self._enter(Digest(file_id, lack=lack)):
                        self._settle(parcel, State.FAILED, f"{type(error).__name__}: {lack}")
                        return
                else:
                    if await self._enter(found):
                        self._settle(parcel, State.SENT, None)
                        return
            pause = min(pause * 2, LONGEST_PAUSE)
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stopped.wait()

    async def _fetch(self, file_id: str) -> Digest:
        """Download the file and sum it up; off the event loop, for 20 MB take it a moment."""
        file = await self.bot.get_file(file_id)
        path = Path(file.file_path or "")
        if path.is_absolute():  # a Bot API server on this machine gives the file itself
            return await asyncio.to_thread(_of_file, file_id, path)
        content = await file.download_as_bytearray(read_timeout=READ_SECONDS)
        sha256 = await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())
        return Digest(file_id, sha256, len(content))

    async def _enter(self, found: Digest) -> bool:
        """Keep it; False where the database is away just now."""
        try:
            async with self.office.work(f"digest:{found.file_id}") as work:
                await digest.enter(work, found)
        except DatabaseAway:
            return False
        return True


def _of_file(file_id: str, path: Path) -> Digest:
    with path.open("rb") as file:
        return Digest(file_id, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


def _is_line(error: Exception) -> bool:
    """Whether only the line is down: then it is tried for as long as that lasts."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


def _final(error: Exception) -> Lack | None:
    """Why another try would not help, if that is known."""
    return Lack.TOO_BIG if isinstance(error, BadRequest) and "too big" in str(error).lower() else None
