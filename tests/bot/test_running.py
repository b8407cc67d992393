"""Running: the webhook answers 200 only once the update is in the inbox; one bot on a database it knows."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from markupsafe import escape
from pydantic import SecretStr
from sqlalchemy import select, text

from bot.application import Desk, Wire, open_desk
from bot.clock import TurnableClock
from bot.config import Config
from bot.connections import Storage, Telegram
from bot.pace import UNLIMITED
from bot.running import CannotRun, run
from bot.sandbox.house import account, open_house
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import LocalTelegram
from bot.webhook import SECRET_HEADER, webhook_app
from notices.notice import Notice
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.inbox import inbox_row, store
from storage.office import Office
from storage.tables import inbox
from tests.bot.sandbox.stage import listening

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
UPDATE = {
    "update_id": 77,
    "message": {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "某"},
        "text": "菜单",
    },
}


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    telegram = LocalTelegram(lambda: NOW)
    request = LocalRequest(telegram)
    wire = Wire(
        telegram.token, "https://local.invalid/bot", "https://local.invalid/file/bot", request, request
    )
    async with open_desk(Office(database, Settings(), lambda: NOW), wire, UNLIMITED) as desk:
        yield desk


async def test_what_was_left_unsent_goes_before_the_answer_to_what_was_left_unread(
    database: Database,
) -> None:
    office = Office(database, Settings(), lambda: NOW)
    async with office.work("before the stop") as work:
        unit = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
        work.add(Official("某", unit, "局长", Role.UNIT_HEAD, phone="13800000005", telegram_id=5))
        await work.send(Notice(5, escape("停机前没有送出的一句。")))
    async with database.session() as session:
        await store(session, [inbox_row(UPDATE)], NOW)
    telegram = LocalTelegram(lambda: NOW)
    telegram.add_user(5, "某")
    telegram.open_chat(5)
    request = LocalRequest(telegram)
    wire = Wire(
        telegram.token, "https://local.invalid/bot", "https://local.invalid/file/bot", request, request
    )
    async with open_desk(office, wire, UNLIMITED) as desk:
        await desk.receiver.idle()
        await desk.delivery.idle()
    told = [view["text"] for view in telegram.history(5) if view["sender"]["is_bot"]]
    assert told[0] == "停机前没有送出的一句。"
    assert len(told) > 1


async def _post(desk: Desk, secret: str, body: object) -> int:
    transport = httpx.ASGITransport(webhook_app(desk.receiver, "s3cret"))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.post("/banjie", json=body, headers={SECRET_HEADER: secret})
        return answer.status_code


async def test_an_update_is_committed_before_the_answer(desk: Desk) -> None:
    assert await _post(desk, "s3cret", UPDATE) == 200
    assert await _post(desk, "s3cret", UPDATE) == 200  # Telegram brings it again when an answer is lost
    async with desk.office.database.session() as session:
        assert (await session.scalars(select(inbox.c.update_id))).all() == [77]
    await desk.receiver.idle()


@pytest.mark.parametrize(("secret", "body", "status"), [("guess", UPDATE, 403), ("s3cret", {"no": 1}, 400)])
async def test_nobody_else_is_heard(desk: Desk, secret: str, body: object, status: int) -> None:
    assert await _post(desk, secret, body) == status
    async with desk.office.database.session() as session:
        assert (await session.scalars(select(inbox.c.update_id))).all() == []


async def test_a_database_of_a_later_program_is_left_alone(sqlite_url: str) -> None:
    later = Database(sqlite_url)
    await later.migrate()
    async with later.session() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await later.close()
    config = Config(telegram=Telegram(token=SecretStr("1:a")), database=Storage(url=SecretStr(sqlite_url)))
    with pytest.raises(CannotRun, match="更新版本的程序"):
        await run(config)


async def test_an_album_over_separate_requests_is_one_thing(sqlite_district_url: str) -> None:
    """Telegram brings a request for each file, and the next one only after the answer to the one before."""
    async with open_house(sqlite_district_url, TurnableClock(NOW)) as house:
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        chat, receiver = account(head), house.desk.receiver
        who = {"id": chat, "first_name": head.name}
        async with (
            listening(webhook_app(receiver, "s3cret")) as address,
            httpx.AsyncClient(headers={SECRET_HEADER: "s3cret"}) as telegram,
        ):
            for number, name in enumerate(("通知.pdf", "方案.docx", "日程.docx"), 1):
                message = {
                    "message_id": 900 + number,
                    "date": int(NOW.timestamp()),
                    "chat": {**who, "type": "private"},
                    "from": {**who, "is_bot": False},
                    "document": {"file_id": name, "file_unique_id": name, "file_name": name, "file_size": 9},
                    "media_group_id": "8",
                }
                update = {"update_id": 9000 + number, "message": message}
                assert (await telegram.post(f"{address}/hook", json=update)).status_code == 200
                assert not receiver.is_idle  # the rest of it is waited for
            await house.settle()
        (asked,) = [view for view in house.telegram.history(chat) if "份文件办什么" in view["text"]]
    assert "文件：《通知.pdf》、《方案.docx》、《日程.docx》" in asked["text"]
    assert "这3份文件办什么？" in asked["text"]
