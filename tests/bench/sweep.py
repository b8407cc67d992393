"""The clock over very many answers (会签): what is due is found and dealt with, however many are closed.

`python -m tests.bench.sweep` measures this alone and writes its part of docs/performance.md.
"""

import asyncio
import importlib
import os
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import asyncpg
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, make_url, select, text

from bot.clock import Clock, real_now
from bot.roster.files import SAMPLE, read_file
from rules.countersign.answer import Opinion
from rules.roster import Role
from rules.roster_change import compare
from rules.settings import Settings
from rules.working_days import shanghai_day
from storage.database import Database
from storage.office import Office
from storage.queries import roster
from storage.queries.countersign.clock import due_sheets, look_at
from storage.tables.countersign import countersign_answers

CLOSED, OPEN, DUE, EACH = 1_000_000, 10_000, 100, 10
"""Answers that are in; missing; due at one midnight, each on another sheet; units of a sheet."""
QUERIES, MIDNIGHTS = 51, 5
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # 24:00 at Shanghai
BEGIN, END = "<!-- bench sweep: begin -->", "<!-- bench sweep: end -->"
HEADINGS = ("one clock sweep", "SQLite", "… with 0 closed", "PostgreSQL", "… with 0 closed", "aim")

_SHEETS = ("id", "lead_unit_id", "drafter_id", "kind", "title", "state", "prepared_at", "released_at")
_ROUNDS = ("id", "countersign_id", "number", "opened_at", "opened_by_id")
_ASKED = (
    "id",
    "countersign_id",
    "unit_id",
    "round",
    "head_id",
    "asked_at",
    "waiting",
    "delivered_at",
    "delivered_to_id",
    "message_id",
    "channel",
    "closes_at",
    "clock_at",
    "due_label",
    "due_explained",
)
_ANSWERS = ("id", "consultation_id", "opinion", "at", "status", "source", "signer_id")
Row = tuple[object, ...]


class Books:
    """What the tables hold: `closed` answers that are in, OPEN that are missing."""

    def __init__(self, closed: int, heads: Sequence[tuple[int, int]]) -> None:
        self.closed = closed
        self.heads = heads  # (unit, head)
        self.long_ago = NOW - timedelta(days=30)

    def sheets(self) -> Iterable[Row]:
        """Every sheet, the closed ones first."""
        lead, drafter = self.heads[0]
        for id in range((self.closed + OPEN) // EACH):
            state = "办结" if id < self.closed // EACH else "会签中"
            yield (id + 1, lead, drafter, "文稿", f"第{id + 1}件", state, self.long_ago, self.long_ago)

    def rounds(self) -> Iterable[Row]:
        """The one round of each."""
        for id in range((self.closed + OPEN) // EACH):
            yield (id + 1, id + 1, 1, self.long_ago, self.heads[0][1])

    def asked(self) -> Iterable[Row]:
        """Every unit asked. Of the open ones, the first on DUE sheets is due at each of the midnights."""
        explained = "3个工作日：11月18日收到不计；11月19日①、20日②、23日③ → 11月23日"
        for n in range(self.closed + OPEN):
            sheet, place = n // EACH, n % EACH
            unit, head = self.heads[place + 1]
            waiting = n >= self.closed
            closes = self.closes(sheet - self.closed // EACH, place) if waiting else self.long_ago
            yield (
                n + 1,
                sheet + 1,
                unit,
                1,
                head,
                self.long_ago,
                waiting,
                self.long_ago,
                head,
                n + 1,
                "机器人",
                closes,
                closes if waiting else None,
                "11月23日(周一)",
                explained,
            )

    def closes(self, sheet: int, place: int) -> datetime:
        """The end of an open period: at one of the midnights, or long after them all."""
        midnight = sheet // DUE
        return NOW + timedelta(days=midnight if place == 0 and midnight < MIDNIGHTS else 40)

    def answers(self) -> Iterable[Row]:
        """What the closed ones said."""
        for n in range(self.closed):
            head = self.heads[n % EACH + 1][1]
            yield (n + 1, n + 1, Opinion.NO_OBJECTION.value, self.long_ago, "有效", "本人签署", head)

    def tables(self) -> Iterable[tuple[str, tuple[str, ...], Iterable[Row]]]:
        """Each table with its columns and rows."""
        yield "countersigns", _SHEETS, self.sheets()
        yield "countersign_rounds", _ROUNDS, self.rounds()
        yield "consultations", _ASKED, self.asked()
        yield "countersign_answers", _ANSWERS, self.answers()


def _fill_sqlite(url: str, books: Books) -> None:
    connection = sqlite3.connect(str(make_url(url).database))
    sqlite3.register_adapter(datetime, lambda at: at.replace(tzinfo=None).isoformat(" ", "microseconds"))
    for name, columns, rows in books.tables():
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


async def _fill_postgres(url: str, books: Books) -> None:
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn)
    for name, columns, rows in books.tables():
        await connection.copy_records_to_table(name, records=rows, columns=columns)
        following = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"  # noqa: S608
        await connection.execute(following)
    await connection.execute("ANALYZE")
    await connection.close()


async def filled(database: Database, books: Books) -> None:
    """Put the books into the database."""
    if database.is_sqlite:
        await asyncio.to_thread(_fill_sqlite, database.url, books)
    else:
        await _fill_postgres(database.url, books)


@contextmanager
def servers(folder: Path) -> Iterator[tuple[Callable[[str], str], Callable[[str], str]]]:
    """Gives the address of a new database of that name: on SQLite, and on a PostgreSQL of its own."""
    server = importlib.import_module("pgserver.postgres_server").get_server(
        folder / "pg", cleanup_mode="stop"
    )

    def sqlite(name: str) -> str:
        return f"sqlite+aiosqlite:///{folder / name}.db"

    def postgresql(name: str) -> str:
        server.psql(f"CREATE DATABASE {name}")
        url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg", database=name)
        return url.render_as_string(hide_password=False)

    try:
        yield sqlite, postgresql
    finally:
        server.cleanup()


class _Time:
    now = NOW


@asynccontextmanager
async def _office(url: str, closed: int) -> AsyncIterator[tuple[Office, _Time]]:
    """The sample district with that many answers in its books."""
    at, database = _Time(), Database(url)
    at.now = NOW - timedelta(hours=1)
    await database.migrate()
    office = Office(database, Settings(), lambda: at.now)
    async with office.work("bench:roster") as work:
        await roster.apply(work, compare(await work.roster(), read_file(SAMPLE)))
        people = (await work.roster()).with_role(Role.UNIT_HEAD)
        heads = [(official.unit.id, official.id) for official in people[: EACH + 1]]
        await look_at(work, {NOW + timedelta(days=day) for day in range(60)})
    await filled(database, Books(closed, heads))
    try:
        yield office, at
    finally:
        await database.close()


async def _measure(url: str, closed: int) -> tuple[float, float]:
    """Seconds of the query, and of the whole sweep over the DUE that are due; medians."""
    async with _office(url, closed) as (office, at):
        clock, sweeps, queries = Clock(office), [], []
        await clock.prepare()
        for day in range(MIDNIGHTS):
            at.now = NOW + timedelta(days=day) - timedelta(seconds=1)
            await clock.sweep()  # what else the day has brought
            at.now += timedelta(seconds=1)
            if day == 0:
                queries = [await _query(office) for _ in range(QUERIES)]
            begin = time.perf_counter()
            await clock.sweep()
            sweeps.append(time.perf_counter() - begin)
            async with office.database.session() as session:
                entered = await session.scalar(
                    select(func.count()).where(countersign_answers.c.opinion == Opinion.DEEMED)
                )
            assert entered == DUE * (day + 1), f"{entered} entered"
        return median(queries), median(sweeps)


async def _query(office: Office) -> float:
    """One look for what is due, within a transaction that stands."""
    async with office.work("bench:query") as work:
        await work.session.execute(text("SELECT 1"))
        begin = time.perf_counter()
        found = await due_sheets(work)
        seconds = time.perf_counter() - begin
        assert found
        return seconds


async def measure(console: Console) -> list[tuple[str, ...]]:
    """Both databases, with and without the closed ones."""
    found: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory(prefix="banjie-sweep-") as folder, servers(Path(folder)) as kinds:
        for new in kinds:
            for closed in (CLOSED, 0):
                console.print(f"{new.__name__}, {closed} closed …")
                found.append(await _measure(new(f"closed_{closed}"), closed))
    what = f"{DUE} due of {OPEN:,} open, {CLOSED:,} closed"
    return [
        (f"the query ({what})", *(f"{query * 1000:.2f} ms" for query, _ in found), "< 5 ms"),
        (f"the {DUE} dealt with", *(f"{sweep:.2f} s" for _, sweep in found), "< 1 s"),
    ]


def write(report: Path, rows: Sequence[Sequence[str]], machine: str) -> None:
    """Put the part of the report between its markers."""
    lines = [" | ".join(row) for row in (HEADINGS, ("---",) * len(HEADINGS), *rows)]
    table = "\n".join(f"| {line} |" for line in lines)
    how = (
        f"The query: median of {QUERIES}. The sweep: median of {MIDNIGHTS} midnights, {DUE} due at each, on "
        f"as many sheets of {EACH} units. Load average at the end: {os.getloadavg()[0]:.1f}."
    )
    before, _, rest = report.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    report.write_text(f"{before}{BEGIN}\n{machine}\n{how}\n\n{table}\n{END}{after}", encoding="utf-8")


def run(console: Console, report: Path, machine: str) -> None:
    """Measure, print, write."""
    rows = asyncio.run(measure(console))
    table = Table(*HEADINGS)
    for row in rows:
        table.add_row(*row)
    console.print(table)
    write(report, rows, machine)


if __name__ == "__main__":
    from tests.bench.__main__ import REPORT, machine

    run(Console(), REPORT, machine(shanghai_day(real_now())))
