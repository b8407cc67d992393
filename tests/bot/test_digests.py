"""The SHA-256 of files: fetched beside what is sent, once, and honest where there is none."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from telegram import Bot, File
from tenacity import wait_fixed

from bot import digests
from bot.delivery import Delivery
from bot.http_request import AiohttpRequest
from bot.pace import UNLIMITED
from bot.sandbox.asking import MAX_DOWNLOAD
from bot.sandbox.bot_api import bot_api
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import LocalTelegram
from bot.sandbox.world import Files
from notices.notice import State
from rules.settings import Settings
from storage import digest
from storage.database import Database
from storage.digest import Digest, Lack
from storage.office import Office
from storage.tables import outbox
from tests.bot.sandbox.stage import listening

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
CONTENT = "城市更新管理办法（征求意见稿）".encode() * 100_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Line(LocalTelegram):
    """The servers, behind a line that can be down; calls are counted."""

    def __init__(self) -> None:
        super().__init__(lambda: NOW)
        self.down = False
        self.asked = 0
        self.broken = asyncio.Semaphore(0)
        """One more for every call that found the line down."""

    async def call(self, method: str, params: dict[str, Any], files: Files | None = None) -> object:
        """Do it if the line is up."""
        if self.down:
            self.broken.release()
            raise ConnectionResetError("the line is down")
        self.asked += method.lower() == "getfile"
        return await super().call(method, params, files)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "PAUSES", wait_fixed(0.01))


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, Settings(), lambda: NOW)


@asynccontextmanager
async def delivering(office: Office, bot: Bot) -> AsyncIterator[Delivery]:
    delivery = Delivery(office, bot, UNLIMITED)
    running = asyncio.create_task(delivery.run())
    try:
        yield delivery
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def local_bot(line: Line) -> Bot:
    request = LocalRequest(line)
    return Bot(line.token, request=request, get_updates_request=request)


async def want(office: Office, *file_ids: str) -> None:
    async with office.work(f"test:{file_ids}") as work:
        await digest.wanted(work, *file_ids)


async def got(office: Office, *file_ids: str) -> list[Digest]:
    async with office.work("test") as work:
        found = await digest.of(work, file_ids)
    return [found[file_id] for file_id in file_ids]


async def states(office: Office) -> list[State]:
    async with office.database.session() as session:
        return list(await session.scalars(select(outbox.c.state).order_by(outbox.c.id)))


async def test_the_digest_over_the_wire_is_that_of_the_content(office: Office, line: Line) -> None:
    file = line.world.store("稿.docx", CONTENT)
    async with listening(Starlette(routes=bot_api(line))) as address:
        bot = Bot(
            line.token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=AiohttpRequest(4),
            get_updates_request=AiohttpRequest(4),
        )
        async with bot, delivering(office, bot) as delivery:
            await want(office, file.id)
            assert [one.text for one in await got(office, file.id)] in (
                [digest.PENDING],
                [SHA256],
            )
            await delivery.idle()
    assert await got(office, file.id) == [Digest(file.id, SHA256, len(CONTENT), NOW)]
    assert (await got(office, file.id))[0].text == SHA256


async def test_asked_for_twice_it_is_fetched_once(office: Office, line: Line) -> None:
    first, second = line.world.store("甲.pdf", b"1"), line.world.store("乙.pdf", b"2")
    async with local_bot(line) as bot, delivering(office, bot) as delivery:
        await want(office, first.id, first.id, "")
        await want(office, second.id, first.id)
        await delivery.idle()
    assert line.asked == 2
    assert await states(office) == [State.SENT, State.SENT]
    assert [one.sha256 for one in await got(office, first.id, second.id)] == [
        hashlib.sha256(content).hexdigest() for content in (b"1", b"2")
    ]


async def test_over_20_mb_there_is_none_and_it_says_so(office: Office, line: Line) -> None:
    file = line.world.store("大.zip", b"x", size=MAX_DOWNLOAD + 1)
    async with local_bot(line) as bot, delivering(office, bot) as delivery:
        await want(office, file.id)
        await delivery.idle()
    (found,) = await got(office, file.id)
    assert (found.lack, found.text) == (Lack.TOO_BIG, "文件超过20MB，未取校验值")
    assert line.asked == 1
    assert await states(office) == [State.FAILED]


async def test_a_file_that_is_not_there_is_given_up_after_some_tries(office: Office, line: Line) -> None:
    async with local_bot(line) as bot, delivering(office, bot) as delivery:
        await want(office, "nowhere")
        await delivery.idle()
    assert [one.lack for one in await got(office, "nowhere")] == [Lack.GONE]
    assert line.asked == digests.TRIES


async def test_while_the_line_is_down_it_is_tried_on(office: Office, line: Line) -> None:
    file = line.world.store("稿.docx", CONTENT)
    line.down = True
    async with local_bot_down(line) as bot, delivering(office, bot) as delivery:
        await want(office, file.id)
        for _ in range(2 * digests.TRIES):
            await line.broken.acquire()
        assert await states(office) == [State.WAITING]
        line.down = False
        await delivery.idle()
    assert [one.sha256 for one in await got(office, file.id)] == [SHA256]


@asynccontextmanager
async def local_bot_down(line: Line) -> AsyncIterator[Bot]:
    """A bot that was started before the line broke."""
    line.down = False
    async with local_bot(line) as bot:
        line.down = True
        yield bot


async def test_what_a_stop_left_is_fetched_after_the_start(office: Office, line: Line) -> None:
    file = line.world.store("稿.docx", CONTENT)
    await want(office, file.id)
    async with local_bot(line) as bot, delivering(office, bot) as delivery:
        assert await delivery.collect() == 1
        await delivery.idle()
    assert [one.sha256 for one in await got(office, file.id)] == [SHA256]


async def test_from_a_server_on_this_machine_the_file_itself_is_read(
    office: Office, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "稿.docx").write_bytes(CONTENT)

    async def here(_bot: Bot, file_id: str) -> File:
        return File(file_id, "u", file_path=str(tmp_path / "稿.docx"))

    monkeypatch.setattr(Bot, "get_file", here)
    async with local_bot(line) as bot, delivering(office, bot) as delivery:
        await want(office, "local")
        await delivery.idle()
    assert await got(office, "local") == [Digest("local", SHA256, len(CONTENT), NOW)]
