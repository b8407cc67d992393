"""The webhook: Telegram brings the updates to a server of ours, instead of being asked for them."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import TelegramError

from bot.config import Config
from bot.contact import EVERY
from bot.receiving import ALLOWED_UPDATES, Receiver
from bot.web_server import serving
from storage.database_unavailable import DatabaseUnavailable

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name (Bot API, setWebhook)


def webhook_app(receiver: Receiver, secret: str) -> Starlette:
    """Takes what Telegram brings: answers 200 only after the update is committed to the inbox."""

    async def take(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, ""), secret):
            return Response(status_code=403)
        try:
            raw = json.loads(await request.body())
            int(raw["update_id"])
        except (ValueError, KeyError, TypeError):
            return Response(status_code=400)
        await receiver.take([raw])
        return Response(status_code=200)

    return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])


@asynccontextmanager
async def webhook(
    config: Config, receiver: Receiver, *, announced: bool = True
) -> AsyncIterator[asyncio.Task[None]]:
    """Take updates that Telegram brings, for as long as the block lasts; the task ends only by an error.

    `announced` is False where another process has told Telegram the address (bot/replicas.py).
    """
    hook = config.telegram.webhook
    secret = hook.secret_token.get_secret_value()
    async with serving(webhook_app(receiver, secret), hook.listen, hook.port) as task:
        if announced:
            bot = receiver.application.bot
            await bot.set_webhook(hook.url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        watching = asyncio.create_task(watch(receiver, hook.url), name="contact")
        try:
            yield task
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)


async def watch(receiver: Receiver, url: str) -> None:
    """Ask Telegram each minute whether updates wait that it could not bring: if none, there is contact.

    An update that is brought is contact by itself, so where some wait because many come, nothing is missed.
    """
    while True:
        with suppress(TelegramError, DatabaseUnavailable):
            info = await receiver.application.bot.get_webhook_info()
            if info.url == url and not info.pending_update_count:
                await receiver.contact.heard()
                receiver.contact.caught_up()
        await asyncio.sleep(EVERY.total_seconds())
