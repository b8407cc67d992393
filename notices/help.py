"""帮助: how the bot is used, one phone screen for each role, with the long handbook as a file behind it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from notices.notice import Attachment, Button, Rows
from rules.roster import LEADERS, OFFICE_DESK, Official, Role
from rules.settings import Settings

HANDBOOK: Final = Button("使用手册", "menu:handbook")
RUNNING: Final = Button("管理机器人", "menu:running")
_OPENS: Final[tuple[Button, ...]] = (
    Button("待办", "menu:todo"),
    Button("我的", "menu:mine"),
    Button("菜单", "menu:menu"),
)
_CLASSIFIED: Final = "涉密的一律不收，请走机要渠道。"
_WHERE: Final = (
    Path(__file__).parent / "handbook.zh.md",  # as installed
    Path(__file__).parent.parent / "docs" / "handbook.zh.md",
)

Line = tuple[str, str]
"""What to send, and what comes of it; without the first, a sentence of its own."""


def page(official: Official, settings: Settings) -> Markup:
    """The page of the official's role, with the office's own numbers."""
    title, lines = _page(official, settings)
    return _drawn(title, lines)


def running() -> Markup:
    """The page of whoever runs the bot."""
    return _drawn(
        "管理机器人",
        [
            ("放假安排", "粘贴国务院通知，点「提交」录入"),
            ("/bind 单位名称", "在工作群里发，绑定该群"),
            ("", "以下在服务器上："),
            ("banjie check", "哪里不对、怎么办"),
            ("banjie roster import 文件", "换花名册"),
            ("banjie roster codes", "发绑定码"),
            ("banjie backup 文件", "备份，运行中也可以"),
            ("", "升级：先备份，换新版本，再启动。"),
            ("", "停电、断网：重新启动即可，不丢不重。"),
        ],
    )


def buttons(*, runs_it: bool) -> Rows:
    """Below a page: what is opened most, the long handbook, and the page of whoever runs the bot."""
    return (_OPENS, (HANDBOOK, RUNNING) if runs_it else (HANDBOOK,))


def handbook() -> Attachment:
    """The whole handbook as a file that any phone opens."""
    file = next(each for each in _WHERE if each.is_file())
    return Attachment("办结使用手册.txt", file.read_bytes())


def _page(official: Official, settings: Settings) -> tuple[str, Sequence[Line]]:
    if official.role in LEADERS:
        return "怎么用（区领导）", _leader(official, settings)
    if official.role in OFFICE_DESK:
        return "怎么用（区政府办公室）", _desk(official, settings)
    if official.role is Role.UNIT_HEAD:
        return "怎么用（主要负责人）", _head(settings)
    if official.role is Role.LIAISON:
        return "怎么用（联络员）", _liaison(settings)
    return "怎么用", _anybody(settings)


def _leader(official: Official, settings: Settings) -> list[Line]:
    mayor = official.role is Role.MAYOR
    undo = settings.undo.minutes
    return [
        ("", f"卡片上点一下就办了；点错的，{undo}分钟内可撤销。"),
        ("待办", "等您定的事，点数字打开"),
        ("周安排", "各位领导本周、下周的安排"),
        ("在岗", "今天谁外出、谁代办"),
        ("请假", "您外出；" + ("由常务副区长主持工作" if mayor else "逐级报批")),
        ("委托代办", "把审批委托给一位同志"),
        ("查找 财政局 12月", "查全区的事"),
        ("", "会议点「参加」，邀请点「出席」，即为答复。"),
        ("", _CLASSIFIED),
    ]


def _head(settings: Settings) -> list[Line]:
    periods = settings.periods
    ahead, over = periods.leave_notice_days, periods.leave_papers_over_days
    return [
        ("", "一句话也行：“我明天去济南开会，请假”。"),
        ("请假", f"提前{ahead}天报；超过{over}天附通知、方案"),
        ("销假", "返回后发；不能按时返回，发“续假”"),
        ("会签", "发文件，说明写“会签”和单位"),
        ("", f"收到会签，{periods.countersign_reply}个工作日内点「无不同意见」或写意见。"),
        ("会议", "点「参加」「请假」"),
        ("邀请", f"请区领导出席，提前{periods.invitation}个工作日"),
        ("待办、我的", "等您定的、您报的"),
        ("委托代办", "外出时请一位同志代办"),
        ("查找 财政局 12月", "查本单位经手的事"),
        ("", _CLASSIFIED),
    ]


def _liaison(settings: Settings) -> list[Line]:
    return [
        ("", "一句话也行：“我明天去济南开会，请假”。"),
        ("请假、销假", "外出前报批，返回后点一下"),
        ("会签", "发文件，说明写“会签”和单位"),
        ("", "备好后，由主要负责人点「送会签」。"),
        ("", "收到的会签、会议，您点的是代拟，主要负责人确认才算数。"),
        ("邀请", f"请区领导出席，提前{settings.periods.invitation}个工作日"),
        ("待办、我的", "等您办的、您报的"),
        ("查找 财政局 12月", "查本单位经手的事"),
        ("取消", "放弃填了一半的表"),
        ("", _CLASSIFIED),
    ]


def _anybody(settings: Settings) -> list[Line]:
    over = settings.periods.leave_papers_over_days
    return [
        ("", "一句话也行：“我明天去济南开会，请假”。"),
        ("请假", f"逐级报批；超过{over}天附通知、方案"),
        ("销假", "返回后发；不能按时返回，发“续假”"),
        ("", "请您代为主持的，点「知悉」；其间的卡片转给您，按钮带“代”字。"),
        ("会议", "点「参加」「请假」"),
        ("待办、我的", "等您办的、您报的"),
        ("查找 12月", "查您经手的事"),
        ("", _CLASSIFIED),
    ]


def _desk(official: Official, settings: Settings) -> list[Line]:
    director = [("", "您批会议请假、迟报的邀请。")] if official.role is Role.OFFICE_DIRECTOR else []
    return [
        ("", "每个工作日8:30，一张卡列出今日在岗和要办的事。"),
        *director,
        ("待办", "等办公室办的"),
        ("会议", "发通知、看回执、签到"),
        ("会签", "看全区在办的，代录答复"),
        ("邀请", "审核、转呈；登记来函、来电"),
        ("请回电 姓名", f"不分昼夜；{settings.reach.answer_minutes}分钟没应答即提醒"),
        ("台账", "请假、会签、会议、邀请、简报"),
        ("周安排、在岗", "领导安排，谁外出、谁代办"),
        ("", _CLASSIFIED),
    ]


def _drawn(title: str, lines: Sequence[Line]) -> Markup:
    head = Markup("<b>{}</b>").format(title)
    drawn = [Markup("<b>{}</b>　{}").format(word, said) if word else Markup(said) for word, said in lines]  # noqa: S704 - our own words
    return Markup("\n").join([head, *drawn])
