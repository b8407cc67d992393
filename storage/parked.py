"""Updates that could not be handled: kept with their text and the fault, and handed in again when asked."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.inbox import account_of
from storage.tables import inbox, officials, units

_LONGEST_ERROR = 300


@dataclass(frozen=True)
class Parked:
    """One of them; `who` is an official by their post, or the number of the account."""

    update_id: int
    at: datetime
    who: str
    error: str
    retries: int
    raw: dict[str, Any]

    @property
    def what(self) -> str:
        """The kind of update in a clerk's word."""
        words = {"message": "消息", "edited_message": "改过的消息", "callback_query": "点按钮"}
        return next((word for kind, word in words.items() if kind in self.raw), "其他")


async def park(session: AsyncSession, update_id: int, now: datetime, error: Exception) -> bool:
    """Take it out of the way, its text kept; False where somebody else is done with it already."""
    why = f"{type(error).__name__}: {error}".split("\n", 1)[0][:_LONGEST_ERROR]
    own = update(inbox).where(inbox.c.update_id == update_id, inbox.c.done_at.is_(None))
    result = await session.execute(own.values(done_at=now, failed=True, error=why))
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what an UPDATE gives
    return result.rowcount == 1


async def parked(session: AsyncSession, update_id: int | None = None) -> list[Parked]:
    """All of them, the oldest first, or that one."""
    which = inbox.c.failed.is_(True) if update_id is None else inbox.c.update_id == update_id
    found = select(inbox).where(which, inbox.c.failed.is_(True), inbox.c.done_at.is_not(None))
    rows = (await session.execute(found.order_by(inbox.c.update_id))).all()
    return [await _parked(session, row) for row in rows]


async def again(session: AsyncSession, update_id: int) -> bool:
    """Put it back among what waits: the running bot takes it up with its next look.

    False where there is nothing to put back: its text was wiped for a secrecy mark beside it.
    """
    own = update(inbox).where(
        inbox.c.update_id == update_id, inbox.c.failed.is_(True), inbox.c.payload.is_not(None)
    )
    result = await session.execute(own.values(done_at=None, failed=False, retries=inbox.c.retries + 1))
    assert isinstance(result, CursorResult)  # noqa: S101 - as above
    return result.rowcount == 1


async def _parked(session: AsyncSession, row: Row[Any]) -> Parked:
    raw = json.loads(row.payload or "{}")  # wiped, where something beside it bore a secrecy mark
    account = account_of(raw)
    named = (
        select(units.c.name + officials.c.post, officials.c.name)
        .join(units, units.c.id == officials.c.unit_id)
        .where(officials.c.telegram_id == account)
    )
    official = (await session.execute(named)).one_or_none() if account else None
    who = " ".join(official) if official else f"账号 {account}" if account else "无"
    at = row.acted_at or row.received_at
    return Parked(row.update_id, at, who, row.error or "", row.retries, raw)
