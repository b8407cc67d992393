"""The stage with the real bot on it: people, groups, stops and the clock do as a rehearsal says."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.rehearsal.files import play_files, show_files
from bot.rehearsal.player import play, show
from bot.rehearsal.script import parse, read
from bot.rehearsal.stage import HouseStage

AT = "【2026-11-30 周一 09:00】\n"


async def differences(minutes: str, url: str) -> list[str]:
    """What is not as written."""
    return [str(one) for one in await play(parse(minutes), HouseStage(url))]


CASES = {
    "stranger": "路人甲 → 机器人  你好\n机器人 → 路人甲  …绑定码…",
    "restart": "重启\n路人甲 → 机器人  你好\n机器人 → 路人甲  …绑定码…",
    "stop": "停机\n路人甲 → 机器人  你好\n【09:30】\n（无消息）\n开机\n机器人 → 路人甲  …绑定码…",
    "block": """\
财政局局长 屏蔽机器人
财政局局长 解除屏蔽
财政局局长 → 机器人  菜单
机器人 → 财政局局长  …""",
    "found": """\
路人甲 建群 专班群
机器人 → 专班群  …
办公室 在 专班群 → 机器人  /bind
机器人 → 专班群  …
    ［…］［财政局…］…""",
    "upgrade": "财政局群 升级为超级群\n财政局局长 在 财政局群 → 机器人  /bind\n机器人 → 财政局群  …",
    "remove": "财政局群 移出机器人\n机器人 → 办公室全体  …\n（对财政局联络员从略）",
    "file": "路人甲 → 机器人  附件：稿.docx（21 MB）\n机器人 → 路人甲  …绑定码…",
    "forged": """\
办公室 在 财政局群 → 机器人  /help
机器人 → 财政局群  …
路人甲 在 财政局群  伪造「x:1」
机器人 提示 路人甲  …""",
}


@pytest.mark.parametrize("minutes", CASES.values(), ids=CASES.keys())
async def test_what_can_happen(minutes: str, sqlite_district_url: str) -> None:
    assert await differences(AT + minutes, sqlite_district_url) == []


PREPARED = {
    "unbound person": """\
准备：未绑定：财政局局长
【2026-11-30 周一 09:00】
财政局局长 → 机器人  你好
机器人 → 财政局局长  …绑定码…
""",
    "unbound group": """\
准备：未绑定：财政局群
【2026-11-30 周一 09:00】
财政局局长 在 财政局群 → 机器人  /bind
机器人 → 财政局群  …已绑定…
（对办公室全体从略）
""",
    "setting": """\
准备：设置：binding.wrong_tries = 1
【2026-11-30 周一 09:00】
路人甲 → 机器人  /start ABCDEFGHJK
机器人 → 路人甲  …
路人甲 → 机器人  /start ABCDEFGHJK
（无消息）
""",
}


@pytest.mark.parametrize("minutes", PREPARED.values(), ids=PREPARED.keys())
async def test_what_can_be_prepared(minutes: str, sqlite_district_url: str) -> None:
    assert await differences(minutes, sqlite_district_url) == []


@pytest.mark.parametrize(
    ("minutes", "complaint"),
    [
        (AT + "税务局局长 → 机器人  请假", "花名册上没有“税务局局长”"),
        ("准备：未绑定：税务局群\n" + AT, "没有“税务局群”这个群"),
        ("准备：设置：binding.days = 1\n" + AT, "不认识 [binding] days"),
        (AT + "区长  点「同意」", "区长那里没有带「同意」的卡片"),
    ],
)
async def test_what_cannot_be(minutes: str, complaint: str, sqlite_district_url: str) -> None:
    (difference,) = await differences(minutes, sqlite_district_url)
    assert complaint in difference


async def test_files_are_played_and_the_first_difference_ends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    greeting = "# 问候\n" + AT + "路人甲 → 机器人  你好\n机器人 → 路人甲  …绑定码…\n"
    (tmp_path / "甲.txt").write_text(greeting, "utf-8")
    assert await play_files([tmp_path])
    assert capsys.readouterr().out == "相符  问候\n1份演练，全部相符。\n"
    (tmp_path / "乙.txt").write_text(greeting.replace("…绑定码…", "你好"), "utf-8")
    assert not await play_files([tmp_path])
    assert "乙.txt 第3行起与实际不符 【2026-11-30 周一 09:00】" in capsys.readouterr().out
    (tmp_path / "乙.txt").write_text("区长 → 机器人  请假", "utf-8")
    assert not await play_files([tmp_path / "乙.txt"])
    assert "乙.txt 第1行：之前没有写明时间" in capsys.readouterr().out


async def test_shown_minutes_play_without_a_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (
        "准备：未绑定：财政局局长\n"
        + AT
        + "财政局局长 → 机器人  /start 〔财政局局长的绑定码〕\n区长 → 机器人  菜单\n"
    )
    (tmp_path / "问.txt").write_text(asked, "utf-8")
    assert await show_files([tmp_path / "问.txt"])
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) > len(asked.splitlines())
    (tmp_path / "问.txt").write_text(shown, "utf-8")
    assert await play_files([tmp_path])


REHEARSALS = Path(__file__).parents[2] / "rehearsals"


@pytest.mark.parametrize(
    "name",
    [
        "第六十三条：期限之内写的、点的，不因收得晚算逾期",
        "绑定：晚绑定的，各项待办随即送到",
    ],
)
async def test_what_is_shown_for_people_alone_plays_and_is_shown_the_same_again(
    name: str, tmp_path: Path, sqlite_district: Path
) -> None:
    """Nothing that the bot did is written, so that `show` writes all of it, with its second."""
    script = read(REHEARSALS / f"{name}.txt")
    bare = replace(script, scenes=[replace(scene, expected=[], left_out=[]) for scene in script.scenes])

    def stage(number: int) -> HouseStage:
        file = shutil.copy(sqlite_district, tmp_path / f"{number}.db")
        return HouseStage(f"sqlite+aiosqlite:///{file}")

    shown = await show(bare, stage(1))
    assert any(re.search(r"【.*:\d\d:\d\d】", line) for line in shown)
    again = parse("\n".join(shown))
    assert [str(difference) for difference in await play(again, stage(2))] == []
    assert await show(again, stage(3)) == shown
