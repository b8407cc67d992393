"""The bot starts before its network, and ends as a whole when a part of it ends."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram.error import InvalidToken, NetworkError

from bot.application import surely
from bot.clock import real_now
from bot.config import Config
from bot.connections import Storage, Telegram
from bot.parked_desk import retry
from bot.running import run
from bot.sandbox.telegram import LocalTelegram
from storage import inbox
from storage.database import Database
from storage.parked import park, parked
from tests.reliability.process import BotProcess
from tests.reliability.servers import Servers, listening


async def test_telegram_is_waited_for_but_not_with_a_wrong_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.again.FIRST", 0.001)
    answers: Iterator[Exception | None] = iter(
        [NetworkError("down"), NetworkError("down"), None, InvalidToken()]
    )

    async def call() -> None:
        if error := next(answers):
            raise error

    await surely(call)
    with pytest.raises(InvalidToken):
        await surely(call)


async def _park(database: Database) -> None:
    """A message that could not be handled."""
    somebody = {"id": 5, "is_bot": False, "first_name": "某"}
    message = {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "from": somebody}
    async with database.session() as session:
        row = inbox.inbox_row({"update_id": 7, "message": {**message, "text": "菜单"}})
        await inbox.store(session, [row], real_now())
        await park(session, 7, real_now(), ValueError("mended since"))


async def _done(database: Database) -> bool:
    async with database.session() as session:
        return await inbox.is_done(session, 7) and not await parked(session)


async def test_the_bot_starts_before_its_network_and_takes_up_what_was_parked(
    sqlite_url: str, tmp_path: Path
) -> None:
    servers, database = Servers(1), Database(sqlite_url)
    await _park(database)
    async with listening(servers) as base_url:
        pass  # an address where nobody answers any more
    port = int(base_url.removesuffix("/bot").rpartition(":")[2])
    bot = BotProcess(tmp_path, base_url, servers.token, sqlite_url)
    bot.start()
    try:
        async with asyncio.timeout(30):
            while "Telegram cannot be reached" not in bot.told():
                assert bot.ended is None, bot.told()
                await asyncio.sleep(0.05)
        async with listening(servers, port):
            await bot.until(servers.asked, unless=asyncio.Event())
            await retry(Config(database=Storage(url=SecretStr(sqlite_url))), 7)
            async with asyncio.timeout(30):
                while not await _done(database):
                    assert bot.ended is None, bot.told()
                    await asyncio.sleep(0.1)
            assert await bot.stop() == 0
    finally:
        bot.kill()
        await database.close()
    assert "Traceback" not in bot.told()


async def test_without_delivery_there_is_no_bot(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("bot.delivery.Delivery.run", broken)
    async with listening(LocalTelegram(real_now)) as base_url:
        config = Config(
            telegram=Telegram(token=SecretStr("1000000001:" + "L" * 35), base_url=base_url),
            database=Storage(url=SecretStr(sqlite_url)),
        )
        with pytest.raises(RuntimeError, match="a fault of ours"):
            await asyncio.wait_for(run(config), 20)
