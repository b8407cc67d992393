"""What the browser tests stand on: a small cast, a clock to turn, a bot that does as the test says."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from playwright.async_api import Locator, Page
from starlette.applications import Starlette

from bot.sandbox.stage import Cast, Day, Group, Persona, Progress
from bot.sandbox.telegram import LocalTelegram
from bot.sandbox.web import local_chat, server
from rules.working_days import SHANGHAI

MAYOR, VICE, HEAD, DEPUTY, CLERK = 7_000_000_001, 7_000_000_002, 7_000_000_003, 7_000_000_004, 7_000_000_005
GROUP = -5_000_000_001
PEOPLE = [
    Persona(MAYOR, "赵天地", "区长", "区政府", "区长", "区政府领导"),
    Persona(VICE, "孙宇宙", "副区长", "区政府", "副区长", "区政府领导"),
    Persona(HEAD, "杨调阳", "财政局局长", "财政局", "主要负责人", "部门"),
    Persona(DEPUTY, "朱云腾", "财政局副局长", "财政局", "班子成员", "部门"),
    Persona(CLERK, "褚秋收", "区政府办公室秘书科科长", "办公室", "办公室", "办公室"),
]


class Clock:
    """Stands still until it is turned; passes `dues` on the way. 1 to 7 October 2026 are off."""

    def __init__(self) -> None:
        self.at = datetime(2026, 9, 30, 17, 0, tzinfo=SHANGHAI)
        self.dues: list[tuple[datetime, str]] = []
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.fails = False

    def now(self) -> datetime:
        return self.at

    async def day(self, day: date) -> Day:
        if day.month == 10 and day.day < 8:
            return Day(working=False, label="国庆节")
        if day == date(2026, 10, 10):
            return Day(working=True, label="补班")
        return Day(day.weekday() < 5, "工作日" if day.weekday() < 5 else "周末")

    async def next_opening(self) -> datetime:
        day = self.at.date() + timedelta(days=1)
        while not (await self.day(day)).working:
            day += timedelta(days=1)
        return datetime(day.year, day.month, day.day, 8, 30, tzinfo=SHANGHAI)

    async def turn(self, to: datetime, on_progress: Progress) -> None:
        for moment, what in self.dues:
            self.at = moment
            on_progress(moment, what)
            await self.may_go_on.wait()
        if self.fails:
            raise RuntimeError("the clock is broken on purpose")
        self.at = to


class Bot:
    """The other side of the chats: sends what the test says and hands over what it is sent."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram
        self._offset = 0
        self._updates: list[dict[str, Any]] = []

    async def calls(self, method: str, **params: object) -> Any:
        values = {
            key: json.dumps(value) if isinstance(value, dict | list) else value
            for key, value in params.items()
        }
        return await self._telegram.call(method, values)

    async def sends(self, chat: int, text: str, *rows: list[dict[str, Any]], **more: object) -> int:
        """A message with inline rows; returns its id."""
        if rows:
            more["reply_markup"] = {"inline_keyboard": list(rows)}
        sent = await self.calls("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **more)
        return int(sent["message_id"])

    async def update(self) -> dict[str, Any]:
        """The next thing that people did."""
        while not self._updates:
            self._updates = await self.calls("getUpdates", offset=self._offset, timeout=5)
        update = self._updates.pop(0)
        self._offset = update["update_id"] + 1
        return update

    async def message(self) -> dict[str, Any]:
        update = await self.update()
        return dict(update["message"])

    async def answers(self, query: dict[str, Any], text: str = "", *, alert: bool = False) -> None:
        await self.calls("answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=alert)


@dataclass
class Table:
    """The page with phones on it, in a browser."""

    telegram: LocalTelegram
    bot: Bot
    clock: Clock
    app: Starlette
    port: int
    open: Callable[..., Any]
    page: Page

    def phone(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=f"{name}的手机")

    async def says(self, name: str, text: str) -> None:
        field = self.phone(name).get_by_label("输入消息")
        await field.fill(text)
        await field.press("Enter")


def furnished() -> tuple[LocalTelegram, Clock, Starlette]:
    """The cast, all but the clerk with the chat open; the page over it."""
    clock = Clock()
    telegram = LocalTelegram(clock.now)
    for person in PEOPLE:
        telegram.add_user(person.telegram_id, person.name)
        if person.telegram_id != CLERK:
            telegram.open_chat(person.telegram_id)
    telegram.add_group(GROUP, "财政局工作群", [HEAD, DEPUTY], announce=False)
    cast = Cast(PEOPLE, [Group(GROUP, "财政局工作群", "财政局")], [HEAD, VICE, MAYOR])
    return telegram, clock, local_chat(telegram, _Personas(cast), clock)


@dataclass(frozen=True)
class _Personas:
    everybody: Cast

    async def cast(self) -> Cast:
        return self.everybody


@asynccontextmanager
async def serving(app: Starlette, port: int = 0) -> AsyncIterator[int]:
    """Serve the page; gives the port."""
    serves = server(app, port)
    running = asyncio.create_task(serves.serve())
    while not serves.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.01)
    try:
        yield int(serves.servers[0].sockets[0].getsockname()[1])
    finally:
        serves.should_exit = True
        await running
