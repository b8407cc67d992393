"""How calls reach Telegram: PTB's request over aiohttp, which takes a quarter of the CPU that httpx takes."""

import io
import ssl
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

Seconds = Any
"""Seconds, None for no limit, or PTB's `DEFAULT_NONE` for what holds otherwise."""
CONNECT, WRITE, READ = 5.0, 5.0, 5.0
"""Seconds for one of these steps of a call, as PTB's own request has them."""
UPLOAD: Final = 20.0
"""Seconds for writing a call that carries a file."""
_FOR_A_LINE: Final = 1.0
"""Seconds a call waits for one of the lines that are kept open."""


class AiohttpRequest(BaseRequest):
    """At most `lines` calls at once, each over a line that stays open for the next.

    Proxies come from the environment (HTTPS_PROXY). A call over its time raises TimedOut, one that found no
    server or lost it NetworkError: then Telegram may have done what was asked, and nobody knows.
    """

    def __init__(self, lines: int, trusted: ssl.SSLContext | None = None) -> None:
        """`trusted` knows the certificate authorities; the usual ones where it is left out."""
        self._lines, self._trusted = lines, trusted
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds until the answer has to come; the long poll adds what it is held."""
        return READ

    async def initialize(self) -> None:
        """Opens nothing yet: a line is opened by the first call that needs it."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._lines, ssl=self._trusted or True)
            self._session = aiohttp.ClientSession(
                connector=connector, headers={"User-Agent": self.USER_AGENT}
            )

    async def shutdown(self) -> None:
        """Closes all lines; a later `initialize` opens new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call; gives the status and what was answered."""
        if self._session is None:
            raise RuntimeError("initialize() comes first")
        files = bool(request_data and request_data.contains_files)
        connect = _seconds(connect_timeout, CONNECT)
        write = _seconds(write_timeout, UPLOAD if files else WRITE)
        read = _seconds(read_timeout, READ)
        steps = (_seconds(pool_timeout, _FOR_A_LINE), connect, write, read)
        # aiohttp has no limit of its own for writing: the whole call has that of its steps together.
        limits = aiohttp.ClientTimeout(
            total=None if None in steps else sum(step for step in steps if step is not None),
            sock_connect=connect,
            sock_read=read if not files else None,
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=limits, proxy=_proxy(url)
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as late:
            raise TimedOut from late
        except (
            aiohttp.ClientResponseError
        ) as refused:  # a proxy's; its own words name its address, password and all
            raise NetworkError(f"{type(refused).__name__}: {refused.status} {refused.message}") from None
        except (aiohttp.ClientError, OSError) as broken:
            raise NetworkError(f"{type(broken).__name__}: {broken}") from broken


def _seconds(given: Seconds, usual: float) -> float | None:
    return usual if given is BaseRequest.DEFAULT_NONE else given


def _proxy(url: str) -> str | None:
    """The proxy that the environment names for this address.

    Not left to aiohttp (`trust_env`): it would look for a .netrc in another thread at every call.
    """
    scheme, _, rest = url.partition("://")
    return _proxy_for(scheme, rest.partition("/")[0])


@lru_cache(maxsize=8)
def _proxy_for(scheme: str, host: str) -> str | None:
    named = None if proxy_bypass(host) else getproxies().get(scheme)
    return f"http://{named}" if named and "://" not in named else named


def _body(data: RequestData | None) -> aiohttp.FormData | aiohttp.Payload | None:
    """The parameters as a form, in parts where a file is among them."""
    if data is None:
        return None
    if not data.contains_files:
        written = urlencode(data.json_parameters).encode("ascii")
        return aiohttp.BytesPayload(written, content_type="application/x-www-form-urlencoded")
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)  # Chinese file names as they are
    for name, (filename, content, kind) in data.multipart_data.items():
        whole = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, whole, filename=filename, content_type=kind)
    return form
