"""The configuration: defaults that stand once, and mistakes told in one line with an example."""

import tomllib
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.config import BadConfig, Config, load
from rules.leave.routes import Step
from rules.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TOKEN = '[telegram]\ntoken = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"\n'

Write = Callable[[str], Path]


pytestmark = pytest.mark.usefixtures("at_home")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes config.toml and gives its path."""

    def written(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def mistakes(path: Path | None) -> list[str]:
    with pytest.raises(BadConfig) as wrong:
        load(path)
    return str(wrong.value).splitlines()


def test_the_rules_own_defaults_hold_when_nothing_is_set(write: Write) -> None:
    assert load(write(TOKEN)).settings == Settings()


def test_the_example_explains_every_key_and_changes_nothing() -> None:
    example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert load(EXAMPLE, token=False) == Config()

    def same_keys(written: dict[str, Any], known: dict[str, Any], place: str = "") -> None:
        assert written.keys() == known.keys(), place
        for key, value in written.items():
            if isinstance(value, dict):
                same_keys(value, known[key], f"{place}[{key}]")

    same_keys(example, Config().model_dump(mode="json"))


def test_each_key_of_the_example_has_a_comment_before_it() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if line and not line.startswith(("#", "[")) and not before.startswith(("#", "["))
    ]
    assert bare == [
        # the second key of a pair that one comment explains
        "port = 8443",
        'last = "09-30"',
        'sessions = ["08:30-12:00", "14:30-18:30"]',
        "wrong_tries_hours = 1",
    ]


def test_an_office_sets_its_own_hours_deadlines_and_routes(write: Write) -> None:
    settings = load(
        write(
            TOKEN
            + """
[office]
name = "山南区政府办公室"
[hours]
sessions = ["09:00-17:00"]
[[hours.seasons]]
first = "12-01"
last = "02-28"
sessions = ["09:30-16:30"]
[deadlines]
leave_notice_days = 5
[leave.routes]
town_heads = ["区长"]
[binding]
code_days = 14
"""
        )
    ).settings
    assert settings.office_name == "山南区政府办公室"
    assert settings.hours.sessions == ((time(9), time(17)),)
    assert [season.first for season in settings.hours.seasons] == [(12, 1)]
    assert settings.periods.leave_notice_days == 5
    assert settings.leave_routes.town_heads == (Step.MAYOR,)
    assert settings.binding.code_days == 14


def test_secrets_come_from_the_environment_before_the_file(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(TOKEN)
    monkeypatch.setenv("BANJIE_TELEGRAM_TOKEN", "42:from-the-environment")
    monkeypatch.setenv("BANJIE_DATABASE_URL", "postgresql+asyncpg://banjie:p4ss@db/banjie")
    monkeypatch.setenv("BANJIE_TELEGRAM_WEBHOOK_SECRET_TOKEN", "hush")
    config = load(path)
    assert config.telegram.token.get_secret_value() == "42:from-the-environment"
    assert config.secrets == ("42:from-the-environment", "hush", "p4ss")
    for secret in config.secrets:
        assert secret not in repr(config)


def test_the_environment_alone_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANJIE_TELEGRAM_TOKEN", "42:from-the-environment")
    assert load().settings == Settings()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "",
            (
                'config.toml：[telegram] 缺少 token。写上 token = "123456789:AAH8…"（向 @BotFather 索取），'
                "或设置环境变量 BANJIE_TELEGRAM_TOKEN。"
            ),
        ),
        ('[telegram]\ntokn = "1:a"', "config.toml：不认识 [telegram] tokn，是不是 token？"),
        (
            "[nosu]",
            (
                "config.toml：不认识 [nosu]，可用的有：telegram、database、health、office、hours、deadlines、"
                "leave、fallback、binding、clock、countersign、invitation、meeting、briefing、phrases、reach、quiet、"
                "retention、undo、papers、files。"
            ),
        ),
        (
            TOKEN + 'mode = "push"',
            'config.toml：[telegram] mode 只能是 "polling"、"webhook" 之一，例如 mode = "polling"。',
        ),
        (
            TOKEN + 'mode = "webhook"',
            (
                'config.toml：[telegram] mode = "webhook" 时，'
                "[telegram.webhook] 的 url 和 secret_token 都要填写。"
            ),
        ),
        (
            TOKEN + '[telegram.webhook]\nurl = "http://example.cn"',
            (
                "config.toml：[telegram.webhook] url 应以 https:// 开头（Telegram 只向 https 地址推送），"
                '例如 url = "https://bot.example.cn/banjie"。'
            ),
        ),
        (
            TOKEN + '[deadlines]\ncountersign_reply = "三天"',
            "config.toml：[deadlines] countersign_reply 应是整数，例如 countersign_reply = 3。",
        ),
        (TOKEN + "[deadlines]\ninvitation = 0", "config.toml：[deadlines] invitation 至少为1，现为0。"),
        *(
            (
                TOKEN + f'[deadlines]\nreceipt_cut_off = "{written}"',
                f'config.toml：[deadlines] receipt_cut_off 应写作 17:00，不用的写 ""，现为“{written}”。',
            )
            for written in ("下午五点", "17", "25:00", "17:00:30")
        ),
        (
            TOKEN + "[deadlines]\nreceipt_cut_off = 17",
            'config.toml：[deadlines] receipt_cut_off 应是加引号的文字，例如 receipt_cut_off = "17:00"。',
        ),
        (
            TOKEN + '[deadlines]\nreceipt_cut_off = "08:30"',
            "config.toml：[deadlines] receipt_cut_off 应在上班时间08:30以后，现为“08:30”。",
        ),
        (
            TOKEN + "[retention]\nyears = -1",
            "config.toml：[retention] years 至少为0（0即长期保留），现为-1。",
        ),
        (TOKEN + "[binding]\ncode_days = 0", "config.toml：[binding] code_days 至少为1，现为0。"),
        (
            TOKEN + "[clock]\ntick_seconds = 0",
            "config.toml：[clock] tick_seconds 不能小于 1，例如 tick_seconds = 15。",
        ),
        (
            TOKEN + '[leave.routes]\nothers = ["局长"]',
            (
                'config.toml：[leave.routes] others 只能是 "主要负责人"、"办公室主任"、'
                '"分管副区长"、"常务副区长"、"区长" 之一，例如 others = ["主要负责人"]。'
            ),
        ),
        (
            TOKEN + '[hours]\nsessions = ["12:00-08:30"]',
            "config.toml：[hours] 作息时间应先后分明，如 08:30-12:00、14:00-18:00，现为“12:00-08:30”。",
        ),
        (
            TOKEN + '[hours]\n[[hours.seasons]]\nfirst = "02-30"\nlast = "03-01"\nsessions = ["09:00-12:00"]',
            "config.toml：[hours] seasons 写了不存在的日期或时刻。",
        ),
        (
            TOKEN + '[database]\nurl = "mysql://root:s3cret@db/banjie"',
            (
                "config.toml：[database] url 应以 sqlite+aiosqlite:// 或 postgresql+asyncpg:// 开头，"
                '例如 url = "sqlite+aiosqlite:///banjie.db"。'
            ),
        ),
        (
            "[office]\nname = 区政府办公室",
            'config.toml：不合 TOML 写法（第2行第8列）。文字要加英文双引号，如 name = "区政府办公室"。',
        ),
        ('telegram = "1:a"', "config.toml：[telegram] 应是一节（方括号标题下的若干行）。"),
        (
            '[telegram]\ntoken = "不是令牌"',
            (
                "config.toml：[telegram] token 不是机器人令牌的写法（向 @BotFather 发 /newbot 取得，"
                '数字、冒号、再一串字母），例如 token = "123456789:AAH8…"。'
            ),
        ),
    ],
)
def test_a_mistake_is_one_line_that_names_its_place(write: Write, text: str, expected: str) -> None:
    assert mistakes(write(text)) == [expected]


def test_every_mistake_is_told_at_once(write: Write) -> None:
    lines = mistakes(write(TOKEN + "[office]\nname = 3\n[clock]\ntick = 1\n"))
    assert lines == [
        'config.toml：[office] name 应是加引号的文字，例如 name = "区政府办公室"。',
        "config.toml：不认识 [clock] tick，是不是 tick_seconds？",
    ]


def test_a_mistake_in_the_environment_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANJIE_TELEGRAM_TOKEN", "s3cret-and-wrong")
    (line,) = mistakes(None)
    assert line.startswith("环境变量 BANJIE_TELEGRAM_TOKEN：[telegram] token 不是机器人令牌的写法")
    assert "s3cret" not in line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (line,) = mistakes(tmp_path / "none.toml")
    assert line.startswith("找不到配置文件 ")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes('[office]\nname = "区政府办公室"'.encode("gb18030"))
    assert mistakes(path) == ["config.toml：文件不是 UTF-8 编码，请另存为 UTF-8。"]
