"""How far the bot is behind: what waits to be handled, to be sent, to be done by the clock."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from notices.notice import State
from storage.tables import inbox, outbox, timers


@dataclass(frozen=True)
class Backlog:
    """How many wait, and since when the oldest does; None where nothing waits.

    `parked` are updates that failed for good and are kept for the engineer (storage/inbox.py).
    """

    updates: int
    updates_since: datetime | None
    parked: int
    messages: int
    messages_since: datetime | None
    timers: int
    timers_since: datetime | None


async def backlog(session: AsyncSession, now: datetime) -> Backlog:
    """All of it by partial indexes: what is done is not counted again and again."""
    updates = select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.done_at.is_(None))
    parked = select(func.count()).where(inbox.c.failed)
    messages = select(func.count(), func.min(outbox.c.created_at)).where(outbox.c.state == State.WAITING)
    due = select(func.count(), func.min(timers.c.next_at)).where(timers.c.next_at <= now)
    waiting, since = (await session.execute(updates)).one()
    unsent, unsent_since = (await session.execute(messages)).one()
    late, late_since = (await session.execute(due)).one()
    given_up = await session.scalar(parked) or 0
    return Backlog(waiting, since, given_up, unsent, unsent_since, late, late_since)
