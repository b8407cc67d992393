"""Messages as they look by now: the copies of a card edited together, and single ones."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from notices.card import still_news
from notices.notice import Button, Rows, State, Urgency
from notices.undo import CODE, button
from storage import statements
from storage.outbox import Kind, OutboxRow, keyboard, parted, row_of
from storage.remarks import beneath
from storage.tables import outbox

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

_Found = Row[*tuple[Any, ...]]
Look = Mapping[str, Any]
"""Text and keyboard of a message, as they are sent."""
_OF_NONE: Mapping[int, str] = {}


async def redraw(work: "UnitOfWork", pages: Mapping[str, tuple[Markup, Rows]]) -> None:
    """Edit every copy of these cards; under which a [撤销] stands that is still live, there it stays."""
    found = await work.session.execute(statements.COPIES, {"cards": list(pages), "now": work.now})
    said = await beneath(work, pages)

    def look(card: str, news: Sequence[str] | None = None) -> Look:
        text, buttons = pages[card]
        shown = text
        if news is not None:
            shown = still_news(Markup(news[0]), text, news[1], live=bool(buttons))  # noqa: S704 - our own words
        whole = parted(shown, card, beneath=said.get(card, ""))[0]
        bare = {"bare": str(text)} if shown != text else {}
        return {"text": str(whole), "keyboard": keyboard(buttons), **bare}

    looks = {card: look(card) for card in pages}
    copies = found.all()
    live = [one for one in copies if one.undo is not None]
    each = {one.id: look(one.card, one.news) if one.news else looks[one.card] for one in copies}
    each |= {one.id: with_undo(each[one.id], button(one.undo, one.what)) for one in live}
    await _edit(work, copies, each, {one.id: one.card for one in copies})


async def edit(work: "UnitOfWork", looks: Mapping[int, Look]) -> None:
    """Edit these messages, each by its row of the outbox."""
    found = await work.session.execute(statements.MESSAGES, {"ids": list(looks)})
    await _edit(work, found.all(), looks)


async def _edit(
    work: "UnitOfWork",
    copies: Sequence[_Found],
    looks: Mapping[int, Look],
    cards: Mapping[int, str] = _OF_NONE,
) -> None:
    rows = {
        one.id: row_of(
            Kind.EDIT,
            once=work.next_key(),
            payload=dict(looks[one.id]),
            chat_id=one.chat_id,
            official_id=one.official_id,
            target_id=one.id,
            urgency=Urgency.ANSWER,
        )
        for one in copies
    }
    await work.queue(list(rows.values()), {one.id: (one.message_id, cards.get(one.id)) for one in copies})


async def faces(
    session: AsyncSession, ids: Collection[int], before: int | None = None
) -> dict[int, tuple[int, dict[str, Any]]]:
    """How these messages look by now (or looked before that row was written), each with the row that made it
    look so."""
    rows = outbox.c.id.in_(ids) | (outbox.c.target_id.in_(ids) & (outbox.c.kind == Kind.EDIT))
    of_then = outbox.c.id < before if before is not None else outbox.c.id > 0
    found = await session.execute(
        select(outbox.c.id, outbox.c.target_id, outbox.c.payload).where(rows, of_then).order_by(outbox.c.id)
    )
    return {row.target_id or row.id: (row.id, row.payload) for row in found}


async def take_files(work: "UnitOfWork", row: _Found) -> None:
    """Delete the message with its file, or the album, from the chat it went to.

    What has not gone out yet is marked as without files: it is deleted as soon as it is known (bot/marks.py).
    """
    if row.chat_id is None:
        return
    if row.message_id is None:
        bare = {key: value for key, value in row.payload.items() if key not in ("file", "files")}
        gone = update(outbox).where(outbox.c.id == row.id).values(payload=bare, state=State.DROPPED)
        await work.session.execute(gone)
    for id in row.message_ids or [row.message_id]:
        if id is not None:
            await work.remove(row.chat_id, id)


def without_undo(look: Look) -> dict[str, Any]:
    """Without any [撤销]."""
    rows = [
        [one for one in row if not str(one.get("callback_data", "")).startswith(f"{CODE}:")]
        for row in look.get("keyboard") or []
    ]
    return {"text": look["text"], "keyboard": [row for row in rows if row]}


def with_undo(look: Look, one: Button) -> dict[str, Any]:
    """With this one [撤销] below all other buttons."""
    bare = without_undo(look)
    return {**bare, "keyboard": [*bare["keyboard"], *keyboard(((one,),))]}


async def show_undo(work: "UnitOfWork", row_id: int, one: Button) -> None:
    """Put it under the message: into what this unit of work makes of that, or else by an edit."""
    mine = [row for row in work.written if row_id in (row.id, row.target_id)]
    if mine:
        await _amend(work, mine[-1], with_undo(mine[-1].payload, one))
    elif face := (await faces(work.session, [row_id])).get(row_id):
        await edit(work, {row_id: with_undo(face[1], one)})


async def hide_undo(work: "UnitOfWork", row_id: int) -> None:
    """Take it away again, if there is one under the message."""
    mine = [row for row in work.written if row_id in (row.id, row.target_id)]
    face = (await faces(work.session, [row_id])).get(row_id)
    if face is None or face[1].get("keyboard", []) == (bare := without_undo(face[1]))["keyboard"]:
        return
    if mine:
        await _amend(work, mine[-1], bare)
    else:
        await edit(work, {row_id: bare})


async def _amend(work: "UnitOfWork", row: OutboxRow, look: Look) -> None:
    row.payload.update(look)  # delivery is given this very row after the commit
    await work.session.execute(update(outbox).where(outbox.c.id == row.id).values(payload=row.payload))
