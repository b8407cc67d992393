"""What a person may start, by role: the command menu, and the buttons of /menu."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from notices.notice import Button, Rows
from rules.ledgers import MAY_EXPORT
from rules.roster import LEADERS, OFFICE_DESK, Official, Role


@dataclass(frozen=True)
class Entry:
    """One thing a person may start: slash command, Chinese word, what it does, and for whom.

    What is `rare` stands behind 更多, and in the command menu all the same.
    """

    command: str
    word: str
    purpose: str
    roles: frozenset[Role] = frozenset(Role)
    rare: bool = False


HOUSE: Final = (
    Entry("todo", "待办", "等您办理的事项"),
    Entry("week", "周安排", "领导一周的会议、活动、外出", LEADERS | OFFICE_DESK),
    Entry("mine", "我的", "您发起的事项，可撤回、催办"),
    Entry("find", "查找", "查请假、会签等事项"),
    Entry("board", "在岗", "今天、本周谁外出，谁代办"),
    Entry("call", "请回电", "请有关同志尽快回电，不分昼夜", OFFICE_DESK),
    Entry("export", "台账", "导出请假、会签等台账", MAY_EXPORT, rare=True),
    Entry("quiet", "提醒设置", "什么才响铃，要不要汇总", rare=True),
    Entry("workday", "工作日", "查工作日、推算期限", rare=True),
    Entry("menu", "菜单", "全部功能"),
    Entry("help", "帮助", "怎么用"),
    Entry("cancel", "取消", "放弃填了一半的表"),
)
"""What belongs to no procedure alone; on the menu it stands behind them."""

_OFF_THE_BUTTONS: Final = {"menu", "cancel"}
_FIRST: Final = {"todo", "week"}
"""What leaders and the office desk look at first; the others begin with what they may start."""


@dataclass(frozen=True)
class Menu:
    """Everything that may be started, in the order in which it is shown; each person sees what is theirs."""

    entries: Sequence[Entry]

    def of(self, official: Official) -> list[Entry]:
        """What this person's role may start, what it looks at most in front."""
        theirs = [entry for entry in self.entries if official.role in entry.roles]
        if official.role in LEADERS | OFFICE_DESK:
            theirs.sort(key=lambda entry: entry.command not in _FIRST)
        return theirs

    def commands(self, official: Official) -> list[tuple[str, str]]:
        """The command menu Telegram shows beside the input line: (command, description)."""
        return [(entry.command, f"{entry.word}：{entry.purpose}") for entry in self.of(official)]

    def buttons(self, official: Official, *, rare: bool = False) -> Rows:
        """The same as buttons, two in a row: what is started every week, or what is `rare`."""
        buttons = [
            Button(entry.word, f"menu:{entry.command}")
            for entry in self.of(official)
            if entry.command not in _OFF_THE_BUTTONS and entry.rare is rare
        ]
        if not rare:
            buttons.append(Button("更多", "menu:more"))
        return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


MORE: Final = Markup("其他功能：")


def menu_text(official: Official) -> Markup:
    """The head of /menu."""
    return Markup("{}，请选择要办的事；也可直接发送文字，如“请假”。").format(_called(official))


def drafts(aside: int) -> Rows:
    """[草稿（2张）], where any form lies aside."""
    return ((Button(f"草稿（{aside}张）", "menu:drafts"),),) if aside else ()


def _called(official: Official) -> str:
    surname = official.name[:1]
    if official.role in LEADERS or official.role in OFFICE_DESK - {Role.OFFICE_STAFF}:
        return f"{surname}{official.post}"
    return f"{official.name}同志"
