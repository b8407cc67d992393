"""What has been put into the outbox before."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from notices.notice import Notice, State
from storage.outbox import Kind, OutboxRow
from storage.tables import officials, outbox
from storage.unit_of_work import UnitOfWork


async def waiting(session: AsyncSession, after: int, most: int) -> list[OutboxRow]:
    """What is still to be sent, beyond that row."""
    page = select(outbox).where(outbox.c.state == State.WAITING, outbox.c.id > after)
    return [OutboxRow.of(row) for row in await session.execute(page.order_by(outbox.c.id).limit(most))]


async def waiting_with_older(session: AsyncSession, ids: Collection[int]) -> list[OutboxRow]:
    """Those of the rows still to be sent, each behind what is older and waits for the same chat."""
    chats = select(outbox.c.chat_id).where(outbox.c.id.in_(ids))
    older = outbox.c.chat_id.in_(chats) & (outbox.c.id < max(ids))
    rows = select(outbox).where(outbox.c.state == State.WAITING, outbox.c.id.in_(ids) | older)
    return [OutboxRow.of(row) for row in await session.execute(rows.order_by(outbox.c.id))]


async def message_of(session: AsyncSession, row_id: int) -> int | None:
    """The message that the row became; None where it has not been sent."""
    found: int | None = await session.scalar(select(outbox.c.message_id).where(outbox.c.id == row_id))
    return found


async def not_yet(work: UnitOfWork, notices: Iterable[Notice]) -> list[Notice]:
    """Those whose key (`once`) was never used: what goes out once a morning is looked at more often."""
    every = list(notices)
    keys = [one.once for one in every]
    told = set(await work.session.scalars(select(outbox.c.once).where(outbox.c.once.in_(keys))))
    return [one for one in every if one.once not in told]


async def is_retired(work: UnitOfWork, chat_id: int, message_id: int) -> bool:
    """Whether its card was forgotten (`UnitOfWork.retire`): what the message shows does not hold any more."""
    forgotten = exists().where(
        outbox.c.chat_id == chat_id, outbox.c.message_id == message_id, outbox.c.card.is_(None)
    )
    return bool(await work.session.scalar(select(forgotten)))


async def row_of_id(work: UnitOfWork, id: int) -> Row[Any]:
    """The row of that id; there is one, for rows of the outbox stay."""
    return (await work.session.execute(select(outbox).where(outbox.c.id == id))).one()


async def sent_at_once(work: UnitOfWork, row: Row[Any]) -> Sequence[Row[Any]]:
    """What was written for the row's unit at the same instant and may be told of, the row itself among it.

    A row with a receipt is not: its matter itself hears that it was lost.
    """
    unit = select(officials.c.unit_id).where(officials.c.id == row.official_id).scalar_subquery()
    found = await work.session.execute(
        select(outbox)
        .join(officials, officials.c.id == outbox.c.official_id)
        .where(
            outbox.c.created_at == row.created_at,
            outbox.c.subject != "",
            outbox.c.kind == Kind.MESSAGE,
            outbox.c.receipt.is_(None),
            officials.c.unit_id == unit,
        )
        .order_by(outbox.c.id)
    )
    return found.all()


async def lost_since_reached(work: UnitOfWork, outbox_row: OutboxRow) -> Sequence[Row[Any]]:
    """What failed to reach the same person before this row, since anything reached them last."""
    own = (
        outbox.c.chat_id == outbox_row.chat_id
        if outbox_row.chat_id is not None
        else outbox.c.chat_id.is_(None)
    )
    earlier = own & (outbox.c.official_id == outbox_row.official_id) & (outbox.c.id < outbox_row.id)
    reached = await work.session.scalar(
        select(func.max(outbox.c.id)).where(
            earlier, outbox.c.kind == Kind.MESSAGE, outbox.c.state == State.SENT
        )
    )
    failed = await work.session.execute(
        select(outbox).where(
            earlier, outbox.c.id > (reached or 0), outbox.c.state == State.FAILED, outbox.c.subject != ""
        )
    )
    return failed.all()


async def any_taken(work: UnitOfWork, keys: Sequence[str]) -> bool:
    """Whether a message with one of these keys was sent, or waits to be."""
    found = select(outbox.c.id).where(outbox.c.once.in_(keys), outbox.c.state != State.FAILED)
    return await work.session.scalar(found.limit(1)) is not None


async def is_used(work: UnitOfWork, key: str) -> bool:
    """Whether a row has that key, whatever became of it."""
    return await work.session.scalar(select(outbox.c.id).where(outbox.c.once == key)) is not None


async def last_sent(work: UnitOfWork, card: str) -> datetime | None:
    """When a message of that card was last written, live by now; aware UTC."""
    ours = (outbox.c.card == card) & (outbox.c.kind == Kind.MESSAGE)
    found: datetime | None = await work.session.scalar(select(func.max(outbox.c.created_at)).where(ours))
    return found


async def keys_beginning(work: UnitOfWork, start: str) -> Sequence[str]:
    """The keys that begin so, of rows whatever became of them."""
    ours = outbox.c.once.startswith(start, autoescape=True)
    return (await work.session.scalars(select(outbox.c.once).where(ours))).all()
