"""One live card for each person and matter: where a newer one goes out, the older points down to it.

Nobody is told the same twice: what tells of a matter whose card is edited for its reader becomes that card.

A copy that was told of in a bundle only has no message of its own and stays as it is: its number opens it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup
from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from notices.card import news_on
from notices.message_text import named_in
from notices.notice import State, Urgency, is_of_matter, matter_of
from notices.remarks import without
from storage.outbox import Kind, OutboxRow, parted, row_of
from storage.tables import outbox
from storage.trace import Trace

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

BELOW: Final = "↓ {}：见下方最新卡片"


async def older(
    session: AsyncSession, rows: Iterable[Mapping[str, Any]], before: Sequence[OutboxRow]
) -> tuple[list[dict[str, Any]], list[OutboxRow]]:
    """An edit for each copy that gives way to one of these rows, and what of `before` is still to be sent.

    The copies are forgotten as such: no later edit of the card reaches them, nor is one made that was written
    `before` in the same unit of work.
    """
    fresh = {
        (row["official_id"], name): row
        for row in rows
        if row["kind"] is Kind.MESSAGE
        and row["official_id"]
        and row["card"]
        and row["state"] is State.WAITING
        for name in (row["card"], *row["payload"].get("replaces", ()))
    }
    if not fresh:
        return [], list(before)
    found = await session.execute(
        select(outbox.c.id, outbox.c.official_id, outbox.c.chat_id, outbox.c.card).where(
            outbox.c.card.in_({name for _, name in fresh}),
            outbox.c.official_id.in_({official for official, _ in fresh}),
            outbox.c.kind == Kind.MESSAGE,
            or_(outbox.c.state == State.WAITING, outbox.c.message_id.is_not(None)),
        )
    )
    copies = {copy: row for copy in found if (row := fresh.get((copy.official_id, copy.card)))}
    ids = {copy.id for copy in copies}
    if ids:
        session.info[Trace].retired |= {copy.id: copy.card for copy in copies}
        await session.execute(update(outbox).where(outbox.c.id.in_(ids)).values(card=None))
    unsaid = {row.id for row in before if row.kind is Kind.EDIT and row.target_id in ids}
    if unsaid:
        await session.execute(delete(outbox).where(outbox.c.id.in_(unsaid)))
    pointing = [
        row_of(
            Kind.EDIT,
            once=f"below:{copy.id}:{row['once']}"[:120],  # a copy that is live again may give way once more
            payload=pointing_to(row["payload"]["text"]),
            chat_id=copy.chat_id,
            official_id=copy.official_id,
            target_id=copy.id,
            urgency=Urgency.ANSWER,
        )
        for copy, row in copies.items()
    ]
    return pointing, [row for row in before if row.id not in unsaid]


async def told_once(work: "UnitOfWork") -> None:
    """At the end of a unit of work, and of each decision in it, news becomes the card edited for its reader.

    It says the news, then what else the card says, and has its buttons: the phone rings, and what it rings
    for can be pressed. What has a card's name of its own, a file or a receipt stays by itself. What only
    repeats to somebody what they have just tapped on that very card is left out. A card without a button
    points down to whatever message begins as it does.
    """
    fresh = {one.id for one in work.written if one.kind is Kind.MESSAGE}
    edits: dict[int | None, list[OutboxRow]] = defaultdict(list)
    for one in work.waiting:
        passed = one.target_id in fresh or "below" in one.payload
        if one.kind is Kind.EDIT and is_of_matter(one.card) and not passed:
            edits[one.official_id].append(one)
    for told in [one for one in work.written if one.kind is Kind.MESSAGE and one.official_id in edits]:
        mine = edits[told.official_id]
        same = [one for one in mine if _first(one) == _first(told)]
        if _is_plain(told):
            of_it = [one for one in mine if matter_of(one.card) == matter_of(told.matter)]
            over = await _take_over(work, told, of_it, same)
        else:
            over = [one for one in same if not one.payload["keyboard"]]
        if told in work.waiting:
            await _point(work, told, over)
        edits[told.official_id] = [one for one in mine if one not in over]


async def _take_over(
    work: "UnitOfWork", told: OutboxRow, of_it: Sequence[OutboxRow], same: Sequence[OutboxRow]
) -> Sequence[OutboxRow]:
    """What gives way to it: the card that it becomes, and another that says no more than this.

    To what is still held the older gives way once it goes out alone; told of in a bundle, it stays live.
    """
    if not of_it:
        return [one for one in same if not one.payload["keyboard"]]
    called = named_in(told.payload["text"])
    edit = next((one for one in reversed(of_it) if named_in(one.payload["text"]) == called), of_it[-1])
    if _is_echo(work, told, edit):
        await work.session.execute(delete(outbox).where(outbox.c.id == told.id))
        work.waiting.remove(told)
        work.written.remove(told)
        return []
    live = outbox.c.id == edit.target_id, outbox.c.card.is_not(None)
    if await work.session.scalar(select(outbox.c.id).where(*live)):
        told.payload.update(_joined(told, edit))  # delivery is given this very row
        whole = {"payload": told.payload, "card": edit.card}
        await work.session.execute(update(outbox).where(outbox.c.id == told.id).values(**whole))
    return [one for one in of_it if one.card == edit.card or one in same]


async def _point(work: "UnitOfWork", told: OutboxRow, over: Sequence[OutboxRow]) -> None:
    for one in over:
        live = outbox.c.id == one.target_id, outbox.c.card.is_not(None)
        copy = await work.session.scalar(update(outbox).where(*live).values(card=None).returning(outbox.c.id))
        if copy is not None:
            work.trace.retired[copy] = one.card
        one.payload.update(pointing_to(told.payload["text"]))
        await work.session.execute(update(outbox).where(outbox.c.id == one.id).values(payload=one.payload))


def _is_plain(row: OutboxRow) -> bool:
    named = row.card or "above" in row.payload
    return bool(row.matter and not (named or row.receipt or row.payload.keys() & {"file", "files", "bundle"}))


def _is_echo(work: "UnitOfWork", told: OutboxRow, edit: OutboxRow) -> bool:
    tapped = work.tapped
    if work.actor is None or tapped is None or work.actor.id != told.official_id or told.is_news:
        return False
    on_it = tapped.message_id is not None and tapped.message_id == edit.edited
    return on_it and not told.payload.get("keyboard")


def _first(row: OutboxRow) -> str:
    return str(row.payload["text"]).split("\n", 1)[0]


def _joined(told: OutboxRow, edit: OutboxRow) -> dict[str, Any]:
    news, shown, keys = Markup(told.payload["text"]), edit.payload["text"], edit.payload["keyboard"]  # noqa: S704 - ours
    whole = without(shown)
    said = Markup(shown[len(whole) :])  # noqa: S704 - ours
    card = Markup(edit.payload.get("bare", whole))  # noqa: S704 - without what was news before
    beneath = Markup() if any(line in said for line in news.split("\n")[1:]) else said
    own = told.payload.get("keyboard", [])
    more = [[key for key in line if not any(key in each for each in own)] for line in keys]
    return {
        "text": str(parted(news_on(news, card, live=bool(keys)), edit.card, beneath=beneath)[0]),
        "keyboard": [*own, *(line for line in more if line)],
        "above": [str(news), card.split("\n", 1)[0]],
    }


def pointing_to(text: str) -> dict[str, Any]:
    """What becomes of a message that a newer one of the same matter has taken the place of."""
    return {"text": escape(BELOW.format(named_in(text)), quote=False), "keyboard": [], "below": True}
