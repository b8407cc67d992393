"""`banjie calendar import`: next year's holidays, corrections, and files that are none."""

import sqlite3
from pathlib import Path

import pytest

from tests.bot.command import Banjie

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
