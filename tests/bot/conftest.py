"""The command line in a folder of one's own, and a server that knows one bot."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.cli import main
from bot.config import SECRETS
from tests.bot.command import TOKEN, Banjie


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of one's own, no environment, and a terminal wide enough for a line."""
    for variable in SECRETS:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def banjie(at_home: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Banjie:
    """Runs a command; gives its exit code, what it printed and what it complained of."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["banjie", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capfd.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


@pytest.fixture
def bot_api() -> Iterator[str]:
    """A server that knows the bot of TOKEN and no other; gives its base_url."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            known = self.path == f"/bot{TOKEN}/getMe"
            me = {"id": 123456789, "is_bot": True, "first_name": "办结", "username": "banjie_bot"}
            said = (
                {"ok": True, "result": me}
                if known
                else {"ok": False, "error_code": 401, "description": "Unauthorized"}
            )
            body = json.dumps(said).encode()
            self.send_response(200 if known else 401)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/bot"
    server.shutdown()
    server.server_close()
    thread.join()
