"""Ticks on a machine whose clock is set back and ahead, and which is suspended: none is lost, none doubled.

The loop's time is the test's own, so that hours pass at once.
"""

import asyncio
import selectors
import time
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Self

import pytest
from apscheduler.schedulers import base

from bot import clock as clock_module
from bot.clock import Clock
from bot.ticks import SteadyScheduler, Tick, steady
from jobs.manifest import Daily
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.receipt import RECEIPT
from storage.unit_of_work import UnitOfWork

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # a Monday, nine o'clock at Shanghai
TICK, HOUR = 15.0, 3600.0


class Machine:
    """A machine's two clocks: the one on the wall, which can be set, and the seconds since it was started."""

    def __init__(self) -> None:
        self.up = 1000.0
        self.awake = 1000.0
        self.wall = START

    def runs(self, seconds: float) -> None:
        self.up += seconds
        self.awake += seconds
        self.wall += timedelta(seconds=seconds)

    def set_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)

    def suspended(self, seconds: float) -> None:
        """The loop's timers stand still (CLOCK_MONOTONIC), the time since the start does not."""
        self.up += seconds
        self.wall += timedelta(seconds=seconds)


class _Selector(selectors.DefaultSelector):
    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self.machine = machine

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if not found and timeout:
            self.machine.runs(timeout)
        return found


class Loop(asyncio.SelectorEventLoop):
    """Runs by the machine's waking time, and never waits."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        super().__init__(_Selector(machine))

    def time(self) -> float:
        return self.machine.awake


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()

    class OnTheWall(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(machine.wall.timestamp(), tz)

    monkeypatch.setattr(base, "datetime", OnTheWall)
    return machine


class Watched:
    """A scheduler with one call that writes down the machine's waking second and the wall's time."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.calls: list[tuple[float, datetime]] = []
        self.scheduler = SteadyScheduler(now=lambda: machine.wall, passed=lambda: machine.up)
        self.scheduler.add_job(self.call, Tick(TICK), coalesce=True, misfire_grace_time=None)

    async def call(self) -> None:
        self.calls.append((self.machine.awake, self.machine.wall))

    def run(self, scene: Coroutine[Any, Any, None]) -> None:
        loop = Loop(self.machine)

        async def play() -> None:
            self.scheduler.start()
            await scene
            self.scheduler.shutdown(wait=False)
            await asyncio.sleep(0)

        try:
            loop.run_until_complete(play())
        finally:
            loop.close()

    @property
    def gaps(self) -> list[float]:
        seconds = [second for second, _ in self.calls]
        return [round(later - earlier, 3) for earlier, later in pairwise(seconds)]


@pytest.mark.parametrize("by", [-HOUR, -10.0, -1.5, 10.0, HOUR, 24 * HOUR, -400 * 24 * HOUR])
def test_a_clock_that_is_set_costs_no_tick(machine: Machine, by: float) -> None:
    watched = Watched(machine)

    async def scene() -> None:
        await asyncio.sleep(100)
        machine.set_by(by)
        await asyncio.sleep(600)
        machine.set_by(-by)
        await asyncio.sleep(600)

    watched.run(scene())
    assert len(watched.calls) == pytest.approx(1300 / TICK, abs=3)
    assert max(watched.gaps) <= TICK
    assert min(watched.gaps) > 0, "no tick comes twice"


def test_a_suspended_machine_looks_once_within_a_tick_of_waking(machine: Machine) -> None:
    watched = Watched(machine)
    woke: list[float] = []

    async def scene() -> None:
        await asyncio.sleep(100)
        machine.suspended(60 * HOUR)
        woke.append(machine.awake)
        await asyncio.sleep(100)

    watched.run(scene())
    assert max(watched.gaps) <= TICK
    after = [second - woke[0] for second, _ in watched.calls if second > woke[0]]
    assert 0 < after[0] <= TICK
    assert len(after) == 7, (
        "a hundred seconds, a tick each fifteen: what was slept through is not made up for"
    )


def test_a_jump_of_ten_years_is_one_tick() -> None:
    """As on a machine without a battery for its clock, before it has asked for the time."""
    trigger = Tick(TICK)
    later = START + timedelta(days=3653)
    assert trigger.get_next_fire_time(START, later) == later + timedelta(seconds=TICK)


@pytest.mark.parametrize(
    ("platform", "asked"), [("linux", time.CLOCK_BOOTTIME), ("darwin", time.CLOCK_MONOTONIC_RAW)]
)
def test_the_clock_that_counts_on_in_a_suspended_machine(
    platform: str, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "clock_gettime", {asked: 60 * HOUR}.__getitem__)
    clock = steady(platform)
    assert clock is not None
    assert clock() == 60 * HOUR


def test_where_no_clock_counts_on_the_wall_alone_tells() -> None:
    assert steady("win32") is time.monotonic
    assert steady("freebsd14") is None


# ---------------------------------------------------------------- what is due


class Bench:
    """An office on the machine's wall clock, with a daily duty at 9:30 and a moment of its own."""

    def __init__(self, database: Database, machine: Machine) -> None:
        self.machine = machine
        self.office = Office(database, Settings(), lambda: machine.wall)
        self.clock = Clock(self.office)
        self.met: list[tuple[str, datetime]] = []

    async def daily(self, work: UnitOfWork, _: int) -> None:
        self.met.append(("daily", work.now))

    async def once(self, work: UnitOfWork, _: int) -> None:
        self.met.append(("once", work.now))

    async def ticks(self, minutes: float) -> None:
        for _ in range(int(minutes * 60 / TICK)):
            self.machine.runs(TICK)
            await self.clock.sweep()


@pytest.fixture
def bench(database: Database, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Bench:
    bench = Bench(database, machine)
    monkeypatch.setattr(clock_module, "TIMERS", MappingProxyType({"once": bench.once}))
    monkeypatch.setattr(clock_module, "DAILY", MappingProxyType({"daily": Daily("30 9 * * *", bench.daily)}))
    return bench


async def test_back_an_hour_and_forward_again_nothing_is_met_twice(bench: Bench) -> None:
    await bench.clock.prepare()
    async with bench.office.work("set") as work:
        await work.timer("once", 1, START + timedelta(minutes=90))
    await bench.ticks(45)
    bench.machine.set_by(-HOUR)  # 9:45 becomes 8:45, and the duty of 9:30 has been done
    await bench.ticks(60)
    bench.machine.set_by(HOUR)  # 9:45 becomes 10:45, over the other moment
    await bench.ticks(1)
    half_past_nine = START + timedelta(minutes=30)
    assert bench.met == [
        ("daily", half_past_nine),
        ("once", START + timedelta(minutes=105, seconds=TICK)),
    ]


async def test_a_jump_over_a_week_meets_a_daily_duty_once(bench: Bench) -> None:
    await bench.clock.prepare()
    bench.machine.set_by(7 * 24 * HOUR)
    await bench.ticks(60)
    week_later = START + timedelta(days=7)
    assert bench.met == [
        ("daily", week_later + timedelta(seconds=TICK)),
        ("daily", week_later + timedelta(minutes=30)),
    ]


async def test_what_was_to_be_met_at_once_does_not_wait_for_the_hour_to_come_round(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A receipt set for now, and a matter put off for a minute, just before the clock is set back."""
    faults = [RuntimeError("a fault of ours")]

    async def once(work: UnitOfWork, subject: int) -> None:
        if faults:
            raise faults.pop()
        await bench.once(work, subject)

    async def receipt(work: UnitOfWork, _: int) -> None:
        bench.met.append(("receipt", work.now))

    kinds = {"once": once, RECEIPT: receipt}
    monkeypatch.setattr(clock_module, "TIMERS", MappingProxyType(kinds))
    monkeypatch.setattr(clock_module, "DAILY", MappingProxyType({}))
    async with bench.office.work("set") as work:
        await work.timer("once", 1, START)
        await work.timer("once", 2, START + timedelta(minutes=2))
    await bench.ticks(0.5)
    async with bench.office.work("sent") as work:
        await work.timer(RECEIPT, 1, work.now)
    bench.machine.set_by(-HOUR)
    await bench.ticks(0.25)
    now = bench.machine.wall
    assert bench.met == [("once", now), ("receipt", now)]
    await bench.ticks(70)
    assert bench.met[2:] == [("once", START + timedelta(minutes=2))], (
        "its moment is by the clock, as it stands"
    )
