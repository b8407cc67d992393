"""Decisions that may still be taken back: kept with what they changed, put back row by row (办公室规定).

Put back is what the decision itself wrote, column by column: what others have done to other rows of the same
matter meanwhile stands. Where a row that it wrote is another by now, or the matter itself is, somebody has
acted on it, and nothing is put back.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row, RowMapping, Select, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from notices.notice import State
from notices.undo import button
from rules.roster import Official
from rules.undo.decided import Decided
from storage.copies import hide_undo, show_undo
from storage.outbox import Kind, OutboxRow
from storage.superseded import told_once
from storage.tables import audit, drafts, metadata, outbox, undo_rows, undos
from storage.trace import Trace, Values, read, root_of, table_of

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

OVER: Final = "undo.over"
"""Timer of a decision: it may be taken back no more."""
SENT_OUT: Final = frozenset({"in_calendar", "calendar_files", "entry_with_id"})
"""Columns that say what has gone to people's phones: that stays so."""
_LIES: Final = frozenset(
    {"stand_in_id", "unattended_at", "reminded_at", "escalated_at", "nudged_at", "counted_at", "stalls"}
)
"""Columns that say where a question lies, and when its silence was told of: no decisions."""
_LOOSE: Final = SENT_OUT | _LIES | {"id"}


@dataclass(frozen=True)
class Offer:
    """A decision of this unit of work, as its audit row has it; its maker may take it back where it is called
    something (`what`)."""

    official: Official
    subject: str
    what: str
    article: int | None
    acting_for: str | None

    def after(self, before: "Offer | None") -> "Offer":
        """The one that counts of two. What was said to several matters at once was asked about before."""
        if before is None or (self.subject == before.subject and self.what):
            return self
        return before if self.subject == before.subject else replace(self, what="")


_COLUMNS = [undos.c[name] for name in Decided.__dataclass_fields__]
_INSERT = insert(undos).returning(undos.c.id)
_TAPPED = (
    select(outbox.c.id)
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.message_id == bindparam("message"))
    .order_by(outbox.c.id)
    .limit(1)
)
_EARLIER = (
    select(undos.c.id, undos.c.row_id)
    .where(undos.c.subject == bindparam("subject"), undos.c.until > bindparam("now"))
    .where(undos.c.trace.is_not(None), undos.c.resting_id.is_(None), undos.c.id != bindparam("key"))
    .order_by(undos.c.id)
)
_ON_THESE = (
    _EARLIER.add_columns(undo_rows.c.of, undo_rows.c.row)
    .join(undo_rows, undo_rows.c.undo_id == undos.c.id)
    .where(undo_rows.c.row.in_(bindparam("rows", expanding=True)))
)
_CHANGED = insert(undo_rows)


@asynccontextmanager
async def apart(work: "UnitOfWork") -> AsyncIterator[None]:
    """One of several decisions of one tap: a savepoint, and taken back by itself."""
    whole, written = work.trace, len(work.written)
    async with work.savepoint():
        work.trace_into(Trace())
        yield
        await told_once(work)
        await keep(work, work.offer, work.written[written:])
        work.trace_into(whole)


async def keep(work: "UnitOfWork", offer: Offer | None, told: Sequence[OutboxRow]) -> None:
    """At its end: from now on the decision may be taken back, by a button on its card; it has `told` this."""
    if offer is None:
        return
    within = work.office.settings.undo.within
    await work.session.flush()
    if not (within and offer.what):
        await gone_on(work, offer.subject)
        return
    code, _, id = offer.subject.partition(":")
    root = table_of(code)
    now = (await work.session.execute(select(root).where(root.c.id == int(id)))).mappings().one()
    trace = {
        **work.trace.stored(),
        "told": [row.id for row in told],
        "root": _checked(root, now),
        "audit": await work.session.scalar(select(func.max(audit.c.id))),
    }
    shown = await _own_message(work, offer.official)
    values = {
        "official_id": offer.official.id,
        "subject": offer.subject,
        "what": offer.what,
        "article": offer.article,
        "acting_for": offer.acting_for,
        "tapped": work.tapped.data if work.tapped else "",
        "at": work.now,
        "until": work.now + within,
        "row_id": shown,
        "trace": trace,
    }
    key = await work.session.scalar(_INSERT, values)
    assert key is not None  # noqa: S101 - a row was inserted
    if rows := trace["rows"]:
        await work.session.execute(_CHANGED, [{"undo_id": key, "of": of, "row": row} for of, row, *_ in rows])
    await work.timer(OVER, key, work.now + within)
    await gone_on(work, offer.subject, key)
    if shown is not None:
        await show_undo(work, shown, button(key, offer.what))


async def gone_on(work: "UnitOfWork", subject: str, key: int | None = None) -> None:
    """What somebody has just gone on from is not to be taken back any more, and its button goes.

    `key` is of the decision by which they did: until that is taken back itself. Without one it is for good.
    """
    written = {
        (table, row) for table, row, was, _ in work.trace.stored()["rows"] if was is None or set(was) - _LOOSE
    }
    if not written:
        return
    where = {"subject": subject, "now": work.now, "key": key or 0}
    if root_of(subject) in written:  # the matter itself: whatever was decided on it
        earlier = {one.id: one.row_id for one in await work.session.execute(_EARLIER, where)}
    else:  # where a crowd answers, not all the answers are read for each
        where["rows"] = sorted({row for _, row in written})
        found = await work.session.execute(_ON_THESE, where)
        earlier = {one.id: one.row_id for one in found if (one.of, one.row) in written}
    for one, row_id in earlier.items():
        own = update(undos).where(undos.c.id == one)
        await work.session.execute(own.values(resting_id=key) if key else own.values(trace=None))
        if row_id is not None and not await _beside(work.session, row_id):
            await hide_undo(work, row_id)


def _under(row_id: int) -> Select[tuple[int]]:
    """The decisions that may still be taken back under this message: several where one tap made them."""
    own = undos.c.row_id == row_id, undos.c.trace.is_not(None), undos.c.resting_id.is_(None)
    return select(undos.c.id).where(*own).order_by(undos.c.id)


async def _beside(session: AsyncSession, row_id: int) -> bool:
    return bool((await session.scalars(_under(row_id))).first())


async def together(session: AsyncSession, id: int) -> Sequence[Row[Any]]:
    """What one tap decided together with this, each of a matter of its own, the first one first.

    Of each the id, the matter, the button that was tapped and the message under which the way back stands.
    """
    of = (await session.execute(select(undos).where(undos.c.id == id))).one_or_none()
    if of is None or of.row_id is None:
        return []
    by_it = undos.c.at == of.at, undos.c.official_id == of.official_id, undos.c.row_id == of.row_id
    columns = (undos.c[name] for name in ("id", "subject", "tapped", "row_id"))
    found = select(*columns).where(*by_it, undos.c.undone_at.is_(None)).order_by(undos.c.id)
    return (await session.execute(found)).all()


async def _own_message(work: "UnitOfWork", official: Official) -> int | None:
    """The message of the maker's own chat that they acted on, or the last they were answered with."""
    tapped = work.tapped
    if tapped is not None and tapped.own_chat and tapped.message_id is not None:
        where = {"chat": tapped.chat_id, "message": tapped.message_id}
        found: int | None = await work.session.scalar(_TAPPED, where)
        if not any(row.target_id == found and row.payload.get("below") for row in work.written):
            return found  # else a newer copy has taken its place
    own = [row for row in work.written if row.chat_id == official.telegram_id and row.chat_id is not None]
    own = [row for row in own if not row.payload.keys() & {"file", "below"}]
    shown = [row for row in own if row.kind in (Kind.MESSAGE, Kind.EDIT)]
    return (shown[-1].target_id or shown[-1].id) if shown else None


# ---------------------------------------------------------------- found again


async def locked(session: AsyncSession, id: int) -> tuple[Decided, dict[str, Any]] | None:
    """The decision of that id with what it changed; its matter is locked, and then it."""
    subject = await session.scalar(select(undos.c.subject).where(undos.c.id == id))
    if subject is None:
        return None
    code, _, matter = subject.partition(":")
    root = table_of(code)
    await session.execute(select(root.c.id).where(root.c.id == int(matter)).with_for_update())
    row = (await session.execute(select(undos).where(undos.c.id == id).with_for_update())).one()
    return _decided(row), row.trace or {}


async def live(session: AsyncSession, official: Official, now: datetime) -> list[Decided]:
    """What the official may still take back, the latest first."""
    mine = undos.c.official_id == official.id, undos.c.trace.is_not(None), undos.c.until > now
    found = await session.execute(select(*_COLUMNS).where(*mine).order_by(undos.c.id.desc()))
    return [_decided(row) for row in found]


async def same(session: AsyncSession, account: int, data: str, now: datetime) -> Decided | None:
    """What the same button of the same person decided minutes ago, if nobody else has acted since."""
    of = metadata.tables["officials"]
    found = await session.execute(
        select(undos)
        .join(of, of.c.id == undos.c.official_id)
        .where(of.c.telegram_id == account, undos.c.tapped == data)
        .where(undos.c.trace.is_not(None), undos.c.until > now)
        .order_by(undos.c.id.desc())
        .limit(1)
    )
    row = found.one_or_none()
    if row is None or await others_since(session, _decided(row), row.trace):
        return None
    return _decided(row)


async def done(session: AsyncSession, id: int, now: datetime) -> None:
    """It is taken back."""
    await session.execute(update(undos).where(undos.c.id == id).values(undone_at=now, trace=None))
    await session.execute(update(undos).where(undos.c.resting_id == id).values(resting_id=None))


async def over(session: AsyncSession, id: int) -> int | None:
    """Its time is over, and what it changed is kept no more; gives the message its button stands under."""
    ended = update(undos).where(undos.c.id == id, undos.c.undone_at.is_(None)).values(trace=None)
    found: int | None = await session.scalar(ended.returning(undos.c.row_id))
    await session.execute(delete(undo_rows).where(undo_rows.c.undo_id == id))
    return found


async def forget(session: AsyncSession, before: datetime) -> None:
    """Drop those of long ago; the audit stays."""
    await session.execute(delete(undos).where(undos.c.until < before))


async def others_since(session: AsyncSession, decided: Decided, trace: Mapping[str, Any]) -> str:
    """Who else has done something about the matter since, as the audit names them; empty where nobody."""
    found = await session.scalar(
        select(audit.c.actor)
        .where(audit.c.subject == decided.subject, audit.c.id > trace["audit"])
        .where(audit.c.actor_id.is_not(None), audit.c.actor_id != decided.official_id)
        .order_by(audit.c.id.desc())
        .limit(1)
    )
    return found or ""


def _decided(row: Row[Any]) -> Decided:
    return Decided(**{name: getattr(row, name) for name in Decided.__dataclass_fields__})


# ---------------------------------------------------------------- the rows


async def put_back(session: AsyncSession, subject: str, trace: Mapping[str, Any]) -> bool:
    """Write back what the decision changed; False, and nothing is, where somebody has acted on it.

    To be called before any of it is loaded in the session.
    """
    changes = [_Change(*each) for each in trace["rows"]]
    code, _, id = subject.partition(":")
    if not await _stands(session, [*changes, _Change(table_of(code).name, int(id), {}, trace["root"])]):
        return False
    await _let_go(session, changes)
    places = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
    for one in sorted(changes, key=lambda each: places[each.name], reverse=True):
        if one.was is None:
            await session.execute(delete(one.table).where(one.table.c.id == one.id))
    for one in sorted(changes, key=lambda each: places[each.name]):
        if one.now is None and one.was is not None:
            await session.execute(insert(one.table).values(_read(one.table, one.was)))
    for one in _leaving_first([each for each in changes if each.was and each.now is not None]):
        values = {name: value for name, value in _read(one.table, one.was).items() if name not in SENT_OUT}
        if values:
            await session.execute(update(one.table).where(one.table.c.id == one.id).values(values))
    return True


class _Change:
    """A row of a trace: see `storage.trace.Change`."""

    def __init__(self, name: str, id: int, was: Values | None, now: Values | None) -> None:
        self.name, self.id, self.was, self.now = name, id, was, now
        self.table: Table = metadata.tables[name]


async def _stands(session: AsyncSession, changes: Sequence[_Change]) -> bool:
    """Whether every row is still as the decision left it."""
    for one in changes:
        found = (await session.execute(select(one.table).where(one.table.c.id == one.id))).mappings().first()
        if one.now is None or found is None:
            if one.now is not found:
                return False
            continue
        wanted = _read(one.table, one.now)
        if any(found[name] != value for name, value in wanted.items() if name not in _LOOSE):
            return False
    return True


async def _let_go(session: AsyncSession, changes: Sequence[_Change]) -> None:
    """What is about to go is named by nothing any more."""
    for one in changes:
        if one.was and one.now is not None:
            freed = [name for name, was in one.was.items() if was is None and one.table.c[name].foreign_keys]
            if freed := [name for name in freed if name not in SENT_OUT]:
                own = update(one.table).where(one.table.c.id == one.id)
                await session.execute(own.values(dict.fromkeys(freed)))


def _leaving_first(changes: Sequence[_Change]) -> list[_Change]:
    """Who leaves a place goes before who takes it: of some, a unique index lets one row at a time have it."""

    def leaves_one(one: _Change) -> bool:
        others = [(each.was or {}) for each in changes if each is not one and each.table is one.table]
        return any(was.get(name) == value for name, value in (one.now or {}).items() for was in others)

    return sorted(changes, key=lambda one: not leaves_one(one))


def _checked(table: Table, found: RowMapping) -> dict[str, Any]:
    """The matter itself, as JSON, without what others change by the way."""
    values = {column.name: found[column.name] for column in table.c if column.name not in _LOOSE}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()
    }


def _read(table: Table, values: Values | None) -> Values:
    return {name: read(table.c[name], value) for name, value in (values or {}).items()}


async def close_forms(session: AsyncSession, ids: Collection[int], now: datetime) -> list[tuple[str, str]]:
    """The forms that the decision has opened for others are open no more; gives their cards and titles."""
    mine = drafts.c.id.in_(ids), drafts.c.closed_at.is_(None)
    closed = update(drafts).where(*mine).values(closed_at=now, values={}, problems={})
    found = await session.execute(closed.returning(drafts.c.id, drafts.c.turn, drafts.c.title))
    return [(f"form:{row.id}:{row.turn}", row.title) for row in found]


async def cards(session: AsyncSession, ids: Collection[int]) -> dict[int, str]:
    """Of which cards these messages are copies; empty where of none."""
    found = await session.execute(select(outbox.c.id, outbox.c.card).where(outbox.c.id.in_(ids)))
    return {row.id: row.card or "" for row in found}


async def revive(session: AsyncSession, retired: Sequence[Sequence[Any]]) -> None:
    """Copies that the decision retired are copies of their cards again."""
    for id, card in retired:
        own = update(outbox).where(outbox.c.id == id, outbox.c.card.is_(None))
        await session.execute(own.values(card=card))


async def told_of(session: AsyncSession, ids: Collection[int]) -> Sequence[Row[Any]]:
    """The rows of the outbox that the decision wrote, in order; its messages are copies of no card now.

    Locked: what goes out at this moment is known as sent, or not sent at all.
    """
    wrote = select(outbox).where(outbox.c.id.in_(ids)).order_by(outbox.c.id).with_for_update()
    rows = (await session.execute(wrote)).all()
    fresh = [row.id for row in rows if row.kind is Kind.MESSAGE]
    if fresh:
        await session.execute(update(outbox).where(outbox.c.id.in_(fresh)).values(card=None))
        lost = outbox.c.id.in_(fresh), outbox.c.state.not_in([State.SENT, State.WAITING])
        await session.execute(update(outbox).where(*lost).values(state=State.DROPPED))
    return rows
