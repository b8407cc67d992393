"""The log keeps the token to itself."""

import io
import logging
from collections.abc import Iterator

import httpx
import pytest

from bot import logs
from tests.bot.command import TOKEN


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as `set_up` makes it, written into memory; everything is as before at the end."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    written = io.StringIO()
    logs.set_up([TOKEN, "s3cret"])
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


def test_no_token_reaches_the_log(log: io.StringIO) -> None:
    here = logging.getLogger("bot.somewhere")
    here.warning("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
    here.warning("another bot's: 987654321:AAGdqTcvCH1vGWJxfSeofSAs0K5PALDsaw, postgresql://banjie:s3cret@db")
    try:
        raise ValueError(f"bad address bot{TOKEN}")
    except ValueError:
        here.exception("failed")
    assert TOKEN not in log.getvalue()
    assert "AAGdq" not in log.getvalue()
    assert "s3cret" not in log.getvalue()
    assert "POST https://api.telegram.org/bot***/sendMessage" in log.getvalue()
    assert "ValueError: bad address bot***" in log.getvalue()


def test_requests_are_not_logged_with_their_address(log: io.StringIO, bot_api: str) -> None:
    httpx.post(f"{bot_api}{TOKEN}/getMe")
    assert log.getvalue() == ""
