"""What is measured, one function for each.

The bots take turns in short rounds, so that whatever else the machine does meets them all alike; what is
compared is compared round by round.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.ground import Bot, Stopwatch, running
from tests.bench.subjects import Subject

STARTS = 5
WARM_UP = 300  # updates
UPDATES = 500
ROUNDS = 9
PER_SECOND = 20
LATENCY_SECONDS = 10
LATENCY_ROUNDS = 3
BETWEEN = 0.25  # seconds between what people write during a broadcast
SETTLED = 1.0  # seconds after the start at which memory is read


def p99(waits: Sequence[float]) -> float:
    """All but one in a hundred took at most so long."""
    return statistics.quantiles(waits, n=100)[98]


@dataclass
class Handled:
    """One bot's figures, round by round. Times in seconds, memory in MB."""

    starts: list[float] = field(default_factory=list)
    memory: float = 0.0
    memory_after: float = 0.0
    per_second: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """Half of the answers took at most so long."""
        return statistics.median(self.waits)

    @property
    def p99(self) -> float:
        """All but one in a hundred answers took at most so long."""
        return p99(self.waits)


@dataclass(frozen=True)
class Broadcast:
    """One bot's figures for sending to many chats: messages a second, and how many calls met 429.

    `waits` are those of the people who wrote meanwhile, in seconds; theirs count among the messages.
    """

    arrived: int
    per_second: float
    refused: int
    waits: Sequence[float] = ()


@dataclass(frozen=True)
class Stand:
    """A bot with servers of its own, its folder, and the people who write to it."""

    telegram: Stopwatch
    subject: Subject
    folder: Path
    chats: Sequence[int]


async def handled(stands: Sequence[Stand]) -> list[Handled]:
    """Start each bot several times, then let them take turns until the figures are steady."""
    figures = [Handled() for _ in stands]
    for number in range(STARTS + 1):
        for stand, found in zip(stands, figures, strict=True):
            async with _running(stand) as (_bot, seconds):
                if number:  # the first after an installation compiles the modules
                    found.starts.append(seconds)
                await asyncio.sleep(0.3)
    async with AsyncExitStack() as stack:
        bots = [(await stack.enter_async_context(_running(stand)))[0] for stand in stands]
        turns = list(zip(stands, bots, figures, strict=True))
        await asyncio.sleep(SETTLED)
        for stand, bot, found in turns:
            found.memory = bot.memory_mb
            await _all_at_once(stand, WARM_UP)
        for _ in range(ROUNDS):
            for stand, bot, found in turns:
                rate, cpu = await _round(stand, bot)
                found.per_second.append(rate)
                found.cpu.append(cpu)
        for _ in range(LATENCY_ROUNDS):
            for stand, _bot, found in turns:
                found.waits += await _steadily(stand)
        for _, bot, found in turns:
            found.memory_after = bot.memory_mb
    return figures


def _running(stand: Stand) -> AbstractAsyncContextManager[tuple[Bot, float]]:
    return running(stand.telegram, stand.subject.command, stand.folder, dict(stand.subject.environment))


async def _round(stand: Stand, bot: Bot) -> tuple[float, float]:
    """Updates a second, and processor seconds for each update, with all of them waiting at once."""
    cpu, at = bot.cpu_seconds, time.perf_counter()
    await _all_at_once(stand, UPDATES)
    seconds = time.perf_counter() - at
    await asyncio.sleep(0.3)  # what is written down after an answer belongs to its price
    return UPDATES / seconds, (bot.cpu_seconds - cpu) / UPDATES


async def _all_at_once(stand: Stand, count: int) -> None:
    chats, question = stand.chats, stand.subject.question
    questions = (stand.telegram.asks(chats[n % len(chats)], question) for n in range(count))
    await asyncio.gather(*questions)


async def _steadily(stand: Stand) -> list[float]:
    """The waits for an answer, questions coming evenly, whatever the bot does meanwhile."""
    waits: list[asyncio.Task[float]] = []
    begin = time.perf_counter()
    for number in range(PER_SECOND * LATENCY_SECONDS):
        await asyncio.sleep(max(0.0, begin + number / PER_SECOND - time.perf_counter()))
        chat = stand.chats[number % len(stand.chats)]
        waits.append(asyncio.create_task(stand.telegram.asks(chat, stand.subject.question)))
    return list(await asyncio.gather(*waits))


async def broadcast(
    telegram: Stopwatch, subject: Subject, folder: Path, count: int, writing: Sequence[int] = ()
) -> Broadcast:
    """Let the bot send what waits, under Telegram's limits, while those in the chats `writing` write.

    Without any it ends by itself.
    """
    telegram.expected = count
    telegram.limits = True
    bot = Bot(subject.command, folder, dict(subject.environment))
    asked: list[asyncio.Task[float]] = []
    try:
        async with asyncio.timeout(120):
            if not writing:
                await bot.ended()
            while writing and not telegram.enough.is_set():
                await asyncio.sleep(BETWEEN)
                if telegram.sent:
                    asked.append(
                        asyncio.create_task(
                            telegram.asks(writing[len(asked) % len(writing)], subject.question)
                        )
                    )
            waits = await asyncio.gather(*asked)
            if writing:
                await asyncio.sleep(2)  # a message sent twice would show now
    finally:
        telegram.limits = False
        await bot.stop()
    first, last = telegram.sent[0][0], telegram.sent[-1][0]
    rate = (len(telegram.sent) - 1) / (last - first)
    return Broadcast(telegram.unasked, rate, telegram.refused, waits)
