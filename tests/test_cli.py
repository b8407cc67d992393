"""The command line, as the administrator meets it; and a log that keeps the token to itself."""

import asyncio
import importlib.util
import io
import json
import logging
import os
import re
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from bot import logs
from bot.cli import main, runner
from bot.config import SECRETS
from bot.roster_files import SAMPLE
from notices import fonts
from storage.backup import back_up
from storage.database import Database

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

Banjie = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of one's own, no environment, and a terminal wide enough for a line."""
    for variable in SECRETS:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def banjie(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Banjie:
    """Runs a command; gives its exit code, what it printed and what it complained of."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["banjie", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
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


def configure(base_url: str, token: str = TOKEN) -> None:
    Path("config.toml").write_text(
        f'[telegram]\ntoken = "{token}"\nbase_url = "{base_url}"\n', encoding="utf-8"
    )


def test_a_missing_token_ends_the_run_in_one_line(banjie: Banjie) -> None:
    code, out, err = banjie("run")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "[telegram] 缺少 token" in err


def test_the_demo_says_what_it_lacks(banjie: Banjie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.find_spec", lambda name: None if name == "websockets" else object())
    assert banjie("demo") == (1, "", "试用页面还缺 websockets，请先安装：pip install 'banjie[demo]'\n")


@pytest.mark.parametrize("platform", ["win32", "linux", "darwin"])
def test_the_bot_runs_on_windows_without_uvloop(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if platform == "win32":
        monkeypatch.setitem(sys.modules, "uvloop", None)  # importing it fails
    loops: list[str] = []

    async def bot() -> None:
        loops.append(type(asyncio.get_running_loop()).__module__)

    runner(platform)(bot())
    assert loops == ["asyncio.unix_events" if platform == "win32" else "uvloop"]


def test_a_mistake_in_the_file_ends_any_command_in_one_line(banjie: Banjie) -> None:
    Path("config.toml").write_text('[office]\nnane = "办公室"\n', encoding="utf-8")
    for command in (["run"], ["migrate"], ["roster", "codes"], ["audit", "verify"], ["backup", "copy.db"]):
        assert banjie(*command) == (1, "", "config.toml：不认识 [office] nane，是不是 name？\n")


# ---------------------------------------------------------------- check


def test_check_says_everything_that_is_wrong_and_changes_nothing(banjie: Banjie) -> None:
    code, out, _ = banjie("check")
    assert code == 1
    assert [line[0] for line in out.splitlines()] == ["✗", "✓", "✗"]
    assert "✗ 表结构：还没有建立。请运行 banjie migrate。" in out
    assert list(Path().iterdir()) == []


def test_check_names_what_the_roster_wants(banjie: Banjie, bot_api: str) -> None:
    configure(bot_api)
    banjie("roster", "import", str(SAMPLE))
    code, out, _ = banjie("check")
    assert code == 1
    assert "✓ 令牌：@banjie_bot（办结）" in out
    assert "✓ 表结构：最新" in out
    assert "✓ 花名册：33个单位，105人" in out
    assert "✗ 绑定：办公室还没有人绑定" in out


def test_check_is_content_once_the_office_is_bound(banjie: Banjie, bot_api: str) -> None:
    configure(bot_api)
    banjie("roster", "import", str(SAMPLE))
    with sqlite3.connect("banjie.db") as database:
        database.execute("UPDATE officials SET telegram_id = 1000 + id")
    database.close()
    code, out, _ = banjie("check")
    assert "✗" not in out
    assert "✓ 绑定：全部绑定" in out
    assert code == 0


def test_check_says_how_to_get_a_chinese_font(
    banjie: Banjie, bot_api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(bot_api)
    banjie("roster", "import", str(SAMPLE))
    monkeypatch.setattr(fonts, "chinese_font", lambda: None)
    said = f"！ 字体：没有中文字体，“在岗”只有文字、不能出图。安装后重启：{fonts.INSTALL}。"
    assert said in banjie("check")[1]
    monkeypatch.setattr(fonts, "chinese_font", lambda: Path("/fonts/NotoSansCJK-Regular.ttc"))
    assert "✓ 字体：NotoSansCJK-Regular.ttc" in banjie("check")[1]


def test_check_tells_a_token_that_telegram_does_not_know(banjie: Banjie, bot_api: str) -> None:
    configure(bot_api, token="123456789:" + "B" * 35)
    code, out, _ = banjie("check")
    assert code == 1
    assert "✗ 令牌：Telegram 不认识这个令牌。" in out


def test_check_tells_that_telegram_cannot_be_reached(banjie: Banjie) -> None:
    configure("http://127.0.0.1:1/bot")
    code, out, _ = banjie("check")
    assert code == 1
    assert "✗ 令牌：连不上 http://127.0.0.1:1/bot" in out


def test_a_database_that_is_not_there_is_one_line(banjie: Banjie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANJIE_DATABASE_URL", "postgresql+asyncpg://banjie:s3cret@127.0.0.1:1/banjie")
    code, out, err = banjie("migrate")
    assert (code, out) == (1, "")
    assert err.startswith("数据库用不了：")
    assert err.count("\n") == 1
    assert "✗ 数据库：打不开" in banjie("check")[1]
    assert "s3cret" not in err


# ---------------------------------------------------------------- roster, calendar, audit


def test_the_roster_is_shown_first_and_taken_over_whole(banjie: Banjie) -> None:
    code, out, _ = banjie("roster", "import", str(SAMPLE), "--dry-run")
    assert code == 0
    assert out.endswith(
        "单位新增33、变更0、撤并0；人员新增105、变更0、离任0。\n仅比较，未作改动。去掉 --dry-run 即行导入。\n"
    )
    assert banjie("roster", "import", str(SAMPLE))[1].endswith(
        "花名册已导入。发绑定码：banjie roster codes\n"
    )
    assert banjie("roster", "import", str(SAMPLE)) == (0, "花名册没有变化。\n", "")


def test_a_bad_row_is_named_and_nothing_is_taken_over(banjie: Banjie, tmp_path: Path) -> None:
    folder = tmp_path / "roster"
    folder.mkdir()
    (folder / "units.csv").write_text("单位,全称,类别,分管领导\n财政局,区财政局,部们,\n", encoding="utf-8")
    (folder / "people.csv").write_text("姓名,单位,职务,角色,手机,补位\n", encoding="utf-8")
    code, out, err = banjie("roster", "import", str(folder))
    assert (code, out) == (1, "")
    assert "「单位」第2行：" in err
    assert "花名册未作任何改动" in err


def test_a_roster_in_doubt_is_not_taken_before_it_is_answered(banjie: Banjie, tmp_path: Path) -> None:
    banjie("roster", "import", str(SAMPLE))
    folder = tmp_path / "corrected"
    folder.mkdir()
    for name in ("units.csv", "people.csv"):
        text = (SAMPLE / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("姜羽翔", "郝玉"), encoding="utf-8")
    code, out, err = banjie("roster", "import", str(folder))
    assert code == 1
    assert "郝玉（副局长，13800000032）：是不是原来的财政局 姜羽翔（副局长，13800000032）？" in out
    assert err.startswith("有1处要先确认，花名册未作任何改动。")
    code, out, _ = banjie("roster", "import", str(folder), "--dry-run")
    assert code == 0
    assert "待确认1" in out
    assert banjie("roster", "import", str(folder), "--same", "郝玉")[0] == 1
    code, out, _ = banjie("roster", "import", str(folder), "--same", "郝玉=姜羽翔")
    assert code == 0
    assert "财政局 姜羽翔：姓名 姜羽翔 → 郝玉" in out
    assert banjie("roster", "import", str(folder))[1] == "花名册没有变化。\n"


def test_who_comes_back_is_asked_about_and_never_taken_for_sure(banjie: Banjie, tmp_path: Path) -> None:
    banjie("roster", "import", str(SAMPLE))
    folder = tmp_path / "without"
    folder.mkdir()
    for name in ("units.csv", "people.csv"):
        lines = (SAMPLE / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("姜羽翔,")]
        (folder / name).write_text("".join(kept), encoding="utf-8")
    assert banjie("roster", "import", str(folder))[0] == 0
    code, out, err = banjie("roster", "import", str(SAMPLE))
    assert code == 1
    assert err.startswith("有1处要先确认，花名册未作任何改动。")
    assert "--same '姜羽翔=姜羽翔'；不是，加 --new '姜羽翔'" in out
    code, out, _ = banjie("roster", "import", str(SAMPLE), "--same", "姜羽翔=姜羽翔", "--dry-run")
    assert code == 0
    assert "人员新增0、变更0、离任0、恢复1。" in out
    assert banjie("roster", "import", str(SAMPLE), "--same", "姜羽翔=姜羽翔")[0] == 0
    assert banjie("roster", "import", str(SAMPLE))[1] == "花名册没有变化。\n"


def test_codes_for_a_machine_and_for_paper(banjie: Banjie, bot_api: str) -> None:
    configure(bot_api)
    banjie("roster", "import", str(SAMPLE))
    code, out, _ = banjie("roster", "codes", "--format", "csv", "--unit", "财政局")
    assert code == 0
    heading, *rows = out.splitlines()
    assert heading == "\ufeff姓名,单位,职务,code"
    assert len(rows) == 3
    assert all(re.fullmatch(r"\S+,财政局,\S+,[0-9A-Z]{10}", row) for row in rows)
    page = banjie("roster", "codes", "--format", "html", "--unit", "财政局")[1]
    assert page.count("<svg") == 3
    assert banjie("roster", "codes", "--person", "某某") == (1, "", "花名册里没有“某某”。\n")


def test_codes_want_a_roster(banjie: Banjie) -> None:
    assert banjie("roster", "codes") == (1, "", "没有需要发码的人：花名册为空，或全部已经绑定。\n")


NEXT_YEAR = """
year = 2027
source = "国办发明电〔2026〕5号"
off = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }, { name = "清明节", from = 2027-04-05 }]
work = [2027-01-10]
"""


def test_next_year_is_taken_over_and_what_changes_is_said(banjie: Banjie, tmp_path: Path) -> None:
    notice = tmp_path / "2027.toml"
    notice.write_text(NEXT_YEAR, encoding="utf-8")
    assert banjie("calendar", "import", str(notice)) == (
        0,
        (
            "  2027-01-10 周日补班：改为上班\n"
            "2027年放假安排已录入（国办发明电〔2026〕5号），1天与此前不同。\n"
            "还没有春节、端午节、中秋节、国庆节的安排，2027年仍按暂定计算。\n"
        ),
        "",
    )
    assert banjie("audit", "verify")[1] == "留痕完整：1条，首尾相接，无一改动。\n"


def test_a_correction_takes_the_place_of_what_was_said_first(banjie: Banjie, tmp_path: Path) -> None:
    notice = tmp_path / "2027.toml"
    notice.write_text(NEXT_YEAR, encoding="utf-8")
    banjie("calendar", "import", str(notice))
    notice.write_text(NEXT_YEAR.replace("2027-01-10", "2027-01-09"), encoding="utf-8")
    assert banjie("calendar", "import", str(notice))[1].startswith(
        "  2027-01-09 周六补班：改为上班\n  2027-01-10 周日：恢复休息\n"
        "2027年放假安排已录入（国办发明电〔2026〕5号），2天与此前不同。\n"
    )
    with sqlite3.connect("banjie.db") as database:
        kept = database.execute("SELECT date FROM calendar_days WHERE working ORDER BY date").fetchall()
    database.close()
    assert kept == [("2027-01-09",)]


def test_a_published_year_is_amended_and_nothing_is_called_provisional(
    banjie: Banjie, tmp_path: Path
) -> None:
    notice = tmp_path / "劳动节.txt"
    notice.write_text(
        "国务院办公厅关于调整2026年劳动节假期安排的通知\n国办发明电〔2026〕3号\n"
        "一、2026年5月1日至3日放假，共3天。\n",
        encoding="utf-8",
    )
    assert banjie("calendar", "import", str(notice)) == (
        0,
        (
            "  2026-05-04 周一：恢复上班\n  2026-05-05 周二：恢复上班\n  2026-05-09 周六：恢复休息\n"
            "2026年放假安排已录入（国办发明电〔2026〕3号），3天与此前不同。\n"
        ),
        "",
    )


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_notice_is_read_however_it_was_saved(banjie: Banjie, tmp_path: Path, encoding: str) -> None:
    notice = tmp_path / "通知.txt"
    notice.write_text(
        "国务院办公厅关于2027年部分节假日安排的通知\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。",
        encoding=encoding,
    )
    code, out, err = banjie("calendar", "import", str(notice))
    assert (code, err) == (0, "")
    assert "2027年放假安排已录入（国务院办公厅关于2027年部分节假日安排的通知），0天与此前不同。" in out


def test_a_notice_that_is_no_text_is_refused(banjie: Banjie, tmp_path: Path) -> None:
    notice = tmp_path / "通知.doc"
    notice.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\xff\xff")
    assert banjie("calendar", "import", str(notice)) == (
        1,
        "",
        "通知.doc 的文字编码无法识别，请另存为 UTF-8。\n",
    )


def test_a_calendar_without_dates_is_refused(banjie: Banjie, tmp_path: Path) -> None:
    notice = tmp_path / "2027.txt"
    notice.write_text("明年照旧。", encoding="utf-8")
    code, out, err = banjie("calendar", "import", str(notice))
    assert (code, out) == (1, "")
    assert err.startswith("没有找到放假安排")
    assert err.count("\n") == 1


def test_an_audit_that_was_touched_is_not_verified(banjie: Banjie) -> None:
    banjie("roster", "import", str(SAMPLE))
    with sqlite3.connect("banjie.db") as database:
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE audit SET actor = '某某' WHERE id = 1")
    database.close()
    code, out, err = banjie("audit", "verify")
    assert (code, out) == (1, "")
    assert err.startswith("留痕被改动过：第1行的内容被改动过")


# ---------------------------------------------------------------- backup


def test_a_backup_is_one_whole_file_and_never_overwrites(banjie: Banjie) -> None:
    banjie("roster", "import", str(SAMPLE))
    code, out, _ = banjie("backup", "copy.db")
    assert code == 0
    assert out.startswith("已备份到 copy.db（")
    with sqlite3.connect("copy.db") as copy:
        assert copy.execute("SELECT count(*) FROM officials").fetchone() == (105,)
    copy.close()
    assert {path.name for path in Path().glob("*copy*")} == {"copy.db"}
    code, out, err = banjie("backup", "copy.db")
    assert (code, out) == (1, "")
    assert err == "copy.db 已经存在，请换一个文件名，以免盖掉旧的备份。\n"


def test_a_backup_wants_a_database_and_a_folder(banjie: Banjie) -> None:
    assert banjie("backup", "copy.db")[2] == "还没有数据库 banjie.db，没有可备份的内容。\n"
    assert banjie("backup", "none/copy.db")[2] == "没有文件夹 none，请先建好。\n"
    assert list(Path().iterdir()) == []


async def test_a_backup_holds_one_moment_while_the_bot_goes_on_writing(
    tmp_path: Path, sqlite_url: str
) -> None:
    database = Database(sqlite_url)
    async with database.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE pairs (a INTEGER, b INTEGER, filler TEXT)"))
    stop = asyncio.Event()

    async def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            async with database.session() as session:
                await session.execute(
                    text("INSERT INTO pairs VALUES (:n, 0, :filler)"), {"n": number, "filler": "x" * 4000}
                )
                await session.execute(text("UPDATE pairs SET b = :n WHERE a = :n"), {"n": number})

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.2)
    copy = tmp_path / "copy.db"
    await asyncio.to_thread(back_up, sqlite_url, copy)
    stop.set()
    await writing
    await database.close()
    with sqlite3.connect(copy) as found:
        rows, whole = found.execute("SELECT count(*), sum(a = b) FROM pairs").fetchone()
    found.close()
    assert rows == whole > 0


async def test_a_backup_of_postgresql_can_be_read_back(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if bundled := importlib.util.find_spec("pgserver"):
        assert bundled.origin  # pg_dump must not be older than the server the tests have started
        programs = Path(bundled.origin).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    database = Database(postgres_url)
    await database.migrate()
    await database.close()
    copy = tmp_path / "copy.dump"
    await asyncio.to_thread(back_up, postgres_url, copy)
    assert copy.read_bytes().startswith(b"PGDMP")


# ---------------------------------------------------------------- the log


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
