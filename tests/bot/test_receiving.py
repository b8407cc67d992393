"""Receiving: stored before it is acknowledged, handled once, in order within a chat."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from markupsafe import escape
from sqlalchemy import select
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.application import DutyDesk, Routed
from bot.receiving import Receiver
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import LocalTelegram
from handlers.context import Context
from notices.notice import Notice
from rules.refused import Refused
from rules.settings import Settings
from storage import parked
from storage.database import Database
from storage.office import Office
from storage.tables import inbox, outbox

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
ANN, BEN = 101, 102


class Stage:
    """A receiver whose one handler echoes, refuses what says 不行 and breaks on what says 坏."""

    def __init__(self, database: Database) -> None:
        self.office = Office(database, Settings(), lambda: NOW)
        self.telegram = LocalTelegram(lambda: NOW)
        for id in (ANN, BEN):
            self.telegram.add_user(id, f"某{id}")
            self.telegram.open_chat(id)
        self.handled: list[str] = []
        self.mended = False
        self.application: Routed
        self.receiver: Receiver

    async def start(self) -> None:
        request = LocalRequest(self.telegram)
        self.application = (
            ApplicationBuilder()
            .application_class(DutyDesk)
            .token(self.telegram.token)
            .request(request)
            .get_updates_request(request)
            .updater(None)
            .job_queue(None)
            .context_types(ContextTypes(context=Context))
            .build()
        )
        self.application.add_handler(MessageHandler(filters.TEXT, self.echo))
        await self.application.initialize()
        self.receiver = Receiver(self.office, self.application)

    async def echo(self, update: Update, context: Context) -> None:
        assert update.message
        assert update.message.text
        text = update.message.text
        self.handled.append(text)
        await context.work.send(Notice(update.message.chat.id, escape(f"收到{text}")))
        if "不行" in text:
            raise Refused("这样不行。", 77)
        if "坏" in text and not self.mended:
            raise RuntimeError(text)

    async def batch(self) -> list[dict[str, Any]]:
        return cast("list[dict[str, Any]]", await self.telegram.call("getUpdates", {"timeout": 0}))

    async def rows(self) -> list[tuple[bool, bool, bool]]:
        """(done, failed, text still kept) of each update."""
        async with self.office.database.session() as session:
            rows = await session.execute(select(inbox).order_by(inbox.c.update_id))
            return [(row.done_at is not None, row.failed, row.payload is not None) for row in rows]

    async def answers(self) -> list[str]:
        async with self.office.database.session() as session:
            return [
                row.payload["text"] for row in await session.execute(select(outbox).order_by(outbox.c.id))
            ]


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[Stage]:
    stage = Stage(database)
    await stage.start()
    yield stage
    await stage.receiver.stop()
    await stage.application.shutdown()


async def test_a_batch_offered_twice_is_handled_once(stage: Stage) -> None:
    await stage.telegram.says(ANN, ANN, "一")
    batch = await stage.batch()
    await stage.receiver.take(batch)
    await stage.receiver.take(batch)
    await stage.receiver.idle()
    assert stage.handled == ["一"]
    assert await stage.answers() == ["收到一"]
    assert await stage.rows() == [(True, False, False)]


async def test_what_was_stored_before_a_kill_is_handled_after_the_start(stage: Stage) -> None:
    for text in ("一", "二", "三"):
        await stage.telegram.says(ANN, ANN, text)
    await stage.receiver.take(await stage.batch())
    await stage.receiver.stop()  # nothing of it was begun
    before = len(stage.handled)
    again = Receiver(stage.office, stage.application)
    assert await again.resume() == 3 - before
    await again.idle()
    assert stage.handled == ["一", "二", "三"]
    assert await stage.answers() == ["收到一", "收到二", "收到三"]


async def test_two_receivers_at_once_do_it_once(stage: Stage) -> None:
    for number in range(10):
        await stage.telegram.says(ANN, ANN, str(number))
    other = Receiver(stage.office, stage.application)
    await stage.receiver.take(await stage.batch())
    await other.resume()
    await stage.receiver.idle()
    await other.idle()
    assert sorted(await stage.answers()) == sorted(f"收到{number}" for number in range(10))


async def test_order_is_kept_within_a_chat(stage: Stage) -> None:
    for number in range(40):
        await stage.telegram.says(ANN if number % 2 else BEN, ANN if number % 2 else BEN, str(number))
    await stage.receiver.take(await stage.batch())
    await stage.receiver.idle()
    assert [text for text in stage.handled if int(text) % 2] == [str(n) for n in range(40) if n % 2]
    assert [text for text in stage.handled if not int(text) % 2] == [str(n) for n in range(40) if not n % 2]


async def test_a_refusal_undoes_all_and_says_why(stage: Stage) -> None:
    await stage.telegram.says(ANN, ANN, "不行")
    await stage.receiver.take(await stage.batch())
    await stage.receiver.idle()
    assert await stage.answers() == ["这样不行。（依据《工作规则》第七十七条）"]
    assert await stage.rows() == [(True, False, False)]


async def test_an_album_is_refused_once(stage: Stage) -> None:
    for _ in range(3):
        await stage.telegram.says(ANN, ANN, "不行")
    batch = await stage.batch()
    for raw in batch:
        raw["message"]["media_group_id"] = "7"
    await stage.receiver.take(batch)
    await stage.receiver.idle()
    assert stage.handled[0] == "不行"
    assert await stage.answers() == ["这样不行。（依据《工作规则》第七十七条）"]
    assert await stage.rows() == [(True, False, False)] * 3


async def test_a_fault_is_parked_with_one_line_in_the_log_and_one_to_the_person(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.telegram.says(ANN, ANN, "坏")
    await stage.telegram.says(ANN, ANN, "好")
    with caplog.at_level(logging.INFO):
        await stage.receiver.take(await stage.batch())
        await stage.receiver.idle()
    assert await stage.answers() == [
        "这一步没有办成，您的内容已留存。请稍后再试；仍不行，请致电区政府办公室。",
        "收到好",
    ]
    assert await stage.rows() == [(True, True, True), (True, False, False)]
    assert len(caplog.records) == 1


async def _parked(stage: Stage) -> list[tuple[int, str, str, int]]:
    async with stage.office.database.session() as session:
        return [(one.update_id, one.what, one.error, one.retries) for one in await parked.parked(session)]


async def test_what_is_parked_is_handled_once_more_when_that_is_asked(stage: Stage) -> None:
    """The command line writes it down, the next tick takes it up; the person has heard of it once."""
    await stage.telegram.says(ANN, ANN, "坏")
    await stage.receiver.take(await stage.batch())
    await stage.receiver.idle()
    ((id, *rest),) = await _parked(stage)
    assert rest == ["消息", "RuntimeError: 坏", 0]
    for retries in (1, 2):
        async with stage.office.database.session() as session:
            assert await parked.again(session, id)
            assert not await parked.again(session, id)
        await stage.receiver.resume(retried=True)
        await stage.receiver.idle()
        assert await _parked(stage) == [(id, "消息", "RuntimeError: 坏", retries)]
    assert stage.handled == ["坏"] * 3
    assert len(await stage.answers()) == 1
    stage.mended = True
    async with stage.office.database.session() as session:
        await parked.again(session, id)
    await stage.receiver.resume(retried=True)
    await stage.receiver.resume(retried=True)
    await stage.receiver.idle()
    assert (await stage.answers())[1:] == ["收到坏"]
    assert await stage.rows() == [(True, False, False)]
    assert await _parked(stage) == []


async def test_an_update_of_a_kind_nobody_handles_is_done_without_a_word(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    someone = {"id": ANN, "is_bot": False, "first_name": "A"}
    stage.telegram.push_update({"chosen_inline_result": {"result_id": "1", "query": "", "from": someone}})
    stage.telegram.push_update({"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0}})
    stage.telegram.push_update({"something_new": {"id": 7}})
    with caplog.at_level(logging.INFO):
        await stage.receiver.take(await stage.batch())
        await stage.receiver.idle()
    assert await stage.answers() == []
    assert {done for done, _, _ in await stage.rows()} == {True}


async def test_an_update_that_makes_no_sense_is_parked_with_one_line(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.telegram.push_update({"poll_answer": {"poll_id": "1"}})
    stage.telegram.push_update({"message": {"chat": "nonsense"}})
    with caplog.at_level(logging.INFO):
        await stage.receiver.take(await stage.batch())
        await stage.receiver.idle()
    assert await stage.answers() == []
    assert await stage.rows() == [(True, True, True)] * 2
    assert len(caplog.records) == 2


async def test_polling_acknowledges_only_what_is_stored(stage: Stage) -> None:
    for number in range(5):
        await stage.telegram.says(ANN, ANN, str(number))
    poll = asyncio.create_task(stage.receiver.poll(LocalRequest(stage.telegram), hold_seconds=1))
    await stage.telegram.taken()
    assert len(await stage.rows()) == 5
    await stage.receiver.idle()
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    assert stage.handled == [str(number) for number in range(5)]
