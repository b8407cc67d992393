"""Pinned messages: the day's card stays on top of its readers' chats, and goes when its day is over."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from storage import statements
from storage.outbox import Kind, OutboxRow, row_of
from storage.unit_of_work import UnitOfWork

_Found = Row[*tuple[Any, ...]]


async def pin(work: UnitOfWork, rows: Iterable[OutboxRow]) -> None:
    """Right behind each of these messages."""
    await _queue(work, Kind.PIN, rows)


async def unpin(work: UnitOfWork, card: str) -> None:
    """Every copy of the card."""
    found = await work.session.execute(statements.COPIES, {"cards": [card], "now": work.now})
    await _queue(work, Kind.UNPIN, found.all())


async def _queue(work: UnitOfWork, kind: Kind, rows: Iterable[_Found | OutboxRow]) -> None:
    await work.queue(
        [
            row_of(
                kind,
                once=f"{kind}:{row.id}",
                payload={},
                chat_id=row.chat_id,
                official_id=row.official_id,
                target_id=row.id,
            )
            for row in rows
        ]
    )
