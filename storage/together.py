"""What came in together: the albums of the inbox, what was refused of them, and what was read before."""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from notices.notice import State
from storage.tables import file_digests, inbox, metadata, outbox

Album = tuple[int, str]
"""The order key of the chat, and what the files sent together have in common (Bot API, media_group_id)."""
WIPED = "（已清除）"


async def refused_albums(session: AsyncSession, albums: Collection[Album]) -> set[Album]:
    """Those of which one file bore a secrecy mark."""
    if not albums:
        return set()
    rows = await session.execute(
        select(inbox.c.chat_key, inbox.c.album)
        .where(inbox.c.album.in_([album for _, album in albums]), inbox.c.refused)
        .distinct()
    )
    return {(row.chat_key, row.album) for row in rows} & set(albums)


async def strip_album(
    session: AsyncSession, album: Album, bare: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Leave no more than `bare` of what is still to be read of the album, and nothing of what was parked."""
    rows = await session.execute(
        select(inbox.c.update_id, inbox.c.payload, inbox.c.done_at).where(
            *_of(album), inbox.c.refused.is_(False), inbox.c.payload.is_not(None)
        )
    )
    for row in rows.all():
        kept = None if row.done_at else json.dumps(bare(json.loads(row.payload)), ensure_ascii=False)
        await session.execute(update(inbox).where(inbox.c.update_id == row.update_id).values(payload=kept))


@dataclass(frozen=True)
class Read:
    """A message that was read; `received_at` is aware UTC."""

    message_id: int
    received_at: datetime


@dataclass(frozen=True)
class Refusal:
    """A message in private refused for a mark, `with_file` where it brought one; `at` is aware UTC."""

    chat: int
    message: int
    at: datetime
    with_file: bool


_REFUSED = select(inbox.c.chat_key, inbox.c.message_id, inbox.c.written_at, inbox.c.payload).where(
    inbox.c.chat_key.in_(bindparam("chats", expanding=True)),
    inbox.c.refused,
    inbox.c.message_id.is_not(None),
    inbox.c.written_at.between(bindparam("since"), bindparam("until")),
)


async def refused_near(
    session: AsyncSession, chats: Collection[int], since: datetime, until: datetime
) -> list[Refusal]:
    """What was refused in these chats between the two, both included.

    Whether it brought a file is known only until it has been answered; later only files go with it.
    """
    rows = await session.execute(_REFUSED, {"chats": list(chats), "since": since, "until": until})
    return [
        Refusal(row.chat_key, row.message_id, row.written_at, with_file='"file":true' in (row.payload or ""))
        for row in rows
    ]


async def strip_near(
    session: AsyncSession,
    refusal: Refusal,
    within: timedelta,
    bare: Callable[[dict[str, Any]], dict[str, Any] | None],
) -> None:
    """Leave no more than `bare` of what is still to be read around the refusal; None leaves it as it is."""
    rows = await session.execute(
        select(inbox.c.update_id, inbox.c.payload, inbox.c.done_at).where(
            inbox.c.chat_key == refusal.chat,
            inbox.c.refused.is_(False),
            inbox.c.payload.is_not(None),
            inbox.c.written_at.between(refusal.at - within, refusal.at + within),
        )
    )
    for row in rows.all():
        stripped = bare(json.loads(row.payload))
        if stripped is not None:
            kept = None if row.done_at else json.dumps(stripped, ensure_ascii=False)
            await session.execute(
                update(inbox).where(inbox.c.update_id == row.update_id).values(payload=kept)
            )


async def read_near(session: AsyncSession, refusal: Refusal, within: timedelta) -> list[Read]:
    """The messages around the refusal that were read, having borne no mark themselves."""
    rows = await session.execute(
        select(inbox.c.message_id, inbox.c.received_at)
        .where(
            inbox.c.chat_key == refusal.chat,
            inbox.c.refused.is_(False),
            inbox.c.done_at.is_not(None),
            inbox.c.message_id.is_not(None),
            inbox.c.message_id != refusal.message,
            inbox.c.written_at.between(refusal.at - within, refusal.at + within),
        )
        .order_by(inbox.c.update_id)
    )
    return [Read(row.message_id, row.received_at) for row in rows]


async def read_before(session: AsyncSession, album: Album) -> list[Read]:
    """The messages of the album that were read, having borne no mark themselves."""
    rows = await session.execute(
        select(inbox.c.message_id, inbox.c.received_at)
        .where(
            *_of(album),
            inbox.c.refused.is_(False),
            inbox.c.done_at.is_not(None),
            inbox.c.message_id.is_not(None),
        )
        .order_by(inbox.c.update_id)
    )
    return [Read(row.message_id, row.received_at) for row in rows]


async def wipe(session: AsyncSession, chat_id: int, since: datetime, words: Collection[str]) -> None:
    """Take what was told in the chat since then out of the outbox, wherever one of the words stands in it."""
    rows = await session.execute(
        select(outbox.c.id, outbox.c.payload).where(outbox.c.chat_id == chat_id, outbox.c.created_at >= since)
    )
    for row in rows.all():
        text = str(row.payload.get("text", ""))
        if any(word in text for word in words):
            payload = {**row.payload, "text": WIPED}
            await session.execute(update(outbox).where(outbox.c.id == row.id).values(payload=payload))


def places() -> Iterator[tuple[Table, str]]:
    """Wherever a matter keeps a file, in whatever procedure: the table, and what its columns begin with."""
    for table in metadata.sorted_tables:
        for column in table.c:
            if column.name.endswith("file_id") and table is not file_digests:
                yield table, column.name.removesuffix("file_id")


def _stands_alone(table: Table) -> bool:
    """Whether no other row can refer to one of the table, so that it may go."""
    return not any(
        key.column.table is table for other in metadata.sorted_tables for key in other.foreign_keys
    )


async def recall(session: AsyncSession, file_ids: Collection[str], since: datetime) -> list[tuple[int, int]]:
    """Take the files out of every matter, and out of what was told since then.

    Gives back chat and id of the messages that brought them to somebody. What still waits to be sent with one
    of them is dropped.
    """
    names: set[str] = set()
    for table, prefix in places():
        name, bears_it = table.c[f"{prefix}name"], table.c[f"{prefix}file_id"].in_(file_ids)
        names |= set(await session.scalars(select(name).where(bears_it)))
        if not prefix and _stands_alone(table):
            await session.execute(delete(table).where(bears_it))
        else:
            emptied = {f"{prefix}file_id": "", f"{prefix}name": "", f"{prefix}photo": False}
            await session.execute(update(table).where(bears_it).values(emptied))
    names.discard("")
    await session.execute(delete(file_digests).where(file_digests.c.file_id.in_(file_ids)))
    told = select(outbox.c.id, outbox.c.kind, outbox.c.payload, outbox.c.state, outbox.c.chat_id).add_columns(
        outbox.c.message_id, outbox.c.message_ids
    )
    brought: list[tuple[int, int]] = []

    def names_it(row: Row[Any]) -> bool:
        return any(name in str(row.payload.get("text", "")) for name in names)

    def unsent(row: Row[Any]) -> bool:
        return row.state in (State.HELD, State.WAITING)

    seen = (await session.execute(told.where(outbox.c.created_at >= since))).all()
    theirs = [row.id for row in seen if _files_of(row) & set(file_ids) or (names_it(row) and not unsent(row))]
    # Read again under the lock under which delivery marks them, in its order: what is just going out is known
    # here as sent, or there as taken back.
    locked = told.where(outbox.c.id.in_(theirs)).order_by(outbox.c.id).with_for_update()
    for row in (await session.execute(locked)).all():
        bears = bool(_files_of(row) & set(file_ids))
        if "files" in row.payload:
            brought += await _thin_out(session, row, file_ids, unsent=unsent(row))
            continue
        if bears or (names_it(row) and not unsent(row)):
            rest = {key: value for key, value in row.payload.items() if key not in ("file", "file_id")}
            state = State.DROPPED if bears and unsent(row) else row.state
            values = {"payload": {**rest, "text": WIPED}, "state": state}
            await session.execute(update(outbox).where(outbox.c.id == row.id).values(values))
        if bears and row.state is State.SENT and row.chat_id and row.message_id:
            brought.append((row.chat_id, row.message_id))
    return brought


def _files_of(row: Row[Any]) -> set[str]:
    """The ids of the files that the row sends, or has summed up."""
    file = row.payload.get("file") or row.payload
    return {one.get("file_id", "") for one in row.payload.get("files", [file])}


async def _thin_out(
    session: AsyncSession, row: Row[Any], file_ids: Collection[str], *, unsent: bool
) -> list[tuple[int, int]]:
    """Take the files out of an album; chat and id of the messages that brought them."""
    files = row.payload["files"]
    kept = [file for file in files if file["file_id"] not in file_ids]
    if len(kept) == len(files):
        return []
    values = {
        "payload": {**row.payload, "files": kept},
        "state": State.DROPPED if unsent and not kept else row.state,
    }
    ids = row.message_ids or []
    # Where it is not known which message brought which file, all of them go.
    gone = ids
    if len(ids) == len(files):
        gone = [id for file, id in zip(files, ids, strict=True) if file["file_id"] in file_ids]
    if ids:
        values["message_ids"] = [id for id in ids if id not in gone]
    await session.execute(update(outbox).where(outbox.c.id == row.id).values(values))
    return [(row.chat_id, id) for id in gone if row.chat_id and id]


async def heard_before(session: AsyncSession, update_id: int, *, at_once: bool) -> bool:
    """Whether this version of the edited message was already taken in: nobody edits twice in one second.

    `at_once`: it was edited in the second in which it was written, which is no version heard before.
    """
    this = await _row(session, update_id)
    if this is None or this.message_id is None:
        return False
    same = (inbox.c.message_id == this.message_id, inbox.c.written_at == this.written_at)
    return await _came_before(session, this, *same) > (1 if at_once else 0)


async def is_first_of_album(session: AsyncSession, update_id: int) -> bool:
    """Whether nothing sent together with it came before it; an album is answered once."""
    this = await _row(session, update_id)
    if this is None or this.album is None:
        return True
    return await _came_before(session, this, inbox.c.album == this.album) == 0


async def rest_of(session: AsyncSession, update_id: int) -> list[tuple[int, dict[str, Any]]]:
    """The messages sent together with it, after it, that are still to be read, with their updates' ids."""
    this = await _row(session, update_id)
    if this is None or this.album is None:
        return []
    rows = await session.execute(
        select(inbox.c.update_id, inbox.c.payload)
        .where(
            *_of((this.chat_key, this.album)),
            inbox.c.update_id > update_id,
            inbox.c.refused.is_(False),
            inbox.c.done_at.is_(None),
            inbox.c.payload.is_not(None),
        )
        .order_by(inbox.c.update_id)
    )
    found = [(row.update_id, json.loads(row.payload)) for row in rows]
    return [(id, raw) for id, raw in found if "message" in raw]


async def _row(session: AsyncSession, update_id: int) -> Row[Any] | None:
    return (await session.execute(select(inbox).where(inbox.c.update_id == update_id))).first()


async def _came_before(session: AsyncSession, this: Row[Any], *alike: ColumnElement[bool]) -> int:
    before = select(func.count()).where(
        inbox.c.chat_key == this.chat_key, inbox.c.update_id < this.update_id, *alike
    )
    return await session.scalar(before) or 0


def _of(album: Album) -> tuple[ColumnElement[bool], ...]:
    return inbox.c.chat_key == album[0], inbox.c.album == album[1]
