"""A whole office in this process, its clock standing still, to be troubled from outside."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.clock import TurnableClock
from bot.pace import UNLIMITED
from bot.sandbox.house import House, settle_in
from bot.sandbox.telegram import LocalTelegram
from bot.sandbox.world import Files
from rules.approval import Decision
from rules.leave.matter import LeaveState
from rules.roster import Official, Role, Roster
from rules.settings import Settings
from rules.working_days import shanghai_day
from storage.database import Database
from storage.office import Office
from tests.reliability.books import assert_nothing_lost, is_quiet, ledger
from tests.reliability.phones import Phones, note

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, 9 in the morning at Shanghai
_PATIENCE_SECONDS = 60.0


class Line(LocalTelegram):
    """LocalTelegram behind a line that can be down: then every call ends at once in a network error."""

    down = False
    called: Counter[str]

    async def call(self, method: str, params: dict[str, Any], files: Files | None = None) -> object:
        """Count it, and do it if the line is up."""
        self.called[method] += 1
        if self.down:
            raise ConnectionResetError("the line is down")
        return await super().call(method, params, files)

    def cut(self) -> None:
        """The line breaks, also for the long poll that is under way."""
        self.down = True
        self.world.updates.interrupt("the line is down")


@dataclass
class Troubled:
    """An office, its people with their phones, and what is expected of it in the end."""

    house: House
    line: Line
    phones: Phones
    roster: Roster
    reported: list[Official] = field(default_factory=list)

    @property
    def database(self) -> Database:
        """The office's database."""
        return self.house.office.database

    @property
    def heads(self) -> list[Official]:
        """Those who may report, in roster order."""
        return self.roster.with_role(Role.UNIT_HEAD)

    async def leaves(self, *heads: Official) -> None:
        """Each reports a leave and has it approved by both who decide; ends when the last has tapped."""
        start = shanghai_day(START) + timedelta(days=14)
        leaders = Counter(self.roster.in_charge_of(head.unit) for head in heads)
        leaders[self.roster.mayor] += len(heads)
        self.reported += heads
        async with asyncio.timeout(_PATIENCE_SECONDS), asyncio.TaskGroup() as group:
            for leader, count in leaders.items():
                assert leader is not None
                group.create_task(self.phones.approve(leader, count))
            for head in heads:
                deputy = self.roster.of(head.unit, Role.DEPUTY_HEAD)[0]
                text = note(start, start + timedelta(days=2), deputy)
                group.create_task(self.phones.report(head, text))

    async def rest(self) -> None:
        """Wait until nothing waits any more, in the bot or in its books."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                await self.house.desk.delivery.collect()  # as the clock does every few seconds
                await self.house.settle()
                if await is_quiet(self.database):
                    return
                await asyncio.sleep(0.05)

    async def assert_all_is_well(self) -> None:
        """Nothing lost or doubled; every leave that was reported is approved."""
        await assert_nothing_lost(self.database, self.line)
        books = await ledger(self.database)
        assert sorted(leave.applicant.id for leave in books.leaves) == sorted(o.id for o in self.reported)
        for leave in books.leaves:
            assert leave.state is LeaveState.APPROVED
            assert [approval.decision for approval in leave.approvals] == [Decision.AGREE] * 2
        count = len(self.reported)
        decisions = {name: number for name, number in books.decisions.items() if name.startswith("leave.")}
        assert decisions == ({"leave.submit": count, "leave.agree": 2 * count} if count else {})
        assert set(self.phones.answered) == set(self.phones.pressed)


@asynccontextmanager
async def open_troubled(database_url: str) -> AsyncIterator[Troubled]:
    """Open the office on an empty database, everybody bound, and start its bot."""
    database = Database(database_url)
    try:
        await database.migrate()
        clock = TurnableClock(START)
        line = Line(clock.now)
        line.called = Counter()
        house = House(Office(database, Settings(), clock.now), line, clock, UNLIMITED)
        roster = await settle_in(house.office, line, bound=lambda _: True)
        await house.start()
        try:
            yield Troubled(house, line, Phones(line), roster)
        finally:
            await house.stop()
    finally:
        await database.close()
