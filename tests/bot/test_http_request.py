"""Calls over a real line on this machine: what is answered, what is too late, what is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.http_request import AiohttpRequest

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
ME = {"id": 7, "is_bot": True, "first_name": "办结", "username": "banjie_bot"}
MESSAGE = {"message_id": 5, "date": 0, "chat": {"id": 9, "type": "private"}}


@asynccontextmanager
async def bot_at(answer: Answer) -> AsyncIterator[Bot]:
    """A bot whose servers answer every call but getMe like this."""

    async def all_calls(request: web.BaseRequest) -> web.StreamResponse:
        if request.path.endswith("/getMe"):
            return web.json_response({"ok": True, "result": ME})
        return await answer(request)

    server = web.Server(all_calls)
    runner = web.ServerRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    calls, updates = AiohttpRequest(2), AiohttpRequest(1)
    try:
        async with Bot(
            "1:a", base_url=f"http://{host}:{port}/bot", request=calls, get_updates_request=updates
        ) as bot:
            yield bot
    finally:
        await runner.cleanup()


async def test_a_text_and_a_file_arrive_as_they_are() -> None:
    seen: list[dict[str, object]] = []

    async def answer(request: web.BaseRequest) -> web.Response:
        form = await request.post()
        seen.append(
            {
                name: value.file.read() if isinstance(value, web.FileField) else value
                for name, value in form.items()
            }
        )
        return web.json_response({"ok": True, "result": MESSAGE})

    async with bot_at(answer) as bot:
        await bot.send_message(9, "杨某 & “李某”", disable_notification=True)
        await bot.send_document(9, InputFile(b"\x00PK", "会签单.docx"), caption="请收")
    assert seen[0] == {"chat_id": "9", "text": "杨某 & “李某”", "disable_notification": "true"}
    assert b"\x00PK" in seen[1].values()
    assert (seen[1]["chat_id"], seen[1]["caption"]) == ("9", "请收")


async def test_what_telegram_says_against_it_is_raised() -> None:
    answers = [
        (400, {"ok": False, "description": "Bad Request: message is not modified"}),
        (429, {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 3}}),
    ]

    async def answer(_: web.BaseRequest) -> web.Response:
        status, body = answers.pop(0)
        return web.json_response(body, status=status)

    async with bot_at(answer) as bot:
        with pytest.raises(BadRequest, match="not modified"):
            await bot.send_message(9, "a")
        with pytest.raises(RetryAfter):
            await bot.send_message(9, "a")


async def test_an_answer_that_does_not_come_is_too_late() -> None:
    go_on = asyncio.Event()

    async def answer(_: web.BaseRequest) -> web.Response:
        await go_on.wait()
        return web.json_response({"ok": True, "result": MESSAGE})

    async with bot_at(answer) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(
                9, "a", read_timeout=0.05, write_timeout=0.05, connect_timeout=0.05, pool_timeout=0.05
            )
        with pytest.raises(TimedOut):
            await bot.send_document(
                9,
                InputFile(b"x", "a.txt"),
                read_timeout=0.05,
                write_timeout=0.05,
                connect_timeout=0.05,
                pool_timeout=0.05,
            )
        go_on.set()


async def test_a_line_that_breaks_and_a_server_that_is_not_there_are_the_network_s_fault() -> None:
    async def answer(request: web.BaseRequest) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with bot_at(answer) as bot:
        with pytest.raises(NetworkError) as broken:
            await bot.send_message(9, "a")
        assert not isinstance(broken.value, BadRequest | TimedOut)
        address = bot.base_url
    with pytest.raises(NetworkError):
        async with Bot("1:a", base_url=address.removesuffix("1:a"), request=AiohttpRequest(1)):
            raise AssertionError("nobody answers there any more")


async def test_before_it_is_opened_and_after_it_is_closed_nothing_is_called() -> None:
    request = AiohttpRequest(1)
    with pytest.raises(RuntimeError):
        await request.do_request("http://127.0.0.1:1/", "GET")
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(RuntimeError):
        await request.do_request("http://127.0.0.1:1/", "GET")
