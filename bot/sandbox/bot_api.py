"""LocalTelegram over HTTP, at the addresses and in the envelopes of the Bot API."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.request import envelope, envelope_of
from bot.sandbox.telegram import LocalTelegram
from bot.sandbox.world import Files


def bot_api(telegram: LocalTelegram) -> list[Route]:
    """`/bot<token>/<method>` and `/file/bot<token>/<path>`, for GET and POST."""
    return [
        Route("/bot{token}/{method}", _Methods(telegram)),
        Route("/file/bot{token}/{path:path}", _Downloads(telegram)),
    ]


class _Methods:
    """Plain ASGI, since the benchmark goes through here: parameters in, envelope out."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        where = scope["path_params"]
        try:
            params, files = await _parameters(scope, receive)
            if where["token"] != self._telegram.token:
                raise ApiError(401, "Unauthorized")
            status, body = 200, envelope(await self._telegram.call(where["method"], params, files))
        except ApiError as error:
            status, body = error.code, envelope_of(error)
        except OSError:
            status, body = 502, envelope_of(ApiError(502, "Bad Gateway"))
        await _answer(send, status, b"application/json", body)


class _Downloads:
    """The content of files."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as ASGI calls it
        where = scope["path_params"]
        try:
            if where["token"] != self._telegram.token:
                raise ApiError(401, "Unauthorized")
            content = self._telegram.download(where["path"])
            status, kind = 200, b"application/octet-stream"
        except ApiError as error:
            status, kind, content = error.code, b"application/json", envelope_of(error)
        await _answer(send, status, kind, content)


async def _answer(send: Send, status: int, kind: bytes, body: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _parameters(scope: Scope, receive: Receive) -> tuple[dict[str, Any], Files]:
    """From the query, a form, a form with files, or JSON."""
    params: dict[str, Any] = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    kind = next((value for name, value in headers if name == b"content-type"), b"")
    request = Request(scope, receive)
    if kind.startswith(b"multipart/form-data"):
        return await _multipart(request, params)
    body = await request.body()
    if not body:
        return params, {}
    if kind.startswith(b"application/json"):
        try:
            return params | json.loads(body), {}
        except (ValueError, TypeError):
            raise bad_request("can't parse request JSON object") from None
    return params | dict(parse_qsl(body.decode(), keep_blank_values=True)), {}


async def _multipart(request: Request, params: dict[str, Any]) -> tuple[dict[str, Any], Files]:
    files: Files = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = (value.filename or "file", await value.read())
            else:
                params[name] = value
    return params, files
