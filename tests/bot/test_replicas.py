"""Several processes on one PostgreSQL: each update once, in order within its chat, whoever has it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot import receiving
from bot.application import Wire
from bot.clock import TurnableClock
from bot.config import BadConfig, Config, load
from bot.connections import Storage
from bot.contact import Contact
from bot.replicas import Helper, helping, sharing
from bot.sandbox.house import House, account, open_house
from bot.sandbox.request import LocalRequest
from rules.roster import Official, Role
from rules.settings import Settings
from storage import signals, single_instance
from storage.database import Database
from storage.inbox import InboxRow, inbox_row, some_waiting, store, strangers_waiting
from storage.office import Office
from storage.queries.outage import outages_since
from storage.signals import Channel, Signals
from storage.single_instance import alone, on_duty, unhelped
from storage.single_instance import helping as helps
from storage.tables import inbox, outbox

MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
DAYS = ("11月24日", "11月25日", "11月26日", "11月27日", "11月30日")


def asks(update_id: int, person: Official, text: str) -> dict[str, Any]:
    chat = {"id": account(person), "type": "private"}
    sender = {"id": account(person), "is_bot": False, "first_name": "某"}
    message = {"message_id": update_id, "date": int(MORNING.timestamp()), "chat": chat, "from": sender}
    return {"update_id": update_id, "message": {**message, "text": text}}


@asynccontextmanager
async def helper(url: str, house: House) -> AsyncIterator[Helper]:
    """A second process's share, on connections of its own."""
    database, request = Database(url), LocalRequest(house.telegram)
    address = "https://local.invalid/"
    wire = Wire(house.telegram.token, f"{address}bot", f"{address}file/bot", request, request)
    config = Config(database=Storage(url=SecretStr(url), replicas=True))
    try:
        async with helping(Office(database, Settings(), house.clock.now), wire, config) as helper:
            yield helper
    finally:
        await database.close()


async def all_done(house: House) -> None:
    """Everything taken in, by whichever process, is handled and sent."""
    undone = select(func.count()).where(inbox.c.done_at.is_(None))
    unsent = select(func.count()).where(outbox.c.state == "waiting")
    async with asyncio.timeout(30):
        while True:
            async with house.office.database.session() as session:
                if not await session.scalar(undone) and not await session.scalar(unsent):
                    return
            await asyncio.sleep(0.02)


def days_answered(house: House, person: Official) -> Sequence[str]:
    """The days of the questions in the order of their answers."""
    told = [view["text"] for view in house.telegram.history(account(person)) if view["sender"]["is_bot"]]
    return [day for text in told for day in DAYS if text.startswith(day) or day in text.split("\n")[0]]


async def test_two_processes_share_the_updates_of_each_chat_and_keep_its_order(
    postgres_district_url: str,
) -> None:
    async with (
        open_house(postgres_district_url, TurnableClock(MORNING)) as house,
        sharing(house.desk, polled=False, look_seconds=60),
        helper(postgres_district_url, house) as other,
    ):
        heads = (await house.roster()).with_role(Role.UNIT_HEAD)[:12]
        takers = house.desk.receiver, other.receiver
        handle = takers[0].handle

        async def slowly(one: InboxRow) -> None:
            if one.update_id % 3 == 0:  # so that the other process has what came later sooner in its hands
                await asyncio.sleep(0.2)
            await handle(one)

        takers[0].handle = slowly
        number = 1000
        for place, day in enumerate(DAYS):  # of one chat the questions come to the one and the other in turn
            for one, head in enumerate(heads):
                number += 1
                await takers[(place + one) % 2].take([asks(number, head, f"{day}是工作日吗")])
        await all_done(house)
        for head in heads:
            assert days_answered(house, head) == list(DAYS), head.name
        handled = [taker.counted["handled"] for taker in takers]
        assert sum(handled) == len(DAYS) * len(heads)
        assert min(handled) > 0


async def test_what_a_process_that_is_gone_took_in_is_handled_before_what_came_later(
    postgres_district_url: str,
) -> None:
    async with (
        open_house(postgres_district_url, TurnableClock(MORNING)) as house,
        sharing(house.desk, polled=False, look_seconds=60),
        helper(postgres_district_url, house) as other,
    ):
        head, mayor = (await house.roster()).with_role(Role.UNIT_HEAD)[0], (await house.roster()).mayor
        assert mayor is not None
        async with house.office.database.session() as session:
            left = asks(1001, head, f"{DAYS[0]}是工作日吗"), asks(1002, mayor, f"{DAYS[0]}是工作日吗")
            await store(session, [inbox_row(one) for one in left], MORNING)
        await other.receiver.take([asks(1003, head, f"{DAYS[1]}是工作日吗")])
        await other.receiver.idle()
        await other.receiver.fetch(16, 1, timedelta())  # as every few seconds
        await all_done(house)
        assert days_answered(house, head) == list(DAYS[:2])
        assert days_answered(house, mayor) == list(DAYS[:1])


async def test_what_is_polled_is_handled_by_whichever_process_is_free(postgres_district_url: str) -> None:
    async with (
        open_house(postgres_district_url, TurnableClock(MORNING)) as house,
        sharing(house.desk, polled=True, look_seconds=60),
        helper(postgres_district_url, house) as other,
    ):
        heads = (await house.roster()).with_role(Role.UNIT_HEAD)[:20]
        told = [(day, head) for day in DAYS for head in heads]
        batch = [asks(1000 + n, head, f"{day}是工作日吗") for n, (day, head) in enumerate(told)]
        await house.desk.receiver.take(batch)
        await all_done(house)
        for head in heads:
            assert days_answered(house, head) == list(DAYS), head.name
        handled = [each.counted["handled"] for each in (house.desk.receiver, other.receiver)]
        assert sum(handled) == len(batch)
        assert min(handled) > 0


async def test_what_a_helper_wrote_for_a_chat_goes_out_before_what_came_later_there(
    postgres_district_url: str,
) -> None:
    async with (
        open_house(postgres_district_url, TurnableClock(MORNING)) as house,
        sharing(house.desk, polled=False, look_seconds=60),
        helper(postgres_district_url, house) as other,
    ):
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        other.office.hand_over = lambda _rows: None  # its word is lost
        await other.receiver.take([asks(1001, head, f"{DAYS[0]}是工作日吗")])
        await other.receiver.idle()
        await house.desk.receiver.take([asks(1002, head, f"{DAYS[1]}是工作日吗")])
        await all_done(house)
        assert days_answered(house, head) == list(DAYS[:2])


def test_sqlite_cannot_be_shared(tmp_path: Any) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[telegram]\ntoken = "1:a"\n[database]\nreplicas = true\n', encoding="utf-8")
    with pytest.raises(BadConfig, match="replicas = true 要用 PostgreSQL"):
        load(file)


async def test_a_flood_of_strangers_is_bounded_and_comes_last_where_the_inbox_is_shared(
    postgres_district_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "_STRANGERS", 40)
    async with open_house(postgres_district_url, TurnableClock(MORNING)) as house:
        heads = (await house.roster()).with_role(Role.UNIT_HEAD)[:3]
        receiver = house.desk.receiver
        receiver.stored = lambda: None  # whichever process is free fetches it, and none is yet
        flood = [asks(1000 + n, heads[0], "在吗") for n in range(100)]
        for n, one in enumerate(flood):
            house.telegram.add_user(9000 + n % 4, "路人")
            one["message"] |= {"chat": {"id": 9000 + n % 4, "type": "private"}}
            one["message"]["from"] |= {"id": 9000 + n % 4}
        for at in range(0, 100, 20):
            await receiver.take(flood[at : at + 20])
        async with house.office.database.session() as session:
            assert await strangers_waiting(session) == 40
        asked = [asks(2000 + n, head, f"{DAYS[0]}是工作日吗") for n, head in enumerate(heads)]
        await receiver.take(asked)
        async with house.office.database.session() as session:
            first = await some_waiting(session, 16, 5, [], MORNING + timedelta(minutes=1))
        assert {one.update_id for one in first} > {2000, 2001, 2002}
        assert max(Counter(one.chat_key for one in first).values()) <= 4


async def test_a_process_that_heard_nothing_does_not_take_another_ones_hour_for_an_outage(
    postgres_url: str,
) -> None:
    database, now = Database(postgres_url), MORNING
    try:
        await database.migrate()
        one, other = (Contact(Office(database, Settings(), lambda: now)) for _ in range(2))
        for each in (one, other):
            each.office.shared = True
            await each.heard()
        for _ in range(70):
            now += timedelta(minutes=1)
            await one.heard()
        await other.heard()
        async with one.office.work("test") as work:
            assert await outages_since(work, MORNING) == []
        assert other.behind is None
    finally:
        await database.close()


async def test_the_line_between_the_processes_is_taken_up_again_whatever_cut_it(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signals, "_AGAIN_SECONDS", 0.01)
    database, heard = Database(postgres_url), asyncio.Event()
    line = Signals(database.engine, Channel.OUTBOX, lambda ids: heard.set() if 7 in ids else None)
    talk = line._talk
    cuts = iter([asyncpg.InternalClientError("cut in the middle of a word"), OSError("cut")])

    async def broken(connection: AsyncConnection) -> None:
        if (cut := next(cuts, None)) is not None:
            raise cut
        await talk(connection)

    monkeypatch.setattr(line, "_talk", broken)
    running = asyncio.create_task(line.run())
    try:
        line.say(Channel.OUTBOX, [7])
        await asyncio.wait_for(heard.wait(), 10)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await database.close()


async def test_who_stands_by_outlives_a_server_that_is_away(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, looks = Database(postgres_url), 0
    engine = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    init = single_instance._ServersLock.__init__

    def away(self: Any, _engine: AsyncEngine, *rest: Any, **named: Any) -> None:
        nonlocal looks
        looks += 1
        init(self, engine if looks in (2, 3) else database.engine, *rest, **named)

    async with alone(database) as held:
        assert held
        monkeypatch.setattr(single_instance._ServersLock, "__init__", away)
        entering = asyncio.create_task(_come_on_duty(database))
        while looks < 4:
            assert not entering.done()
            await asyncio.sleep(0.02)
    await asyncio.wait_for(entering, 10)
    await engine.dispose()
    await database.close()


async def _come_on_duty(database: Database) -> None:
    async with on_duty(database, 0.02) as duty:
        assert duty


async def test_nobody_restores_a_database_on_which_a_process_helps(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with helps(database), unhelped(database) as is_ours:
        assert not is_ours
    async with unhelped(database) as is_ours:
        assert is_ours
    await database.close()
