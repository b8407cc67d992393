"""An office on a database, whose clock stands where the test puts it, and what it has said and set."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import select

from storage.office import Office
from storage.outbox import Kind
from storage.tables import outbox, timers
from tests.leave_cast import THURSDAY

C = TypeVar("C")


@dataclass
class OfficeStage(Generic[C]):
    """The office with the people of its play; a test moves `now`."""

    office: Office
    cast: C
    sent_before: int = 0
    now: datetime = field(default=THURSDAY)

    async def fresh(self) -> list[tuple[int | None, str]]:
        """The messages queued since this was last asked: to whom (chat), and the first line."""
        async with self.office.work("look") as work:
            rows = (await work.session.execute(select(outbox).order_by(outbox.c.id))).all()
        new, self.sent_before = rows[self.sent_before :], len(rows)
        return [(row.chat_id, row.payload["text"].split("\n")[0]) for row in new if row.kind is Kind.MESSAGE]

    async def timers(self) -> dict[str, datetime]:
        """What the clock will look at."""
        async with self.office.work("look") as work:
            rows = (await work.session.execute(select(timers))).all()
        return {row.kind: row.due_at for row in rows}
