"""What became of a message whose matter has to know: proof of its delivery, or that it never arrives."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select

from notices.notice import Reminder, State
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork

RECEIPT: Final = "receipt"
"""The timer that passes a receipt on; its subject is the row of the outbox."""


@dataclass(frozen=True)
class Receipt:
    """One message that Telegram accepted at `sent_at` as `message_id`, or refused for good (both None).

    `matter` is what `Notice.receipt` said; `row_id` is its row in the outbox; `official_id` whom it was for,
    None in a group chat.
    """

    matter: str
    row_id: int
    official_id: int | None
    sent_at: datetime | None = None
    message_id: int | None = None


@dataclass(frozen=True)
class Sending:
    """How far one message with a receipt, written at `created_at`, has got: waiting, accepted, or refused."""

    receipt: Receipt
    state: State
    created_at: datetime

    @property
    def under_way(self) -> bool:
        """Whether its fate is not known yet."""
        return self.state in (State.HELD, State.BUNDLED, State.WAITING)


async def sendings(work: UnitOfWork, matters: Collection[str]) -> list[Sending]:
    """Every message that these matters have sent with a receipt, in the order in which they were written."""
    rows = await work.session.execute(
        select(
            outbox.c.id,
            outbox.c.receipt,
            outbox.c.official_id,
            outbox.c.sent_at,
            outbox.c.message_id,
            outbox.c.state,
            outbox.c.created_at,
        )
        .where(outbox.c.receipt.in_(matters))
        .order_by(outbox.c.id)
    )
    return [
        Sending(
            Receipt(row.receipt, row.id, row.official_id, row.sent_at, row.message_id),
            row.state,
            row.created_at,
        )
        for row in rows
    ]


async def receipt(work: UnitOfWork, row_id: int) -> Receipt | None:
    """The receipt of that row; None where it wants none, or its fate is not settled."""
    rows = await work.session.execute(
        select(outbox).where(
            outbox.c.id == row_id,
            outbox.c.receipt.is_not(None),
            outbox.c.state.in_([State.SENT, State.FAILED]),
        )
    )
    row = rows.one_or_none()
    if row is None:
        return None
    if await _lacks_files(work, row.once):  # a card without its draft asks for nothing that could be answered
        return Receipt(row.receipt, row_id, row.official_id)
    return Receipt(row.receipt, row_id, row.official_id, row.sent_at, row.message_id)


async def _lacks_files(work: UnitOfWork, once: str) -> bool:
    """Whether Telegram did not take all that goes out before the row, under the same key."""
    key, _, place = once.partition("#")
    if not place:
        return False
    before = [key, *(f"{key}#{earlier}" for earlier in range(1, int(place)))]
    bad = or_(outbox.c.state == State.FAILED, outbox.c.error.is_not(None))
    found = await work.session.scalar(select(outbox.c.id).where(outbox.c.once.in_(before), bad).limit(1))
    return found is not None


@dataclass(frozen=True)
class Reminded:
    """What became of one reminder: to whom it went, and whether Telegram took it."""

    reminder: Reminder
    official_id: int
    taken: bool


async def reminded(work: UnitOfWork, row_id: int) -> Reminded | None:
    """The fate of that row's reminder; None where it is none, or its fate is not settled."""
    rows = await work.session.execute(
        select(outbox.c.payload, outbox.c.official_id, outbox.c.state).where(
            outbox.c.id == row_id, outbox.c.state.in_([State.SENT, State.FAILED])
        )
    )
    row = rows.one_or_none()
    stored = row.payload.get("reminds") if row else None
    if row is None or not stored or row.official_id is None:
        return None
    return Reminded(Reminder(**stored), row.official_id, row.state is State.SENT)
