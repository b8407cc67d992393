"""`banjie run`: the bot on real Telegram, by long polling or behind a webhook."""

import asyncio
import hmac
import json
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.application import Desk, Wire, open_desk, polling, surely
from bot.clock import real_now
from bot.config import Config
from bot.contact import EVERY
from bot.delivery import IN_FLIGHT
from bot.fallback import AppriseChannels
from bot.pace import Pace
from bot.receiving import ALLOWED_UPDATES
from bot.ticks import knows_suspension, passed
from storage.away import DatabaseAway
from storage.database import Database
from storage.duty import Duty, on_duty
from storage.office import Office
from storage.revision import Standing, standing

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name (Bot API, setWebhook)


class CannotRun(Exception):  # noqa: N818 - told to the operator in one line
    """The bot cannot start or go on; `str()` says why and what to do."""


async def run(config: Config) -> None:
    """Run until SIGINT or SIGTERM; raises CannotRun for what the operator has to mend.

    On PostgreSQL it first stands by while a bot on another machine is on duty.
    """
    database = Database(config.database.url.get_secret_value())
    try:
        async with on_duty(database) as duty:
            if duty is None:
                raise CannotRun("已有一个 banjie run 正在使用这个数据库，请先停掉它。")
            if await standing(database) is Standing.NEWER:
                raise CannotRun("数据库是由更新版本的程序建立的，请升级程序后再运行。")
            await database.migrate()
            office = Office(database, config.settings, real_now)
            wire = _wire(config)
            channels = AppriseChannels(config.fallback.channels)
            try:
                async with open_desk(office, wire, _pace(config), channels) as desk:
                    desk.receiver.contact.passed = passed if knows_suspension() else None
                    # Collected: rows that the command line wrote beside the bot, as after a roster import.
                    scheduler = desk.clock.schedule(config.clock.tick_seconds, desk.delivery.collect)
                    scheduler.start()
                    try:
                        await _receive(config, desk, wire, duty)
                    finally:
                        scheduler.shutdown(wait=False)
            except InvalidToken:
                raise CannotRun(
                    "Telegram 不认识这个令牌。请核对 [telegram] token，或向 @BotFather 重新索取。"
                ) from None
    finally:
        await database.close()


def _wire(config: Config) -> Wire:
    telegram = config.telegram
    return Wire(
        token=telegram.token.get_secret_value(),
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        calls=HTTPXRequest(connection_pool_size=IN_FLIGHT + 4),
        updates=HTTPXRequest(connection_pool_size=2),
    )


def _pace(config: Config) -> Pace:
    return Pace(overall=config.telegram.messages_per_second)


async def _receive(config: Config, desk: Desk, wire: Wire, duty: Duty) -> None:
    async with AsyncExitStack() as stack:
        if config.telegram.mode == "webhook":
            ended = await stack.enter_async_context(_webhook(config, desk))
        else:
            await surely(desk.application.bot.delete_webhook)
            ended = await stack.enter_async_context(polling(desk, wire))
        log.info("%s is on duty (%s)", desk.application.bot.username, config.telegram.mode)
        stop = asyncio.create_task(_stop_signal())
        lost = asyncio.create_task(duty.lost())
        stack.callback(stop.cancel)
        stack.callback(lost.cancel)
        done, _ = await asyncio.wait({ended, desk.sending, stop, lost}, return_when=asyncio.FIRST_COMPLETED)
        if lost in done:
            lost.result()
            raise CannotRun("数据库连接断开期间，另一台机器上的机器人已接班，本机退出。重新启动后即为候补。")
        for task in done - {stop}:
            task.result()  # neither ends but by an error, and one without the other is half a bot
        log.info("stopping: what is under way is finished, the rest is kept")


async def _stop_signal() -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no handlers here; Ctrl+C still ends it
            loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


# ---------------------------------------------------------------- webhook


def webhook_app(desk: Desk, secret: str) -> Starlette:
    """Takes what Telegram brings: answers 200 only after the update is committed to the inbox."""

    async def take(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, ""), secret):
            return Response(status_code=403)
        try:
            raw = json.loads(await request.body())
            int(raw["update_id"])
        except (ValueError, KeyError, TypeError):
            return Response(status_code=400)
        await desk.receiver.take([raw])
        return Response(status_code=200)

    return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: the bot stops as a whole."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to us."""
        yield


@asynccontextmanager
async def _webhook(config: Config, desk: Desk) -> AsyncIterator[asyncio.Task[None]]:
    hook = config.telegram.webhook
    secret = hook.secret_token.get_secret_value()
    server = _Server(
        uvicorn.Config(
            webhook_app(desk, secret), host=hook.listen, port=hook.port, log_level="warning", lifespan="off"
        )
    )
    task = asyncio.create_task(server.serve(), name="webhook")
    await desk.application.bot.set_webhook(hook.url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
    watching = asyncio.create_task(watch(desk, hook.url), name="contact")
    try:
        yield task
    finally:
        server.should_exit = True
        watching.cancel()
        await asyncio.gather(task, watching, return_exceptions=True)


async def watch(desk: Desk, url: str) -> None:
    """Ask Telegram each minute whether updates wait that it could not bring: if none, there is contact.

    An update that is brought is contact by itself, so where some wait because many come, nothing is missed.
    """
    while True:
        with suppress(TelegramError, DatabaseAway):
            info = await desk.application.bot.get_webhook_info()
            if info.url == url and not info.pending_update_count:
                await desk.receiver.contact.heard()
                desk.receiver.contact.caught_up()
        await asyncio.sleep(EVERY.total_seconds())
