"""The other channels of [fallback]: takes rows of the outbox to mail, SMS or enterprise chats, by apprise.

A row is one person on one channel. It is tried a few times in some minutes, off the event loop and beside
Telegram's own pace, and then marked by `Delivery` like every other row.
"""

import asyncio
import importlib
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, Protocol
from urllib.parse import quote

from pydantic import SecretStr
from sqlalchemy import select
from tenacity import wait_chain, wait_fixed

from bot.again import again
from bot.beside import Beside, Fate, Settle
from notices.notice import State
from rules.reach_terms import PHONE
from storage.office import Office
from storage.outbox import OutboxRow
from storage.tables import outbox

log = logging.getLogger(__name__)

TRIES: Final = 4
PAUSES: Final = wait_chain(wait_fixed(10), wait_fixed(60), wait_fixed(300))
"""Seconds before each further try: a mail server that restarts is back by then."""
OLDEST: Final = timedelta(hours=6)
"""What has waited longer, over a stop, is not sent any more: a late 请回电 only confuses."""
TIMEOUT: Final = 30
"""Seconds for one try on one channel."""


class NotSent(Exception):  # noqa: N818 - a fate of the row, not a fault of ours
    """The channel did not take it. `str()` bears no secret."""


class NeverSent(NotSent):
    """Nor would it at another try."""


class Channels(Protocol):
    """What sends on a channel."""

    async def send(self, channel: str, phone: str, title: str, text: str) -> None:
        """Send, or raise `NotSent`. The phone is digits, empty where none is known."""


class AppriseChannels:
    """The channels of the configuration; apprise is loaded with the first message, not at the start."""

    def __init__(self, addresses: Mapping[str, SecretStr]) -> None:
        self._addresses = addresses

    async def send(self, channel: str, phone: str, title: str, text: str) -> None:
        """Send through apprise in a thread of its own."""
        address = self._addresses.get(channel)
        if address is None:
            raise NeverSent("not configured any more")
        filled = address.get_secret_value().replace(PHONE, quote(phone))
        await asyncio.to_thread(_notify, filled, title, text)


def _notify(address: str, title: str, text: str) -> None:
    service = understood(address)
    if service is None:
        raise NeverSent("apprise does not know this kind of address")
    # Where a channel has no title, apprise would put it before the text.
    wants_title = all(one.title_maxlen > 0 for one in service)
    if not service.notify(body=text, title=title if wants_title else "", timeout=TIMEOUT):
        raise NotSent("the channel did not take it")


def understood(address: str) -> Any:  # noqa: ANN401 - apprise is loaded late, so are its types
    """An apprise object with the one service of this address, or None where apprise makes nothing of it.

    Without apprise's own store on disk, and without its own templates.
    """
    apprise = importlib.import_module("apprise")
    asset = apprise.AppriseAsset(
        app_id="Banjie",
        storage_mode=apprise.PersistentStoreMode.MEMORY,
        allow_templates=False,
    )
    service = apprise.Apprise(asset=asset)
    return service if service.add(address) and len(service) == 1 else None


class Fallback(Beside):
    """Has each row sent on its channel."""

    in_flight = 4

    def __init__(self, office: Office, channels: Channels, settle: Settle) -> None:
        super().__init__(office, settle)
        self.channels = channels

    async def fate(self, outbox_row: OutboxRow) -> Fate:
        """Send it, unless it has been overtaken."""
        try:
            return await again(
                lambda: self._send(outbox_row),
                NotSent,
                but=(NeverSent,),
                tries=TRIES,
                pauses=PAUSES,
                stopped=self.stopped,
            )
        except NotSent as no:
            return State.FAILED, str(no)

    async def _send(self, outbox_row: OutboxRow) -> Fate:
        payload = outbox_row.payload
        async with self.slot():
            if await self.surely(lambda: self._overtaken(outbox_row)):
                return State.DROPPED, None
            try:
                await self.channels.send(
                    payload["channel"], payload["phone"], payload["title"], payload["text"]
                )
            except Exception as error:  # noqa: BLE001 - whatever a service's own code raises
                # Its text and traceback might bear the address, so only its kind is told.
                no = error if isinstance(error, NotSent) else NotSent(f"{type(error).__name__} while sending")
                log.warning("outbox row %s, channel %s: %s", outbox_row.id, payload["channel"], no)
                raise no from None
        return State.SENT, None

    async def _overtaken(self, outbox_row: OutboxRow) -> bool:
        """Whether it is too old to be sent, or somebody has dropped it since."""
        async with self.office.database.session() as session:
            row = (
                await session.execute(
                    select(outbox.c.state, outbox.c.created_at).where(outbox.c.id == outbox_row.id)
                )
            ).one()
        return row.state is not State.WAITING or self.office.now() - row.created_at > OLDEST
