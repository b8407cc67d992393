"""Forgetting what nobody needs any more."""

from datetime import timedelta

from storage import inbox, undo
from storage.unit_of_work import UnitOfWork

KEPT = timedelta(days=7)
"""How long an update's id is kept; Telegram offers an update again for 24 hours (Bot API, getUpdates)."""


async def forget(work: UnitOfWork, _subject_id: int) -> None:
    """Drop the ids of updates done long ago, and what could be taken back then; matters and audit stay."""
    await inbox.purge(work.session, work.now - KEPT)
    await undo.forget(work.session, work.now - KEPT)
