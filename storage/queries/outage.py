"""Contact with Telegram on record, and the stretches without it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects import postgresql, sqlite

from rules.outage import Outage
from storage.inbox import oldest_waiting
from storage.tables import audit, contact, outages, timers
from storage.unit_of_work import UnitOfWork

OVER: Final = "outage.over"
"""Timer of an outage: what it adds to deadlines is still to be worked out, which goes before any silence."""
TOLD: Final = "outage.told"
"""Timer of an outage: the office hears of it, at the opening."""

NEVER: Final = datetime.min.replace(tzinfo=UTC)
"""Before everything: nothing may be judged."""
_ROW: Final = 1


async def last_contact(work: UnitOfWork) -> datetime | None:
    """When the bot could last receive, as far as is on record; None before the very first time.

    The record is locked until the end: of several processes each sees what the one before it has kept.
    """
    kept = select(contact.c.at).where(contact.c.id == _ROW).with_for_update()
    at: datetime | None = await work.session.scalar(kept)
    return at


async def keep_contact(work: UnitOfWork, at: datetime) -> None:
    """Put the contact on record; where processes share the work, none takes a later one back."""
    dialect = sqlite if work.session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(contact).values(id=_ROW, at=at)
    latest: ColumnElement[datetime] = statement.excluded.at
    if work.office.shared:
        latest = func.greatest(contact.c.at, latest)
    await work.session.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"at": latest}))


async def outages_since(work: UnitOfWork, since: datetime) -> Sequence[Outage]:
    """Every outage that ended after the instant, the oldest first."""
    return await work.find_all(
        select(Outage).where(outages.c.ended_at > since).order_by(outages.c.began_at, outages.c.id)
    )


async def put_off_by(work: UnitOfWork, outage: Outage, action: str) -> list[int]:
    """The ids of the matters put off for the outage, by the audit rows of that action that name it."""
    found = await work.session.execute(
        select(audit.c.subject, audit.c.detail)
        .where(audit.c.action == action, audit.c.at >= outage.ended_at)
        .order_by(audit.c.id)
    )
    return [int(row.subject.partition(":")[2]) for row in found if row.detail.get("outage") == outage.id]


async def is_being_reckoned(work: UnitOfWork) -> bool:
    """Whether an outage is over whose effect on deadlines has not been worked out yet."""
    return await work.session.scalar(select(timers.c.id).where(timers.c.kind == OVER).limit(1)) is not None


async def judged_before(work: UnitOfWork) -> datetime:
    """Silence up to which moment may be judged now: none while people cannot reach the bot, and none after
    which something was taken in that still waits for its turn.
    """
    if not work.office.in_contact() or await is_being_reckoned(work):
        return NEVER
    return await oldest_waiting(work.session) or work.now
