"""One live card for each person and matter: where a newer one goes out, the older points down to it.

A copy that was told of in a bundle only has no message of its own and stays as it is: its number opens it.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from notices.message_text import named_in
from notices.notice import State, Urgency
from storage.outbox import Kind, OutboxRow, row_of
from storage.tables import outbox
from storage.trace import Trace

BELOW: Final = "↓ {}：见下方最新卡片"


async def older(
    session: AsyncSession, rows: Iterable[Mapping[str, Any]], before: Sequence[OutboxRow]
) -> tuple[list[dict[str, Any]], list[OutboxRow]]:
    """An edit for each copy that gives way to one of these rows, and what of `before` is still to be sent.

    The copies are forgotten as such: no later edit of the card reaches them, nor is one made that was written
    `before` in the same unit of work.
    """
    fresh = {
        (row["official_id"], name): row
        for row in rows
        if row["kind"] is Kind.MESSAGE
        and row["official_id"]
        and row["card"]
        and row["state"] is State.WAITING
        for name in (row["card"], *row["payload"].get("replaces", ()))
    }
    if not fresh:
        return [], list(before)
    found = await session.execute(
        select(outbox.c.id, outbox.c.official_id, outbox.c.chat_id, outbox.c.card).where(
            outbox.c.card.in_({name for _, name in fresh}),
            outbox.c.official_id.in_({official for official, _ in fresh}),
            outbox.c.kind == Kind.MESSAGE,
            or_(outbox.c.state == State.WAITING, outbox.c.message_id.is_not(None)),
        )
    )
    copies = {copy: row for copy in found if (row := fresh.get((copy.official_id, copy.card)))}
    ids = {copy.id for copy in copies}
    if ids:
        session.info[Trace].retired |= {copy.id: copy.card for copy in copies}
        await session.execute(update(outbox).where(outbox.c.id.in_(ids)).values(card=None))
    unsaid = {row.id for row in before if row.kind is Kind.EDIT and row.target_id in ids}
    if unsaid:
        await session.execute(delete(outbox).where(outbox.c.id.in_(unsaid)))
    pointing = [
        row_of(
            Kind.EDIT,
            once=f"below:{copy.id}:{row['once']}"[:120],  # a copy that is live again may give way once more
            payload={"text": _pointing_to(row["payload"]["text"]), "keyboard": [], "below": True},
            chat_id=copy.chat_id,
            official_id=copy.official_id,
            target_id=copy.id,
            urgency=Urgency.ANSWER,
        )
        for copy, row in copies.items()
    ]
    return pointing, [row for row in before if row.id not in unsaid]


def _pointing_to(text: str) -> str:
    return escape(BELOW.format(named_in(text)), quote=False)
