"""The outbox: what is to be sent is a row of the transaction that caused it.

The floors above describe a message as a `Notice`; `rows_of` turns it into rows, split where Telegram
would refuse the length. Delivery (a floor above) sends, then marks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from markupsafe import Markup
from sqlalchemy import Row

from notices.file_name import clean_name
from notices.message_text import CAPTION_LIMIT, TEXT_LIMIT, cited_once, folded, split
from notices.notice import Attachment, Button, Notice, Reminder, Rows, State, Urgency, is_of_matter
from rules.roster import Official

TOGETHER: Final = 10
"""Files in one album, at least two (Bot API, sendMediaGroup)."""


Target = tuple[int | None, str | None]
"""What an edit goes to, as far as it is known: the message, and of which card that is a copy."""


class Kind(StrEnum):
    """What is asked of Telegram; `FALLBACK` goes to another channel instead (bot/fallback.py).

    `REMOVAL` takes a message out of a chat, a person's own or the one of the row that is its target;
    `REACTION` puts a sign on a person's; `PIN` keeps one of ours on top of the chat until `UNPIN`; `DIGEST`
    fetches a file to sum it up (bot/digests.py).
    """

    MESSAGE = "message"
    EDIT = "edit"
    TOAST = "toast"
    MENU = "menu"
    FALLBACK = "fallback"
    REMOVAL = "removal"
    REACTION = "reaction"
    PIN = "pin"
    UNPIN = "unpin"
    DIGEST = "digest"


@dataclass(frozen=True)
class OutboxRow:
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
    card: str = ""
    """Of which card it is a copy, or the copy that it edits."""
    edited: int | None = None
    """The message that the target is, where that was known when the edit was written."""

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
            card=row.card or "",
        )

    @classmethod
    def written(cls, id: int, row: Mapping[str, Any], target: Target | None = None) -> Self:
        """From a row just written under that id."""
        edited, of = target or (None, row["card"])
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
            card=of or "",
            edited=edited,
        )

    @property
    def reminds(self) -> Reminder | None:
        """What it presses for, where it is a reminder."""
        stored = self.payload.get("reminds")
        return Reminder(**stored) if stored else None

    @property
    def matter(self) -> str:
        """What it is of (`Notice.of`); empty where it is of none."""
        return str(self.payload.get("matter", ""))

    @property
    def is_news(self) -> bool:
        """Whether it tells what the person cannot know yet."""
        return bool(self.payload.get("news"))

    @property
    def is_bundle(self) -> bool:
        """Whether it tells of several held rows, by their numbers."""
        return bool(self.payload.get("bundle"))

    @property
    def is_album(self) -> bool:
        """Whether it is several files that go out together."""
        return "files" in self.payload

    @property
    def messages(self) -> int:
        """How many messages it becomes: Telegram counts each file of an album."""
        return len(self.payload.get("files") or (None,))

    @property
    def is_group(self) -> bool:
        """Telegram gives groups negative ids, and a slower pace."""
        return self.chat_id is not None and self.chat_id < 0


def keyboard(rows: Rows) -> list[list[dict[str, str]]]:
    """The buttons as the Bot API writes them."""
    return [[_button(button) for button in row] for row in rows if row]


def _button(button: Button) -> dict[str, Any]:
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.copy:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    styled = {"style": str(button.drawn)} if button.drawn else {}
    return {"text": button.label, "callback_data": button.data, **styled}


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


def rows_of(
    notice: Notice, once: str, *, silent: bool = False, waits: datetime | None = None
) -> list[dict[str, Any]]:
    """The rows of a notice under that unique key: its files, then its text, split where it is too long.

    A `silent` one makes no phone ring; one that `waits` is held until then (aware UTC).
    """
    rows = [
        *_albums(notice, waits),
        *(_texts(notice, silent, waits) if notice.text or not notice.files else ()),
    ]
    state = State.WAITING if waits is None else State.HELD
    if not notice.text:
        rows[-1] |= {"subject": notice.subject}
        rows[-1]["payload"] |= {"matter": notice.of} if notice.of else {}
    return [
        {**row, "state": state, "once": f"{once}#{place}" if place else once}
        for place, row in enumerate(rows)
    ]


def _albums(notice: Notice, waits: datetime | None) -> Iterator[dict[str, Any]]:
    """The files, 2 to 10 of a kind together, for Telegram takes no photos beside documents.

    One by itself is a message like any other. Together they make no sound: the text behind them does.
    """
    for kind in (False, True):
        alike = [file for file in notice.files if file.photo is kind]
        for at in range(0, len(alike), TOGETHER):
            some = alike[at : at + TOGETHER]
            after = [*some[1:], None]
            files = [
                _file(one)[0] | ({} if later and later.caption == one.caption else {"caption": one.caption})
                for one, later in zip(some, after, strict=True)
            ]
            payload: dict[str, Any] = {"text": "", "files": files, "silent": True}
            if len(files) == 1:
                payload = {"text": files[0].pop("caption"), "file": files[0], "silent": True}
            payload |= {"waits": waits.isoformat()} if waits else {}
            yield row_of(Kind.MESSAGE, payload=payload, urgency=notice.urgency, **address(notice.to))


def parted(text: Markup, of: str, limit: int = TEXT_LIMIT, beneath: str = "") -> list[Markup]:
    """The text in messages; what is of a matter cites no article twice, and is folded where it does not fit
    onto a screen.

    What stands `beneath` it never is.
    """
    return split((folded(cited_once(text)) if is_of_matter(of) else text) + beneath, limit)


def _texts(notice: Notice, silent: bool, waits: datetime | None) -> Iterator[dict[str, Any]]:
    limit = CAPTION_LIMIT if notice.attachment else TEXT_LIMIT
    parts = parted(notice.text, notice.of, limit, notice.beneath)
    for position, part in enumerate(parts):
        last = position == len(parts) - 1
        payload = {"text": str(part), **_of_all(notice, silent, waits), **(_of_last(notice) if last else {})}
        content = None
        if position == 0 and notice.attachment:
            payload["file"], content = _file(notice.attachment)
        yield row_of(
            Kind.MESSAGE,
            payload=payload,
            content=content,
            urgency=notice.urgency,
            subject=notice.subject if last else "",
            receipt=notice.receipt or None if last else None,
            card=notice.card or None if last else None,
            **address(notice.to),
        )


def _of_all(notice: Notice, silent: bool, waits: datetime | None) -> dict[str, Any]:
    """What the payload of each part says, where there is anything to say."""
    said = {
        "silent": silent,
        "waits": waits.isoformat() if waits else None,
        "again": notice.again,
        "pinned": notice.pinned,
        "on_card": notice.on_card,
        "whole": list(notice.covers) if notice.whole else None,
    }
    return {key: value for key, value in said.items() if value or value == []}


def _of_last(notice: Notice) -> dict[str, Any]:
    """What only the last part's does."""
    said = {
        "keyboard": keyboard(notice.buttons),
        "number_key": dict(vars(notice.key)) if notice.key else None,
        "matter": notice.of,
        "news": notice.news,
        "bundle": list(notice.bundle),
        "replaces": list(notice.replaces),
        "reminds": notice.reminds.stored() if notice.reminds else None,
    }
    return {key: value for key, value in said.items() if value}


def address(to: Official | int) -> dict[str, int | None]:
    """Whom and where a row goes to: an official in their private chat, or a group."""
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
