"""`banjie run`: the bot on real Telegram, by long polling or behind a webhook."""

import asyncio
import logging
import signal
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import Final

from telegram.error import InvalidToken

from bot.application import Desk, Wire, Working, open_desk, polling, surely
from bot.clock import real_now
from bot.config import Config
from bot.delivery import IN_FLIGHT
from bot.fallback import AppriseChannels
from bot.http_request import AiohttpRequest
from bot.pace import Pace
from bot.ticks import knows_suspension, passed
from storage.database import Database
from storage.office import Office
from storage.revision import Schema, schema_of
from storage.single_instance import Duty, on_duty
from storage.single_instance import helping as present

log = logging.getLogger(__name__)

Show = Callable[[Working | None], None]
"""Tells the pages for who watches the machine what works in this process."""
_AT_ONCE_SECONDS: Final = 2.0
"""Within so long the duty is had where nobody else is on duty."""


class CannotRun(Exception):  # noqa: N818 - told to the operator in one line
    """The bot cannot start or go on; `str()` says why and what to do."""


async def run(config: Config) -> None:
    """Run until SIGINT or SIGTERM; raises CannotRun for what the operator has to mend.

    On PostgreSQL, while a bot of another process is on duty, it first stands by, or helps (`replicas`).
    """
    database = Database(config.database.url.get_secret_value())
    try:
        async with AsyncExitStack() as stack:
            show = await stack.enter_async_context(_watched(config))
            duty = await _come_on_duty(config, database, stack, show)
            if duty is not None:
                await _serve(config, database, duty, show)
    except InvalidToken:
        raise CannotRun(
            "Telegram 不认识这个令牌。请核对 [telegram] token，或向 @BotFather 重新索取。"
        ) from None
    finally:
        await database.close()


@asynccontextmanager
async def _watched(config: Config) -> AsyncIterator[Show]:
    """The pages for who watches the machine, where the office wants them; they are told what works."""
    if not config.health.port:
        yield lambda _working: None
        return
    from bot.health import health  # noqa: PLC0415 - a web server, which a bot without the pages does without

    async with health(config.health) as pages:
        yield pages.show


async def _come_on_duty(config: Config, database: Database, stack: AsyncExitStack, show: Show) -> Duty | None:
    """The duty, as long as the stack lasts; None where this process was told to stop while it helped."""
    entering = asyncio.create_task(stack.enter_async_context(on_duty(database)))
    try:
        if config.database.replicas:
            await asyncio.wait({entering}, timeout=_AT_ONCE_SECONDS)
            if not entering.done() and not await _help(config, database, entering, show):
                return None
        duty = await entering
    finally:
        entering.cancel()
        await asyncio.gather(entering, return_exceptions=True)
    if duty is None:
        raise CannotRun("已有一个 banjie run 正在使用这个数据库，请先停掉它。")
    return duty


async def _help(config: Config, database: Database, duty: asyncio.Task[Duty | None], show: Show) -> bool:
    """Handle updates beside the process on duty until the duty falls to this one; False if told to stop."""
    from bot.replicas import helping  # noqa: PLC0415 - for several processes only

    stop = asyncio.create_task(_stop_signal())
    try:
        while await schema_of(database) is not Schema.CURRENT:  # the one on duty brings the tables up to date
            done, _ = await asyncio.wait({duty, stop}, timeout=1, return_when=asyncio.FIRST_COMPLETED)
            if done:
                return duty in done
        office = Office(database, config.settings, real_now)
        async with present(database), helping(office, _wire(config), config) as helper:
            show(helper.working)
            waited = {duty, stop, *([helper.ended] if helper.ended else [])}
            done, _ = await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            show(None)
            for task in done - {stop, duty}:
                task.result()  # it ends only by an error
        return duty in done and not stop.done()
    finally:
        stop.cancel()
        await asyncio.gather(stop, return_exceptions=True)


async def _serve(config: Config, database: Database, duty: Duty, show: Show) -> None:
    """Be the bot on duty."""
    match await schema_of(database):
        case Schema.NEWER:
            raise CannotRun("数据库是由更新版本的程序建立的，请升级程序后再运行。")
        case Schema.EMPTY | Schema.BEHIND:
            await database.migrate()
    office = Office(database, config.settings, real_now)
    wire = _wire(config)
    channels = AppriseChannels(config.fallback.channels)
    async with AsyncExitStack() as stack:
        desk = await stack.enter_async_context(open_desk(office, wire, _pace(config), channels))
        desk.receiver.contact.passed = passed if knows_suspension() else None
        if config.database.replicas:
            from bot.replicas import sharing  # noqa: PLC0415 - for several processes only

            polled = config.telegram.mode == "polling"
            sharing_it = sharing(desk, polled=polled, look_seconds=config.clock.tick_seconds)
            await stack.enter_async_context(sharing_it)
        # What the command line wrote beside the bot: rows to be sent, as after a roster import, and parked
        # updates to be tried again.
        retry = partial(desk.receiver.resume, retried=True)
        scheduler = desk.clock.schedule(config.clock.tick_seconds, desk.delivery.collect, retry)
        scheduler.start()
        show(desk.working)
        try:
            await _receive(config, desk, wire, duty)
        finally:
            show(None)
            scheduler.shutdown(wait=False)


def _wire(config: Config) -> Wire:
    telegram = config.telegram
    trusted = ssl.create_default_context()  # once for both: the list of authorities is long
    return Wire(
        token=telegram.token.get_secret_value(),
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        calls=AiohttpRequest(IN_FLIGHT + 4, trusted),
        updates=AiohttpRequest(2, trusted),
    )


def _pace(config: Config) -> Pace:
    return Pace(overall=config.telegram.messages_per_second)


async def _receive(config: Config, desk: Desk, wire: Wire, duty: Duty) -> None:
    async with AsyncExitStack() as stack:
        if config.telegram.mode == "webhook":
            from bot.webhook import webhook  # noqa: PLC0415 - a web server, which long polling does without

            ended = await stack.enter_async_context(webhook(config, desk.receiver))
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
    try:
        await stopped.wait()
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)
