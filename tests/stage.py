"""An office on a database, whose clock stands where the test puts it, and what it has said and set.

What a procedure plays on it (a leave laid before somebody, an invitation kept) stands beside its tests.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import select
from telegram import Bot

from bot.delivery import Delivery
from bot.fallback import AppriseChannels
from bot.pace import UNLIMITED, Pace
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import LocalTelegram
from notices.message_text import plain
from rules.roster import Official, Unit
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.outbox import Kind
from storage.tables import outbox, timers
from storage.unit_of_work import UnitOfWork
from tests.cast import THURSDAY

C = TypeVar("C")


async def enter(work: UnitOfWork, units: Collection[Unit], officials: Collection[Official]) -> None:
    """Store these units and people; 分管 and 补位 refer to people, so they come after them."""
    portfolios = {unit: unit.portfolio_id for unit in units}
    backups = {official: official.backup_id for official in officials}
    for unit in units:
        unit.portfolio_id = None
    for official in officials:
        official.backup_id = None
    work.session.add_all([*units, *officials])
    await work.flush()
    for unit, portfolio in portfolios.items():
        unit.portfolio_id = portfolio
    for official, backup in backups.items():
        official.backup_id = backup


@dataclass(frozen=True)
class Said:
    """One message of the outbox: whose it is, the chat it goes to, its text, and the file's name if any."""

    name: str
    chat: int | None
    text: str
    file: str = ""

    @property
    def first(self) -> str:
        """The first line, without its markup."""
        return plain(self.text).split("\n")[0]


class Stage(Generic[C]):
    """The office with the people of its play; a test moves `now`."""

    def __init__(
        self, database: Database, cast: C, *, now: datetime = THURSDAY, settings: Settings | None = None
    ) -> None:
        self.now = now
        self.cast = cast
        self.office = Office(database, settings or Settings(), lambda: self.now)
        self._seen = 0

    async def said(self) -> list[Said]:
        """The messages queued since this was last asked, in order."""
        async with self.office.work("look") as work:
            new = select(outbox).where(outbox.c.id > self._seen).order_by(outbox.c.id)
            rows = (await work.session.execute(new)).all()
            names = {official.id: official.name for official in (await work.roster()).officials}
        self._seen = rows[-1].id if rows else self._seen
        return [
            Said(
                names.get(row.official_id, ""),
                row.chat_id,
                row.payload["text"],
                row.payload.get("file", {}).get("name", ""),
            )
            for row in rows
            if row.kind is Kind.MESSAGE
        ]

    async def fresh(self) -> list[tuple[int | None, str]]:
        """The messages queued since this was last asked: to whom (chat), and the first line."""
        return [(one.chat, one.first) for one in await self.said()]

    async def told(self) -> dict[str, list[str]]:
        """The messages queued since this was last asked: first lines by whom they are for."""
        told: dict[str, list[str]] = {}
        for one in await self.said():
            told.setdefault(one.name, []).append(one.first)
        return told

    async def timers(self, subject: int | None = None, kind: str = "") -> dict[str, datetime]:
        """What the clock will look at: of this subject and this kind of matter, if one is named."""
        async with self.office.work("look") as work:
            rows = (await work.session.execute(select(timers))).all()
        return {
            row.kind: row.due_at
            for row in rows
            if subject in {None, row.subject_id} and row.kind.startswith(kind)
        }


class Line:
    """People on the local chat by their ids, and delivery to them, which starts when it is asked to."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.telegram = LocalTelegram(office.now)
        self.people: dict[int, Official] = {}

    async def settle(self, *officials: Official) -> None:
        """They are in the roster, and each has opened the chat with the bot."""
        async with self.office.work("settle") as work:
            for official in officials:
                assert official.telegram_id
                work.add(official)
                self.people[official.telegram_id] = official
                self.telegram.add_user(official.telegram_id, official.name)
                self.telegram.open_chat(official.telegram_id)
        self.telegram.done.clear()

    @asynccontextmanager
    async def sending(
        self, pace: Pace = UNLIMITED, channels: AppriseChannels | None = None
    ) -> AsyncIterator[Delivery]:
        """Delivery at work, stopped at the end."""
        bot = Bot(self.telegram.token, request=LocalRequest(self.telegram))
        await bot.initialize()
        delivery = Delivery(self.office, bot, pace, channels)
        running = asyncio.create_task(delivery.run())
        try:
            await delivery.collect()
            yield delivery
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await bot.shutdown()
