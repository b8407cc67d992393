"""A stage for written conversations on which the bot is a process that is killed again and again.

The people notice nothing but some waiting. Several conversations go on side by side,
and turn the clock together.
"""

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.rehearsal.cast import Cast
from bot.rehearsal.difference import Deed
from bot.rehearsal.player import scenes
from bot.rehearsal.scene import Event, Preparation, Scene
from bot.rehearsal.script import read
from bot.rehearsal.stage import CONTENT
from bot.rehearsal.witness import Witness
from bot.sandbox.house import account, group_chat, settle_in
from notices.notice import State
from rules.roster import Roster
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.outbox import Kind
from storage.receipt import RECEIPT
from storage.tables import audit, contact, inbox, metadata, outbox, timers
from storage.trace import table_of
from tests.reliability.books import assert_nothing_lost, repeated_messages
from tests.reliability.process import BotProcess, SetClock
from tests.reliability.servers import Servers, Trap, listening

_LONGEST_SECONDS = 120.0
_FEWEST, _MOST = 4, 36
"""After so many calls of the Bot API, or a moment later, a life ends."""
_NOT_OF_A_MATTER = {
    "inbox", "outbox", "audit", "audit_head", "undos", "undo_rows", "drafts", "contact", "timers",
    "officials", "outages",
    "desk_items",  # drawn anew from the rest
}  # fmt: skip
_CHANCE = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:[\d.]+(?:\+00:00)?"
    r"|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}"
    r"|BQAC\w+"
    r'|(?<="delivered_to": ")[^"]+|(?<="message_id": )\d+'
)
"""Moments, ids drawn by lot or Telegram's of a file, and whom of a unit a message reached first."""
_PASSING = re.compile(r"form:\d+|:\d{9}\b")
"""In a card's name: of a form, or of the update that it answers."""
_CODES = {"leave", "countersign", "meeting", "invitation", "briefing"}
_SUBJECT = re.compile(r"\b(leave|countersign|meeting|invitation|briefing):(\d+)\b")
_FIRST_COME = {"message_id", "delivered_to_id"}
Books = dict[str, list[str]]


@dataclass
class Fire:
    """The bot under fire: `kills` still to come, those there were, and what the people's phones show."""

    bot: BotProcess
    servers: Servers
    clock: SetClock
    engine: AsyncEngine
    roster: Roster
    chance: random.Random
    kills: int
    killed: Counter[str] = field(default_factory=Counter)
    turning: asyncio.Barrier = field(init=False)

    def arm(self) -> None:
        """The next life ends at a moment that chance has chosen."""
        if self.kills > self.killed.total():
            moment, delay = self.chance.choice(("asked", "done")), self.chance.choice((0.0, 0.0, 0.004, 0.02))
            count = self.chance.randint(_FEWEST, _MOST)
            self.servers.trap = Trap("", moment, count, lambda: self._kill(moment), delay)

    def _kill(self, moment: str) -> None:
        self.bot.kill()
        self.killed[moment] += 1
        self.bot.start()
        self.arm()

    async def rest(self) -> None:
        """Wait until nothing waits: at Telegram, in the bot, to be sent, or to be known as delivered."""
        unread = select(func.count()).where(inbox.c.done_at.is_(None))
        unsent = select(func.count()).where(outbox.c.state == State.WAITING)
        unknown = select(func.count()).where(timers.c.kind == RECEIPT)
        async with asyncio.timeout(_LONGEST_SECONDS):
            while self.servers.waiting or any([await self._count(one) for one in (unread, unsent, unknown)]):
                assert self.bot.ended is None, self.bot.told()
                await asyncio.sleep(0.02)

    async def turn(self, to: datetime) -> None:
        """Somebody sets the clock; the line has held meanwhile, and the bot is let live until it knows."""
        if to <= self.clock.now():
            return
        await self.rest()
        self.servers.trap = None
        await self._until(select(contact.c.at), bool)
        self.clock.set(to)
        await self._until(select(func.count()).where(contact.c.at >= to), bool)
        self.arm()
        for minutes in (0, 1, 2, 3):  # what could not be done at once is tried again after a minute
            moment = to + timedelta(minutes=minutes, seconds=5)
            self.clock.set(moment)
            overdue = select(func.count()).where(timers.c.next_at <= moment)
            await self._until(overdue, lambda count: not count)
            await self.rest()

    async def _until(self, statement: Any, holds: Any) -> None:
        async with asyncio.timeout(_LONGEST_SECONDS):
            while not holds(await self._count(statement)):
                assert self.bot.ended is None, self.bot.told()
                await asyncio.sleep(0.05)

    async def _count(self, statement: Any) -> Any:
        async with self.engine.connect() as connection:
            return await connection.scalar(statement)


class FireStage:
    """One conversation of several: what `bot.rehearsal.player` asks of a stage, as far as these need it."""

    def __init__(self, fire: Fire) -> None:
        self.fire = fire
        units, people = fire.roster.units, fire.roster.officials
        self.cast = Cast(
            fire.roster, {one.id: account(one) for one in people}, {one.id: group_chat(one) for one in units}
        )
        self.witness = Witness(fire.servers, fire.clock.now, self.cast.place)

    async def open(self, at: datetime, preparation: Preparation) -> Cast:  # noqa: ARG002 - nothing to prepare
        """The bot runs already."""
        return self.cast

    async def turn(self, to: datetime) -> None:
        """All together; the first to be woken sets the clock."""
        if await self.fire.turning.wait() == 0:
            await self.fire.turn(to)
        await self.fire.turning.wait()

    async def say(self, person: int, chat: int, text: str, answers: int = 0) -> None:
        """A person writes."""
        await self.fire.servers.says(person, chat, text, answers or None)
        await self.fire.rest()

    async def send_file(
        self, person: int, chat: int, name: str, caption: str, size: int | None, more: Sequence[str]
    ) -> None:
        """A person sends a file."""
        assert not more
        await self.fire.servers.sends_file(person, chat, name, CONTENT, caption, size=size)
        await self.fire.rest()

    async def tap(self, person: int, chat: int, message: int, data: str) -> None:
        """A person presses a button."""
        await self.fire.servers.presses(person, chat, message, data)
        await self.fire.rest()

    async def tap_together(self, taps: Sequence[tuple[int, int, int, str]]) -> None:
        """Several press at once."""
        for tap in taps:
            await self.fire.servers.presses(*tap)
        await self.fire.rest()

    async def share_number(self, person: int, label: str) -> bool:  # noqa: ARG002
        """Nobody does."""
        return False

    def deeds(self) -> Sequence[Deed]:
        """What people saw the bot do."""
        return self.witness.take()

    async def code(self, called: str) -> str:
        """Nobody binds here."""
        raise NotImplementedError(called)

    async def door_code(self, title: str) -> str:
        """Nobody signs in here."""
        raise NotImplementedError(title)

    async def share_contact(self, person: int, whose: int) -> None:
        """Nobody does."""
        raise NotImplementedError

    async def happen(self, event: Event, chat: int, group: str) -> None:
        """Nothing but kills."""
        raise NotImplementedError(event)

    async def take_over(self, event: Event, text: str) -> None:
        """Nothing is imported."""
        raise NotImplementedError(event)

    async def close(self) -> None:
        """The bot goes on for the others."""


@dataclass(frozen=True)
class Outcome:
    """What the books hold in the end; `killed` by moment, and how many messages stand on a phone twice."""

    matters: Books
    decisions: Counter[tuple[Any, ...]]
    notices: Counter[tuple[Any, ...]]
    killed: Counter[str]
    sent: int
    repeated: int


async def play(url: str, folder: Path, files: Sequence[Path], *, seed: int, kills: int) -> Outcome:
    """Play the conversations side by side under so many kills, as chance of that seed has them."""
    folder.mkdir()  # noqa: ASYNC240 - a test's own
    scripts = [read(file) for file in files]
    clock = SetClock(folder, scripts[0].scenes[0].at)
    servers = Servers(seed, clock.now)
    servers.longest_poll = 1
    database = Database(url)
    roster = await settle_in(Office(database, Settings(), clock.now), servers, bound=lambda _: True)
    async with _bot(servers, folder, url, clock) as bot:
        chance = random.Random(seed)  # noqa: S311 - chance to be repeated
        fire = Fire(bot, servers, clock, create_async_engine(url), roster, chance, kills)
        fire.turning = asyncio.Barrier(len(files))
        await fire.rest()  # the menus of the whole district: no kill is spent on them
        fire.arm()
        async with asyncio.TaskGroup() as group:
            for script in scripts:
                group.create_task(_converse(fire, script))
        servers.trap = None
        await fire.rest()
        assert await bot.stop() == 0, bot.told()
        await fire.engine.dispose()
    assert "Traceback" not in bot.told(), bot.told()
    await assert_nothing_lost(database, servers)
    outcome = await _outcome(database, servers, fire)
    await database.close()
    return outcome


@asynccontextmanager
async def _bot(servers: Servers, folder: Path, url: str, clock: SetClock) -> AsyncIterator[BotProcess]:
    async with listening(servers) as base_url:
        bot = BotProcess(folder, base_url, servers.token, url, clock)
        bot.start()
        try:
            yield bot
        finally:
            bot.kill()


async def _converse(fire: Fire, script: Any) -> None:
    last: Scene = script.scenes[-1]
    async for played in scenes(script, FireStage(fire)):
        assert not played.failure, f"{script.path}:{played.scene.line} {played.failure}\n{fire.bot.told()}"
        last = played.scene
    assert last is script.scenes[-1]


async def _outcome(database: Database, servers: Servers, fire: Fire) -> Outcome:
    matters: Books = {}
    async with database.session() as session:
        tables = [table for table in metadata.sorted_tables if table.name not in _NOT_OF_A_MATTER]
        numbers: dict[str, dict[Any, int]] = {}
        for table in tables:
            if "id" in table.c:
                ids = await session.scalars(select(table.c.id).order_by(table.c.id))
                numbers[table.name] = {id: number for number, id in enumerate(ids, 1)}
        for table in tables:
            key = list(table.primary_key) or list(table.c)
            columns = [column for column in table.c if column.name not in _FIRST_COME]
            rows = (await session.execute(select(*columns).order_by(*key))).all()
            matters[table.name] = [_said(columns, row, numbers) for row in rows]
        of_audit = audit.c.action, audit.c.actor, audit.c.subject, audit.c.article, audit.c.acting_for
        noted = (await session.execute(select(*of_audit))).all()
        of_outbox = outbox.c.chat_id, outbox.c.card, outbox.c.state
        told = (await session.execute(select(*of_outbox).where(outbox.c.kind == Kind.MESSAGE))).all()

    def named(subject: str | None) -> str:
        code, number, *_ = *_PASSING.sub("", subject or "").split(":"), ""
        known = numbers[table_of(code).name] if code in _CODES and number.isdecimal() else {}
        return f"{code}:{known.get(int(number), number) if known else number}:{(subject or '').count(':')}"

    decisions = Counter(
        (row.action, row.actor, named(row.subject), row.article, row.acting_for) for row in noted
    )
    notices = Counter((row.chat_id, named(row.card), row.state) for row in told)
    repeated = await repeated_messages(database, servers)
    return Outcome(matters, decisions, notices, fire.killed, servers.sends, repeated)


def _counted_anew(found: re.Match[str], numbers: Mapping[str, Mapping[Any, int]]) -> str:
    id = int(found[2])
    return f"{found[1]}:{numbers[table_of(found[1]).name].get(id, id)}"


def _said(columns: Sequence[Column[Any]], row: Any, numbers: Mapping[str, Mapping[Any, int]]) -> str:
    """The row without what differs from run to run; whether there is a moment still shows.

    Ids are counted anew: PostgreSQL uses one up for what a kill has undone.
    """
    values = []
    for column, value in zip(columns, row, strict=True):
        of = (
            column.table
            if column.name == "id"
            else next((key.column.table for key in column.foreign_keys), None)
        )
        known = numbers.get(of.name, {}) if of is not None else {}
        values.append(known.get(value, value) if isinstance(value, int) else value)
    said = json.dumps(values, default=str, ensure_ascii=False)
    # Also in words: leave:2, as a remark names its matter.
    return _CHANCE.sub("…", _SUBJECT.sub(lambda found: _counted_anew(found, numbers), said))
