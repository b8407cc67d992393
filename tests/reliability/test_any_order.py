"""Whatever order things happen in: handled once, in order within a chat, and no button that lies.

Hypothesis deals the events: people write and tap, batches are taken, offered again, handled by one receiver
or by two, the bot stops and starts, calls fail before or after they were done.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from markupsafe import escape
from sqlalchemy import func, select
from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.application import DutyDesk, Routed
from bot.delivery import Delivery
from bot.pace import UNLIMITED
from bot.receiving import Receiver
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import ApiError, LocalTelegram
from handlers.context import Context
from notices.notice import Button, Notice, State, Urgency
from rules.refused import Refused
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.outbox import Kind
from storage.tables import audit, inbox, outbox, timers

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PEOPLE = (101, 102, 103)
AGREE = "同意"
ERRORS = (ConnectionResetError("broken"), ApiError(502, "Bad Gateway"))


@cache
def _template() -> Path:
    """An empty SQLite file with its tables, to be copied for every run."""
    file = Path(tempfile.mkdtemp(prefix="banjie-any-order-")) / "empty.db"

    async def build() -> None:
        database = Database(f"sqlite+aiosqlite:///{file}")
        await database.migrate()
        await database.close()

    asyncio.run(build())
    return file


async def echo(update: Update, context: Context) -> None:
    """Any text is answered with itself; one that says 卡 puts a card before everybody."""
    assert update.message
    text, work = str(update.message.text), context.work
    await work.note(None, "handled", text)
    await work.send(Notice(update.message.chat.id, escape(text), urgency=Urgency.ANSWER))
    if text.startswith("卡"):
        number = int(text[1:])
        await work.timer("card", number, NOW + timedelta(days=1))  # open as long as it stands
        button = ((Button(AGREE, f"card:{number}"),),)
        await work.send(
            *(Notice(who, escape(f"请审批{number}"), button, card=f"card:{number}") for who in PEOPLE)
        )


async def decide(update: Update, context: Context) -> None:
    """The first tap decides the card, any other is refused."""
    assert update.callback_query
    work, data = context.work, str(update.callback_query.data)
    kind, number = data.split(":")
    is_open = select(timers.c.id).where(timers.c.kind == kind, timers.c.subject_id == int(number))
    if await work.session.scalar(is_open) is None:
        raise Refused("已经办结。")
    await work.drop_timers(kind, int(number))
    await work.note(None, "decided", data)
    await work.redraw(data, escape(f"已办结{number}"))
    await work.toast(update.callback_query.id, "已同意。")


class Order(RuleBasedStateMachine):
    """One bot on one database and one Telegram; a second receiver may help."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr("bot.delivery._FIRST_BACKOFF", 0.001)
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory(prefix="banjie-any-order-")
        self.said: dict[int, list[str]] = {who: [] for who in PEOPLE}
        self.cards = 0
        self.offset = 0

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(asyncio.wait_for(doing, 30))

    @initialize()
    def open(self) -> None:
        file = Path(self.folder.name) / "banjie.db"
        shutil.copy(_template(), file)
        self.run(self._open(f"sqlite+aiosqlite:///{file}"))

    async def _open(self, url: str) -> None:
        self.database = Database(url)
        self.office = Office(self.database, Settings(), lambda: NOW)
        self.telegram = LocalTelegram(lambda: NOW)
        for who in PEOPLE:
            self.telegram.add_user(who, f"某{who}")
            self.telegram.open_chat(who)
        request = LocalRequest(self.telegram, latency=0.001)
        self.application: Routed = (
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
        self.application.add_handlers([MessageHandler(filters.TEXT, echo), CallbackQueryHandler(decide)])
        await self.application.initialize()
        await self._start()

    async def _start(self) -> None:
        self.receivers = [Receiver(self.office, self.application)]
        self.delivery = Delivery(self.office, self.application.bot, UNLIMITED)
        self.sending = asyncio.create_task(self.delivery.run())
        await self.delivery.collect()
        await self.receivers[0].resume()

    async def _stop(self) -> None:
        for receiver in self.receivers:
            await receiver.stop()
        self.sending.cancel()
        with suppress(asyncio.CancelledError):  # anything else is a fault of the stop
            await self.sending

    # ------------------------------------------------------------ what happens

    @rule(who=st.sampled_from(PEOPLE))
    def writes(self, who: int) -> None:
        text = f"话{who}-{len(self.said[who])}"
        self.said[who].append(text)
        self.run(self.telegram.says(who, who, text))

    @rule(who=st.sampled_from(PEOPLE))
    def asks(self, who: int) -> None:
        self.cards += 1
        self.said[who].append(f"卡{self.cards}")
        self.run(self.telegram.says(who, who, f"卡{self.cards}"))

    @precondition(lambda self: self.cards)
    @rule(who=st.sampled_from(PEOPLE), which=st.integers(0, 9), times=st.integers(1, 2))
    def taps(self, who: int, which: int, times: int) -> None:
        live = [view for view in self.telegram.history(who) if view["buttons"]]
        for _ in range(times if live else 0):
            view = live[which % len(live)]
            self.run(self.telegram.presses(who, who, view["message_id"], AGREE))

    @rule(limit=st.integers(1, 5), acknowledged=st.booleans())
    def takes(self, limit: int, acknowledged: bool) -> None:
        self.run(self._take(limit, acknowledged=acknowledged))

    async def _take(self, limit: int, *, acknowledged: bool = True) -> None:
        """Always by the first: Telegram gives updates to one, and there is one bot on a database."""
        batch: Any = await self.telegram.call("getUpdates", {"offset": self.offset, "limit": limit})
        if batch:
            await self.receivers[0].take(batch)
            if acknowledged:
                self.offset = batch[-1]["update_id"] + 1

    @rule(turns=st.integers(0, 40))
    def goes_on(self, turns: int) -> None:
        async def turn() -> None:
            for _ in range(turns):
                await asyncio.sleep(0)

        self.run(turn())

    @rule()
    def restarts(self) -> None:
        self.run(self._restart())

    async def _restart(self) -> None:
        await self._stop()
        await self._start()

    @precondition(lambda self: len(self.receivers) == 1)
    @rule()
    def is_joined(self) -> None:
        self.receivers.append(Receiver(self.office, self.application))
        self.run(self.receivers[1].resume())

    @rule()
    def collects(self) -> None:
        self.run(self.delivery.collect())

    @rule(
        error=st.sampled_from(ERRORS),
        what=st.sampled_from(
            [
                ("sendMessage", False),
                ("editMessageText", False),
                ("editMessageText", True),
                ("answerCallbackQuery", False),
                ("answerCallbackQuery", True),
            ]
        ),
        times=st.integers(1, 3),
    )
    def fails(self, error: Exception, what: tuple[str, bool], times: int) -> None:
        method, after = what
        self.telegram.fails(error, method, after=after, times=times)

    # ------------------------------------------------------------ what must hold

    @rule()
    def comes_to_rest(self) -> None:
        self.run(self._rest())
        self.run(self._check())

    async def _rest(self) -> None:
        while True:
            await self._take(100)
            for receiver in self.receivers:
                await receiver.idle()
            await self.delivery.collect()
            await self.delivery.idle()
            if not self.telegram.waiting:
                return

    async def _check(self) -> None:
        async with self.database.session() as session:
            assert await session.scalar(select(func.count()).where(inbox.c.done_at.is_(None))) == 0
            assert await session.scalar(select(func.count()).where(inbox.c.failed.is_(True))) == 0
            states = set(await session.scalars(select(outbox.c.state)))
            notes = select(audit.c.subject).order_by(audit.c.id)
            handled = list(await session.scalars(notes.where(audit.c.action == "handled")))
            decided = list(await session.scalars(notes.where(audit.c.action == "decided")))
            messages = select(outbox.c.message_id).where(outbox.c.kind == Kind.MESSAGE).order_by(outbox.c.id)
            sent = {
                who: list(await session.scalars(messages.where(outbox.c.chat_id == who))) for who in PEOPLE
            }
        assert states <= {State.SENT, State.DROPPED}
        assert sorted(handled) == sorted(text for texts in self.said.values() for text in texts)
        assert len(decided) == len(set(decided))
        for who in PEOPLE:
            views = [view for view in self.telegram.history(who) if view["sender"]["is_bot"]]
            echoed = [view["text"] for view in views if view["text"][0] in "话卡"]
            assert echoed == self.said[who]
            assert sent[who] == [view["message_id"] for view in views]  # in the order they were written
            shown = {view["text"]: bool(view["buttons"]) for view in views if view["text"][0] in "请已"}
            assert shown == {
                f"已办结{number}" if f"card:{number}" in decided else f"请审批{number}": f"card:{number}"
                not in decided
                for number in range(1, self.cards + 1)
            }

    def teardown(self) -> None:
        try:
            self.comes_to_rest()
        finally:
            self.run(self._close())
            self.runner.close()
            self.folder.cleanup()
            self.patch.undo()

    async def _close(self) -> None:
        await self._stop()
        await self.application.shutdown()
        await self.database.close()


Order.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to make a failure smaller took minutes
    suppress_health_check=list(HealthCheck),
)
TestOrder = Order.TestCase
