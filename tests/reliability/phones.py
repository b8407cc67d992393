"""People with phones: they report leave, approve it, and wait for what the bot shows them."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import date

from bot.sandbox.events import Event, MessageView
from bot.sandbox.house import account
from bot.sandbox.telegram import LocalTelegram
from rules.roster import Official


def note(start: date, end: date, acting: Official, place: str = "济南") -> str:
    """A leave report pasted as a whole."""
    return (
        f"请假\n类别：出差\n时间：{start}至{end}\n地点：{place}\n"
        f"事由：参加全省工作会议\n主持：{acting.name}（{acting.unit.name}）"
    )


class Phones:
    """Every phone on the servers, each looked at when something new is on it."""

    def __init__(self, servers: LocalTelegram) -> None:
        self.servers = servers
        self.answered: Counter[str] = Counter()
        self.pressed: dict[str, tuple[int, str]] = {}
        self._decided: set[str] = set()
        self._news: dict[int, asyncio.Event] = {}
        self.close: Callable[[], None] = servers.subscribe(self._notice)

    def _notice(self, event: Event) -> None:
        if event["type"] == "answered":
            self.answered[event["query_id"]] += 1
        chat_id = event["message"]["chat_id"] if event["type"] in {"message", "edited"} else None
        if chat_id in self._news:
            self._news[chat_id].set()

    def live(self, chat_id: int, label: str) -> list[MessageView]:
        """The messages in the chat with a button of that label, oldest first."""
        return [
            view
            for view in self.servers.history(chat_id)
            if any(button["label"] == label for row in view["buttons"] for button in row)
        ]

    async def news(self, chat_id: int) -> None:
        """Wait until something changes in the chat."""
        event = self._news.setdefault(chat_id, asyncio.Event())
        await event.wait()
        event.clear()

    async def press(self, chat_id: int, view: MessageView, label: str) -> str:
        """Tap the button; the query's id."""
        query_id = await self.servers.presses(chat_id, chat_id, view["message_id"], label)
        self.pressed[query_id] = (chat_id, label)
        return query_id

    async def report(self, official: Official, text: str) -> None:
        """Paste the note, look at the card, submit it."""
        chat = account(official)
        self._news.setdefault(chat, asyncio.Event())
        await self.servers.says(chat, chat, text)
        while not (cards := self.live(chat, "提交")):
            await self.news(chat)
        await self.press(chat, cards[-1], "提交")

    async def approve(self, official: Official, count: int, *, twice: bool = False) -> None:
        """Tap 同意 on as many reports, none a second time; `twice` taps each twice at once."""
        chat = account(official)
        self._news.setdefault(chat, asyncio.Event())
        while count > 0:
            for view in self.live(chat, "同意"):
                data = next(b["data"] for row in view["buttons"] for b in row if b["label"] == "同意")
                if data not in self._decided:
                    self._decided.add(data)
                    count -= 1
                    for _ in range(1 + twice):
                        await self.press(chat, view, data)
            if count > 0:
                await self.news(chat)
