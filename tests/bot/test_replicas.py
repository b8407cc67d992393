"""Several processes on one PostgreSQL: each update once, in order within its chat, whoever has it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.application import Wire
from bot.clock import TurnableClock
from bot.config import BadConfig, Config, load
from bot.connections import Storage
from bot.replicas import Helper, helping, sharing
from bot.sandbox.house import House, account, open_house
from bot.sandbox.request import LocalRequest
from rules.roster import Official, Role
from rules.settings import Settings
from storage.database import Database
from storage.inbox import InboxRow, inbox_row, store
from storage.office import Office
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
