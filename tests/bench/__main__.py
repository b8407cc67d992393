"""`make bench`: measure, print the table, and write it into docs/performance.md."""

import asyncio
import os
import platform
import shutil
import sqlite3
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.clock import real_now
from rules.working_days import shanghai_day
from tests.bench import subjects
from tests.bench.ground import FIRST_CHAT, telegram_servers
from tests.bench.measures import LATENCY_SECONDS, PER_SECOND, ROUNDS, STARTS, UPDATES, Broadcast, Handled
from tests.bench.measures import broadcast as measure_broadcast
from tests.bench.measures import handled as measure_handled

REPORT = subjects.REPOSITORY / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
NOTICES = 600
ALLOWED = 30  # messages a second (Bots FAQ, "My bot is hitting limits")

Row = tuple[str, str, str, str, str]


async def measure(console: Console) -> list[Row]:
    """Both bots, one after the other, never at once."""
    figures: dict[str, Handled] = {}
    sent: dict[str, Broadcast] = {}
    with tempfile.TemporaryDirectory(prefix="banjie-bench-") as name:
        folder = Path(name)
        people = await subjects.sample_district(folder)
        for which in ("echo", "banjie"):
            console.print(f"measuring {which}: start, updates, answers …")
            async with telegram_servers() as (telegram, base_url):
                chats = telegram.people(people)
                subject = _subject(which, base_url, telegram.token, folder, paced=False)
                figures[which] = await measure_handled(telegram, subject, folder, chats)
        for which in ("echo", "banjie"):
            console.print(f"measuring {which}: {NOTICES} notices …")
            (folder / which).mkdir()
            if which == "banjie":
                await subjects.waiting_notices(folder / which, NOTICES)
            async with telegram_servers() as (telegram, base_url):
                telegram.people(NOTICES)
                subject = _subject(which, base_url, telegram.token, folder / which, paced=True)
                sent[which] = await measure_broadcast(
                    telegram, subject, folder / which, NOTICES, ends=which == "echo"
                )
        keep = os.environ.get("BANJIE_BENCH_KEEP")
        if keep:
            shutil.copytree(folder, keep, dirs_exist_ok=True)
    return _rows(figures["echo"], figures["banjie"], sent["echo"], sent["banjie"])


def _subject(which: str, base_url: str, token: str, folder: Path, *, paced: bool) -> subjects.Subject:
    if which == "banjie":
        return subjects.banjie(base_url, token, folder, paced=paced)
    send = ("--send", str(FIRST_CHAT), str(NOTICES)) if paced else ()
    bare = subjects.echo(base_url, token)
    return subjects.Subject(bare.name, (*bare.command, *send), bare.environment, bare.question)


def _rows(echo: Handled, banjie: Handled, bare: Broadcast, ours: Broadcast) -> list[Row]:
    def row(what: str, bare: float, ours: float, form: str, aim: str, *, factor: float = 1) -> Row:
        unit = form.partition("}")[2]
        number = form.removesuffix(unit)
        return (
            what,
            number.format(bare * factor) + unit,
            number.format(ours * factor) + unit,
            f"{ours / bare:.2f}x",
            aim,
        )

    return [
        row("updates handled a second", echo.per_second, banjie.per_second, "{:.0f}", "-"),
        row("CPU an update", echo.cpu, banjie.cpu, "{:.2f} ms", "at most 3x", factor=1000),
        row(f"answer at {PER_SECOND}/s, p50", echo.p50, banjie.p50, "{:.1f} ms", "-", factor=1000),
        row(f"answer at {PER_SECOND}/s, p99", echo.p99, banjie.p99, "{:.1f} ms", "< 50 ms", factor=1000),
        row("start to first getUpdates", echo.start, banjie.start, "{:.2f} s", "< 1.5 s"),
        row("memory after start", echo.memory, banjie.memory, "{:.0f} MB", "< 120 MB"),
        row("memory after the updates", echo.memory_after, banjie.memory_after, "{:.0f} MB", "-"),
        (
            f"{NOTICES} notices to {NOTICES} chats",
            f"{bare.per_second:.1f}/s",
            f"{ours.per_second:.1f}/s",
            f"{ours.per_second / ALLOWED:.0%} of {ALLOWED}/s",
            "at least 95%",
        ),
        ("… of which arrived", str(bare.arrived), str(ours.arrived), "-", f"{NOTICES}"),
        ("… calls answered 429", str(bare.refused), str(ours.refused), "-", "0"),
    ]


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
    how = (
        f"Updates: {UPDATES} waiting at once, median of {ROUNDS} rounds. Answers: {LATENCY_SECONDS} s at "
        f"{PER_SECOND}/s, timed at the server. Start: median of {STARTS}."
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
    report = REPORT.read_text(encoding="utf-8")
    before, _, rest = report.partition(BEGIN)
    _, _, after = rest.partition(END)
    REPORT.write_text(before + written(rows, shanghai_day(real_now())) + after, encoding="utf-8")
    console.print(f"written to {REPORT.relative_to(subjects.REPOSITORY)}")


if __name__ == "__main__":
    main()
