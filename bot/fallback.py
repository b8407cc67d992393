"""The other channels of [fallback]: takes rows of the outbox to mail, SMS or enterprise chats, by apprise.

A row is one person on one channel. It is tried a few times in some minutes, off the event loop and beside
Telegram's own pace, and then marked by `Delivery` like every other row. A kill in between can send it a
second time, and loses nothing.
"""

import asyncio
import importlib
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final, Protocol
from urllib.parse import quote

from pydantic import SecretStr
from sqlalchemy import select

from notices.notice import State
from rules.reach_terms import PHONE
from storage.office import Office
from storage.outbox import Parcel
from storage.tables import outbox

log = logging.getLogger(__name__)

PAUSES: Final = (10.0, 60.0, 300.0)
"""Seconds before each further try: a mail server that restarts is back by then."""
OLDEST: Final = timedelta(hours=6)
"""What has waited longer, over a stop, is not sent any more: a late 请回电 only confuses."""
TIMEOUT: Final = 30
"""Seconds for one try on one channel."""
IN_FLIGHT: Final = 4
_LEAVE_SECONDS: Final = 10


class NotSent(Exception):  # noqa: N818 - a fate of the row, not a fault of ours
    """The channel did not take it; `final` where another try would not help. `str()` bears no secret."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


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
            raise NotSent("not configured any more", final=True)
        filled = address.get_secret_value().replace(PHONE, quote(phone))
        await asyncio.to_thread(_notify, filled, title, text)


def _notify(address: str, title: str, text: str) -> None:
    service = understood(address)
    if service is None:
        raise NotSent("apprise does not know this kind of address", final=True)
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


class Fallback:
    """Has each row sent; `settle` is called once with what became of it."""

    def __init__(
        self, office: Office, channels: Channels, settle: Callable[[Parcel, State, str | None], None]
    ) -> None:
        self.office = office
        self.channels = channels
        self._settle = settle
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._stopped = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, parcel: Parcel) -> None:
        """Begin to send the row."""
        task = asyncio.create_task(self._deliver(parcel), name=f"fallback {parcel.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Finish what is being sent this moment; what waits for another try stays in the table."""
        self._stopped.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LEAVE_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, parcel: Parcel) -> None:
        for pause in (*PAUSES, None):
            try:
                async with self._slots:
                    if self._stopped.is_set():
                        return
                    if await self._send(parcel):
                        self._settle(parcel, State.SENT, None)
                    else:
                        self._settle(parcel, State.DROPPED, None)
                    return
            except NotSent as no:
                log.warning("outbox row %s, channel %s: %s", parcel.id, parcel.payload["channel"], no)
                if no.final or pause is None:
                    self._settle(parcel, State.FAILED, str(no))
                    return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), pause)

    async def _send(self, parcel: Parcel) -> bool:
        """Send it, unless it has been overtaken; whether it was sent."""
        payload = parcel.payload
        try:
            if await self._overtaken(parcel):
                return False
            await self.channels.send(payload["channel"], payload["phone"], payload["title"], payload["text"])
        except NotSent:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a service's own code raises
            # Its text and traceback might bear the address, so only its kind is told.
            raise NotSent(f"{type(error).__name__} while sending") from None
        return True

    async def _overtaken(self, parcel: Parcel) -> bool:
        """Whether it is too old to be sent, or somebody has dropped it since."""
        async with self.office.database.session() as session:
            row = (
                await session.execute(
                    select(outbox.c.state, outbox.c.created_at).where(outbox.c.id == parcel.id)
                )
            ).one()
        return row.state is not State.WAITING or self.office.now() - row.created_at > OLDEST
