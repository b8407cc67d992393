"""Forgetting what nobody needs any more, and what has been kept for its time (办公室规定)."""

from datetime import timedelta
from typing import Final

from jobs.procedures import PROCEDURES
from matters.ledgers import LEDGERS
from rules.retention.terms import days_before
from storage import audit, inbox, leavers, retention, undo
from storage.unit_of_work import UnitOfWork

KEPT = timedelta(days=7)
"""How long an update's id is kept; Telegram offers an update again for 24 hours (Bot API, getUpdates)."""
RETENTION: Final = "retention.more"
"""Timer while more of what has been kept for its time is to go: as much as one transaction holds."""


async def forget(work: UnitOfWork, _subject_id: int) -> None:
    """Drop the ids of updates done long ago, what could be taken back then, and what is over its time."""
    await inbox.purge(work.session, work.now - KEPT)
    await undo.forget(work.session, work.now - KEPT)
    terms = work.office.settings.retention
    if before := days_before(terms.parked_days, work.now):
        await inbox.purge(work.session, before, failed=True)
    began, shortest = await audit.began_at(work.session), terms.shortest(work.now)
    if began is None or shortest is None or began >= shortest:
        return  # an office so young has nothing to forget
    if before := days_before(terms.message_days, work.now):
        await retention.forget_digests(work.session, before)
    await remove(work, 0)


async def remove(work: UnitOfWork, _subject_id: int) -> None:
    """Remove some of what has been kept for its time, and come back soon for the rest."""
    terms, session = work.office.settings.retention, work.session
    removed = 0
    for ledger in LEDGERS.values():
        if before := terms.before(ledger.name, work.now):
            removed += await retention.forget_matters(session, ledger.kept, before)
    if before := days_before(terms.message_days, work.now):
        kept = [ledger.kept for ledger in LEDGERS.values()]
        removed += await retention.forget_messages(session, kept, before)
    before = days_before(terms.left_days, work.now)
    if before and (left := await leavers.left_before(session, before)):
        for cut_down in (each for procedure in PROCEDURES for each in procedure.cut_down):
            await cut_down(work, left)
        await leavers.cut_down(session, left, work.now)
        removed += len(left)
    if removed:
        await work.timer(RETENTION, 0, work.now + timedelta(seconds=1))
