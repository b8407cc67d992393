"""The inbox: what Telegram gave us, stored before it is acknowledged, handled in order per chat."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, CursorResult, Row, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import inbox, officials


@dataclass(frozen=True)
class InboxRow:
    """One update as it came, with the chat (or person) within which the order counts."""

    update_id: int
    chat_key: int
    raw: dict[str, Any]
    payload: str = field(default="", repr=False)
    acted_at: datetime | None = None
    message_id: int | None = None
    album: str | None = None
    written_at: datetime | None = None
    refused: bool = False
    retries: int = 0

    @property
    def cause(self) -> str:
        """Unique for this handling of it: tried again, it tells what it has to under keys of its own."""
        return f"u{self.update_id}r{self.retries}" if self.retries else f"u{self.update_id}"


_OF_A_CHAT: Final = 4
"""So many of one chat are fetched at once, where several processes share the inbox."""
_LATEST = 253_402_300_799
"""The last second of the year 9999 as Telegram counts."""
_SECOND = timedelta(seconds=1)
"""So much a message's date is less than its moment, for it is cut to the second."""
_NO_CHARACTER = re.compile(r"[\ud800-\udfff]|(?<!\\)(?P<before>(?:\\\\)*)\\u0000")
"""In JSON: half of a surrogate pair, or NUL. No database takes them, and one would hold up the rest."""


WRITTEN = ("message", "edited_message")
"""The kinds of update that a person wrote, in the Bot API's words."""
_FILES = ("document", "photo", "video", "audio", "animation", "voice", "video_note")
"""The kinds of message that bring a file, in the Bot API's words."""


def whole(value: object, most: int = 2**63 - 1) -> int | None:
    """The value if it is a whole number that a column takes, None otherwise: ids are what Telegram says."""
    return value if isinstance(value, int) and abs(value) <= most else None


def _moment(stamp: object) -> datetime | None:
    """The moment of a Unix time, None where it is none that the calendar has."""
    seconds = whole(stamp, _LATEST)
    return datetime.fromtimestamp(seconds, UTC) if seconds and seconds > 0 else None


def inbox_row(raw: dict[str, Any], *, refused: bool = False) -> InboxRow:
    """The update with its order key: the chat where it has one, the sender otherwise, 0 where neither."""
    payload = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    if _NO_CHARACTER.search(payload):
        payload = _NO_CHARACTER.sub(lambda found: f"{found['before'] or ''}\ufffd", payload)
        raw = json.loads(payload)
    message = written(raw) or {}
    stamp = message.get("edit_date") or message.get("date")
    album = message.get("media_group_id")
    return InboxRow(
        int(raw["update_id"]),
        _chat_key(raw),
        raw,
        payload,
        message_id=whole(message.get("message_id")),
        album=str(album)[:64] if album else None,
        written_at=_moment(stamp),
        refused=refused,
    )


def written(raw: Mapping[str, Any]) -> dict[str, Any] | None:
    """The message a person wrote or edited; None where the update is of another kind."""
    return next((raw[kind] for kind in WRITTEN if isinstance(raw.get(kind), dict)), None)


def bears_file(raw: Mapping[str, Any]) -> bool:
    """Whether the message brings a file or a picture with it."""
    return any(kind in (written(raw) or {}) for kind in _FILES)


def written_alone(raw: Mapping[str, Any]) -> tuple[int, int, datetime] | None:
    """Chat, id and moment of a new message in private, None for anything else.

    In private all is from one person. An edit counts with the moment in which the message was sent.
    """
    message = written(raw) or {}
    chat = message.get("chat")
    if not isinstance(chat, dict) or chat.get("type") != "private":
        return None
    place, id_, at = whole(chat.get("id")), whole(message.get("message_id")), _moment(message.get("date"))
    return (place, id_, at) if place is not None and id_ is not None and at is not None else None


def whom(raw: dict[str, Any]) -> tuple[int | None, str | None]:
    """Where an answer belongs: the chat of a message, or the tap. Read from the update as it came, which may
    be one that could not even be understood.
    """
    query, message = raw.get("callback_query"), written(raw)
    if isinstance(query, dict) and "id" in query:
        return None, str(query["id"])
    chat = message.get("chat") if isinstance(message, dict) else None
    return whole(chat.get("id")) if isinstance(chat, dict) else None, None


_BOUND = select(officials.c.telegram_id).where(
    officials.c.telegram_id.in_(bindparam("accounts", expanding=True)), officials.c.left_at.is_(None)
)


async def of_strangers(session: AsyncSession, inbox_rows: Sequence[InboxRow]) -> set[int]:
    """The updates among them whose account nobody in office has bound; one that names no account is none."""
    accounts = {one.update_id: account for one in inbox_rows if (account := account_of(one.raw)) is not None}
    if not accounts:
        return set()
    bound = set(await session.scalars(_BOUND, {"accounts": list(set(accounts.values()))}))
    return {id for id, account in accounts.items() if account not in bound}


def account_of(raw: Mapping[str, Any]) -> int | None:
    """Whose act it was, where it names somebody."""
    for value in raw.values():
        sender = value.get("from") if isinstance(value, dict) else None
        if isinstance(sender, dict) and (id_ := whole(sender.get("id"))) is not None:
            return id_
    return None


def _chat_key(raw: dict[str, Any]) -> int:
    for value in raw.values():
        if not isinstance(value, dict):
            continue
        message = value.get("message", value)
        for holder in (message, value):
            for key in ("chat", "from", "user"):
                one = holder.get(key) if isinstance(holder, dict) else None
                if isinstance(one, dict) and (id_ := whole(one.get("id"))) is not None:
                    return id_
    return 0


def acted_at(raw: dict[str, Any], received_at: datetime, since: datetime | None) -> datetime:
    """When the person did it, as far as Telegram proves it: people are in time or late by that.

    A message bears the second in which Telegram took it. A tap bears nothing of its own: whoever may have
    tapped while nobody was there to receive it (`since` is when that began, None where somebody was) is taken
    to have done so at once, for the contrary cannot be shown; but not before the card was there.
    """
    message = written(raw) or {}
    written_at = _moment(message.get("edit_date") or message.get("date"))
    if written_at is not None:
        return written_at if received_at - written_at >= _SECOND else received_at
    return min(max(since, _shown_at(raw)), received_at) if since else received_at


def _shown_at(raw: dict[str, Any]) -> datetime:
    """When the card that was tapped was sent or last edited; long ago where that is not known any more."""
    query = raw.get("callback_query")
    card = query.get("message") if isinstance(query, dict) else None
    moments = [_moment(card.get("date")), _moment(card.get("edit_date"))] if isinstance(card, dict) else []
    return max((one for one in moments if one), default=datetime.fromtimestamp(0, UTC))


async def store(
    session: AsyncSession, inbox_rows: Iterable[InboxRow], now: datetime, since: datetime | None = None
) -> list[InboxRow]:
    """Keep the batch; gives back those that are new, for Telegram may send one again.

    `since` is from when on they may have waited at Telegram for a bot that was not there.
    """
    inbox_rows = [replace(one, acted_at=acted_at(one.raw, now, since)) for one in inbox_rows]
    rows = [
        {
            "update_id": one.update_id,
            "chat_key": one.chat_key,
            "payload": one.payload,
            "received_at": now,
            "acted_at": one.acted_at,
            "message_id": one.message_id,
            "album": one.album,
            "written_at": one.written_at,
            "refused": one.refused,
        }
        for one in inbox_rows
    ]
    if not rows:
        return []
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(inbox).on_conflict_do_nothing(index_elements=["update_id"])
    new = set((await session.scalars(statement.returning(inbox.c.update_id), rows)).all())
    return [one for one in inbox_rows if one.update_id in new]


async def waiting(
    session: AsyncSession, limit: int = 1000, after: int = -1, *, retried: bool = False
) -> list[InboxRow]:
    """What was stored and not yet done, oldest first; for the start after a stop.

    With `retried` only what was parked and is to be tried again.
    """
    rows = await session.execute(
        select(inbox)
        .where(inbox.c.done_at.is_(None), inbox.c.update_id > after, inbox.c.retries >= int(retried))
        .order_by(inbox.c.update_id)
        .limit(limit)
    )
    return [_stored(row) for row in rows]


def _stored(row: Row[Any]) -> InboxRow:
    return InboxRow(
        row.update_id,
        row.chat_key,
        json.loads(row.payload),
        acted_at=row.acted_at or row.received_at,
        album=row.album,
        refused=row.refused,
        retries=row.retries,
    )


async def some_waiting(
    session: AsyncSession, most: int, salt: int, known: Collection[int], until: datetime
) -> list[InboxRow]:
    """Of what was stored until then and is in nobody's hands, the oldest updates of a few chats.

    Strangers' chats come last, and no chat brings more than `_OF_A_CHAT`. Each process has a `salt` of its
    own, by which it begins with other chats than the rest. `known` are the updates that it has taken before.
    """
    place = func.row_number().over(partition_by=inbox.c.chat_key, order_by=inbox.c.update_id)
    numbered = (
        select(inbox.c.update_id, inbox.c.chat_key, place.label("place"))
        .where(inbox.c.done_at.is_(None), inbox.c.update_id.not_in(known), inbox.c.received_at <= until)
        .subquery()
    )
    chat = numbered.c.chat_key
    oldest = (
        select(numbered.c.update_id)
        .where(numbered.c.place <= _OF_A_CHAT)
        .order_by(_strange(chat), func.hashint8extended(chat, salt), numbered.c.update_id)
        .limit(most)
    )
    rows = await session.execute(
        select(inbox)
        .where(inbox.c.update_id.in_(oldest), inbox.c.done_at.is_(None))
        .order_by(inbox.c.update_id)
        .with_for_update(skip_locked=True)
    )
    return [_stored(row) for row in rows]


def _strange(chat_key: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the private chat is of an account that nobody in office has bound."""
    bound = select(officials.c.id).where(officials.c.telegram_id == chat_key, officials.c.left_at.is_(None))
    return (chat_key > 0) & ~bound.exists()


async def strangers_waiting(session: AsyncSession) -> int:
    """How many updates of accounts that nobody in office has bound are not done yet."""
    undone = select(func.count()).where(inbox.c.done_at.is_(None), _strange(inbox.c.chat_key))
    return await session.scalar(undone) or 0


_OLDEST = (
    select(func.min(inbox.c.update_id))
    .where(inbox.c.chat_key == bindparam("chat"), inbox.c.done_at.is_(None))
    .scalar_subquery()
)
_CLAIM = (
    select(inbox)
    .where(inbox.c.update_id == _OLDEST, inbox.c.done_at.is_(None))
    .with_for_update(skip_locked=True)
)


async def claim(session: AsyncSession, chat_key: int) -> InboxRow | None:
    """The chat's oldest update that is not done, locked until the end of the transaction.

    None where another process has it just now, or none is left. So the order within a chat is kept by however
    many processes handle updates at once.
    """
    row = (await session.execute(_CLAIM, {"chat": chat_key})).one_or_none()
    return _stored(row) if row is not None else None


# Built once: to put a statement together costs as much as to carry it out.
_DONE = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("update"), inbox.c.done_at.is_(None))
    .values(done_at=bindparam("at"), failed=False, payload=None)
)


async def done(session: AsyncSession, update_id: int, now: datetime) -> bool:
    """Mark it done, in the transaction of what it did; False if someone else already has.

    What was done needs no second copy, so its text is cleared; one that failed keeps it (storage/parked.py).
    """
    result = await session.execute(_DONE, {"update": update_id, "at": now})
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what an UPDATE gives
    return result.rowcount == 1


async def is_done(session: AsyncSession, update_id: int) -> bool:
    """Whether it was handled, or parked."""
    return await session.scalar(select(inbox.c.done_at).where(inbox.c.update_id == update_id)) is not None


async def oldest_waiting(session: AsyncSession) -> datetime | None:
    """When the earliest act that has not been dealt with was done; None where there is none."""
    at: datetime | None = await session.scalar(
        select(func.min(func.coalesce(inbox.c.acted_at, inbox.c.received_at))).where(
            inbox.c.done_at.is_(None)
        )
    )
    return at


async def purge(session: AsyncSession, before: datetime, *, failed: bool = False) -> None:
    """Forget ids done before the moment: Telegram keeps an update for a day, so none comes again.

    With `failed` those that were parked, their text with them.
    """
    await session.execute(delete(inbox).where(inbox.c.done_at < before, inbox.c.failed.is_(failed)))
