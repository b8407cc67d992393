"""The clock walks through every due moment in order, once each, and one bad matter holds up nobody."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from sqlalchemy import select

from bot import clock as clock_module
from bot.clock import Clock, TurnableClock, unless_away
from jobs.manifest import Daily
from jobs.timetable import DAILY
from rules.settings import Settings
from rules.working_days import SHANGHAI
from storage.database import Database
from storage.database_unavailable import DatabaseUnavailable
from storage.office import Office
from storage.tables import timers
from storage.unit_of_work import UnitOfWork

START = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)


class Bench:
    """A clock over an empty office whose one kind of timer writes down when it fired."""

    def __init__(self, database: Database) -> None:
        self.turnable = TurnableClock(START)
        self.office = Office(database, Settings(), self.turnable.now)
        self.clock = Clock(self.office)
        self.fired: list[tuple[int, datetime]] = []
        self.faults = 0

    async def fire(self, work: UnitOfWork, subject_id: int) -> None:
        if self.faults:
            self.faults -= 1
            raise RuntimeError(subject_id)
        self.fired.append((subject_id, work.now))

    async def set(self, subject_id: int, after: timedelta) -> None:
        async with self.office.work(f"set:{subject_id}:{after}") as work:
            await work.timer("test", subject_id, START + after)

    async def turn(self, after: timedelta) -> None:
        async def settled() -> None:
            return

        await self.clock.turn(self.turnable, START + after, settled)

    async def left(self) -> list[str]:
        async with self.office.database.session() as session:
            return list((await session.scalars(select(timers.c.kind).order_by(timers.c.id))).all())


@pytest.fixture
def bench(database: Database, monkeypatch: pytest.MonkeyPatch) -> Bench:
    bench = Bench(database)
    monkeypatch.setattr(clock_module, "TIMERS", MappingProxyType({"test": bench.fire}))
    monkeypatch.setattr(clock_module, "DAILY", MappingProxyType({}))
    return bench


HOUR = timedelta(hours=1)


async def test_due_moments_come_in_order_at_their_own_time(bench: Bench) -> None:
    await bench.set(1, 3 * HOUR)
    await bench.set(2, 1 * HOUR)
    await bench.set(3, 30 * HOUR)
    await bench.turn(24 * HOUR)
    assert bench.fired == [(2, START + HOUR), (1, START + 3 * HOUR)]
    assert bench.turnable.now() == START + 24 * HOUR
    assert await bench.left() == ["test"]


async def test_a_timer_set_anew_replaces_the_old_one(bench: Bench) -> None:
    await bench.set(1, 1 * HOUR)
    await bench.set(1, 5 * HOUR)
    await bench.turn(24 * HOUR)
    assert bench.fired == [(1, START + 5 * HOUR)]


async def test_two_that_set_one_timer_at_the_same_moment_do_not_collide(bench: Bench) -> None:
    async with bench.office.work("first") as work:
        await work.timer("test", 1, START + HOUR)
        other = asyncio.create_task(bench.set(1, 5 * HOUR))
        await asyncio.wait([other], timeout=0.2)  # it waits for the first
    await other
    await bench.turn(24 * HOUR)
    assert bench.fired == [(1, START + 5 * HOUR)]


async def test_a_timer_set_while_walking_is_met_on_the_way(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def again(work: UnitOfWork, subject_id: int) -> None:
        await bench.fire(work, subject_id)
        if len(bench.fired) < 3:
            await work.timer("test", subject_id, work.now + HOUR)

    monkeypatch.setattr(clock_module, "TIMERS", MappingProxyType({"test": again}))
    await bench.set(1, 1 * HOUR)
    await bench.turn(24 * HOUR)
    assert [at for _, at in bench.fired] == [START + HOUR, START + 2 * HOUR, START + 3 * HOUR]
    assert await bench.left() == []


async def test_one_bad_matter_holds_up_nobody_and_is_tried_again(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.faults = 2
    await bench.set(1, 1 * HOUR)
    await bench.set(2, 2 * HOUR)
    with caplog.at_level(logging.ERROR):
        await bench.turn(24 * HOUR)
    assert bench.fired == [(1, START + HOUR + timedelta(minutes=3)), (2, START + 2 * HOUR)]
    assert len(caplog.records) == 2


async def test_after_a_stop_everything_missed_is_caught_up_once(bench: Bench) -> None:
    await bench.set(1, 1 * HOUR)
    await bench.set(2, 2 * HOUR)
    bench.turnable.set(START + 72 * HOUR)  # nobody swept meanwhile
    assert await bench.clock.sweep() == 2
    assert [subject for subject, _ in bench.fired] == [1, 2]
    assert await bench.clock.sweep() == 0


async def test_a_daily_duty_is_done_each_day_and_once_after_a_stop(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_module, "DAILY", MappingProxyType({"morning": Daily("30 8 * * *", bench.fire)}))
    await bench.clock.prepare()
    await bench.clock.prepare()  # a second start changes nothing
    await bench.turn(72 * HOUR)
    half_past_eight = START.replace(hour=8, minute=30)
    assert [at for _, at in bench.fired] == [half_past_eight + timedelta(days=day) for day in (1, 2, 3)]
    bench.turnable.set(START + timedelta(days=10))
    await bench.clock.sweep()
    assert len(bench.fired) == 4


async def test_a_duty_that_is_no_more_is_taken_off(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_module, "DAILY", MappingProxyType({"gone": Daily("0 9 * * *", bench.fire)}))
    await bench.clock.prepare()
    monkeypatch.setattr(clock_module, "DAILY", MappingProxyType({}))
    await bench.clock.prepare()
    assert await bench.left() == []


async def test_while_the_database_is_away_a_tick_says_nothing_and_puts_nothing_off(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(_work: UnitOfWork, _subject_id: int) -> None:
        raise DatabaseUnavailable

    await bench.set(1, 1 * HOUR)
    bench.turnable.set(START + 2 * HOUR)
    monkeypatch.setattr(clock_module, "TIMERS", MappingProxyType({"test": away}))
    await unless_away(bench.clock.sweep)
    assert caplog.records == []
    monkeypatch.setattr(clock_module, "TIMERS", MappingProxyType({"test": bench.fire}))
    await unless_away(bench.clock.sweep)
    assert bench.fired == [(1, START + 2 * HOUR)]


async def test_a_stop_in_the_midst_of_a_tick_is_no_fault(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def long(_work: UnitOfWork, _subject_id: int) -> None:
        begun.set()
        await never.wait()

    await bench.set(1, 1 * HOUR)
    bench.turnable.set(START + 2 * HOUR)
    monkeypatch.setattr(clock_module, "TIMERS", MappingProxyType({"test": long}))
    scheduler = bench.clock.schedule(0.01)
    scheduler.start()
    async with asyncio.timeout(10):
        await begun.wait()
    scheduler.shutdown(wait=False)
    assert await bench.left() == ["test"]
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_the_timetable_says_beijing_time() -> None:
    assert DAILY["calendar.missing"].next_after(START) == datetime(2026, 11, 24, 8, 30, tzinfo=SHANGHAI)
    assert DAILY["housekeeping"].next_after(START) == datetime(2026, 11, 24, 3, 40, tzinfo=SHANGHAI)


def test_a_turnable_clock_never_goes_back() -> None:
    turnable = TurnableClock(START)
    turnable.set(START + HOUR)
    turnable.set(START)
    assert turnable.now() == START + HOUR
    assert turnable.now().tzinfo is UTC


async def test_a_timer_that_sets_itself_for_ever_holds_up_nobody(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def again(work: UnitOfWork, subject_id: int) -> None:
        await work.timer("endless", subject_id, work.now)

    monkeypatch.setattr(clock_module, "TIMERS", MappingProxyType({"test": bench.fire, "endless": again}))
    async with bench.office.work("set") as work:
        await work.timer("endless", 7, START)
    await bench.set(1, timedelta())
    async with asyncio.timeout(60):
        await bench.clock.sweep()
    assert bench.fired == [(1, START)]
    assert [record.getMessage() for record in caplog.records] == [
        "timer endless of 7 sets itself for ever and is put off"
    ]
    assert await bench.left() == ["endless"]  # looked at again in a minute


async def test_after_a_long_timer_whoever_has_written_comes_first(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    fired_before: list[int] = []

    async def long(work: UnitOfWork, subject_id: int) -> None:
        await bench.fire(work, subject_id)
        monkeypatch.setattr(clock_module, "_LONG", -1.0 if subject_id < 3 else 60.0)

    async def served() -> None:
        fired_before.append(len(bench.fired))
        if len(fired_before) > 1:
            await asyncio.Event().wait()  # somebody writes without end: no longer than the timer took

    monkeypatch.setattr(clock_module, "TIMERS", MappingProxyType({"test": long}))
    bench.office.people_served = served
    for subject_id in (1, 2, 3):
        await bench.set(subject_id, timedelta())
    async with asyncio.timeout(20):
        await bench.clock.sweep()
    assert fired_before == [1, 2]
    assert [subject_id for subject_id, _ in bench.fired] == [1, 2, 3]
