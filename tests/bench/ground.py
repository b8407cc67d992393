"""The ground both bots are measured on: Telegram's servers on this machine, and a stopwatch in them."""

import asyncio
import os
import socket
import subprocess
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import uvicorn
from starlette.applications import Starlette

from bot.sandbox.bot_api import bot_api
from bot.sandbox.telegram import LocalTelegram
from bot.sandbox.world import Files

FIRST_CHAT = 7_000_000_001
START_TIMEOUT = 60.0  # seconds
ANSWER_TIMEOUT = 120.0


class Stopwatch(LocalTelegram):
    """Telegram's servers, noting when the bot first asks for updates and when it answers in each chat."""

    def __init__(self) -> None:
        super().__init__(lambda: datetime.now(UTC), bot_username="bench_bot")
        self.asked = asyncio.Event()
        self.sent: list[tuple[float, int]] = []
        self.enough = asyncio.Event()
        self.expected = self.unasked = 0
        """How many messages that answer nobody are waited for, and how many have come."""
        self.answers: dict[int, deque[asyncio.Future[float]]] = {}

    async def call(self, method: str, params: dict[str, Any], files: Files | None = None) -> object:
        """As Telegram would; the time counts from when the call is taken in."""
        at = time.perf_counter()
        if method == "getUpdates":
            self.asked.set()
        result = await super().call(method, params, files)
        if method == "sendMessage":
            chat = int(params["chat_id"])
            self.sent.append((at, chat))
            if waiting := self.answers.get(chat):
                waiting.popleft().set_result(at)
            else:
                self.unasked += 1
            if self.unasked == self.expected:
                self.enough.set()
        return result

    def people(self, count: int) -> list[int]:
        """That many people who have opened the bot; their chats."""
        chats = list(range(FIRST_CHAT, FIRST_CHAT + count))
        for chat in chats:
            self.add_user(chat, f"第{chat - FIRST_CHAT + 1}人")
            self.open_chat(chat)
        return chats

    async def asks(self, chat: int, text: str) -> float:
        """Somebody writes; the seconds until the answer arrives at Telegram."""
        answer: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.answers.setdefault(chat, deque()).append(answer)
        at = time.perf_counter()
        await self.says(chat, chat, text)
        return await asyncio.wait_for(answer, ANSWER_TIMEOUT) - at


@asynccontextmanager
async def telegram_servers() -> AsyncIterator[tuple[Stopwatch, str]]:
    """Telegram on a free port of 127.0.0.1; gives it with the base address for bots."""
    telegram = Stopwatch()
    config = uvicorn.Config(
        Starlette(routes=list(bot_api(telegram))),
        port=0,
        log_level="critical",
        access_log=False,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    # The protocol is named, or asyncio would not switch Nagle's delay off (40 ms for each answer).
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    task = asyncio.create_task(server.serve([listening]))
    try:
        yield telegram, f"http://127.0.0.1:{listening.getsockname()[1]}/bot"
    finally:
        server.should_exit = server.force_exit = True
        await task


def _usual() -> dict[str, str]:
    """The environment of an installed program, which finds its modules compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Bot:
    """A bot in a process of its own."""

    def __init__(self, command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        self.started_at = time.perf_counter()
        self._log = (folder / "bot.log").open("a")
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=_usual() | environment, stdout=self._log, stderr=self._log, cwd=folder
        )
        self._watched = psutil.Process(self._process.pid)

    @property
    def cpu_seconds(self) -> float:
        """Processor time used so far, all threads, in user and system mode."""
        times = self._watched.cpu_times()
        return times.user + times.system

    @property
    def memory_mb(self) -> float:
        """Resident memory in MB."""
        return self._watched.memory_info().rss / 1_000_000

    async def ended(self) -> int:
        """Wait until it ends by itself; its exit code."""
        return await asyncio.to_thread(self._process.wait)

    async def stop(self) -> None:
        """End it as an operator would."""
        self._process.terminate()
        try:
            await asyncio.to_thread(self._process.wait, 15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            await self.ended()
        self._log.close()


@asynccontextmanager
async def running(
    telegram: Stopwatch, command: Sequence[str], folder: Path, environment: dict[str, str]
) -> AsyncIterator[tuple[Bot, float]]:
    """The bot, fetching updates; and the seconds it took from start to first getUpdates."""
    telegram.asked.clear()
    bot = Bot(command, folder, environment)
    try:
        try:
            async with asyncio.timeout(START_TIMEOUT):
                await telegram.asked.wait()
        except TimeoutError:
            raise RuntimeError(f"the bot did not start:\n{(folder / 'bot.log').read_text()}") from None
        yield bot, time.perf_counter() - bot.started_at
    finally:
        await bot.stop()
