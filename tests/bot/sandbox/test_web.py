"""The page's server: open to its own page on this machine, and to nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from telegram import Message
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from bot.sandbox.telegram import LocalTelegram
from tests.browser.table import HEAD, furnished, serving


@pytest.fixture
async def served() -> AsyncIterator[tuple[LocalTelegram, httpx.AsyncClient]]:
    """The local chat on a free port, and a client that is not a browser."""
    telegram, _, app = furnished()
    async with serving(app) as port, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        yield telegram, client


@asynccontextmanager
async def page(client: httpx.AsyncClient) -> AsyncIterator[ClientConnection]:
    """A socket as the page itself opens it, past the greeting."""
    address = f"{client.base_url.host}:{client.base_url.port}"
    async with connect(f"ws://{address}/live", origin=f"http://{address}", proxy=None) as socket:  # type: ignore[arg-type]
        greeting = json.loads(await socket.recv())
        assert greeting["type"] == "hello"
        yield socket


async def ask(socket: ClientConnection, what: str, **question: object) -> dict[str, Any]:
    """Ask one thing; what is pushed meanwhile is passed over."""
    await socket.send(json.dumps({"id": 7, "do": what, **question}))
    while True:
        said: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 5))
        if said["type"] == "reply":
            return said


async def test_another_name_for_this_machine_is_refused(
    served: tuple[LocalTelegram, httpx.AsyncClient],
) -> None:
    _, client = served
    assert (await client.get("/")).status_code == 200
    assert (await client.get("/", headers={"Host": "evil.example"})).status_code == 403
    assert (await client.get("/", headers={"Host": "127.0.0.1.evil.example:80"})).status_code == 403


async def test_another_page_can_neither_send_nor_listen(
    served: tuple[LocalTelegram, httpx.AsyncClient],
) -> None:
    telegram, client = served
    query: dict[str, str | int] = {"user": HEAD, "chat": HEAD, "name": "a.txt"}
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        refused = await client.post("/files", params=query, content=b"x", headers={"Origin": origin})
        assert refused.status_code == 403
        with pytest.raises(InvalidStatus, match="403"):
            async with connect(
                f"ws://127.0.0.1:{client.base_url.port}/live",
                origin=origin,  # type: ignore[arg-type]
                proxy=None,
            ):
                pass
    assert telegram.history(HEAD) == []


async def test_a_file_that_could_run_is_only_downloaded(
    served: tuple[LocalTelegram, httpx.AsyncClient],
) -> None:
    telegram, client = served
    await telegram.sends_file(HEAD, HEAD, "页.html", b"<script>1</script>")
    file = telegram.history(HEAD)[0]["file"]
    assert file is not None
    got = await client.get(f"/files/{file['file_id']}")
    assert got.content == b"<script>1</script>"
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "script-src" not in got.headers["content-security-policy"]
    assert (await client.get("/files/none")).status_code == 404


async def test_files_of_one_album_and_what_is_shared(
    served: tuple[LocalTelegram, httpx.AsyncClient],
) -> None:
    telegram, client = served
    query: dict[str, str | int] = {"user": HEAD, "chat": HEAD, "name": "一.docx", "album": "77"}
    sent = await client.post("/files", params=query, content=b"x")
    assert telegram.world.chat(HEAD).messages[sent.json()["ok"]].raw["media_group_id"] == "77"
    async with page(client) as socket:
        told = {"user": HEAD, "chat": HEAD, "name": "王芳", "number": "13800000001"}
        await ask(socket, "contact", **told)
        await ask(socket, "place", user=HEAD, chat=HEAD, title="三楼会议室", address="")
        await ask(socket, "voice", user=HEAD, chat=HEAD, seconds=7)
        await ask(socket, "sticker", user=HEAD, chat=HEAD, emoji="👌")
        assert "error" in await ask(socket, "voice", user=HEAD, chat=HEAD, seconds=0)
    shown = telegram.history(HEAD)[1:]
    assert [view["text"] for view in shown] == [
        "［名片］王芳 13800000001",
        "［位置］三楼会议室",
        "［语音］7秒",
        "［表情］👌",
    ]
    assert [(view["voice"], view["sticker"]) for view in shown] == [(0, ""), (0, ""), (7, ""), (0, "👌")]


async def test_voice_and_stickers_reach_the_bot_as_from_a_phone(
    served: tuple[LocalTelegram, httpx.AsyncClient],
) -> None:
    telegram, _ = served
    await telegram.sends_voice(HEAD, HEAD, 7)
    await telegram.sends_sticker(HEAD, HEAD, "👌")
    raws: Any = await telegram.call("getUpdates", {"timeout": "0"})
    spoken, drawn = (Message.de_json(raw["message"], bot=None) for raw in raws)
    assert spoken.voice is not None
    assert (raws[0]["message"]["voice"]["duration"], spoken.voice.file_size) == (7, 14_000)
    assert drawn.sticker is not None
    assert (drawn.sticker.emoji, drawn.sticker.type) == ("👌", "regular")


async def test_what_cannot_be_done_is_said(served: tuple[LocalTelegram, httpx.AsyncClient]) -> None:
    _, client = served
    async with page(client) as socket:
        assert "error" in await ask(socket, "says", user=HEAD, chat=HEAD, text="")
        assert "error" in await ask(socket, "says", user=1, chat=2, text="在吗")
        assert "error" in await ask(socket, "nothing")
        assert (await ask(socket, "turn", hours=-1))["error"] == "时钟只能往后拨。"
        assert (await ask(socket, "turn", hours=1e5))["error"] == "一次最多往后拨两年。"
        assert (await ask(socket, "says", user=HEAD, chat=HEAD, text="在"))["ok"] > 0
    too_large = await client.post(
        "/files", params={"user": HEAD, "chat": HEAD, "name": "a"}, content=bytes(64 * 2**20 + 1)
    )
    assert too_large.status_code == 413


async def test_nonsense_on_the_socket_ends_only_that_page(
    served: tuple[LocalTelegram, httpx.AsyncClient],
) -> None:
    _, client = served
    async with page(client) as other:
        async with page(client) as socket:
            await socket.send("not json")
            await socket.wait_closed()
        assert (await ask(other, "phone", user=HEAD))["ok"]
