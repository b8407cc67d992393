"""The command line, as the administrator meets it: how it begins, the roster, the audit, a backup."""

import asyncio
import json
import re
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.cli import runner
from bot.roster.files import SAMPLE
from storage import inbox, parked
from storage.database import Database
from storage.tables import inbox as inbox_table
from storage.tables import officials
from tests.bot.command import Banjie, configure


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


# ---------------------------------------------------------------- roster, audit


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


def test_the_audits_head_is_signed_off_and_held_against_later(banjie: Banjie) -> None:
    assert banjie("audit", "head") == (1, "", "还没有数据库，没有留痕。请核对 [database] url。\n")
    banjie("roster", "import", str(SAMPLE))
    code, out, _ = banjie("audit", "head")
    found = re.match(
        r"链头 (1:[0-9a-f]{32})\n第1行，\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n全值 [0-9a-f]{64}\n", out
    )
    assert code == 0
    assert found
    banjie("export", "leave")
    code, out, _ = banjie("audit", "verify", "--head", found[1])
    assert (code, out.splitlines()[1]) == (0, "签存的第1行仍在原处：此前的留痕与签存时一致。")
    code, _, err = banjie("audit", "verify", "--head", f"1:{'0' * 32}")
    assert code == 1
    assert "第1行与签存的不符" in err
    assert banjie("audit", "verify", "--head", "1:0a")[2].startswith("链头应写作 编号:校验值")


# ---------------------------------------------------------------- parked


def test_what_is_parked_is_listed_shown_and_handed_in_again(banjie: Banjie) -> None:
    assert banjie("parked", "list") == (0, "没有办不成而搁下的消息。\n", "")
    banjie("roster", "import", str(SAMPLE))
    asyncio.run(park())
    listed = "7  2026-12-01 09:00  财政局局长 陶鳞潜  点按钮  ValueError: 数不对\n"
    code, out, _ = banjie("parked", "list")
    assert (code, out.splitlines(keepends=True)[0]) == (0, listed)
    code, out, _ = banjie("parked", "show", "7")
    assert code == 0
    assert json.loads(out.removeprefix(listed))["callback_query"]["data"] == "leave:1:agree:0"
    code, out, _ = banjie("parked", "retry", "7")
    assert (code, out[:17]) == (0, "7 已放回：机器人正在运行的，15")
    assert banjie("parked", "list")[1] == "没有办不成而搁下的消息。\n"
    code, _, err = banjie("parked", "retry", "7")
    assert (code, err) == (1, "没有搁下的消息 7。搁下的有哪些：banjie parked list\n")
    asyncio.run(park(8, wiped=True))  # something beside it bore a secrecy mark
    code, out, _ = banjie("parked", "list")
    assert (code, out.startswith("8  2026-12-01 09:00  无  其他  ValueError: 数不对\n")) == (0, True)
    code, _, err = banjie("parked", "retry", "8")
    assert (code, err) == (1, "8 的内容已按保密要求清除（第五十九条、第七十九条），不能重办。\n")


async def park(update_id: int = 7, *, wiped: bool = False) -> None:
    database = Database("sqlite+aiosqlite:///banjie.db")
    at = datetime(2026, 12, 1, 1, tzinfo=UTC)
    tap = {"id": "1", "from": {"id": 5}, "data": "leave:1:agree:0"}
    try:
        async with database.session() as session:
            own = update(officials).where(officials.c.name == "陶鳞潜")
            await session.execute(own.values(telegram_id=5))
            await inbox.store(session, [inbox.inbox_row({"update_id": update_id, "callback_query": tap})], at)
            assert await parked.park(session, update_id, at, ValueError("数不对"))
            if wiped:
                own = update(inbox_table).where(inbox_table.c.update_id == update_id)
                await session.execute(own.values(payload=None))
    finally:
        await database.close()


# ---------------------------------------------------------------- backup and restore


def test_a_backup_is_restored_from_the_command_line(banjie: Banjie) -> None:
    banjie("roster", "import", str(SAMPLE))
    banjie("backup", "copy.db")
    assert banjie("restore", "copy.db")[2] == "数据库里已有内容，没有恢复。确要用备份替换，请加 --replace。\n"
    code, out, _ = banjie("restore", "copy.db", "--replace")
    assert (code, out.count("\n")) == (0, 2)
    Path("banjie.db").write_bytes(b"broken")
    assert banjie("restore", "copy.db")[0] == 1
    code, out, _ = banjie("restore", "copy.db", "--replace")
    assert code == 0
    assert "原来的数据库留在 banjie.db.before-restore-2" in out
    assert banjie("audit", "verify")[0] == 0


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
