"""`banjie check` says what is wrong, and changes nothing."""

import sqlite3
from pathlib import Path

import pytest

from bot.roster.files import SAMPLE
from notices.pictures import fonts
from tests.bot.command import Banjie, configure


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


def test_check_knows_who_runs_the_bot(banjie: Banjie, bot_api: str) -> None:
    configure(bot_api)
    with Path("config.toml").open("a", encoding="utf-8") as file:
        file.write('[office]\nadministrators = ["褚秋收", "千字文"]\n')
    banjie("roster", "import", str(SAMPLE))
    _, out, _ = banjie("check")
    assert "✗ 管理员：[office] administrators 写的“千字文”不在花名册。请写花名册里的姓名" in out
    assert "！ 管理员：区政府办公室秘书科科长 褚秋收还没有绑定，录入放假安排的提醒先送办公室全体。" in out
    with sqlite3.connect("banjie.db") as database:
        database.execute("UPDATE officials SET telegram_id = 1000 + id")
    database.close()
    _, out, _ = banjie("check")
    assert "✓ 管理员：区政府办公室秘书科科长 褚秋收\n" in out


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
