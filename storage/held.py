"""Rows of the outbox that wait until all the clock has to tell a person at one moment is known.

A card that the person has not had yet is never held: it comes by itself, and at once. What asks for a receipt
is not held either, for its period begins with its own delivery; a reminder of it (`Notice.again`) is. Whoever
has chosen a digest (storage/quiet.py) has whatever waits for it held until then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from notices.notice import State
from rules.roster import Official, Roster
from storage.outbox import Kind, OutboxRow
from storage.tables import outbox

SENT_OR_TO_COME: Final = (State.HELD, State.BUNDLED, State.WAITING, State.SENT)
"""States of a row that a person has, or is going to have."""
Edits = Mapping[int, Mapping[str, Any]]
"""What the latest edit of a row made of it, by the row's number."""


async def hold(session: AsyncSession, rows: Sequence[dict[str, Any]], before: dict[int, bool]) -> None:
    """Mark those that remind a person of something, with the files that follow them.

    `before` says for each official whether the last row of this unit of work was held, and is kept up.
    """
    private = [row for row in rows if row["kind"] is Kind.MESSAGE and row["official_id"] and row["chat_id"]]
    # The last part of a long text bears the card of all; what is sent with a receipt goes as one.
    cards = {_whole(row): row["card"] for row in private}
    again = {_whole(row) for row in private if "again" in row["payload"]}
    proven = {row["official_id"] for row in private if row["receipt"] and _whole(row) not in again}
    worded = {_whole(row) for row in private if not row["payload"].keys() & {"file", "files"}}
    named = [card for card in cards.values() if card]
    had = set()
    if named:
        copies = await session.execute(
            select(outbox.c.card, outbox.c.official_id).where(
                outbox.c.card.in_(named), outbox.c.kind == Kind.MESSAGE, outbox.c.state.in_(SENT_OR_TO_COME)
            )
        )
        had = {(copy.card, copy.official_id) for copy in copies}
    decided: dict[str, bool] = {}
    for row in private:
        to, whole = row["official_id"], _whole(row)
        if whole not in decided:
            card = cards[whole]
            follows = whole not in worded and not card and to in before
            waits = before[to] if follows else card is None or (card, to) in had or whole in again
            decided[whole] = before[to] = waits and to not in proven
        if decided[whole]:
            row["state"] = State.HELD


def _whole(row: dict[str, Any]) -> str:
    """What all parts of one text have alike."""
    return str(row["once"]).partition("#")[0]


async def by_person(session: AsyncSession, now: datetime) -> dict[int, list[Row[Any]]]:
    """What is held for each official until now, in the order in which it was written; locked."""
    found = await session.execute(
        select(outbox).where(outbox.c.state == State.HELD).order_by(outbox.c.id).with_for_update()
    )
    people: dict[int, list[Row[Any]]] = {}
    for row in found:
        if datetime.fromisoformat(row.payload.get("waits", now.isoformat())) > now:
            continue
        people.setdefault(row.official_id, []).append(row)
    return people


async def release(
    session: AsyncSession, rows: Sequence[Row[Any]], edits: Edits, roster: Roster
) -> list[OutboxRow]:
    """They go out, each as it is to be shown by now, to the account that the person has by now."""
    released = []
    for row in rows:
        to = roster.by_id(row.official_id)
        fresh: dict[str, Any] = {
            "chat_id": to.telegram_id if to and to.telegram_id else row.chat_id,
            "payload": shown(row, edits),
        }
        await session.execute(
            update(outbox).where(outbox.c.id == row.id).values(state=State.WAITING, **fresh)
        )
        released.append(replace(OutboxRow.of(row), **fresh))
    return released


async def drop(session: AsyncSession, rows: Sequence[Row[Any]]) -> None:
    """They are not told at all: something else that goes out says it."""
    ids = [row.id for row in rows]
    if ids:
        await session.execute(update(outbox).where(outbox.c.id.in_(ids)).values(state=State.DROPPED))


async def bundle(session: AsyncSession, rows: Sequence[Row[Any]]) -> None:
    """They are told of in one message, and share its fate."""
    ids = [row.id for row in rows]
    await session.execute(update(outbox).where(outbox.c.id.in_(ids)).values(state=State.BUNDLED))


async def within(session: AsyncSession, ids: Sequence[int]) -> list[OutboxRow]:
    """The rows that a bundle tells of."""
    found = await session.execute(select(outbox).where(outbox.c.id.in_(ids)).order_by(outbox.c.id))
    return [OutboxRow.of(row) for row in found]


async def bundled(session: AsyncSession, to: Official, first: int, last: int) -> Sequence[Row[Any]]:
    """The person's rows between these two that stood in a bundle."""
    found = await session.execute(
        select(outbox)
        .where(
            outbox.c.id.between(first, last),
            outbox.c.official_id == to.id,
            outbox.c.kind == Kind.MESSAGE,
            outbox.c.message_id.is_(None),
            outbox.c.state.in_([State.BUNDLED, State.SENT]),
        )
        .order_by(outbox.c.id)
    )
    return found.all()


async def edits_of(session: AsyncSession, rows: Sequence[Row[Any]]) -> Edits:
    """The latest edit of each that was edited, though no message has shown it yet."""
    found = await session.execute(
        select(outbox.c.target_id, outbox.c.payload)
        .where(outbox.c.target_id.in_([row.id for row in rows]), outbox.c.kind == Kind.EDIT)
        .order_by(outbox.c.id)
    )
    return {edit.target_id: edit.payload for edit in found}


def shown(row: Row[Any], edits: Edits) -> dict[str, Any]:
    """The row's payload as the latest edit of its card wants it."""
    edit = edits.get(row.id)
    own: dict[str, Any] = dict(row.payload)
    return own if edit is None else {**own, "text": edit["text"], "keyboard": edit["keyboard"]}
