"""The pages for who watches the machine: alive, ready, keeping up."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import health
from bot.application import Desk, Wire, open_desk
from bot.connections import Health
from bot.health import Pages, health_app
from bot.pace import UNLIMITED
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import LocalTelegram
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.inbox import inbox_row, store
from storage.office import Office

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
UPDATE = {
    "update_id": 77,
    "message": {
        "message_id": 1,
        "date": int(NOW.timestamp()),
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "某"},
        "text": "菜单",
    },
}


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """A bot that has heard from Telegram, in an office of one."""
    telegram = LocalTelegram(lambda: NOW)
    telegram.add_user(5, "某")
    telegram.open_chat(5)
    request = LocalRequest(telegram)
    wire = Wire(
        telegram.token, "https://local.invalid/bot", "https://local.invalid/file/bot", request, request
    )
    office = Office(database, Settings(), lambda: NOW)
    async with office.work("moving in") as work:
        unit = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
        work.add(Official("某", unit, "局长", Role.UNIT_HEAD, phone="13800000005", telegram_id=5))
    async with open_desk(office, wire, UNLIMITED) as desk:
        await desk.receiver.contact.heard()
        yield desk


@pytest.fixture
def pages(desk: Desk) -> Pages:
    """What is told of it."""
    pages = Pages()
    pages.show(desk.working)
    return pages


async def _get(pages: Pages, page: str) -> httpx.Response:
    transport = httpx.ASGITransport(health_app(pages))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        return await client.get(page)


async def _numbers(pages: Pages) -> dict[str, float]:
    text = (await _get(pages, "/metrics")).text
    families = text_string_to_metric_families(text)
    return {sample.name: sample.value for family in families for sample in family.samples}


async def test_a_bot_that_stands_by_lives_and_is_not_ready() -> None:
    pages = Pages()
    assert (await _get(pages, "/healthz")).status_code == 200
    answer = await _get(pages, "/readyz")
    assert (answer.status_code, answer.text) == (503, "机器人正在启动，或是候补，另一台在值班。\n")
    assert await _numbers(pages) == {"banjie_on_duty": 0.0}


async def test_what_it_did_is_counted_and_names_nobody(pages: Pages, desk: Desk) -> None:
    assert (await _get(pages, "/readyz")).text == "ok\n"
    await desk.receiver.take([UPDATE])
    await desk.receiver.idle()
    await desk.delivery.idle()
    told = await _numbers(pages)
    assert {name: told[f"banjie_{name}_total"] for name in ("received", "handled", "refused", "parked")} == {
        "received": 1.0,
        "handled": 1.0,
        "refused": 0.0,
        "parked": 0.0,
    }
    assert told["banjie_sent_total"] >= 1
    assert (told["banjie_on_duty"], told["banjie_in_contact"], told["banjie_database_up"]) == (1.0, 1.0, 1.0)
    assert told["banjie_waiting_updates"] == told["banjie_waiting_messages"] == 0
    page = (await _get(pages, "/metrics")).text
    assert page.isascii()  # no text of anybody's, and no name
    assert "13800000005" not in page


async def test_what_waits_is_counted_with_the_age_of_the_oldest(pages: Pages, desk: Desk) -> None:
    office = desk.office
    before = NOW - timedelta(minutes=3)
    async with office.database.session() as session:
        await store(session, [inbox_row({**UPDATE, "update_id": id}) for id in (81, 82)], before)
    async with office.work("late") as work:
        await work.timer("leave.silent", 1, before)
    told = await _numbers(pages)
    assert (told["banjie_waiting_updates"], told["banjie_oldest_updates_seconds"]) == (2.0, 180.0)
    assert (told["banjie_waiting_timers"], told["banjie_oldest_timers_seconds"]) == (1.0, 180.0)


async def test_why_it_cannot_serve_is_said(pages: Pages, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hangs(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(health, "backlog", hangs)
    desk.receiver.contact.behind = NOW
    answer = await _get(pages, "/readyz")
    assert (answer.status_code, answer.text.splitlines()) == (
        503,
        ["数据库0秒内没有应答。", "与 Telegram 没有联系，或停机期间积压的消息还没有收完。"],
    )
    assert (await _numbers(pages))["banjie_database_up"] == 0.0


async def test_they_are_served_on_their_own_port_until_the_bot_ends(unused_tcp_port: int) -> None:
    address = f"http://127.0.0.1:{unused_tcp_port}/healthz"
    async with httpx.AsyncClient() as client:
        async with health.health(Health(port=unused_tcp_port)):
            for _ in range(100):
                try:
                    answer = await client.get(address)
                    break
                except httpx.ConnectError:
                    await asyncio.sleep(0.02)
            assert answer.text == "ok\n"
        with pytest.raises(httpx.ConnectError):
            await client.get(address)
