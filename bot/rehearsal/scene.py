"""What a rehearsal is made of: scenes, the acts that open them, and what the bot must do in return."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What the bot can do that people see."""

    MESSAGE = "消息"
    EDIT = "改卡"
    TOAST = "提示"
    ALERT = "弹窗"
    REMOVAL = "撤下"
    REACTION = "回应"


@dataclass(frozen=True)
class Turn:
    """The clock is turned to `to`; every due moment on the way is walked."""

    to: datetime


@dataclass(frozen=True)
class Say:
    """Somebody writes to the bot, in private or in a group; with `file` the text is its caption.

    〔…的绑定码〕 in the text stands for a binding code newly issued to that official, 〔…的签到码〕
    for what the QR code at the door of that meeting says. `size` in bytes is what the file pretends to have.
    `answers` are words of the bot's message that it replies to, empty where it replies to none. `contact` is
    whose contact is sent instead of a text. `more` are files sent together with `file`, as one album.
    """

    who: str
    text: str
    group: str = ""
    file: str = ""
    size: int | None = None
    answers: str = ""
    contact: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tap:
    """Somebody presses a button.

    `nth` counts the cards that bear it from the newest (1); `words` picks the card by what it says; `stale`
    means a button that was once on a card and is no longer; `forged` means that `label` is raw button data.
    `together`: `who` names several, who press it at the same moment.
    """

    who: str
    label: str
    group: str = ""
    nth: int = 1
    words: str = ""
    stale: bool = False
    forged: bool = False
    together: bool = False


class Event(StrEnum):
    """What befalls the bot itself, or the link to a person or a group."""

    RESTART = "重启"
    STOP = "停机"
    START = "开机"
    BLOCK = "屏蔽机器人"
    UNBLOCK = "解除屏蔽"
    UPGRADE = "升级为超级群"
    REMOVE = "移出机器人"
    MUTE = "禁言机器人"
    UNMUTE = "解除禁言"
    CLOSE_TOPIC = "关闭话题"
    REOPEN_TOPIC = "重开话题"
    DELETE_TOPIC = "删除话题"
    FOUND = "建群"
    ROSTER = "导入花名册"
    CALENDAR = "录入放假安排"


@dataclass(frozen=True)
class Happening:
    """One `Event`; `who` is the person or group it is about, `group` what the person founds.

    `text` is the paper that the administrator takes over.
    """

    event: Event
    who: str = ""
    group: str = ""
    text: str = ""


Act = Turn | Say | Tap | Happening


@dataclass(frozen=True)
class Expected:
    """One thing the bot must do towards each of `to`; `…` in the texts stands for anything.

    `buttons` None: they are not looked at (the text ends with `…` and no button is written).
    A lone `…` among the buttons stands for any number of them.
    """

    kind: Kind
    to: tuple[str, ...]
    text: str
    buttons: tuple[str, ...] | None
    file: str
    source: tuple[str, ...]
    line: int


@dataclass
class Scene:
    """One act and all that must follow from it.

    `left_out` names those towards whom the bot may do more than is written: what it tells anybody else fails.
    """

    act: Act
    at: datetime
    line: int
    source: tuple[str, ...]
    expected: list[Expected] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    """Remarks and blank lines after the act, kept for printing the minutes anew."""


@dataclass
class Preparation:
    """What holds before the first scene: see 准备 in the handbook of rehearsals."""

    unbound: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)


@dataclass
class Script:
    """A rehearsal as written."""

    path: str
    title: str
    preparation: Preparation
    scenes: list[Scene]
    head: tuple[str, ...]
    """The lines before the first scene, as written."""
