"""Very many at once: a midnight with a thousand due, a crowd that answers one meeting, and somebody taps.

`python -m tests.bench.rush` measures this alone and writes its part of docs/performance.md. Bot, clock and
Telegram's stand-in share one process here, so what the crowd itself costs is in the figures.
"""

import asyncio
import logging
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from bot.clock import TurnableClock, real_now
from bot.sandbox.events import Event
from bot.sandbox.house import House, account, open_house
from handlers.meeting.calling import send_out
from notices.meeting.office import office_card
from rules.countersign.answer import Opinion
from rules.meeting.attendance import Part, Reply
from rules.meeting.matter import Meeting, MeetingKind
from rules.roster import Official, Role, Unit, UnitKind
from rules.working_days import shanghai_day
from storage.database import Database
from storage.outbox import Kind
from storage.queries.countersign.clock import look_at
from storage.tables import outbox
from storage.tables.countersign import countersign_answers
from storage.tables.meeting import attendees
from tests.bench.measures import p99
from tests.bench.sweep import Books, filled, servers

BEGIN, END = "<!-- bench rush: begin -->", "<!-- bench rush: end -->"
HEADINGS = ("at once", "SQLite", "PostgreSQL", "aim")
SHEETS, DUE = 300, 1000
MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # 24:00 at Shanghai
MORNING = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
CROWD, SECONDS = 200, 60.0
MANY, PHONES = 5000, 400
EVERY = 0.1
"""Seconds between the taps of those who tap meanwhile."""
GONE = "meeting:999999:come"
"""The tap of somebody meanwhile: on a meeting that is no more, so that they are told so."""
Row = tuple[str, ...]


class Toasts:
    """When each tap was answered, by the steady clock."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._waiting: dict[str, asyncio.Future[float]] = {}
        self._early: dict[str, float] = {}
        house.telegram.subscribe(self._notice)

    def _notice(self, event: Event) -> None:
        if event["type"] == "answered":
            at = time.perf_counter()
            if waiting := self._waiting.pop(event["query_id"], None):
                waiting.set_result(at)
            else:
                self._early[event["query_id"]] = at

    async def tap(self, official: Official, data: str, since: float | None = None) -> float:
        """Tap the newest card; the seconds from `since` (now, without it) until the tap is answered."""
        chat = account(official)
        begin = time.perf_counter() if since is None else since
        newest = max(self._house.telegram.world.chat(chat).messages)
        query = await self._house.telegram.presses(chat, chat, newest, data, forged=True)
        if (at := self._early.pop(query, None)) is None:
            self._waiting[query] = asyncio.get_running_loop().create_future()
            at = await self._waiting[query]
        return at - begin


async def _evenly(
    call: Callable[[int, float], Awaitable[float]], every: float, go_on: Callable[[int], bool]
) -> list[float]:
    """The waits of calls that begin evenly, whatever the bot does meanwhile; each counts from its moment."""
    waits: list[asyncio.Task[float]] = []
    begin = time.perf_counter()
    while go_on(len(waits)):
        moment = begin + len(waits) * every
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        waits.append(asyncio.ensure_future(call(len(waits), moment)))
    return list(await asyncio.gather(*waits))


class _Deadlocks(logging.Handler):
    """Counts the deadlocks that the log tells of."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self.count += "deadlock" in f"{record.getMessage()} {error}".lower()


# ---------------------------------------------------------------- a midnight


class _Midnight(Books):
    """SHEETS sheets, DUE of their answers due at one midnight."""

    def closes(self, sheet: int, place: int) -> datetime:
        """Three or four of each sheet's ten."""
        due = place < DUE // SHEETS + (sheet < DUE % SHEETS)
        return MIDNIGHT + timedelta(days=0 if due and sheet < SHEETS else 40)


async def _midnight(url: str) -> tuple[float, float]:
    """Seconds until all that was due is dealt with, and the p99 of a tap meanwhile."""
    clock = TurnableClock(MIDNIGHT - timedelta(hours=1))
    async with open_house(url, clock) as house:
        await house.settle()
        roster = await house.roster()
        heads = [(one.unit.id, one.id) for one in roster.with_role(Role.UNIT_HEAD)[:11]]
        await filled(house.office.database, _Midnight(0, heads))
        async with house.office.work("bench") as work:
            await look_at(work, {MIDNIGHT})
        await house.turn(MIDNIGHT - timedelta(seconds=1))
        toasts, people = Toasts(house), roster.with_role(Role.LIAISON)
        for one in people:
            await house.telegram.says(account(one), account(one), "绑定")
        await house.settle()
        clock.set(MIDNIGHT)
        begin = time.perf_counter()
        sweep = asyncio.create_task(house.desk.clock.sweep())
        waits = await _evenly(
            lambda n, at: toasts.tap(people[n % len(people)], GONE, at), EVERY, lambda _: not sweep.done()
        )
        await sweep
        seconds = time.perf_counter() - begin
        await house.settle()
        async with house.office.database.session() as session:
            entered = await session.scalar(
                select(func.count()).where(countersign_answers.c.opinion == Opinion.DEEMED)
            )
        assert entered == DUE, f"{entered} entered"
        return seconds, p99(waits)


# ---------------------------------------------------------------- a crowd


@asynccontextmanager
async def _called(url: str, people: int) -> AsyncIterator[tuple[House, int, list[Official]]]:
    """That many more people, in a hundred units, called to one meeting."""
    clock = TurnableClock(MORNING, running=True)
    database = Database(url)
    await database.migrate()
    await database.close()
    async with open_house(url, clock) as house:
        async with house.office.work("bench") as work:
            roster = await work.roster()
            clerk = roster.desk[-1]
            units = [Unit(f"第{n}局", f"某区第{n}局", UnitKind.DEPARTMENT) for n in range(100)]
            crowd = [Official(f"第{n}位", units[n % 100], "科员", Role.DEPUTY_HEAD) for n in range(people)]
            work.session.add_all([*units, *crowd])
            await work.flush()
            for one in crowd:
                one.telegram_id = account(one)
                house.telegram.add_user(account(one), one.name)
                house.telegram.open_chat(account(one))
            await work.flush()
            work.forget_roster()
            meeting = Meeting(
                MeetingKind.SPECIAL,
                "全区干部会议",
                MORNING + timedelta(days=6),
                MORNING + timedelta(days=6, hours=2),
                "会议中心",
                clerk,
                work.now,
                MORNING + timedelta(days=5),
            )
            meeting.seat((one, Part.MEMBER) for one in crowd)
            work.add(meeting)
            await work.flush()
            await send_out(work, meeting, clerk)
        await house.settle()
        yield house, meeting.id, crowd


async def _answered(house: House, meeting: int) -> int:
    async with house.office.database.session() as session:
        return (
            await session.scalar(
                select(func.count()).where(
                    attendees.c.meeting_id == meeting, attendees.c.reply == Reply.COMING
                )
            )
            or 0
        )


async def _within_a_minute(url: str) -> tuple[float, int]:
    """The p99 of an answer where CROWD answer within a minute; edits of one clerk's live count."""
    async with _called(url, CROWD) as (house, meeting, crowd):
        toasts, scheduler = Toasts(house), house.desk.clock.schedule(1)
        scheduler.start()
        waits = await _evenly(
            lambda n, at: toasts.tap(crowd[n], f"meeting:{meeting}:come", at),
            SECONDS / CROWD,
            lambda n: n < CROWD,
        )
        scheduler.shutdown(wait=False)
        await house.settle()
        assert await _answered(house, meeting) == CROWD
        card = outbox.alias()
        async with house.office.work("look") as work:
            of = office_card(await work.lock(Meeting, meeting))
            edits = await work.session.scalars(
                select(func.count())
                .select_from(outbox.join(card, outbox.c.target_id == card.c.id))
                .where(outbox.c.kind == Kind.EDIT, card.c.card == of)
                .group_by(card.c.id)
            )
            return p99(waits), max(edits.all(), default=0)


async def _as_fast_as_may_be(url: str) -> tuple[float, int]:
    """Answers a second where MANY answer one meeting, PHONES of them at any moment; deadlocks."""
    deadlocks = _Deadlocks()
    logging.getLogger().addHandler(deadlocks)
    async with _called(url, MANY) as (house, meeting, crowd):
        toasts, scheduler = Toasts(house), house.desk.clock.schedule(1)
        scheduler.start()
        waiting = iter(crowd)

        async def phone() -> None:
            for one in waiting:
                await toasts.tap(one, f"meeting:{meeting}:come")

        begin = time.perf_counter()
        await asyncio.gather(*(phone() for _ in range(PHONES)))
        seconds = time.perf_counter() - begin
        scheduler.shutdown(wait=False)
        await house.settle()
        assert await _answered(house, meeting) == MANY
        return MANY / seconds, deadlocks.count


# ---------------------------------------------------------------- all of it


async def measure(console: Console) -> list[Row]:
    """Both databases."""
    columns: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="banjie-rush-") as folder, servers(Path(folder)) as kinds:
        for new in kinds:
            console.print(f"{new.__name__}: a midnight, {CROWD} within a minute, {MANY} at once …")
            seconds, tap = await _midnight(new("midnight"))
            wait, edits = await _within_a_minute(new("crowd"))
            rate, deadlocks = await _as_fast_as_may_be(new("many"))
            columns.append(
                (
                    f"{seconds:.1f} s",
                    f"{tap * 1000:.0f} ms",
                    f"{wait * 1000:.0f} ms",
                    f"{edits}",
                    f"{rate:.0f}/s",
                    f"{deadlocks}",
                )
            )
    what = (
        (f"{DUE:,} due at a midnight on {SHEETS} sheets", "< 4 s"),
        ("… a tap meanwhile, p99", "< 200 ms"),
        (f"{CROWD} answer a meeting within a minute, p99", "< 1 s"),
        ("… edits of a clerk's count", "bounded"),
        (f"{MANY:,} answers to one meeting", "at least 120/s"),
        ("… deadlocks", "0"),
    )
    return [(name, *cells, aim) for (name, aim), cells in zip(what, zip(*columns, strict=True), strict=True)]


def run(console: Console, report: Path, machine: str) -> None:
    """Measure, print, write."""
    rows = asyncio.run(measure(console))
    table = Table(*HEADINGS)
    for row in rows:
        table.add_row(*row)
    console.print(table)
    lines = [" | ".join(row) for row in (HEADINGS, ("---",) * len(HEADINGS), *rows)]
    written = "\n".join(f"| {line} |" for line in lines)
    how = f"Load average at the end: {os.getloadavg()[0]:.1f}."
    before, _, rest = report.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    report.write_text(f"{before}{BEGIN}\n{machine}\n{how}\n\n{written}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    from tests.bench.__main__ import REPORT, machine

    run(Console(), REPORT, machine(shanghai_day(real_now())))
