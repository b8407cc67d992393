"""A bot with the routes of binding alone, and the phones of a few people."""

from datetime import UTC, datetime
from typing import Any, NoReturn

from sqlalchemy import select
from telegram.ext import Application

from bot.delivery import Delivery
from bot.receiving import Receiver
from bot.roster.desk import hand_out
from bot.sandbox.telegram import LocalTelegram
from rules.roster import Official
from storage import audit
from storage.office import Office
from storage.queries import roster as stored
from storage.tables import audit as audit_rows

HEAD, LIAISON, CLERK, STRANGER, MAYOR = 101, 102, 103, 104, 105
GROUP, OTHER_GROUP = -500, -501
NAMES = {HEAD: "陶鳞潜", LIAISON: "戚龙师", CLERK: "褚秋收", MAYOR: "赵天地"}  # of the sample


PHONES = {
    HEAD: "13800000031",
    LIAISON: "13800000033",
    CLERK: "13800000011",
    MAYOR: "13800000001",
    STRANGER: "13911112222",
}


class Routed(Application[Any, Any, Any, Any, Any, Any]):
    """PTB's application as the bot runs it: what a handler raises is the receiver's."""

    async def process_error(
        self,
        update: object,  # noqa: ARG002 - PTB's signature
        error: Exception,
        job: Any = None,  # noqa: ARG002
        coroutine: Any = None,  # noqa: ARG002
    ) -> NoReturn:
        raise error


class Stage:
    """A bot with the binding routes alone, and the phones of a few people of 财政局 and the office."""

    def __init__(
        self, office: Office, telegram: LocalTelegram, receiver: Receiver, delivery: Delivery
    ) -> None:
        self.office = office
        self.telegram = telegram
        self.receiver = receiver
        self.delivery = delivery
        self.offset = 0

    async def settle(self) -> None:
        """Fetch what people did, handle it, and deliver what came of it."""
        raw = await self.telegram.call("getUpdates", {"offset": self.offset, "timeout": 0})
        assert isinstance(raw, list)
        if raw:
            self.offset = raw[-1]["update_id"] + 1
            await self.receiver.take(raw)
        await self.receiver.idle()
        await self.delivery.idle()

    def read(self, chat: int) -> list[str]:
        """What the bot has written there, newest last."""
        return [m["text"] for m in self.telegram.history(chat) if m["sender"]["id"] == self.bot]

    @property
    def bot(self) -> int:
        return int(self.telegram.token.partition(":")[0])

    async def says(self, user: int, text: str, chat: int | None = None) -> str:
        """A person writes; gives what the bot answers in that chat, empty for silence."""
        chat = chat or user
        before = len(self.read(chat))
        await self.telegram.says(user, chat, text)
        await self.settle()
        return "\n---\n".join(self.read(chat)[before:])

    async def shares(self, user: int) -> str:
        """A person presses the key that shares their number; gives the bot's answers."""
        before = len(self.read(user))
        await self.telegram.shares_number(user)
        await self.settle()
        return "\n---\n".join(self.read(user)[before:])

    async def taps(self, user: int, label: str) -> None:
        """A person presses a button of their newest message that has it."""
        found = [
            m for m in self.telegram.history(user) if label in [b["label"] for r in m["buttons"] for b in r]
        ]
        await self.telegram.presses(user, user, found[-1]["message_id"], label)
        await self.settle()

    async def code(self, name: str) -> str:
        (handed,) = await hand_out(self.office, person=name)
        return handed.code

    async def bind(self, user: int) -> None:
        """Bind the account to its person without a word in the chat."""
        async with self.office.work(f"bind:{user}") as work:
            (official,) = (await work.roster()).named(NAMES[user])
            official.telegram_id = user
        self.telegram.open_chat(user)

    async def bound(self, user: int) -> Official | None:
        async with self.office.work("look") as work:
            return await work.official(user)

    async def unit_in(self, chat: int) -> str:
        async with self.office.work("look") as work:
            unit = await stored.unit_of_group(work, chat)
            return unit.name if unit else ""

    async def actions(self) -> list[str]:
        async with self.office.work("look") as work:
            assert not (await audit.verify(work.session)).fault
            rows = await work.session.scalars(select(audit_rows.c.action).order_by(audit_rows.c.id))
            return [action for action in rows if not action.startswith("roster.")]


class Moment:
    def __init__(self) -> None:
        self.at = datetime(2026, 9, 30, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at
