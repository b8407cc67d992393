"""The local chat page: phones side by side in a browser, on this machine only.

One WebSocket carries everything live. The page asks ({"id": 1, "do": "says", …}) and each question gets one
reply; what happens in the chats and on the clock is pushed as it happens. Files go over plain HTTP.
"""

import asyncio
import logging
from calendar import monthrange
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.errors import ApiError
from bot.sandbox.events import Event
from bot.sandbox.stage import ClockControls, Personas
from bot.sandbox.telegram import LocalTelegram
from rules.working_days import SHANGHAI

log = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "page"
CLOCK_EVERY = 5.0  # seconds between two readings of the clock sent to a quiet page
BACKLOG = 20_000  # pushes a page may lag behind before it is cut off and has to reload
LARGEST_FILE = 64 * 2**20  # bytes; well over Telegram's 20 MB, so that the bot's own refusal can be seen
SHOWN_IN_PLACE = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"}
OURS = frozenset({"127.0.0.1", "localhost", "::1"})
NOT_DONE = "没有办成：内容是空的，或者人、聊天、按钮已经不在，请刷新页面。"
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def local_chat(
    telegram: LocalTelegram,
    personas: Personas,
    clock: ClockControls,
    *,
    bot_name: str = "办结",
    bot_api: Sequence[BaseRoute] = (),
) -> Starlette:
    """The page with its live feed; `bot_api` routes, if any, are served beside it."""
    room = Room(telegram, personas, clock, bot_name)

    @asynccontextmanager
    async def open_room(_: Starlette) -> AsyncIterator[None]:
        end = telegram.subscribe(room.pass_on)
        try:
            yield
        finally:
            end()
            await room.close()

    return Starlette(
        routes=[
            WebSocketRoute("/live", room.live),
            Route("/files/{file_id}", room.give_file, methods=["GET"]),
            Route("/files", room.take_file, methods=["POST"]),
            *bot_api,
            Mount("/", StaticFiles(directory=PAGE, html=True)),
        ],
        middleware=[Middleware(OnlyHere)],
        lifespan=open_room,
    )


def server(app: Starlette, port: int) -> uvicorn.Server:
    """A server for the page on 127.0.0.1; port 0 takes any free one. `await server.serve()` runs it."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        ws="websockets-sansio",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)


class OnlyHere:
    """Answers only pages that this server served itself.

    A foreign site could otherwise reach it from the same browser: under its own name that resolves to
    127.0.0.1 (so the Host is checked) or across origins (so the Origin is, wherever something is changed).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        reading = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        foreign = origin not in (None, f"http://{host}") and not reading
        if _hostname(host) not in OURS or foreign or (scope["type"] == "websocket" and origin is None):
            if scope["type"] == "websocket":
                await WebSocket(scope, receive, send).close(1008)
            else:
                await PlainTextResponse("此页面只供本机使用。", 403)(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                sent.setdefault("Content-Security-Policy", POLICY)
                sent["X-Content-Type-Options"] = "nosniff"
                sent["Referrer-Policy"] = "no-referrer"
                sent.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self.app(scope, receive, guarded)


def _hostname(host: str) -> str:
    with suppress(ValueError):
        return urlsplit(f"//{host}").hostname or ""
    return ""


class CannotBeDone(Exception):  # noqa: N818 - a refusal is not an error
    """What a page asked for cannot be done; `str()` is the sentence for the person."""


class Room:
    """Every open page, and what they may ask."""

    def __init__(
        self, telegram: LocalTelegram, personas: Personas, clock: ClockControls, bot_name: str
    ) -> None:
        self._telegram = telegram
        self._personas = personas
        self._clock = clock
        self._bot_name = bot_name
        self._pages: set[asyncio.Queue[dict[str, Any]]] = set()
        self._turning: dict[str, Any] | None = None
        self._turn: asyncio.Task[None] | None = None
        self._asked: dict[str, Callable[[dict[str, Any]], Awaitable[Any]]] = {
            "phone": self._phone,
            "says": self._says,
            "presses": self._presses,
            "edits": self._edits,
            "contact": self._contact,
            "number": self._number,
            "place": self._place,
            "voice": self._voice,
            "sticker": self._sticker,
            "starts": self._starts,
            "blocks": self._blocks,
            "turn": self._turns,
            "month": self._month,
        }

    # pushed to the pages

    def pass_on(self, event: Event) -> None:
        """Push what happened in a chat to every page."""
        self._push({"type": "event", "event": event})

    def _push(self, what: dict[str, Any]) -> None:
        for page in tuple(self._pages):
            try:
                page.put_nowait(what)
            except asyncio.QueueFull:
                self._pages.discard(page)

    async def _time(self) -> dict[str, Any]:
        now = self._clock.now().astimezone(SHANGHAI)
        day = await self._clock.day(now.date())
        return {
            "type": "clock",
            "now": now.timestamp(),
            "working": day.working,
            "label": day.label,
            "turning": self._turning,
        }

    async def _hello(self) -> dict[str, Any]:
        cast = await self._personas.cast()
        return {
            "type": "hello",
            "bot": self._bot_name,
            "people": [vars(person) for person in cast.people],
            "groups": [vars(group) for group in cast.groups],
            "phones": list(cast.phones),
            "trials": [vars(trial) for trial in cast.trials],
            "chats": self._telegram.chats(),
            "clock": await self._time(),
        }

    async def live(self, page: WebSocket) -> None:
        """One page, from opening to closing."""
        await page.accept()
        pushed: asyncio.Queue[dict[str, Any]] = asyncio.Queue(BACKLOG)
        self._pages.add(pushed)
        pushing = asyncio.create_task(self._keep_pushing(page, pushed))
        try:
            while True:
                question = await page.receive_json()
                pushed.put_nowait(await self._answer(question))
        except (WebSocketDisconnect, ValueError, KeyError, TypeError, asyncio.QueueFull):
            pass  # gone, or not our page: either way nothing is owed
        finally:
            self._pages.discard(pushed)
            pushing.cancel()
            with suppress(asyncio.CancelledError):
                await pushing

    async def _keep_pushing(self, page: WebSocket, pushed: asyncio.Queue[dict[str, Any]]) -> None:
        try:
            await page.send_json(await self._hello())
            while pushed in self._pages:
                try:
                    what = await asyncio.wait_for(pushed.get(), CLOCK_EVERY)
                except TimeoutError:
                    what = await self._time()
                await page.send_json(what)
            await page.close(1013)
        except (WebSocketDisconnect, RuntimeError):
            pass  # the page closed while something was on its way

    # asked by the pages

    async def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        reply = {"type": "reply", "id": question["id"]}
        try:
            return reply | {"ok": await self._asked[question["do"]](question)}
        except ApiError as error:
            return reply | {"error": error.description}
        except CannotBeDone as impossible:
            return reply | {"error": str(impossible)}
        except (LookupError, ValueError):
            return reply | {"error": NOT_DONE}

    async def _phone(self, q: dict[str, Any]) -> list[dict[str, Any]]:
        user = int(q["user"])
        return [
            {
                "chat": chat,
                "messages": self._telegram.history(chat["id"]),
                "commands": self._telegram.commands_for(user, chat["id"]),
                "keyboard": self._telegram.keyboard(user, chat["id"]),
                "pinned": self._telegram.pinned(chat["id"]),
            }
            for chat in self._telegram.chats()
            if user in chat["members"]
        ]

    async def _says(self, q: dict[str, Any]) -> int:
        return await self._telegram.says(int(q["user"]), int(q["chat"]), str(q["text"]), q.get("reply_to"))

    async def _presses(self, q: dict[str, Any]) -> str:
        return await self._telegram.presses(int(q["user"]), int(q["chat"]), int(q["message"]), q["button"])

    async def _edits(self, q: dict[str, Any]) -> None:
        await self._telegram.edits(int(q["user"]), int(q["chat"]), int(q["message"]), str(q["text"]))

    async def _contact(self, q: dict[str, Any]) -> int:
        return await self._telegram.shares_contact(
            int(q["user"]), int(q["chat"]), str(q["number"]), str(q["name"])
        )

    async def _number(self, q: dict[str, Any]) -> int:
        return await self._telegram.shares_number(int(q["user"]))

    async def _place(self, q: dict[str, Any]) -> int:
        return await self._telegram.shares_place(
            int(q["user"]), int(q["chat"]), str(q["title"]), str(q["address"])
        )

    async def _voice(self, q: dict[str, Any]) -> int:
        return await self._telegram.sends_voice(int(q["user"]), int(q["chat"]), int(q["seconds"]))

    async def _sticker(self, q: dict[str, Any]) -> int:
        return await self._telegram.sends_sticker(int(q["user"]), int(q["chat"]), str(q["emoji"]))

    async def _starts(self, q: dict[str, Any]) -> int:
        return await self._telegram.starts(int(q["user"]), str(q.get("payload", "")))

    async def _blocks(self, q: dict[str, Any]) -> None:
        if q["blocked"]:
            self._telegram.blocks(int(q["user"]))
        else:
            self._telegram.unblocks(int(q["user"]))

    # the clock

    async def _month(self, q: dict[str, Any]) -> list[dict[str, Any]]:
        """The kinds of a month's days, from the first on."""
        first = date(int(q["year"]), int(q["month"]), 1)
        days = [first + timedelta(days=at) for at in range(monthrange(first.year, first.month)[1])]
        return [vars(await self._clock.day(day)) for day in days]

    async def _turns(self, q: dict[str, Any]) -> None:
        """Start to turn the clock: by `hours`, to the next `opening`, or `to` an ISO moment with offset."""
        if self._turn and not self._turn.done():
            raise CannotBeDone("时钟正在拨动，请稍候。")
        now = self._clock.now()
        if "hours" in q:
            to = now + timedelta(hours=float(q["hours"]))
        elif "opening" in q:
            to = await self._clock.next_opening()
        else:
            to = datetime.fromisoformat(str(q["to"]))
        if to.tzinfo is None or to <= now:
            raise CannotBeDone("时钟只能往后拨。")
        if to - now > timedelta(days=800):
            raise CannotBeDone("一次最多往后拨两年。")
        self._turning = {"from": now.timestamp(), "to": to.timestamp(), "at": now.timestamp(), "what": ""}
        self._turn = asyncio.create_task(self._walk(to))

    async def _walk(self, to: datetime) -> None:
        self._push(await self._time())
        failure = ""
        try:
            await self._clock.turn(to, self._progress)
        except Exception:
            log.exception("the clock did not turn to %s", to)
            failure = "时钟没有拨到，详见运行窗口。"
        finally:
            self._turning = None
        self._push(await self._time() | {"failure": failure})

    def _progress(self, at: datetime, what: str) -> None:
        self._turning = (self._turning or {}) | {"at": at.timestamp(), "what": what}
        self._push({"type": "turning", "turning": self._turning})

    async def close(self) -> None:
        """Stop a turn under way and let every page go."""
        self._pages.clear()
        if self._turn:
            self._turn.cancel()
            with suppress(asyncio.CancelledError):
                await self._turn

    # files

    async def give_file(self, request: Request) -> Response:
        """A file out of a message: shown in place where a browser does so harmlessly, else as a download."""
        try:
            name, mime, content = self._telegram.file(request.path_params["file_id"])
        except KeyError:
            return PlainTextResponse("没有这个文件。", 404)
        shown = mime in SHOWN_IN_PLACE
        manner = "inline" if shown else "attachment"
        return Response(
            content,
            media_type=mime if shown else "application/octet-stream",
            headers={"Content-Disposition": f"{manner}; filename*=UTF-8''{quote(name)}"},
        )

    async def take_file(self, request: Request) -> Response:
        """A file that somebody sends: its bytes are the body, the rest is in the query."""
        content = bytearray()
        async for part in request.stream():
            content += part
            if len(content) > LARGEST_FILE:
                return JSONResponse({"error": "文件太大。"}, 413)
        q = request.query_params
        try:
            sent = await self._telegram.sends_file(
                int(q["user"]),
                int(q["chat"]),
                q["name"],
                bytes(content),
                q.get("caption", ""),
                photo=q.get("photo") == "1",
                album=q.get("album", ""),
            )
        except ApiError as error:
            return JSONResponse({"error": error.description}, 400)
        except (LookupError, ValueError):
            return JSONResponse({"error": NOT_DONE}, 400)
        return JSONResponse({"ok": sent})
