"""What is told, as plain data: a message to one official or one chat, with its buttons and its file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, Final

from markupsafe import Markup

from rules.roster import Official

DATA_LIMIT = 64
"""Longest callback data in bytes (Bot API, InlineKeyboardButton)."""
_MATTER: Final = re.compile(r"([a-z]+:\d+)(?::|$)")
"""What the names of cards and the data of buttons begin with: the procedure and the number in it."""


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


@dataclass(frozen=True)
class Button:
    """One inline button: callback `data`, or a `url` to open, or a text to `copy`."""

    label: str
    data: str = ""
    url: str = ""
    copy: str = ""

    def __post_init__(self) -> None:
        if len(self.data.encode()) > DATA_LIMIT:
            msg = f"callback data over {DATA_LIMIT} bytes: {self.data!r}"
            raise ValueError(msg)


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
    cannot be drawn the notice goes out as text alone.
    """

    name: str
    content: bytes = b""
    file_id: str = ""
    photo: bool = False
    drawing: Mapping[str, Any] | None = None


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
    reached. `card` names the matter's card; all its copies are edited together by `UnitOfWork.redraw`. `once`
    is unique for ever; left empty it is derived from what caused the notice, which happens only once.
    `receipt`, written like countersign:12, names the matter that has to know when Telegram took the message,
    or that it never will (`RECEIPTS` in jobs/receipts.py). `reminds` says that it presses for an answer.

    `matter` (meeting:7) is what it is of: whom it did not reach, the desk is told once for as long as
    nothing else does. Left empty it is the card where that asks for something (meeting:7:excuse:12: each
    decision is heard of by itself), or taken from `reminds`, the card or the buttons. `news` says that it
    tells what the person cannot know yet (changed, cancelled, decided): the desk is told all the same.
    `quiet` is for the reader's knowledge only and makes no phone ring.
    `whole` is said in full where the clock has more to tell this person at that moment, and nothing more is
    told then of the matters that it `covers` unless there is something to tap; what is told in one
    message then is the `bundle`, rows of the outbox by their numbers (notices/bundle.py).
    """

    to: Official | int
    text: Markup
    buttons: Rows = ()
    subject: str = ""
    card: str = ""
    once: str = ""
    urgency: Urgency = Urgency.NOTICE
    attachment: Attachment | None = None
    receipt: str = ""
    reminds: Reminder | None = None
    matter: str = ""
    news: bool = False
    quiet: bool = False
    whole: bool = False
    covers: tuple[str, ...] = ()
    bundle: tuple[int, ...] = ()
    key: NumberKey | None = None

    @property
    def rings(self) -> bool:
        """Whether the phone makes a sound: not where nothing is asked (what groups read, files, copies)."""
        if self.urgency is Urgency.ANSWER:
            return True
        in_group = isinstance(self.to, int) and self.to < 0
        only_a_file = self.attachment is not None and not self.buttons
        return not (self.quiet or in_group or only_a_file)

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
        return next((found[1] for one in named if (found := _MATTER.match(one))), "")
