"""What the tests of the local Telegram stand on: people, a clock to turn, and a bot by either way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import uvicorn
from starlette.applications import Starlette
from telegram import Bot

from bot.http_request import AiohttpRequest
from bot.sandbox.bot_api import bot_api
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import LocalTelegram

LI, WANG, ZHANG, GROUP = 101, 102, 103, -500


class Clock:
    """The time of day and the real seconds, both turned by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def now(self) -> datetime:
        return self.at

    def ticks(self) -> float:
        return self.seconds

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)
        self.seconds += timedelta(**by).total_seconds()


@asynccontextmanager
async def listening(app: Starlette) -> AsyncIterator[str]:
    """The address on this machine where the application answers."""
    config = uvicorn.Config(app, port=0, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


@asynccontextmanager
async def speaking(servers: LocalTelegram, way: str, token: str = "") -> AsyncIterator[Bot]:
    """A started bot."""
    if way == "in process":
        local = Bot(
            token or servers.token, request=LocalRequest(servers), get_updates_request=LocalRequest(servers)
        )
        async with local:
            yield local
        return
    async with listening(Starlette(routes=bot_api(servers))) as address:
        remote = Bot(
            token or servers.token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=AiohttpRequest(4),
            get_updates_request=AiohttpRequest(4),
        )
        async with remote:
            yield remote
