"""`make bench`: measure, print the tables, and write them into docs/performance.md and docs/phone.md."""

import asyncio
import os
import platform
import sqlite3
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bot.clock import real_now
from rules.working_days import shanghai_day
from tests.bench import measures, phone, rush, subjects, sweep
from tests.bench.ground import FIRST_CHAT, Stopwatch, telegram_servers
from tests.bench.measures import (
    LATENCY_ROUNDS,
    LATENCY_SECONDS,
    PER_SECOND,
    ROUNDS,
    STARTS,
    UPDATES,
    Broadcast,
    Handled,
)

REPORT = subjects.REPOSITORY / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
NOTICES, WRITING = 600, 5
ALLOWED = 30  # messages a second (Bots FAQ, "My bot is hitting limits")

Row = tuple[str, str, str, str, str]


async def measure(console: Console) -> list[Row]:
    """Both bots: first in turns, then each sending its notices alone."""
    with tempfile.TemporaryDirectory(prefix="banjie-bench-") as name:
        folder = Path(name)
        people = await subjects.sample_district(subjects.database_url(folder))
        console.print("start, updates, answers …")
        async with telegram_servers() as (near, near_url), telegram_servers() as (far, far_url):
            echo, banjie = await measures.handled(
                [
                    _stand(subjects.echo(near_url, near.token), near, folder, people),
                    _stand(subjects.banjie(far_url, far.token, folder, paced=False), far, folder, people),
                ]
            )
        console.print(f"{NOTICES} notices …")
        async with telegram_servers() as (telegram, base_url):
            telegram.people(NOTICES)
            sender = subjects.echo(base_url, telegram.token, "--send", str(FIRST_CHAT), str(NOTICES))
            bare = await measures.broadcast(telegram, sender, folder, NOTICES)
        (folder / "notices").mkdir()
        await subjects.waiting_notices(folder / "notices", NOTICES, WRITING)
        async with telegram_servers() as (telegram, base_url):
            telegram.people(NOTICES)
            writing = telegram.people(NOTICES + WRITING)[NOTICES:]
            sender = subjects.banjie(base_url, telegram.token, folder / "notices", paced=True)
            ours = await measures.broadcast(telegram, sender, folder / "notices", NOTICES, writing)
    return _rows(echo, banjie, bare, ours)


def _stand(subject: subjects.Subject, telegram: Stopwatch, folder: Path, people: int) -> measures.Stand:
    return measures.Stand(telegram, subject, folder, telegram.people(people))


def _rows(echo: Handled, banjie: Handled, bare: Broadcast, ours: Broadcast) -> list[Row]:
    return [
        _paired("updates handled a second", echo.per_second, banjie.per_second, "{:.0f}", "-"),
        _paired("CPU an update", _ms(echo.cpu), _ms(banjie.cpu), "{:.2f} ms", "at most 2x"),
        _row(f"answer at {PER_SECOND}/s, p50", echo.p50 * 1000, banjie.p50 * 1000, "{:.1f} ms", "< 6 ms"),
        _row(f"answer at {PER_SECOND}/s, p99", echo.p99 * 1000, banjie.p99 * 1000, "{:.1f} ms", "< 15 ms"),
        _row("start to first getUpdates", median(echo.starts), median(banjie.starts), "{:.2f} s", "< 0.9 s"),
        _row("memory after start", echo.memory, banjie.memory, "{:.0f} MB", "< 110 MB"),
        _row("memory after the updates", echo.memory_after, banjie.memory_after, "{:.0f} MB", "< 125 MB"),
        (
            f"{NOTICES} notices to {NOTICES} chats",
            f"{bare.per_second:.1f}/s",
            f"{ours.per_second:.1f}/s",
            f"{ours.per_second / ALLOWED:.0%} of {ALLOWED}/s",
            "at least 95%",
        ),
        ("… of which arrived", str(bare.arrived), str(ours.arrived), "-", f"{NOTICES}"),
        ("… calls answered 429", str(bare.refused), str(ours.refused), "-", "0"),
        ("… who writes meanwhile, p99", "-", f"{measures.p99(ours.waits):.2f} s", "-", "< 0.5 s"),
    ]


def _ms(seconds: list[float]) -> list[float]:
    return [each * 1000 for each in seconds]


def _paired(what: str, bare: list[float], ours: list[float], form: str, aim: str) -> Row:
    """The medians, and the median of the ratios of each two rounds that followed each other."""
    ratio = median(one / other for one, other in zip(ours, bare, strict=True))
    return (what, form.format(median(bare)), form.format(median(ours)), f"{ratio:.2f}x", aim)


def _row(what: str, bare: float, ours: float, form: str, aim: str) -> Row:
    return (what, form.format(bare), form.format(ours), f"{ours / bare:.2f}x", aim)


HEADINGS = ("measured", "bare echo", "banjie", "ratio", "aim")


def machine(today: date) -> str:
    """What it was measured on."""
    packages = ("python-telegram-bot", "SQLAlchemy", "aiosqlite", "httpx")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"Measured {today} on {os.cpu_count()} cores ({_processor()}), {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def written(rows: list[Row], today: date) -> str:
    """The part of the report between its markers."""
    lines = [" | ".join(row) for row in (HEADINGS, ("---",) * len(HEADINGS), *rows)]
    table = "\n".join(f"| {line} |" for line in lines)
    busy = os.getloadavg()[0]
    how = (
        f"Updates: {ROUNDS} rounds of {UPDATES}, in turns. Answers: {LATENCY_ROUNDS} rounds of "
        f"{LATENCY_SECONDS} s, in turns. Start: median of {STARTS}. Load average at the end: {busy:.1f}."
    )
    return f"{BEGIN}\n{machine(today)}\n{how}\n\n{table}\n{END}"


def main() -> None:
    """Measure, print, write."""
    console = Console()
    rows = asyncio.run(measure(console))
    table = Table(*HEADINGS, title="banjie beside a bare echo bot")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    phone.main()
    report = REPORT.read_text(encoding="utf-8")
    before, _, rest = report.partition(BEGIN)
    _, _, after = rest.partition(END)
    REPORT.write_text(before + written(rows, shanghai_day(real_now())) + after, encoding="utf-8")
    sweep.run(console, REPORT, machine(shanghai_day(real_now())))
    rush.run(console, REPORT, machine(shanghai_day(real_now())))
    console.print(f"written to {REPORT.relative_to(subjects.REPOSITORY)}")


if __name__ == "__main__":
    main()
