"""Updates pushed to the bot's own address: in order, with the secret, again until they are taken."""

import asyncio
import json

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import BadRequest, Conflict

from bot.sandbox import webhook
from bot.sandbox.telegram import LocalTelegram
from tests.bot.sandbox.stage import LI, listening, speaking


async def test_updates_are_pushed_until_taken(
    servers: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "RETRY_SECONDS", 0.01)
    taken: list[tuple[str | None, str]] = []
    done = asyncio.Event()

    async def take(request: Request) -> Response:
        update = json.loads(await request.body())
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        taken.append((secret, update["message"]["text"]))
        if len(taken) == 3:
            done.set()
        return Response(status_code=500 if len(taken) == 1 else 200)

    app = Starlette(routes=[Route("/hook", take, methods=["POST"])])
    async with listening(app) as address, speaking(servers, "in process") as bot:
        with pytest.raises(BadRequest, match="https url must be provided"):
            await bot.set_webhook("http://example.com/hook")
        await bot.set_webhook(f"{address}/hook", secret_token="hush")
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await servers.says(LI, LI, "一")
        await servers.says(LI, LI, "二")
        await asyncio.wait_for(done.wait(), 5)
        info = await bot.get_webhook_info()
        assert (info.url, info.last_error_message) == (
            f"{address}/hook",
            "Wrong response from the webhook: 500 Internal Server Error",
        )
        await bot.delete_webhook()
        await asyncio.sleep(0)
    assert taken == [("hush", "一"), ("hush", "一"), ("hush", "二")]
