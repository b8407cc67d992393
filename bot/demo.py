"""`banjie demo`: the whole bot on SQLite with a page of phones, and nothing to set up.

Every start is a fresh district: the local chat's history lives in memory, so an old database would speak
of messages nobody has.
"""

import logging
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from rich.console import Console
from starlette.applications import Starlette

from bot.clock import TurnableClock, real_now
from bot.pace import UNLIMITED
from bot.sandbox.bot_api import bot_api
from bot.sandbox.house import House, account, group_chat, group_title, open_house
from bot.sandbox.stage import Cast, Day, Group, Persona, Progress
from bot.sandbox.web import local_chat, server
from rules.roster import Official, Role, Roster, UnitKind
from rules.working_days import SHANGHAI, shanghai_day, weekday

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
"""The demo's clock can be turned at any time, so it looks more often than a real office's."""


@dataclass(frozen=True)
class District:
    """The sample district as the page needs it: who can be played, and its clock."""

    house: House

    async def cast(self) -> Cast:
        """Everybody in office; the first phones are a unit head, his vice mayor, the mayor and the desk."""
        roster = await self.house.roster()
        people = [_persona(official) for official in roster.officials]
        groups = [Group(group_chat(unit), group_title(unit), unit.name) for unit in roster.units]
        return Cast(people, groups, [account(official) for official in _first_phones(roster)])

    def now(self) -> datetime:
        """The present in the district."""
        return self.house.clock.now()

    async def day(self, day: date) -> Day:
        """What kind of day that is."""
        async with self.house.office.work("page") as work:
            calendar = await work.calendar()
        working, name = calendar.is_working(day), calendar.name_of(day)
        return Day(working, "工作日" if working and name == weekday(day) else name)

    async def next_opening(self) -> datetime:
        """The opening of the next working day."""
        async with self.house.office.work("page") as work:
            calendar = await work.calendar()
        tomorrow = calendar.next_working(shanghai_day(self.now()))
        return self.house.office.settings.hours.opening(tomorrow)

    async def turn(self, to: datetime, on_progress: Progress) -> None:
        """Walk through every due moment up to `to`."""
        await self.house.turn(to, on_progress)


def _persona(official: Official) -> Persona:
    return Persona(
        telegram_id=account(official),
        name=official.name,
        post=official.post_in_full,
        unit=official.unit.name,
        role=official.role.value,
        section=official.unit.kind.value,
    )


def _first_phones(roster: Roster) -> list[Official]:
    """A department head, the vice mayor in charge, the mayor and the office desk."""
    for unit in roster.units:
        head, charge = roster.head_of(unit), roster.in_charge_of(unit)
        if unit.kind is UnitKind.DEPARTMENT and head and charge and charge.role is Role.VICE_MAYOR:
            clerk = roster.with_role(Role.OFFICE_STAFF)[:1]
            return [head, charge, *([roster.mayor] if roster.mayor else []), *clerk]
    return roster.officials[:4]


@asynccontextmanager
async def open_demo(clock: TurnableClock) -> AsyncIterator[Starlette]:
    """A fresh district with its bot at work, and the page to serve."""
    with tempfile.TemporaryDirectory(prefix="banjie-demo-", ignore_cleanup_errors=True) as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'banjie.db'}"
        async with open_house(url, clock, pace=UNLIMITED) as house:
            scheduler = house.desk.clock.schedule(TICK_SECONDS)
            scheduler.start()
            try:
                district = District(house)
                yield local_chat(house.telegram, district, district, bot_api=bot_api(house.telegram))
            finally:
                scheduler.shutdown(wait=False)


async def demo(port: int) -> None:
    """Serve the page on 127.0.0.1 until Ctrl+C."""
    async with open_demo(TurnableClock(_opening_hour(real_now()), running=True)) as app:
        Console().print(f"本地聊天已开：[link]http://127.0.0.1:{port}[/link]（Ctrl+C 结束）")
        await server(app, port).serve()


def _opening_hour(now: datetime) -> datetime:
    """The real time by day, else nine in the morning: a demo that opens at night looks dead."""
    local = now.astimezone(SHANGHAI)
    if local.hour in range(8, 18):
        return now
    morning = local.replace(hour=9, minute=0, second=0, microsecond=0)
    return morning if local.hour < 8 else morning + timedelta(days=1)
