"""A timer: a due moment kept in the database, for the clock to sweep."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Table, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(eq=False)
class Timer:
    """Something to look at when `due_at` comes; at most one per kind and subject.

    `next_at` is when the clock looks at it: the due moment, or later after a try that failed.
    """

    kind: str
    subject_id: int
    due_at: datetime
    next_at: datetime
    attempts: int = 0
    id: int = field(init=False)


async def lock_matter(session: AsyncSession, matter: type[object], id: int) -> None:
    """Lock the row of the matter before that of its timer, as a tap does that sets the timer."""
    if session.get_bind().dialect.name == "postgresql":
        table: Table = inspect(matter, raiseerr=True).local_table
        await session.execute(select(table.c.id).where(table.c.id == id).with_for_update())
