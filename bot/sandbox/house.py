"""A whole office on the local chat: the real bot, the sample district bound, a clock that turns."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.application import Desk, Wire, open_desk, polling
from bot.clock import TurnableClock
from bot.fallback import Channels
from bot.pace import UNLIMITED, Pace
from bot.roster.files import SAMPLE, read_file
from bot.sandbox.request import LocalRequest
from bot.sandbox.stage import Progress
from bot.sandbox.telegram import LocalTelegram
from matters.menu import MENU
from rules.roster import Official, Roster, Unit
from rules.roster_change import compare
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.queries import roster as roster_storage
from storage.revision import Schema, schema_of
from storage.unit_of_work import UnitOfWork

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_FIRST_ACCOUNT = 7_000_000_000
"""Telegram ids have long outgrown 32 bits; so do those of the sample district."""
_FIRST_GROUP = -5_000_000_000


def account(official: Official) -> int:
    """The Telegram user id that the official has in the local chat."""
    return _FIRST_ACCOUNT + official.id


def group_chat(unit: Unit) -> int:
    """The chat id of the unit's group in the local chat."""
    return _FIRST_GROUP - unit.id


def group_title(unit: Unit) -> str:
    """What the unit's group is called."""
    return f"{unit.name}工作群"


class _RingNobody:
    """The other channels of an office that is only played: all is taken, nothing leaves the machine."""

    async def send(self, channel: str, phone: str, title: str, text: str) -> None:
        """Taken."""


@dataclass
class House:
    """One office with its bot running on the local chat. `desk` is replaced when the bot is restarted."""

    office: Office
    telegram: LocalTelegram
    clock: TurnableClock
    pace: Pace
    channels: Channels = field(default_factory=_RingNobody)
    desk: Desk = field(init=False)
    _running: AsyncExitStack = field(init=False, repr=False)

    async def start(self) -> None:
        """Start the bot on what the database holds."""
        wire = Wire(
            token=self.telegram.token,
            base_url="https://local.invalid/bot",
            base_file_url="https://local.invalid/file/bot",
            calls=LocalRequest(self.telegram),
            updates=LocalRequest(self.telegram),
        )
        async with AsyncExitStack() as stack:
            desk = open_desk(self.office, wire, self.pace, self.channels)
            self.desk = await stack.enter_async_context(desk)
            ended = await stack.enter_async_context(polling(self.desk, wire))
            contact = self.desk.receiver.contact
            self.clock.on_set = contact.carried
            stack.callback(self._let_go)
            made = asyncio.create_task(contact.made.wait())
            await asyncio.wait({made, ended}, return_when=asyncio.FIRST_COMPLETED)
            made.cancel()
            self._running = stack.pop_all()

    def _let_go(self) -> None:
        """From now on time passes without the bot."""
        self.clock.on_set = lambda: None

    async def stop(self) -> None:
        """Stop the bot; the database and the people's phones stay as they are."""
        await self._running.aclose()

    async def settle(self) -> None:
        """Wait until the bot has come to rest: nothing waits for it, in it, or to be sent."""
        while self.telegram.waiting or not (self.desk.receiver.is_idle and self.desk.delivery.is_idle):
            await self.telegram.taken()
            await self.desk.receiver.idle()
            await self.desk.delivery.idle()

    async def turn(self, to: datetime, on_progress: Progress | None = None) -> None:
        """Walk the clock to `to` through every due moment, each delivered before the next."""
        await self.settle()
        await self.desk.clock.turn(self.clock, to, self.settle, on_progress)

    async def roster(self) -> Roster:
        """Everybody now in office."""
        async with self.office.work("house") as work:
            return await work.roster()


async def move_in(work: UnitOfWork) -> None:
    """The sample district on an empty database: everybody is bound to an account, every unit to a group."""
    await roster_storage.apply(work, compare(await work.roster(), read_file(SAMPLE)))
    roster = await work.roster()
    for official in roster.officials:
        official.telegram_id = account(official)
    for unit in roster.units:
        unit.group_chat_id = group_chat(unit)


async def found(database_url: str) -> None:
    """Make the tables and let the sample district move in, long before whatever is played: to be copied.

    On each copy an office opens as on an empty database, without the tables being made again.
    """
    database = Database(database_url)
    try:
        await database.migrate()
        async with Office(database, Settings(), lambda: _LONG_AGO).work("district") as work:
            await move_in(work)
    finally:
        await database.close()


async def settle_in(office: Office, telegram: LocalTelegram, *, bound: Callable[[Official], bool]) -> Roster:
    """Give everybody of the sample district, which moves in first where nobody lives, phone and chats.

    `bound` says who is bound already. Every unit has a group chat with its people, bound to the unit.
    """
    async with office.work("sample") as work:
        if arriving := not (await work.roster()).officials:
            await move_in(work)
        roster = await work.roster()
        for official in roster.officials:
            telegram.add_user(account(official), official.name, phone=official.phone)
            if not bound(official):
                official.telegram_id = None
                continue
            telegram.open_chat(account(official))
            if arriving:
                await work.menu(official, MENU.commands(official))
        for unit in roster.units:
            members = [account(official) for official in roster.of(unit)]
            telegram.add_group(group_chat(unit), group_title(unit), members, announce=False)
        return roster


@asynccontextmanager
async def open_house(
    database_url: str,
    clock: TurnableClock,
    *,
    settings: Settings | None = None,
    limits: bool = False,
    pace: Pace = UNLIMITED,
    bound: Callable[[Official], bool] = lambda _official: True,
    channels: Channels | None = None,
) -> AsyncIterator[House]:
    """Open an office on a database that is empty or has the sample district in it, and start its bot.

    Other channels than the local chat take everything and ring nobody, unless some are given.
    """
    database = Database(database_url)
    try:
        if await schema_of(database) is not Schema.CURRENT:
            await database.migrate()
        office = Office(database, settings or Settings(), clock.now)
        telegram = LocalTelegram(clock.now, limits=limits)
        house = House(office, telegram, clock, pace, channels or _RingNobody())
        await settle_in(office, house.telegram, bound=bound)
        await house.start()
        try:
            yield house
        finally:
            await house.stop()
    finally:
        await database.close()
