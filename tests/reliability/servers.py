"""Telegram's servers on this machine, slow like a network, where a trap may be set for any call."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette

from bot.clock import real_now
from bot.sandbox.bot_api import bot_api
from bot.sandbox.telegram import LocalTelegram
from bot.sandbox.world import Files

SLOWEST_SECONDS = 0.03
"""A send takes up to so long before, and again after, Telegram has taken it."""


@dataclass
class Trap:
    """Springs when `moment` comes for the `count`-th time.

    The moments are those of a call's life: `asked` (the call has come, nothing is done), `done` (it is
    done, the answer not yet on its way). A getUpdates is called by what it does: `fetching` gives updates
    out, `acknowledging` bears a higher offset than the one before. Without a `method` any call counts.
    """

    method: str
    moment: str
    count: int
    spring: Callable[[], None]
    delay: float = 0.0
    """Seconds from the moment to the spring; for what the bot does with the answer."""


class Servers(LocalTelegram):
    """LocalTelegram with real time, some latency on what the bot sends, and one trap at a time."""

    longest_poll = 50

    def __init__(self, seed: int, now: Callable[[], datetime] = real_now) -> None:
        super().__init__(now)
        self.trap: Trap | None = None
        self.asked = asyncio.Event()
        self.sends = 0
        self._offset = 0
        self._random = random.Random(seed)  # noqa: S311 - latency, no secret

    async def call(self, method: str, params: dict[str, Any], files: Files | None = None) -> object:
        """As Telegram would do it, a little later."""
        if method == "getUpdates":
            return await self._fetch(params)
        await self._travel()
        self._come(method, "asked")
        result = await super().call(method, params, files)
        self.sends += method == "sendMessage"
        self._come(method, "done")
        await self._travel()
        return result

    async def _fetch(self, params: dict[str, Any]) -> object:
        self.asked.set()
        offset = int(params.get("offset", 0))
        if offset > self._offset:
            self._come("acknowledging", "asked")
            self._offset = offset
            # The long poll that follows ends later; the offset counts from now on.
            self.world.updates.confirm(offset)
            self._come("acknowledging", "done")
        held = min(int(params.get("timeout", 0)), self.longest_poll)
        result = await super().call("getUpdates", params | {"timeout": held})
        if result:
            self._come("fetching", "done")
        return result

    async def _travel(self) -> None:
        await asyncio.sleep(self._random.uniform(0, SLOWEST_SECONDS))

    def _come(self, method: str, moment: str) -> None:
        """The moment has come: the trap springs, if it is set for it. Who asked gets no answer then."""
        trap = self.trap
        if trap is None or trap.method not in ("", method) or trap.moment != moment:
            return
        trap.count -= 1
        if trap.count > 0:
            return
        self.trap = None
        if trap.delay:
            asyncio.get_running_loop().call_later(trap.delay, trap.spring)
            return
        trap.spring()
        raise ConnectionResetError("the bot is gone")


@asynccontextmanager
async def listening(servers: LocalTelegram, port: int = 0) -> AsyncIterator[str]:
    """The base_url on this machine where the servers answer; 0 is any free port."""
    config = uvicorn.Config(
        Starlette(routes=list(bot_api(servers))), port=port, log_level="critical", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    socket = config.bind_socket()
    running = asyncio.create_task(server.serve([socket]))
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}/bot"
    finally:
        server.should_exit = server.force_exit = True
        await running
