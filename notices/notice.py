"""What is told, as plain data: a message to one official or one chat, with its buttons and its file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Final, Self

from markupsafe import Markup

from rules.quiet.choice import Call
from rules.roster import Official

DATA_LIMIT = 64
"""Longest callback data in bytes (Bot API, InlineKeyboardButton)."""
_MATTER: Final = re.compile(r"([a-z]+:\d+)(?::|$)")
"""What the names of cards and the data of buttons begin with: the procedure and the number in it."""


def is_of_matter(card: str) -> bool:
    """Whether a card of that name shows a matter; a form's own, whose question stands last, does not."""
    return _MATTER.match(card) is not None and not card.startswith("form:")


def matter_of(name: str) -> str:
    """leave:12 of the card leave:12:own; empty where it is of none."""
    found = _MATTER.match(name)
    return found[1] if found else ""


class Urgency(IntEnum):
    """What goes first when more is waiting than may be sent at once."""

    ANSWER = 0
    NOTICE = 1
    BROADCAST = 2


class State(StrEnum):
    """A row's fate. `FAILED` is final; `DROPPED` was overtaken by an edit or has nothing left to show.

    `HELD` is a reminder of the clock until all that one person is told at that moment is known; `BUNDLED`
    stands with others in one message and shares its fate (matters/bundle.py).
    """

    HELD = "held"
    BUNDLED = "bundled"
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Style(StrEnum):
    """How a button is drawn where the app knows it (Bot API 9.4); plain elsewhere."""

    PLAIN = ""
    AGREE = "success"
    REFUSE = "danger"


_SAID: Final = r"^(?:代拟)?(?:逾期)?(?:{})(?:（.*|：.*)?$"
_GREEN: Final = re.compile(
    _SAID.format(
        "同意|无不同意见|送会签|准假|准予受理|出席|参加|接受|审核通过|核准|同意增加|同意延期|同意列入|同意变更|同意拟办"
        "|签字同意"
    )
)
ENDS: Final = "撤回.*|放弃|停办|取消会议|取消活动|结束签到"
"""Words on buttons that end something: they stand last in their rows."""
_RED: Final = re.compile(
    _SAID.format(
        "不同意|有不同意见|保留意见|不准假|不予受理|不出席|不能参加|不接受|不予备案|不同意延期|不同意列入|不采纳变更|退回"
        f"|{ENDS}"
    )
)


@dataclass(frozen=True)
class Button:
    """One inline button: callback `data`, or a `url` to open, or a text to `copy`.

    Its `style` is that of its word unless it is given one: 同意（代） is as green as 同意.
    """

    label: str
    data: str = ""
    url: str = ""
    copy: str = ""
    style: Style | None = None

    @property
    def drawn(self) -> Style:
        """How it is drawn."""
        if self.style is not None:
            return self.style
        if _GREEN.match(self.label):
            return Style.AGREE
        return Style.REFUSE if _RED.match(self.label) else Style.PLAIN

    def __post_init__(self) -> None:
        if len(self.data.encode()) > DATA_LIMIT:
            msg = f"callback data over {DATA_LIMIT} bytes: {self.data!r}"
            raise ValueError(msg)

    @property
    def asks(self) -> bool:
        """Whether it is there for an act that is wanted: not what only opens or fetches, nor what is the
        reader's own choice in a matter of theirs.

        A word nobody has thought of asks, so that what is new is heard.
        """
        if self.url or self.copy or self.data.partition(":")[0] in _OPENING:
            return False
        return _WORD.sub("", self.label) not in OFFERED


_OPENING: Final = frozenset({"menu", "board", "plan", "find", "bundle", "export", "today"})
"""What the data of buttons begins with that only show something."""
_WORD: Final = re.compile(r"（.*?）|[0-9]+$")
_OWN: Final = (
    "撤回 催办 变更 取消 修改 发送新稿 选会签 变更议程 取消活动 取消会议 停办 报送新一期 改变答复 撤销同意 "
    "代拟参加 代拟请假 写请假报告 重写请假报告 更正签到 请回电 再次请回电"
)
"""What may be done with a matter of one's own while others are asked, or have answered."""
_LOOKED_AT: Final = "报告单 呈批表 签到表 签到二维码 签到情况 文件 材料 议题 名单 看请假报告 图 期限怎么算"
OFFERED: Final = frozenset(f"{_OWN} {_LOOKED_AT}".split())
"""The words of such buttons, each without the number or the bracket behind it."""

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class NumberKey:
    """A key in place of the letters that shares one's own number; without a `label` what stood there goes.

    It excludes buttons under the message.
    """

    label: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file to go with a notice: fresh `content`, or the `file_id` of one that Telegram already has.

    The `name` of a fresh one is made by `file_name`; what Telegram has keeps the name it came with.

    A `photo` is shown in the chat instead of being a file to open. A `drawing` is a picture told as plain
    data: delivery draws it when its turn comes, so that no transaction waits for a drawing; where it
    cannot be drawn the notice goes out as text alone. A `caption` stands under one of a notice's `files`.
    """

    name: str
    content: bytes = b""
    file_id: str = ""
    photo: bool = False
    drawing: Mapping[str, Any] | None = None
    caption: Markup = field(default_factory=Markup)


@dataclass(frozen=True)
class Reminder:
    """What a notice is that presses for something already asked: it counts once Telegram has taken it.

    `action` and `article` are then written into the audit for `subject` (leave:12). Where it reaches nobody
    the office hears of it, once for as long as nothing else reaches that person, and `by`, the official
    whose 催办 it was, in one line.
    """

    action: str
    subject: str
    article: int | None = None
    by: int | None = None

    def stored(self) -> dict[str, Any]:
        """As JSON, within the row's payload."""
        return dict(vars(self))


@dataclass(frozen=True)
class Notice:
    """One message to one official or one chat, as plain data.

    `subject` names the matter without details: it is what others are told when the person cannot be
    reached. `card` names the matter's card; all its copies are edited together by `UnitOfWork.redraw`, and of
    one person's only the newest is live: the older point down to it, as do those of the cards it `replaces`.
    `once` is unique for ever; left empty it is derived from what caused the notice, which happens only once.
    `receipt`, written like countersign:12, names the matter that has to know when Telegram took the message,
    or that it never will (`RECEIPTS` in jobs/receipts.py). `reminds` says that it presses for an answer.

    `matter` (meeting:7) is what it is of: whom it did not reach, the desk is told once for as long as
    nothing else does. Left empty it is the card where that asks for something (meeting:7:excuse:12: each
    decision is heard of by itself), or taken from `reminds`, the card or the buttons. `news` says that it
    tells what the person cannot know yet (changed, cancelled, decided): the desk is told all the same.
    `asks` says that its words ask for an act though no button does (please telephone, see to it), `urgent`
    that it is 急: neither the hour nor the reader's own choice keeps it from ringing at once. `until` is when
    the act comes too late (aware UTC). `quiet` is for the reader's knowledge only, whatever stands under it.
    What `warns` is to be read by itself, never agreed to together with others.
    `beneath` is what others said on the matter, shown under the card (notices/remarks.py).
    `again` says that its card was before the reader already: it may be told with others in one message.
    `on_card` says that the desk's card 今日要办 tells the same where its matter stands there.
    `whole` is said in full where the clock has more to tell this person at that moment, and nothing more is
    told then of the matters that it `covers` where that is `on_card`; where it is a card, which is
    edited, it comes by itself, `pinned` on top of the chat where it says so; what is told in one
    message then is the `bundle`, rows of the outbox by their numbers (notices/bundle.py).
    `files` that Telegram already has go out together right before the text, or alone where there is none.
    """

    to: Official | int
    text: Markup
    buttons: Rows = ()
    subject: str = ""
    card: str = ""
    replaces: tuple[str, ...] = ()
    once: str = ""
    urgency: Urgency = Urgency.NOTICE
    attachment: Attachment | None = None
    receipt: str = ""
    reminds: Reminder | None = None
    matter: str = ""
    news: bool = False
    asks: bool = False
    urgent: bool = False
    until: datetime | None = None
    warns: bool = False
    again: bool = False
    pinned: bool = False
    on_card: bool = False
    beneath: Markup = Markup()  # noqa: RUF009 - it never changes
    quiet: bool = False
    whole: bool = False
    covers: tuple[str, ...] = ()
    bundle: tuple[int, ...] = ()
    key: NumberKey | None = None
    files: tuple[Attachment, ...] = ()

    def wanted(self, until: datetime | None, *, urgent: bool = False) -> Self:
        """The same, wanted until then: so 待办 is sorted (notices/listing.py)."""
        return replace(self, until=until, urgent=self.urgent or urgent)

    @property
    def call(self) -> Call:
        """How it calls upon its reader: what groups read, files and what only tells do not."""
        if self.urgency is Urgency.ANSWER:
            return Call.ANSWER
        if self.quiet or (isinstance(self.to, int) and self.to < 0):
            return Call.TELLS
        if self.urgent:
            return Call.URGENT
        wanted = any(button.asks for row in self.buttons for button in row)
        asked = wanted or self.asks or self.news or self.reminds or self.receipt
        return Call.ASKS if asked else Call.TELLS

    @property
    def of(self) -> str:
        """The matter it is of, meeting:7, or what of it it asks, meeting:7:excuse:12; empty where of none."""
        if self.matter:
            return self.matter
        if self.buttons and _MATTER.match(self.card):
            return self.card
        if self.reminds:
            return self.reminds.subject
        named = (self.card, *(button.data for row in self.buttons for button in row))
        return next(filter(None, map(matter_of, named)), "")
