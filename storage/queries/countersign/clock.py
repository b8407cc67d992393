"""Which consulted units the clock has to look at, and when.

Each consultation bears the moment itself (`clock_at`). A timer stands for the minute, so that all that are
due together, on a sheet of sixty units or on a hundred sheets at midnight, are met together.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import select, update

from rules.countersign.clock import CLOCK, next_look
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from storage.queries.countersign.sheets import WAITING
from storage.receipt import Receipt
from storage.tables import outbox, timers
from storage.tables.countersign import consultations, countersigns
from storage.unit_of_work import UnitOfWork

AT_ONCE: Final = 10
"""So many sheets are met in one transaction; the rest in the next ones, and who taps comes in between."""
_MATTER: Final = "countersign"
_UNSETTLED: Final = 2
"""A nudge of so many parts has no fate yet (`Consultation.nudges`)."""


async def reschedule(
    work: UnitOfWork, sheet: Countersign, *those: Consultation, after: datetime | None = None
) -> None:
    """Work out when the clock looks at them next (all of the sheet, if none are named) and see that it does.

    To be called after any change; `after` says up to when all has been seen to, else `work.now`.
    """
    calendar, hours = await work.calendar(), work.office.settings.hours
    for one in those or sheet.consultations:
        one.look_at(next_look(sheet, one, after or work.now, calendar, hours))
    await look_at(work, {one.clock_at for one in those or sheet.consultations if one.clock_at})


async def look_at(work: UnitOfWork, moments: set[datetime]) -> None:
    """Have the clock come at these moments; it comes once for all that are due together."""
    if not moments:
        return
    minutes = {_minute(moment): moment for moment in sorted(moments, reverse=True)}
    present = await work.session.execute(
        select(timers.c.subject_id, timers.c.next_at).where(
            timers.c.kind == CLOCK, timers.c.subject_id.in_(minutes)
        )
    )
    for minute, at in present.all():
        if at <= minutes[minute]:
            del minutes[minute]
    for minute, moment in minutes.items():
        await work.timer(CLOCK, minute, moment)


async def due_sheets(work: UnitOfWork, limit: int = AT_ONCE) -> Sequence[int]:
    """The ids of sheets with a consultation that the clock is to look at by now, the longest due first."""
    found = await work.session.execute(
        select(consultations.c.countersign_id, consultations.c.clock_at)
        .where(WAITING, consultations.c.clock_at <= work.now)
        .order_by(consultations.c.clock_at)
    )
    return list(dict.fromkeys(row.countersign_id for row in found))[:limit]


async def sheets(work: UnitOfWork, ids: Sequence[int]) -> Sequence[Countersign]:
    """Those sheets, locked in the order of their ids, so that nobody waits for one who waits for them.

    With the roster read first, the hundred people they name are not looked up one by one.
    """
    await work.roster()
    found = await work.session.scalars(
        select(Countersign)
        .where(countersigns.c.id.in_(ids))
        .order_by(countersigns.c.id)
        .with_for_update(of=countersigns)
        .execution_options(populate_existing=True)
    )
    return found.unique().all()


async def wants(work: UnitOfWork, consultation_id: int, got: Receipt) -> bool:
    """Whether the receipt tells anything: most come after the one that began the period, or made a nudge."""
    rows = await work.session.execute(
        select(consultations.c.delivered_at, consultations.c.nudges).where(
            WAITING, consultations.c.id == consultation_id
        )
    )
    row = rows.one_or_none()
    if row is None:
        return False
    under_way = any(len(nudge) == _UNSETTLED for nudge in row.nudges)
    return row.delivered_at is None or got.sent_at is None or under_way


async def put_off(work: UnitOfWork, sheet_id: int, until: datetime) -> None:
    """Leave the sheet alone until then; it is left as it stands."""
    await work.session.execute(
        update(consultations)
        .where(consultations.c.countersign_id == sheet_id, WAITING, consultations.c.clock_at <= work.now)
        .values(clock_at=until)
    )
    await look_at(work, {until})


def matter(consultation: Consultation) -> str:
    """What the receipts of its cards are called."""
    return f"{_MATTER}:{consultation.id}"


async def is_consultation(work: UnitOfWork, row_id: int) -> bool:
    """Whether the row of the outbox is a unit's card, whose delivery starts the clock."""
    found: str | None = await work.session.scalar(select(outbox.c.receipt).where(outbox.c.id == row_id))
    return bool(found) and str(found).startswith(f"{_MATTER}:")


async def running(work: UnitOfWork) -> Sequence[int]:
    """The ids of all sheets with a unit whose period runs, the oldest first."""
    return await work.find_all(
        select(consultations.c.countersign_id)
        .where(WAITING, consultations.c.closes_at.is_not(None))
        .distinct()
        .order_by(consultations.c.countersign_id)
    )


def _minute(moment: datetime) -> int:
    """The minute the moment lies in, counted from 1970 as `subject_id` of its timer."""
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(minutes=1))
