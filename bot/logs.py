"""What the log holds: one place that sets it up, and no token in any of its lines."""

import logging
import re
from collections.abc import Iterable
from datetime import datetime

from rules.working_days import SHANGHAI

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_BLACK = "***"


class Redacted(logging.Formatter):
    """A line of the log, with Shanghai time, from which secrets are taken out last.

    It works on the finished line, since a secret may as well stand in an argument, in a traceback or in
    the address of a request. Anything that looks like a bot's token goes too, whoever it belongs to.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written, secrets blacked out."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _BLACK)
        return _TOKEN.sub(_BLACK, line)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802
        """Wall-clock time in Shanghai, to the millisecond."""
        return datetime.fromtimestamp(record.created, SHANGHAI).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def set_up(secrets: Iterable[str] = (), *, level: int = logging.INFO) -> None:
    """Log to standard error. httpx would write every request's address, and the token is part of it."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacted(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "httpcore", "apscheduler", "aiosqlite", "alembic", "asyncio", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # It names addresses when something is wrong with them; ours, with keys in them, go into no log.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    # An answer that is no JSON, as a proxy gives it, with a traceback; whoever asked logs a line of its own.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
