"""Fetches files from Telegram to take their SHA-256: takes rows of the outbox, beside what is being sent.

A handler may not wait for a download, so the wish is a row like any message: it survives a stop, and is tried
again as long as the line is down. What is found, or why nothing will be, is kept in `file_digests`.
"""

import asyncio
import hashlib
import logging
from pathlib import Path
from typing import Final

from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from tenacity import wait_exponential

from bot.again import Stopped, again
from bot.beside import Beside, Fate, Settle
from notices.notice import State
from storage import digest
from storage.digest import Digest, Lack
from storage.office import Office
from storage.outbox import OutboxRow

log = logging.getLogger(__name__)

TRIES: Final = 4
"""How often a file that Telegram says it has not is asked for: it may be away only for the moment."""
PAUSES: Final = wait_exponential(max=300)
READ_SECONDS: Final = 30


class TooBig(Exception):  # noqa: N818 - a fate of the file, not a fault of ours
    """Telegram gives no file of over 20 MB to a bot."""


class Digests(Beside):
    """Has each file fetched; two at once, each of up to 20 MB and in memory as a whole.

    Messages keep the rest of the line.
    """

    in_flight = 2

    def __init__(self, office: Office, bot: Bot, settle: Settle) -> None:
        super().__init__(office, settle)
        self.bot = bot

    async def fate(self, row: OutboxRow) -> Fate:
        """Fetch the file and enter its digest, or why there is none."""
        file_id = str(row.payload["file_id"])
        try:
            found = await again(
                lambda: self._while_the_line_is_down(row, file_id),
                Exception,
                but=(TooBig,),
                tries=TRIES,
                pauses=PAUSES,
                stopped=self.stopped,
            )
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - told by its kind: its text may bear an address
            lack = _lack(error)
            await self.surely(lambda: self._enter(Digest(file_id, lack=lack)))
            return State.FAILED, f"{type(error).__name__}: {lack}"
        await self.surely(lambda: self._enter(found))
        return State.SENT, None

    async def _while_the_line_is_down(self, row: OutboxRow, file_id: str) -> Digest:
        """Only the line: it is tried for as long as that lasts, and Telegram has not said no."""
        return await again(
            lambda: self._fetch(row, file_id),
            NetworkError,
            RetryAfter,
            but=(BadRequest,),
            pauses=PAUSES,
            stopped=self.stopped,
        )

    async def _fetch(self, row: OutboxRow, file_id: str) -> Digest:
        async with self.slot():
            try:
                return await self._summed(file_id)
            except Exception as error:
                log.info("outbox row %s: %s while fetching a file", row.id, type(error).__name__)
                if isinstance(error, BadRequest) and "too big" in str(error).lower():
                    raise TooBig from None
                raise

    async def _summed(self, file_id: str) -> Digest:
        """Download the file and sum it up; off the event loop, for 20 MB take it a moment."""
        file = await self.bot.get_file(file_id)
        path = Path(file.file_path or "")
        if path.is_absolute():  # a Bot API server on this machine gives the file itself
            return await asyncio.to_thread(_of_file, file_id, path)
        content = await file.download_as_bytearray(read_timeout=READ_SECONDS)
        sha256 = await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())
        return Digest(file_id, sha256, len(content))

    async def _enter(self, found: Digest) -> None:
        async with self.office.work(f"digest:{found.file_id}") as work:
            await digest.enter(work, found)


def _lack(error: Exception) -> Lack:
    if isinstance(error, TooBig):
        return Lack.TOO_BIG
    return Lack.GONE if isinstance(error, TelegramError) else Lack.FAILED


def _of_file(file_id: str, path: Path) -> Digest:
    with path.open("rb") as file:
        return Digest(file_id, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)
