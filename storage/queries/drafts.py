"""Half-filled forms out of the database, each with its row locked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from rules.forms import Draft
from rules.roster import Official
from storage.tables import drafts
from storage.unit_of_work import UnitOfWork


async def open_in(work: UnitOfWork, official: Official, chat_id: int) -> Draft | None:
    """The newest form that lies half-filled in the chat."""
    found: Draft | None = await work.session.scalar(
        select(Draft)
        .where(*_unfinished(official, chat_id), drafts.c.aside_at.is_(None))
        .order_by(drafts.c.id.desc())
        .limit(1)
        .with_for_update()
    )
    return found


async def aside(work: UnitOfWork, official: Official, chat_id: int) -> Sequence[Draft]:
    """The forms that were put aside in the chat, the last one first."""
    return await work.find_all(
        select(Draft)
        .where(*_unfinished(official, chat_id), drafts.c.aside_at.is_not(None))
        .order_by(drafts.c.aside_at.desc())
        .with_for_update()
    )


def _unfinished(official: Official, chat_id: int) -> tuple[ColumnElement[bool], ...]:
    return (drafts.c.official_id == official.id, drafts.c.chat_id == chat_id, drafts.c.closed_at.is_(None))


async def by_id(work: UnitOfWork, id: int) -> Draft | None:
    """The form of that id, closed or not; None where it was forgotten."""
    return await work.session.get(Draft, id, with_for_update=True)


async def handed_in(work: UnitOfWork, official: Official, chat_id: int, since: datetime) -> list[Draft]:
    """The forms with files that were submitted in the chat since then."""
    found = await work.session.scalars(
        select(Draft)
        .where(drafts.c.official_id == official.id, drafts.c.chat_id == chat_id, drafts.c.closed_at >= since)
        .order_by(drafts.c.id)
        .with_for_update()
    )
    return [draft for draft in found if "_handed_in" in draft.values]
