"""What is measured, one function for each."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.ground import Bot, Stopwatch, running
from tests.bench.subjects import Subject

STARTS = 5
WARM_UP = 200  # updates
UPDATES = 2000
ROUNDS = 3
PER_SECOND = 20
LATENCY_SECONDS = 30
SETTLED = 1.0  # seconds after the start at which memory is read


@dataclass(frozen=True)
class Handled:
    """One bot's figures. Times in seconds, memory in MB."""

    start: float
    memory: float
    memory_after: float
    per_second: float
    cpu: float
    p50: float
    p99: float


@dataclass(frozen=True)
class Broadcast:
    """One bot's figures for sending to many chats: messages a second, and how many calls met 429."""

    arrived: int
    per_second: float
    refused: int


async def handled(telegram: Stopwatch, subject: Subject, folder: Path, chats: Sequence[int]) -> Handled:
    """Start the bot several times, then ask it until the figures are steady."""
    starts = []
    for _ in range(STARTS + 1):
        async with running(telegram, subject.command, folder, dict(subject.environment)) as (_bot, seconds):
            starts.append(seconds)
            await asyncio.sleep(0.3)
    del starts[0]  # the first after an installation compiles the modules
    async with running(telegram, subject.command, folder, dict(subject.environment)) as (bot, _seconds):
        await asyncio.sleep(SETTLED)
        memory = bot.memory_mb
        await _all_at_once(telegram, subject, chats, WARM_UP)
        rounds = [await _round(telegram, bot, subject, chats) for _ in range(ROUNDS)]
        waits = await _steadily(telegram, subject, chats)
        return Handled(
            start=statistics.median(starts),
            memory=memory,
            memory_after=bot.memory_mb,
            per_second=statistics.median(rate for rate, _ in rounds),
            cpu=statistics.median(cpu for _, cpu in rounds),
            p50=statistics.median(waits),
            p99=statistics.quantiles(waits, n=100)[98],
        )


async def _round(
    telegram: Stopwatch, bot: Bot, subject: Subject, chats: Sequence[int]
) -> tuple[float, float]:
    """Updates a second, and processor seconds for each update, with all of them waiting at once."""
    cpu, at = bot.cpu_seconds, time.perf_counter()
    await _all_at_once(telegram, subject, chats, UPDATES)
    seconds = time.perf_counter() - at
    await asyncio.sleep(0.3)  # what is written down after an answer belongs to its price
    return UPDATES / seconds, (bot.cpu_seconds - cpu) / UPDATES


async def _all_at_once(telegram: Stopwatch, subject: Subject, chats: Sequence[int], count: int) -> None:
    questions = (telegram.asks(chats[n % len(chats)], subject.question) for n in range(count))
    await asyncio.gather(*questions)


async def _steadily(telegram: Stopwatch, subject: Subject, chats: Sequence[int]) -> list[float]:
    """The waits for an answer, questions coming evenly, whatever the bot does meanwhile."""
    waits: list[asyncio.Task[float]] = []
    begin = time.perf_counter()
    for number in range(PER_SECOND * LATENCY_SECONDS):
        await asyncio.sleep(max(0.0, begin + number / PER_SECOND - time.perf_counter()))
        chat = chats[number % len(chats)]
        waits.append(asyncio.create_task(telegram.asks(chat, subject.question)))
    return list(await asyncio.gather(*waits))


async def broadcast(
    telegram: Stopwatch, subject: Subject, folder: Path, count: int, *, ends: bool
) -> Broadcast:
    """Let the bot send what waits, under Telegram's limits; `ends` if it then ends by itself."""
    telegram.expected = count
    telegram.limits = True
    bot = Bot(subject.command, folder, dict(subject.environment))
    try:
        async with asyncio.timeout(300):
            if ends:
                await bot.ended()
            else:
                await telegram.enough.wait()
                await asyncio.sleep(2)  # a message sent twice would show now
    finally:
        telegram.limits = False
        await bot.stop()
    first, last = telegram.sent[0][0], telegram.sent[-1][0]
    return Broadcast(len(telegram.sent), (len(telegram.sent) - 1) / (last - first), telegram.refused)
