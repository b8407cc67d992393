"""One process and two on one PostgreSQL: what the second one adds where they share the updates.

`python -m tests.bench.replicas` prints it, and writes it into docs/scale.md.
"""

import asyncio
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

import psutil
from sqlalchemy import make_url

from bot.clock import real_now
from rules.working_days import shanghai_day
from tests.bench import subjects
from tests.bench.ground import Bot, Stopwatch, running, telegram_servers

REPORT: Final = subjects.REPOSITORY / "docs" / "scale.md"
BEGIN, END = "<!-- bench replicas: begin -->", "<!-- bench replicas: end -->"
WARM_UP, UPDATES, ROUNDS = 300, 500, 7
_QUESTION: Final = "绑定"


@dataclass
class Shared:
    """So many processes' figures, round by round: updates a second; processor seconds an update."""

    per_second: list[float] = field(default_factory=list)
    cpu: list[Sequence[float]] = field(default_factory=list)
    """Of each process."""
    server_cpu: list[float] = field(default_factory=list)
    """Of PostgreSQL."""


def _subject(base_url: str, token: str, folder: Path, url: str) -> tuple[Sequence[str], dict[str, str]]:
    folder.mkdir()
    config = folder / "config.toml"
    config.write_text(
        f'[telegram]\nbase_url = "{base_url}"\nmessages_per_second = 0\n'
        f'[database]\nurl = "{url}"\nreplicas = true\n',
        encoding="utf-8",
    )
    command = (sys.executable, "-m", "bot", "run", "--config", str(config))
    return command, {"PYTHONPATH": str(subjects.REPOSITORY), "BANJIE_TELEGRAM_TOKEN": token}


async def _all_at_once(telegram: Stopwatch, chats: Sequence[int], count: int) -> None:
    await asyncio.gather(*(telegram.asks(chats[n % len(chats)], _QUESTION) for n in range(count)))


def _servers_cpu() -> float:
    total = 0.0
    for process in psutil.process_iter(["name"]):
        if process.info["name"] == "postgres":
            times = process.cpu_times()
            total += times.user + times.system
    return total


async def _measured(url: str, folder: Path, processes: int) -> Shared:
    people, found = await subjects.sample_district(url), Shared()
    async with telegram_servers() as (telegram, base_url), AsyncExitStack() as stack:
        chats, bots = telegram.people(people), list[Bot]()
        for number in range(processes):
            place = folder / f"{processes}-{number}"
            command, environment = _subject(base_url, telegram.token, place, url)
            if number == 0:
                bots.append(
                    (await stack.enter_async_context(running(telegram, command, place, environment)))[0]
                )
                continue
            bots.append(Bot(command, place, environment))
            stack.push_async_callback(bots[-1].stop)
            await _is_up(place / "bot.log")
        await _all_at_once(telegram, chats, WARM_UP)
        for _ in range(ROUNDS):
            before, server, at = [bot.cpu_seconds for bot in bots], _servers_cpu(), time.perf_counter()
            await _all_at_once(telegram, chats, UPDATES)
            found.per_second.append(UPDATES / (time.perf_counter() - at))
            await asyncio.sleep(0.5)
            spent = (bot.cpu_seconds - was for bot, was in zip(bots, before, strict=True))
            found.cpu.append([seconds / UPDATES for seconds in spent])
            found.server_cpu.append((_servers_cpu() - server) / UPDATES)
    return found


async def _is_up(log: Path) -> None:
    for _ in range(300):
        if "ready to take over" in await asyncio.to_thread(log.read_text, encoding="utf-8"):
            return
        await asyncio.sleep(0.1)
    raise RuntimeError(f"the second process did not start:\n{log.read_text(encoding='utf-8')}")  # noqa: ASYNC240


async def measure() -> list[Shared]:
    """One process, then two, each on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="banjie-replicas-") as folder:
        server = importlib.import_module("pgserver.postgres_server").get_server(
            Path(folder) / "pg", cleanup_mode="stop"
        )
        found = []
        try:
            for processes in (1, 2):
                server.psql(f"CREATE DATABASE replicas_{processes}")
                url = make_url(server.get_uri()).set(
                    drivername="postgresql+asyncpg", database=f"replicas_{processes}"
                )
                found.append(
                    await _measured(url.render_as_string(hide_password=False), Path(folder), processes)
                )
        finally:
            server.cleanup()
    return found


def table(every: Sequence[Shared]) -> list[str]:
    """A row for each number of processes."""
    lines = [
        "| processes | updates a second | CPU an update, each process | PostgreSQL's | cores busy by these |",
        "| --- | --- | --- | --- | --- |",
    ]
    for number, one in enumerate(every, 1):
        own = [median(column) * 1000 for column in zip(*one.cpu, strict=True)]
        rate, server = median(one.per_second), median(one.server_cpu) * 1000
        shares = " + ".join(f"{ms:.2f} ms" for ms in own)
        busy = rate * (sum(own) + server) / 1000
        lines.append(f"| {number} | {rate:.0f} | {shares} | {server:.2f} ms | {busy:.2f} |")
    return lines


def main() -> None:
    """Measure, print, write."""
    from tests.bench.__main__ import machine  # noqa: PLC0415 - it measures everything when it is run

    lines = table(asyncio.run(measure()))
    busy = f"Load average at the end: {os.getloadavg()[0]:.1f}."
    how = f"{ROUNDS} rounds of {UPDATES} updates each, medians. {busy}"
    said = "\n".join([machine(shanghai_day(real_now())), how, "", *lines])
    sys.stdout.write(said + "\n")
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    REPORT.write_text(f"{before}{BEGIN}\n{said}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
