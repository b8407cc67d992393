"""What the log holds: one place that sets it up; no token, and nothing of what people write, in any line."""

import logging
import re
from collections.abc import Iterable
from datetime import datetime

from rules.working_days import SHANGHAI

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_NUMBER = re.compile(r"(?<!\d)(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
"""A mobile number, or one with an area code."""
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_VALUES = re.compile(r"^DETAIL:.*$", re.MULTILINE)
"""With an error of PostgreSQL come the values of the row."""
_BLACK = "***"


class Redacted(logging.Formatter):
    """A line of the log, with Shanghai time, from which secrets and people's words are taken out last.

    It works on the finished line, since a secret may as well stand in an argument, in a traceback or in
    the address of a request. Anything that looks like a bot's token goes too, whoever it belongs to, and
    every phone number. What people write is Chinese, what the program says of itself is not: so Chinese goes
    as a whole, names, reasons and titles with it. What was parked can be read by `banjie parked show`.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written, secrets blacked out."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _BLACK)
        for private in (_TOKEN, _VALUES, _NUMBER, _CHINESE):
            line = private.sub(_BLACK, line)
        return line

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
    # What these say below a warning are whole updates, messages, statements and addresses.
    loud = ("telegram", "httpx", "httpcore", "apscheduler", "aiosqlite", "alembic", "asyncio")
    for chatty in (*loud, "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # It names addresses when something is wrong with them; ours, with keys in them, go into no log.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    # An answer that is no JSON, as a proxy gives it, with a traceback; whoever asked logs a line of its own.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
