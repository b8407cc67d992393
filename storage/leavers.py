"""Of who left long ago only what the audit needs stays: name, unit, post, and what they decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from notices.notice import State
from storage.tables import binding_codes, drafts, number_bindings, officials, outbox, wrong_tries

CLEARED: Final = "（已清除）"
"""What stands where a person's own words stood."""
_AT_ONCE: Final = 50


async def left_before(session: AsyncSession, before: datetime) -> Sequence[int]:
    """The ids of some who left before that moment, and of whom all is kept as yet."""
    due = officials.c.cleared_at.is_(None) | (officials.c.cleared_at < officials.c.left_at)
    chosen = select(officials.c.id).where(officials.c.left_at < before, due)
    return (await session.scalars(chosen.order_by(officials.c.id).limit(_AT_ONCE))).all()


async def cut_down(session: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """Their number, their account, how they were bound and what was sent to them go."""
    theirs = officials.c.id.in_(ids)
    accounts = (await session.scalars(select(officials.c.telegram_id).where(theirs))).all()
    for table, own in (
        (binding_codes, binding_codes.c.official_id.in_(ids)),
        (number_bindings, number_bindings.c.official_id.in_(ids)),
        (wrong_tries, wrong_tries.c.telegram_id.in_(accounts)),
    ):
        await session.execute(delete(table).where(own))
    forms = update(drafts).where(drafts.c.official_id.in_(ids))
    closed_at = func.coalesce(drafts.c.closed_at, now)
    await session.execute(forms.values({"values": {}, "problems": {}, "closed_at": closed_at}))
    settled = outbox.c.state.not_in([State.WAITING, State.HELD])
    to_them = outbox.c.official_id.in_(ids) | outbox.c.chat_id.in_(accounts)
    nothing: dict[str, Any] = {"payload": {}, "content": None, "chat_id": None, "card": None}
    await session.execute(update(outbox).where(to_them, settled).values(nothing))
    gone = {"phone": "", "username": "", "telegram_id": None, "cleared_at": now}
    await session.execute(update(officials).where(theirs).values(gone))
