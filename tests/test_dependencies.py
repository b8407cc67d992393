"""The audit of what is locked fails for what is known, and says so where nobody could be asked."""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
_FAULT = {"id": "PYSEC-1", "modified": "2026-01-01T00:00:00Z"}
_WHERE = {"package": {"name": "jinja2", "ecosystem": "PyPI"}, "ranges": []}


@contextmanager
def _osv(answer: Callable[[str], dict[str, Any]], status: int = 200) -> Iterator[str]:
    """A server that answers as OSV does: for each package, by its name."""

    class Osv(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            self._say({"results": [answer(one["package"]["name"]) for one in asked]})

        def do_GET(self) -> None:
            self._say({**_FAULT, "summary": "made up", "affected": [_WHERE]})

        def _say(self, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Osv)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def _audit(url: str) -> tuple[int, str]:
    command = [str(ROOT / ".ci" / "audit"), "--service-url", url]
    done = subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout


def test_a_known_vulnerability_fails() -> None:
    with _osv(lambda name: {"vulns": [_FAULT]} if name == "jinja2" else {}) as url:
        code, said = _audit(url)
    assert code == 1
    assert "PYSEC-1" in said


def test_nothing_known_is_good() -> None:
    with _osv(lambda _: {}) as url:
        assert _audit(url)[0] == 0


def test_where_osv_does_not_answer_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service is down, a proxy forbids it, nobody listens there, uv is told to stay off the line."""
    for status in (503, 403):
        with _osv(lambda _: {}, status) as url:
            _is_skipped(url)
    _is_skipped(url)
    monkeypatch.setenv("UV_OFFLINE", "1")
    _is_skipped(url)


def _is_skipped(url: str) -> None:
    code, said = _audit(url)
    assert (code, said.splitlines()[-1][:8]) == (0, "skipped:")


def test_any_other_fault_of_the_audit_fails() -> None:
    assert _audit("no address")[0] == 2


def test_the_bill_of_materials_names_what_runs_with_its_hashes(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    command = ["make", "-s", "sbom", f"SBOM={file}"]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)  # noqa: S603 - our own command
    bill = json.loads(file.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    parts = {one["name"]: one for one in bill["components"]}
    assert {"python-telegram-bot", "sqlalchemy", "websockets"} <= parts.keys()
    assert not {"pytest", "mypy"} & parts.keys()
    hashes = [each["hashes"] for each in parts["sqlalchemy"]["externalReferences"]]
    assert all(hashes)
