"""The outbox: what is to be sent is a row of the transaction that caused it.

The floors above describe a message as a `Notice`; `rows_of` turns it into rows, split where Telegram
would refuse the length. Delivery (a floor above) sends, then marks.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, Self

from markupsafe import Markup
from sqlalchemy import Row

from rules.roster import Official
from storage.file_name import clean_name

TEXT_LIMIT = 4096
"""Longest message in UTF-16 units after the markup is taken away (Bot API, sendMessage)."""
CAPTION_LIMIT = 1024
DATA_LIMIT = 64
"""Longest callback data in bytes (Bot API, InlineKeyboardButton)."""
_TAG = re.compile(r"</?[a-z][^>]*>")


class Urgency(IntEnum):
    """What goes first when more is waiting than may be sent at once."""

    ANSWER = 0
    NOTICE = 1
    BROADCAST = 2


class Kind(StrEnum):
    """What is asked of Telegram; `FALLBACK` goes to another channel instead (bot/fallback.py).

    `REMOVAL` takes a person's own message out of his chat; `DIGEST` fetches a file to sum it up
    (bot/digests.py).
    """

    MESSAGE = "message"
    EDIT = "edit"
    TOAST = "toast"
    MENU = "menu"
    FALLBACK = "fallback"
    REMOVAL = "removal"
    DIGEST = "digest"


class State(StrEnum):
    """A row's fate. `FAILED` is final; `DROPPED` was overtaken by an edit or has nothing left to show."""

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
    reached. `card` names the matter's card; all its copies are edited together by `Work.redraw`. `once`
    is unique for ever; left empty it is derived from what caused the notice, which happens only once.
    `receipt`, written like countersign:12, names the matter that has to know when Telegram took the message,
    or that it never will (`RECEIPTS` in jobs/receipts.py). `reminds` says that it presses for an answer.
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


@dataclass(frozen=True)
class Parcel:
    """One row of the outbox, as delivery needs it."""

    id: int
    kind: Kind
    chat_id: int | None
    official_id: int | None
    payload: dict[str, Any]
    urgency: Urgency = Urgency.NOTICE
    subject: str = ""
    target_id: int | None = None
    content: bytes | None = field(default=None, repr=False)
    receipt: str | None = None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        """From a row as it is stored."""
        return cls(
            id=row.id,
            kind=row.kind,
            chat_id=row.chat_id,
            official_id=row.official_id,
            payload=row.payload,
            urgency=Urgency(row.urgency),
            subject=row.subject,
            target_id=row.target_id,
            content=row.content,
            receipt=row.receipt,
        )

    @classmethod
    def written(cls, id: int, row: Mapping[str, Any]) -> Self:
        """From a row just written under that id."""
        return cls(
            id=id,
            kind=row["kind"],
            chat_id=row["chat_id"],
            official_id=row["official_id"],
            payload=row["payload"],
            urgency=row["urgency"],
            subject=row["subject"],
            target_id=row["target_id"],
            content=row["content"],
            receipt=row["receipt"],
        )

    @property
    def reminds(self) -> Reminder | None:
        """What it presses for, where it is a reminder."""
        stored = self.payload.get("reminds")
        return Reminder(**stored) if stored else None

    @property
    def is_group(self) -> bool:
        """Telegram gives groups negative ids, and a slower pace."""
        return self.chat_id is not None and self.chat_id < 0


def plain(text: Markup | str) -> str:
    """The text as Telegram counts it: without tags, entities resolved."""
    return html.unescape(_TAG.sub("", str(text)))


def length(text: Markup | str) -> int:
    """Length in UTF-16 units, which is how Telegram counts."""
    return len(plain(text).encode("utf-16-le")) // 2


def split(text: Markup, limit: int = TEXT_LIMIT) -> list[Markup]:
    """The text in parts that Telegram takes, parted at line ends.

    Our markup opens and closes within a line, so a part is always whole markup; a single line over the
    limit can only be a person's text and is cut as plain text.
    """
    parts: list[str] = []
    for line in _lines(text, limit):
        if parts and length(f"{parts[-1]}\n{line}") <= limit:
            parts[-1] = f"{parts[-1]}\n{line}"
        else:
            parts.append(line)
    return [Markup(part) for part in parts]  # noqa: S704 - made of markup, cut at line ends


def _lines(text: Markup, limit: int) -> Iterator[str]:
    for line in str(text).split("\n"):
        if length(line) <= limit:
            yield line
            continue
        rest = plain(line)
        while rest:
            piece = rest[: limit // 2]  # a character may count twice
            rest = rest[len(piece) :]
            yield html.escape(piece, quote=False)


def keyboard(rows: Rows) -> list[list[dict[str, str]]]:
    """The buttons as the Bot API writes them."""
    return [[_button(button) for button in row] for row in rows if row]


def _button(button: Button) -> dict[str, Any]:
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.copy:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    return {"text": button.label, "callback_data": button.data}


def row_of(kind: Kind, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - a row's columns
    """One waiting row of the outbox, without when it was written."""
    return {
        "official_id": None,
        "chat_id": None,
        "content": None,
        "subject": "",
        "card": None,
        "receipt": None,
        "target_id": None,
        "urgency": Urgency.NOTICE,
        **values,
        "kind": kind,
        "state": State.WAITING,
    }


def rows_of(notice: Notice, once: str) -> list[dict[str, Any]]:
    """The rows of a notice under that unique key, several where its text is too long for one message."""
    limit = CAPTION_LIMIT if notice.attachment else TEXT_LIMIT
    parts = split(notice.text, limit)
    rows = []
    for position, part in enumerate(parts):
        last = position == len(parts) - 1
        payload: dict[str, Any] = {"text": str(part)}
        if last and notice.buttons:
            payload["keyboard"] = keyboard(notice.buttons)
        if last and notice.reminds:
            payload["reminds"] = notice.reminds.stored()
        content = None
        if position == 0 and notice.attachment:
            payload["file"], content = _file(notice.attachment)
        row = row_of(
            Kind.MESSAGE,
            once=f"{once}#{position}" if position else once,
            payload=payload,
            content=content,
            urgency=notice.urgency,
            subject=notice.subject if last else "",
            receipt=notice.receipt or None if last else None,
            card=notice.card or None if last else None,
            **address(notice.to),
        )
        rows.append(row)
    return rows


def address(to: Official | int) -> dict[str, int | None]:
    """Whom and where a row goes to: an official in his private chat, or a group."""
    if isinstance(to, Official):
        return {"official_id": to.id, "chat_id": to.telegram_id}
    return {"official_id": None, "chat_id": to}


def _file(attachment: Attachment) -> tuple[dict[str, Any], bytes | None]:
    name = attachment.name if attachment.file_id else clean_name(attachment.name)
    file: dict[str, Any] = {"name": name, "file_id": attachment.file_id}
    if attachment.photo:
        file["photo"] = True
    if attachment.drawing is not None:
        file["drawing"] = dict(attachment.drawing)
    return file, attachment.content or None
