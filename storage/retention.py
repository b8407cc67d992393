"""What has been kept for its time is removed: matters whole, and what was sent.

The audit stays row by row, so that the chain proves itself; its rows name matters that are no more. Of each
table the newest row stays: SQLite would give its id a second time, and old buttons and the audit would mean
another matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    String,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapper

from notices.notice import State
from storage.mapping.base import mapper
from storage.tables import (
    audit,
    call_requests,
    drafts,
    file_digests,
    metadata,
    outbox,
    undos,
)
from storage.tables.remark import advices, remarks

_AT_ONCE: Final = 50
_MESSAGES_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Kept:
    """A kind of matter whose rows go after their time: when one began, and what says that it is over."""

    code: str
    begun: Column[Any]
    over: ColumnElement[bool]

    @property
    def of(self) -> Mapper[Any]:
        """What its table is mapped to."""
        return next(one for one in mapper.mappers if one.local_table is self.begun.table)


async def forget_matters(session: AsyncSession, kept: Kept, before: datetime) -> int:
    """Remove some of those that are over and of which nothing was done since that moment; gives how many.

    A matter of which the audit knows nothing is left alone.
    """
    table = kept.begun.table
    subject_of = literal(f"{kept.code}:") + cast(table.c.id, String)
    last = select(func.max(audit.c.at)).where(audit.c.subject == subject_of).scalar_subquery()
    old = kept.begun < before, kept.over, _not_newest(table), last < before
    ids = (await session.scalars(select(table.c.id).where(*old).order_by(table.c.id).limit(_AT_ONCE))).all()
    for id in ids:
        matter = await session.get(kept.of.class_, id)
        subject = f"{kept.code}:{id}"
        for beside in (remarks, advices, undos):
            await session.execute(delete(beside).where(beside.c.subject == subject))
        for column in _referring(kept.of):
            await session.execute(update(column.table).where(column == id).values({column: None}))
        await session.delete(matter)
    await session.flush()
    return len(ids)


def _not_newest(table: FromClause) -> ColumnElement[bool]:
    """SQLite would give the id of the newest row again."""
    every = table.alias()
    return table.c.id < select(func.max(every.c.id)).scalar_subquery()


def _referring(of: Mapper[Any]) -> Iterable[Column[Any]]:
    """Columns of other matters that name one of these: they go on without it."""
    parts = {relation.mapper.local_table for relation in of.relationships if relation.cascade.delete_orphan}
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            if table not in parts and key.parent.nullable and key.column.table is of.local_table:
                yield key.parent


async def forget_messages(session: AsyncSession, kept: Iterable[Kept], before: datetime) -> int:
    """Remove some of what was sent before that moment, answered requests to call back, and closed forms.

    The cards of what is still open stay, with what they look like by now. Gives how many messages went.
    """
    needed = outbox.alias("needed")
    cards = [
        f"{one.code}:{id}:%"
        for one in kept
        for id in await session.scalars(select(one.begun.table.c.id).where(one.begun < before, ~one.over))
    ]
    open_cards = or_(*(needed.c.card.like(card) for card in cards)) if cards else literal(False)
    later = outbox.alias("later")
    old = select(outbox.c.id).where(
        outbox.c.created_at < before,
        outbox.c.state.not_in([State.WAITING, State.HELD]),
        _not_newest(outbox),
        ~select(needed.c.id).where(needed.c.id.in_([outbox.c.id, outbox.c.target_id]), open_cards).exists(),
        ~select(later.c.id).where(later.c.target_id == outbox.c.id, later.c.created_at >= before).exists(),
    )
    # In the order of an index, so that a night with nothing to do reads nothing.
    by_age = old.order_by(outbox.c.created_at, outbox.c.id).limit(_MESSAGES_AT_ONCE)
    ids = (await session.scalars(by_age)).all()
    if ids:
        await session.execute(update(undos).where(undos.c.row_id.in_(ids)).values(row_id=None))
        await session.execute(delete(outbox).where(outbox.c.target_id.in_(ids)))
        await session.execute(delete(outbox).where(outbox.c.id.in_(ids)))
    answered = call_requests.c.answered_at.is_not(None) | call_requests.c.ended_at.is_not(None)
    for gone in (
        delete(call_requests).where(call_requests.c.asked_at < before, answered, _not_newest(call_requests)),
        delete(drafts).where(drafts.c.closed_at < before, _not_newest(drafts)),
    ):
        await session.execute(gone)
    return len(ids)


async def forget_digests(session: AsyncSession, before: datetime) -> None:
    """Remove what is known of files that no paper of any matter bears any more."""
    bearing = [table.c.file_id for table in metadata.sorted_tables if "file_id" in table.c]
    bearing.remove(file_digests.c.file_id)
    borne = [select(column).where(column == file_digests.c.file_id).exists() for column in bearing]
    await session.execute(delete(file_digests).where(file_digests.c.at < before, *(~one for one in borne)))
