"""The audit: one row per decision, append-only, each chained to the one before by its hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import audit, audit_head

GENESIS = "0" * 64
SYSTEM = "系统"
_PAGE = 1000


@dataclass(frozen=True)
class Entry:
    """What is written down: who (`actor`, 系统 for the clock), in whose name, what, on which article, when.

    `update_id` names the message through which it was done; None for the clock and the command line.
    """

    at: datetime
    actor_id: int | None
    actor: str
    acting_for: str | None
    action: str
    subject: str
    article: int | None
    update_id: int | None
    detail: Mapping[str, Any]

    def hash(self, previous: str) -> str:
        """The row's link in the chain, over every column and the link before."""
        said = {**vars(self), "at": self.at.isoformat(), "detail": dict(self.detail), "previous": previous}
        canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


_HEAD = select(audit_head.c.hash).where(audit_head.c.id == 1).with_for_update()
_APPEND = insert(audit)
_MOVE = update(audit_head).where(audit_head.c.id == 1).values(hash=bindparam("head"))


async def append(session: AsyncSession, *entries: Entry) -> None:
    """Add the entries at the end of the chain, in this order.

    The head's row is locked first, so that two transactions cannot hang their rows on the same link.
    """
    previous = await session.scalar(_HEAD)
    if previous is None:
        msg = "the audit has no head: run `banjie migrate`"
        raise RuntimeError(msg)
    rows = []
    for entry in entries:
        link = entry.hash(previous)
        rows.append({**vars(entry), "previous": previous, "hash": link})
        previous = link
    await session.execute(_APPEND, rows)
    await session.execute(_MOVE, {"head": previous})


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification: rows read, and what is wrong with the first bad one, if any."""

    rows: int
    fault: str = ""


async def verify(session: AsyncSession) -> Verdict:
    """Walk the whole chain, row by row, and compare its end with the head."""
    previous, count, last_id = GENESIS, 0, 0
    while True:
        page = (
            await session.execute(select(audit).where(audit.c.id > last_id).order_by(audit.c.id).limit(_PAGE))
        ).all()
        for row in page:
            entry = Entry(
                at=row.at,
                actor_id=row.actor_id,
                actor=row.actor,
                acting_for=row.acting_for,
                action=row.action,
                subject=row.subject,
                article=row.article,
                update_id=row.update_id,
                detail=row.detail,
            )
            if row.previous != previous:
                return Verdict(count, f"第{row.id}行之前缺了一行，或次序被改动")
            if row.hash != entry.hash(previous):
                return Verdict(count, f"第{row.id}行的内容被改动过（{row.action} {row.subject}）")
            previous, last_id, count = row.hash, row.id, count + 1
        if len(page) < _PAGE:
            break
    head = await session.scalar(select(audit_head.c.hash).where(audit_head.c.id == 1))
    return Verdict(count, "" if head == previous else "末尾缺了行：最后一行与链头不符")
