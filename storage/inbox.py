"""The inbox: what Telegram gave us, stored before it is acknowledged, handled in order per chat."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import inbox


@dataclass(frozen=True)
class Letter:
    """One update as it came, with the chat (or person) within which the order counts."""

    update_id: int
    chat_key: int
    raw: dict[str, Any]
    payload: str = field(default="", repr=False)


_NO_CHARACTER = re.compile(r"[\ud800-\udfff]|(?<!\\)(?P<before>(?:\\\\)*)\\u0000")
"""In JSON: half of a surrogate pair, or NUL. No database takes them, and one would hold up the rest."""


def letter(raw: dict[str, Any]) -> Letter:
    """The update with its order key: the chat where it has one, the sender otherwise, 0 where neither."""
    payload = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    if _NO_CHARACTER.search(payload):
        payload = _NO_CHARACTER.sub(lambda found: f"{found['before'] or ''}\ufffd", payload)
        raw = json.loads(payload)
    return Letter(int(raw["update_id"]), _chat_key(raw), raw, payload)


def _chat_key(raw: dict[str, Any]) -> int:
    for value in raw.values():
        if not isinstance(value, dict):
            continue
        message = value.get("message", value)
        for holder in (message, value):
            for key in ("chat", "from", "user"):
                one = holder.get(key) if isinstance(holder, dict) else None
                if isinstance(one, dict) and isinstance(one.get("id"), int):
                    return int(one["id"])
    return 0


async def store(session: AsyncSession, letters: Iterable[Letter], now: datetime) -> list[Letter]:
    """Keep the batch; gives back those that are new, for Telegram may send one again."""
    rows = [
        {
            "update_id": one.update_id,
            "chat_key": one.chat_key,
            "payload": one.payload,
            "received_at": now,
        }
        for one in letters
    ]
    if not rows:
        return []
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(inbox).on_conflict_do_nothing(index_elements=["update_id"])
    new = set((await session.scalars(statement.returning(inbox.c.update_id), rows)).all())
    return [one for one in letters if one.update_id in new]


async def waiting(session: AsyncSession, limit: int = 1000, after: int = -1) -> list[Letter]:
    """What was stored and not yet done, oldest first; for the start after a stop."""
    rows = await session.execute(
        select(inbox.c.update_id, inbox.c.chat_key, inbox.c.payload)
        .where(inbox.c.done_at.is_(None), inbox.c.update_id > after)
        .order_by(inbox.c.update_id)
        .limit(limit)
    )
    return [Letter(row.update_id, row.chat_key, json.loads(row.payload)) for row in rows]


# Built once: to put a statement together costs as much as to carry it out.
_UNDONE = update(inbox).where(inbox.c.update_id == bindparam("update"), inbox.c.done_at.is_(None))
_DONE = _UNDONE.values(done_at=bindparam("at"), failed=False, payload=None)
_PARKED = _UNDONE.values(done_at=bindparam("at"), failed=True)


async def done(session: AsyncSession, update_id: int, now: datetime, *, failed: bool = False) -> bool:
    """Mark it done, in the transaction of what it did; False if someone else already has.

    What was done needs no second copy, so its text is cleared; one that failed keeps it for the engineer.
    """
    result = await session.execute(_PARKED if failed else _DONE, {"update": update_id, "at": now})
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what an UPDATE gives
    return result.rowcount == 1


async def is_done(session: AsyncSession, update_id: int) -> bool:
    """Whether it was handled, or parked."""
    return await session.scalar(select(inbox.c.done_at).where(inbox.c.update_id == update_id)) is not None


async def received_at(session: AsyncSession, update_id: int | None, now: datetime) -> datetime:
    """When the update was taken in, which is when people's answers count as given; `now` where it is none.

    Telegram does not say when a button was pressed, and the receipt is the nearest there is: what waits here
    for its turn, or for the bot to be started again, is not late for that.
    """
    if update_id is None:
        return now
    at: datetime | None = await session.scalar(
        select(inbox.c.received_at).where(inbox.c.update_id == update_id)
    )
    return at or now


async def oldest_waiting(session: AsyncSession) -> datetime | None:
    """When the oldest update that has not been dealt with was taken in; None where there is none."""
    oldest = select(inbox.c.received_at).where(inbox.c.done_at.is_(None)).order_by(inbox.c.update_id)
    at: datetime | None = await session.scalar(oldest.limit(1))
    return at


async def purge(session: AsyncSession, before: datetime) -> None:
    """Forget ids done before the moment: Telegram keeps an update for a day, so none comes again."""
    await session.execute(delete(inbox).where(inbox.c.done_at < before, inbox.c.failed.is_(False)))
