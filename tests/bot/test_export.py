"""`banjie export`: a ledger into a file, as the administrator meets it; and the template `check` looks at."""

import asyncio
import csv
import io
import json
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.roster.files import SAMPLE
from matters.ledgers import LEDGERS
from notices.leave.paper import FORM
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveKind
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from tests.bot.command import Banjie
from tests.cast import THURSDAY

_NAMED = "、".join(f"{each.name}（{each.title}）" for each in LEDGERS.values())


@pytest.fixture
def filled(banjie: Banjie) -> Banjie:
    """The same, in a folder with the sample district's database and two reports of its first head."""
    banjie("roster", "import", str(SAMPLE))
    asyncio.run(lay())
    return banjie


async def lay() -> None:
    database = Database("sqlite+aiosqlite:///banjie.db")
    try:
        async with Office(database, Settings(), lambda: THURSDAY).work("reports") as work:
            roster = await work.roster()
            unit = roster.unit("财政局")
            assert unit is not None
            head = roster.head_of(unit)
            assert head is not None
            for day, reason in ((date(2026, 11, 30), "=cmd|' /C calc'!A0"), (date(2026, 12, 8), "学习")):
                leave = Leave(
                    head, LeaveKind.TRIP, day, Half.AM, day, Half.PM, "济南", reason, None, "+8613", THURSDAY
                )
                work.add(leave)
    finally:
        await database.close()


def sheet(file: str, title: str) -> list[dict[str, Any]]:
    heads, *rows = load_workbook(file)[title].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_a_ledger_as_a_workbook(filled: Banjie) -> None:
    code, out, err = filled("export", "leave")
    assert (code, err) == (0, "")
    assert out == "请假台账已导出到 请假台账（全部）.xlsx：全部，2件。\n"
    book = load_workbook("请假台账（全部）.xlsx")
    assert book.sheetnames == ["明细", "按人统计", "留痕签存"]
    signed = str(book["留痕签存"]["A2"].value)
    assert book["留痕签存"]["C2"].value == f"banjie audit verify --head {signed}"
    assert filled("audit", "verify", "--head", signed)[0] == 0
    assert [row["事由"] for row in sheet("请假台账（全部）.xlsx", "明细")] == ["=cmd|' /C calc'!A0", "学习"]
    reason = next(cell for cell in book["明细"][2] if str(cell.value).startswith("=cmd"))
    assert (reason.data_type, reason.quotePrefix) == ("s", True)


def test_a_ledger_as_csv_within_dates(filled: Banjie) -> None:
    code, out, _ = filled(
        "export",
        "leave",
        "--format",
        "csv",
        "--from",
        "2026-11-01",
        "--to",
        "2026-11-30",
        "--out",
        "十一月.csv",
    )
    assert (code, out) == (0, "请假台账已导出到 十一月.csv：2026年11月1日至2026年11月30日，1件。\n")
    content = Path("十一月.csv").read_bytes()
    assert content.startswith("\ufeff姓名,单位,".encode())
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert (row["开始日期"], row["事由"], row["联系电话"]) == ("2026-11-30", "'=cmd|' /C calc'!A0", "'+8613")


def test_a_ledger_to_standard_output(filled: Banjie) -> None:
    code, out, err = filled("export", "leave", "--format", "csv", "--out", "-")
    assert (code, err) == (0, "")
    assert out.startswith("\ufeff姓名,")
    assert len(out.strip().splitlines()) == 3


def test_that_it_was_taken_is_kept(filled: Banjie) -> None:
    filled("export", "leave", "--to", "2026-11-30")
    with sqlite3.connect("banjie.db") as database:
        rows = database.execute("SELECT actor, action, subject, detail FROM audit WHERE action = 'export'")
        (kept,) = rows.fetchall()
    database.close()
    assert kept[:3] == ("系统", "export", "ledger:leave")
    assert json.loads(kept[3]) == {"stretch": "至2026年11月30日", "unit": "", "rows": 1}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gold",), f"没有台账 gold。可以导出的有：{_NAMED}。\n"),
        (("leave", "--from", "11月1日"), "--from 应是日期，如 2026-01-01，现为 11月1日。\n"),
        (
            ("leave", "--from", "2026-12-02", "--to", "2026-12-01"),
            "--from 2026-12-02 晚于 --to 2026-12-01。\n",
        ),
        (("leave", "--out", "banjie.db"), "banjie.db 已经存在，请用 --out 换一个文件名。\n"),
        (("leave", "--out", "none/a.xlsx"), "没有文件夹 none，请先建好。\n"),
    ],
)
def test_what_cannot_be_done_is_one_line(filled: Banjie, arguments: tuple[str, ...], said: str) -> None:
    assert filled("export", *arguments) == (1, "", said)


def test_without_a_database_there_is_no_ledger(banjie: Banjie) -> None:
    assert banjie("export", "leave") == (1, "", "还没有数据库，没有台账可导。请核对 [database] url。\n")
    assert list(Path().glob("*.xlsx")) == []


# ---------------------------------------------------------------- the office's own template


def own_template(text: str = "") -> None:
    document = Document(str(FORM.shipped))
    document.add_paragraph(text)
    document.save("本区.docx")
    Path("config.toml").write_text('[papers]\nleave_template = "本区.docx"\n', encoding="utf-8")


def test_check_tries_the_offices_own_template(banjie: Banjie) -> None:
    own_template("{{ 姓名 }}")
    assert "✓ 请假报告单模板：本区.docx" in banjie("check")[1]
    own_template("{{ 姓氏 }}")
    code, out, _ = banjie("check")
    assert code == 1
    where = "本区.docx：正文第5段“{{ 姓氏 }}”"
    assert f"✗ 请假报告单模板：{where}：不认识占位符“姓氏”。是不是“姓名”？可用的有：编号、" in out
    Path("本区.docx").unlink()
    out = banjie("check")[1]
    assert "✗ 请假报告单模板：找不到模板 本区.docx。请核对 [papers] leave_template 的路径。" in out


def test_the_bot_starts_without_what_only_some_of_its_work_needs() -> None:
    papers = {"docx", "docxtpl", "icalendar", "jinja2", "lxml", "openpyxl", "PIL"}
    elsewhere = {
        "alembic",
        "apprise",
        "asyncpg",
        "cn2an",
        "pygments",
        "python_multipart",
        "rich",
        "starlette",
        "uvicorn",
        "websockets",
    }
    code = f"import sys, bot.cli, bot.running; print(sorted({papers | elsewhere!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert loaded.stdout.strip() == "[]"
