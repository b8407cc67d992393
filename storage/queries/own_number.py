"""Accounts that shared an official's number, and where the key for it was offered."""

from sqlalchemy import select

from rules.own_number import NumberBinding
from rules.roster import Official
from storage.tables import number_bindings, outbox
from storage.unit_of_work import UnitOfWork


async def earlier(work: UnitOfWork, official: Official, telegram_id: int) -> NumberBinding | None:
    """The latest time this account shared the official's number."""
    found: NumberBinding | None = await work.session.scalar(
        select(NumberBinding)
        .where(
            number_bindings.c.official_id == official.id,
            number_bindings.c.telegram_id == telegram_id,
        )
        .order_by(number_bindings.c.id.desc())
        .limit(1)
    )
    return found


async def number_key_shown(work: UnitOfWork, card: str) -> bool:
    """Whether the key was offered in the chat that this is the card of."""
    return await work.session.scalar(select(outbox.c.id).where(outbox.c.card == card).limit(1)) is not None
