"""The audit: one row per decision, append-only, each chained to the one before by its hash."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from rules.refused import Refused
from storage.tables import audit, audit_head

GENESIS = "0" * 64
SYSTEM = "系统"
RESTORED: Final = "restore"
"""The action of the row that says that a backup took the place of the database."""
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
        said = {
            **vars(self),
            "at": self.at.astimezone(UTC).isoformat(),
            "detail": dict(self.detail),
            "previous": previous,
        }
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


SIGNED: Final = 32
"""So many hex digits of the last hash are signed off: 128 bits, which nobody finds a second history for."""

_HEX = re.compile(rf"[0-9a-f]{{{SIGNED},64}}")


@dataclass(frozen=True)
class Head:
    """The last row of the chain: written down outside, it holds all of the history up to it."""

    id: int
    at: datetime
    hash: str

    def __str__(self) -> str:
        """12345:0a1b…: short enough to be copied by hand, whole enough to be believed."""
        return f"{self.id}:{self.hash[:SIGNED]}"


def read_head(signed: str) -> tuple[int, str]:
    """A head as it was written down: the id, and the beginning of the hash, of which enough must be there."""
    number, _, digits = signed.strip().partition(":")
    if not number.isdecimal() or not _HEX.fullmatch(digits.lower()):
        raise Refused(f"链头应写作 编号:校验值，校验值至少{SIGNED}位，照签存的抄，如 1234:{'0a' * 16}。")
    return int(number), digits.lower()


async def began_at(session: AsyncSession) -> datetime | None:
    """When the first decision was written down; None before it."""
    at: datetime | None = await session.scalar(select(audit.c.at).order_by(audit.c.id).limit(1))
    return at


async def head(session: AsyncSession) -> Head | None:
    """The last row that there is; None while nothing has been decided."""
    last = select(audit.c.id, audit.c.at, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
    row = (await session.execute(last)).one_or_none()
    return Head(*row) if row else None


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification: rows read, and what is wrong with the first bad one, if any."""

    rows: int
    fault: str = ""


_END = select(audit_head.c.hash).where(audit_head.c.id == 1)


async def verify(session: AsyncSession, signed: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain, row by row, and compare its end with the head.

    `signed` is a head that was written down outside, as id and the beginning of its hash: a history that
    was written anew with all its hashes does not have that row any more.
    """
    previous, count, last_id, kept = GENESIS, 0, 0, signed is None
    end = await session.scalar(_END)
    while True:
        page = (
            await session.execute(select(audit).where(audit.c.id > last_id).order_by(audit.c.id).limit(_PAGE))
        ).all()
        for row in page:
            entry = Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})
            if row.previous != previous:
                return Verdict(count, await _broken_before(session, row, previous, last_id))
            if row.hash != entry.hash(previous):
                return Verdict(count, f"第{row.id}行的内容被改动过（{row.action} {row.subject}）")
            if signed and row.id == signed[0]:
                if not row.hash.startswith(signed[1]):
                    why = "签存以后，此前的留痕被整段改写过"
                    return Verdict(count, f"第{row.id}行与签存的不符：{why}{await _restored(session)}")
                kept = True
            previous, last_id, count = row.hash, row.id, count + 1
        if len(page) == _PAGE:
            continue
        if previous in (end, now := await session.scalar(_END)):
            break
        if now == end:
            return Verdict(count, f"末尾缺了行：第{last_id}行是现有的最后一行，与链头不符")
        end = now  # something was written down meanwhile: on to there
    if signed and not kept:
        return Verdict(count, f"签存的第{signed[0]}行已不存在{await _restored(session)}")
    return Verdict(count)


async def _restored(session: AsyncSession) -> str:
    """What else may be behind it: an older history was put back, as a row of it says."""
    row = await session.scalar(select(func.max(audit.c.id)).where(audit.c.action == RESTORED))
    return f"；第{row}行记着从备份恢复过，请与当时的情况核对" if row else ""


async def _broken_before(session: AsyncSession, row: Row[Any], previous: str, last_id: int) -> str:
    """What happened between the last good row and this one, which hangs on another than it."""
    hung_on = await session.scalar(select(audit.c.id).where(audit.c.hash == row.previous))
    follower = select(audit.c.id).where(audit.c.previous == previous, audit.c.id > row.id)
    after = await session.scalar(follower.order_by(audit.c.id).limit(1))
    if hung_on is not None and hung_on > row.id:
        return f"次序被改动：第{row.id}行本在第{hung_on}行之后"
    if hung_on is not None or (row.previous == GENESIS and last_id):
        return f"第{last_id}行是插进来的：第{row.id}行原接在第{hung_on or 0}行之后"
    if after is not None:
        return f"第{row.id}行是插进来的：接在第{last_id}行之后的本是第{after}行（{row.action} {row.subject}）"
    changed = f"，或第{last_id}行连同校验值被改写" if last_id else ""
    return f"第{row.id}行之前缺了一行{changed}"
