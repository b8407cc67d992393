"""What a written rehearsal is read as, and what is said of a line that cannot be read."""

from datetime import datetime

import pytest

from bot.rehearsal.scene import Event, Happening, Kind, Say, Tap, Turn
from bot.rehearsal.script import Unreadable, moment, parse
from rules.working_days import SHANGHAI

COUNTERSIGN = """\
# 第六十三条：三个工作日内不回复，视为无不同意见
准备：未绑定：司法局局长、财政局群
    设置：deadlines.countersign = 3

【2026-09-30 周三 17:00】
住建局联络员 → 机器人  附件：城市更新管理办法（征求意见稿）.docx
    会签
    标题：城市更新管理办法

    单位：财政局、司法局
机器人 → 住建局联络员  请主要负责人确认送出…
住建局主要负责人  点「送会签」
机器人 提示 住建局主要负责人  「已送出。」
机器人 改卡 → 住建局主要负责人  已送会签
机器人 → 财政局主要负责人、司法局主要负责人  《城市更新管理办法》会签
    …请于10月10日(周六补班)前回复…
    ［无不同意见］［有不同意见］…
（对住建局主要负责人、办公室从略）
【2026-10-11 00:10】  （无消息）
"""
AT = "【2026-09-30 周三 17:00】\n"


def test_countersign_is_read_as_its_scenes() -> None:
    script = parse(COUNTERSIGN)
    evening = datetime(2026, 9, 30, 17, 0, tzinfo=SHANGHAI)
    assert script.title == "第六十三条：三个工作日内不回复，视为无不同意见"
    assert script.preparation.unbound == ["司法局局长", "财政局群"]
    assert script.preparation.settings == {"deadlines.countersign": "3"}
    assert [scene.act for scene in script.scenes] == [
        Turn(evening),
        Say(
            "住建局联络员",
            "会签\n标题：城市更新管理办法\n\n单位：财政局、司法局",
            file="城市更新管理办法（征求意见稿）.docx",
        ),
        Tap("住建局主要负责人", "送会签"),
        Turn(datetime(2026, 10, 11, 0, 10, tzinfo=SHANGHAI)),
    ]
    asked, sent = script.scenes[1].expected, script.scenes[2].expected
    assert [(one.text, one.buttons) for one in asked] == [("请主要负责人确认送出…", None)]
    assert [one.kind for one in sent] == [Kind.TOAST, Kind.EDIT, Kind.MESSAGE]
    assert sent[0].text == "已送出。"
    assert sent[1].buttons == ()
    assert sent[2].to == ("财政局主要负责人", "司法局主要负责人")
    assert sent[2].text == "《城市更新管理办法》会签 …请于10月10日(周六补班)前回复…"
    assert sent[2].buttons == ("无不同意见", "有不同意见", "…")
    assert [scene.left_out for scene in script.scenes] == [[], [], ["住建局主要负责人", "办公室"], []]


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("区长 → 机器人  请假", Say("区长", "请假")),
        ("财政局局长 在 财政局群 → 机器人  /bind", Say("财政局局长", "/bind", "财政局群")),
        ("区长 → 机器人\n    请假\n      地点：济南", Say("区长", "请假\n  地点：济南")),
        ("路人甲 → 机器人  〔3个“很”〕好", Say("路人甲", "很很很好")),
        ("区长 回复「请假报告」 → 机器人  同意", Say("区长", "同意", answers="请假报告")),
        ("区长  点「同意」", Tap("区长", "同意")),
        ("区长  点「同意」（第2张）", Tap("区长", "同意", nth=2)),
        ("区长  点「同意」（刘洋）", Tap("区长", "同意", words="刘洋")),
        ("区长 点旧卡「同意」", Tap("区长", "同意", stale=True)),
        ("财政局局长 在 财政局群 点「签到」", Tap("财政局局长", "签到", "财政局群")),
        ("区长  伪造「leave:99:agree」", Tap("区长", "leave:99:agree", forged=True)),
        ("重启", Happening(Event.RESTART)),
        ("财政局局长 屏蔽机器人", Happening(Event.BLOCK, "财政局局长")),
        ("区长 建群 专班群", Happening(Event.FOUND, "区长", "专班群")),
        ("财政局群 升级为超级群", Happening(Event.UPGRADE, "财政局群")),
    ],
)
def test_every_act(line: str, act: object) -> None:
    assert parse(AT + line).scenes[-1].act == act


def test_time_alone_stays_on_the_day() -> None:
    script = parse(AT + "【18:30】\n【次日 08:30】".replace("次日", "2026-10-01 周四"))
    assert [moment(scene.at) for scene in script.scenes] == [
        "【2026-09-30 周三 17:00】",
        "【2026-09-30 周三 18:30】",
        "【2026-10-01 周四 08:30】",
    ]


@pytest.mark.parametrize("clock", ["17:00", "17:00:20", "23:59:59"])
def test_a_time_that_is_shown_reads_as_the_same_time(clock: str) -> None:
    written = f"【2026-09-30 周三 {clock}】"
    (scene,) = parse(written).scenes
    assert moment(scene.at) == written


def test_file_from_the_bot() -> None:
    (one,) = parse(AT + "机器人 → 区长  附件：请假台账.xlsx\n    共3条").scenes[0].expected
    assert (one.file, one.text, one.buttons) == ("请假台账.xlsx", "共3条", ())


def test_remarks_are_kept_for_printing() -> None:
    script = parse(AT + "# 此时无人值守\n区长 → 机器人  菜单\n")
    assert script.scenes[0].tail == ["# 此时无人值守"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "第1行：没有写明时间"),
        ("区长 → 机器人  请假", "第1行：之前没有写明时间"),
        ("【17:00】", "第1行：第一个时间要写日期"),
        ("【2026-02-30 17:00】", "第1行：没有这个时间"),
        ("【2026-09-30 周四 17:00】", "2026-09-30是周三，不是周四"),
        (AT + "【16:59】", "第2行：时间倒退了，上一段是【2026-09-30 周三 17:00】"),
        (AT + "区长 同意了", "第2行：看不懂“区长 同意了”"),
        (AT + "区长 → 机器人", "第2行：没有写说了什么"),
        (AT + "机器人 → 区长", "第2行：没有写机器人说了什么"),
        (AT + "区长  点「同意」\n    请假", "第2行：这一行下面不要缩进"),
        ("准备：天气：晴\n" + AT, "不认识的准备“天气：晴”"),
        (AT + "准备：未绑定：区长", "第2行：“准备”要写在第一个时间之前"),
    ],
)
def test_an_unreadable_line_is_named(text: str, complaint: str) -> None:
    with pytest.raises(Unreadable, match=complaint.replace("(", r"\(")) as refusal:
        parse(text, "某.txt")
    assert str(refusal.value).startswith("某.txt 第")
