"""The running bot: PTB's application, the receiver, delivery and the clock around one office."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

from telegram.error import NetworkError
from telegram.ext import Application, ApplicationBuilder, ContextTypes
from telegram.request import BaseRequest

from bot.again import again
from bot.clock import Clock
from bot.delivery import Delivery
from bot.fallback import Channels
from bot.pace import Pace
from bot.receiving import Receiver
from handlers import calendar
from handlers.context import Context
from handlers.routes import AFTER, ROUTES
from jobs.timetable import RECOUNTS
from storage.office import Office

log = logging.getLogger(__name__)
calendar.RECOUNTS[:] = RECOUNTS

Routed = Application[Any, Any, Any, Any, Any, Any]


class DutyDesk(Routed):
    """PTB's Application with one difference: an exception of a handler is the receiver's to deal with.

    PTB would log it and go on, and the transaction around the handler would be committed half done.
    """

    async def process_error(
        self,
        update: object,  # noqa: ARG002 - PTB's signature
        error: Exception,
        job: Any = None,  # noqa: ANN401, ARG002
        coroutine: Any = None,  # noqa: ANN401, ARG002
    ) -> NoReturn:
        """Raises what the handler raised."""
        raise error


@dataclass(frozen=True)
class Wire:
    """How Telegram is reached: the token, the servers, and the two requests (calls, and the long poll)."""

    token: str
    base_url: str
    base_file_url: str
    calls: BaseRequest
    updates: BaseRequest


@dataclass(frozen=True)
class Desk:
    """Everything of one running bot."""

    office: Office
    application: Routed
    receiver: Receiver
    delivery: Delivery
    clock: Clock
    sending: asyncio.Task[None]
    """Ends only with the desk, or by a fault that must end the desk."""

    @property
    def working(self) -> "Working":
        """For the pages of bot/health.py."""
        return Working(self.office, [self.receiver.counted, self.delivery.counted], self.sending)


@dataclass(frozen=True)
class Working:
    """What works in this process, for bot/health.py; `sending` is None where another one is on duty."""

    office: Office
    counted: Sequence[Counter[str]]
    sending: asyncio.Task[None] | None = None


@asynccontextmanager
async def routed(wire: Wire) -> AsyncIterator[Routed]:
    """PTB's application with all routes, its lines open for as long as the block lasts."""
    application: Routed = (
        ApplicationBuilder()
        .application_class(DutyDesk)
        .token(wire.token)
        .base_url(wire.base_url)
        .base_file_url(wire.base_file_url)
        .request(wire.calls)
        .get_updates_request(wire.updates)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    application.add_handlers(dict(enumerate([ROUTES, *AFTER])))
    try:
        await surely(application.initialize)
    except BaseException:
        await application.bot.shutdown()  # its lines are open, whatever Telegram said
        raise
    try:
        yield application
    finally:
        await application.shutdown()


@asynccontextmanager
async def open_desk(
    office: Office, wire: Wire, pace: Pace, channels: Channels | None = None
) -> AsyncIterator[Desk]:
    """Start everything but receiving: what was left from before a stop is taken up first.

    The caller then either polls (`polling`) or serves the webhook. At the end what is being handled is
    finished; what is only queued stays in the database for the next start.
    """
    async with routed(wire) as application:
        delivery = Delivery(office, application.bot, pace, channels)
        sending = asyncio.create_task(delivery.run(), name="delivery")
        desk = Desk(office, application, Receiver(office, application), delivery, Clock(office), sending)
        try:
            # Before anything new is written: within a chat what was left is older, and must go first.
            await desk.delivery.collect()
            await office.database.leave_no_trace()  # after a kill between a refusal and that
            await desk.clock.prepare()
            await desk.receiver.resume()
            yield desk
        finally:
            await desk.receiver.stop()
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)


async def surely(call: Callable[[], Awaitable[object]]) -> None:
    """Make a call without which there is no start, and wait as long as Telegram cannot be reached.

    A machine may be up before its network. Raises InvalidToken when Telegram does not know the bot.
    """
    await again(call, NetworkError, said=_unreached)


def _unreached(error: BaseException, seconds: float) -> None:
    log.warning("Telegram cannot be reached, again in %.0f s: %s", seconds, error)


@asynccontextmanager
async def polling(desk: Desk, wire: Wire, *, hold_seconds: int = 30) -> AsyncIterator[asyncio.Task[None]]:
    """Fetch updates for as long as the block lasts; the task ends only by an error, such as a wrong token."""
    task = asyncio.create_task(desk.receiver.poll(wire.updates, hold_seconds=hold_seconds), name="polling")
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
