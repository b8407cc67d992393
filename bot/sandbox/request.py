"""The bot's way to LocalTelegram inside one process: in the place of python-telegram-bot's HTTP client."""

import asyncio
import json
from urllib.parse import parse_qsl, unquote

from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.sandbox.errors import ApiError
from bot.sandbox.telegram import LocalTelegram
from bot.sandbox.world import Files


class LocalRequest(BaseRequest):
    """Hands each call over as Telegram's servers would get it, and answers in their bytes.

    `latency` in seconds passes before a call is done. One object serves any number of calls at a time, the
    long poll among them; a call that is cancelled before its turn is not done.
    """

    def __init__(self, telegram: LocalTelegram, latency: float = 0.0) -> None:
        self._telegram = telegram
        self._latency = latency

    @property
    def read_timeout(self) -> float | None:
        """Nobody waits on a line here, so there is no limit."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the Bot API does not care whether GET or POST
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Do the call; status and body as over HTTP. NetworkError where the line is made to break."""
        await asyncio.sleep(self._latency)
        address, _, query = url.partition("?")
        before, _, rest = unquote(address).partition("/bot")
        token, _, name = rest.partition("/")
        try:
            if token != self._telegram.token:
                raise ApiError(401, "Unauthorized")
            if before.endswith("/file"):
                return 200, self._telegram.download(name)
            parameters = {**dict(parse_qsl(query)), **(request_data.parameters if request_data else {})}
            result = await self._telegram.call(name, parameters, _files(request_data))
        except ApiError as error:
            return error.code, envelope_of(error)
        except TelegramError:
            raise
        except OSError as error:
            raise NetworkError(f"{type(error).__name__}: {error}") from error
        return 200, envelope(result)


def envelope(result: object) -> bytes:
    """Telegram's answer to a call that went well."""
    return json.dumps({"ok": True, "result": result}).encode()


def envelope_of(error: ApiError) -> bytes:
    """Telegram's answer to a refused call."""
    answer = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        answer["parameters"] = error.parameters
    return json.dumps(answer).encode()


def _files(data: RequestData | None) -> Files:
    files: Files = {}
    for field, (name, content, _) in (data.multipart_data if data and data.contains_files else {}).items():
        files[field] = (name, content if isinstance(content, bytes) else content.read())
    return files
