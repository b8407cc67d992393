"""Remarks and views asked for, out of the database, and the cards that show them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, or_, select

from notices.notice import Urgency
from notices.remarks import without
from rules.remarks.advice import Advice
from rules.remarks.remark import Remark
from rules.roster import Official
from storage.held import SENT_OR_TO_COME
from storage.outbox import Kind, row_of
from storage.remarks import beneath
from storage.tables import outbox
from storage.tables.remark import advices
from storage.unit_of_work import UnitOfWork


async def cards_of(work: UnitOfWork, subject: str, people: Iterable[Official]) -> list[str]:
    """The names of the cards of that matter that these people have."""
    found = await work.session.scalars(
        select(outbox.c.card)
        .where(
            outbox.c.card.startswith(f"{subject}:", autoescape=True),
            outbox.c.official_id.in_([one.id for one in people]),
            outbox.c.kind == Kind.MESSAGE,
            outbox.c.state.in_(SENT_OR_TO_COME),
        )
        .distinct()
        .order_by(outbox.c.card)
    )
    return list(found)


async def keep(work: UnitOfWork, remark: Remark) -> None:
    """Keep it, and show it on every copy of its cards."""
    work.add(remark)
    await work.flush()
    work.remarks.pop(remark.subject, None)  # read before it was said
    copies = await _copies(work, remark.cards)
    said = await beneath(work, {copy.card for copy in copies})
    for copy in copies:
        payload = await _payload(work, copy)
        text = without(payload["text"]) + str(said.get(copy.card, ""))
        shown = {**payload, "text": text}
        row = row_of(
            Kind.EDIT,
            once=work.next_key(),
            payload={key: shown[key] for key in ("text", "keyboard") if key in shown},
            chat_id=copy.chat_id,
            official_id=copy.official_id,
            target_id=copy.id,
            urgency=Urgency.ANSWER,
        )
        await work.queue([row], {copy.id: (copy.message_id, copy.card)})


async def bearing(work: UnitOfWork, card: str, button: str) -> list[int]:
    """The ids of who has a copy of that card that still bears a button whose data begins so."""
    found: list[int] = []
    for copy in await _copies(work, [card]):
        keyboard = (await _payload(work, copy)).get("keyboard") or ()
        if any(key.get("callback_data", "").startswith(button) for row in keyboard for key in row):
            found.append(copy.official_id)
    return found


async def _copies(work: UnitOfWork, cards: Sequence[str]) -> Sequence[Row[Any]]:
    """Every copy in a private chat, also those of stand-ins."""
    named = [outbox.c.card == card for card in cards]
    named += [outbox.c.card.startswith(f"{card}:", autoescape=True) for card in cards]
    found = await work.session.execute(
        select(
            *(outbox.c[name] for name in ("id", "card", "chat_id", "official_id", "message_id", "payload"))
        )
        .where(
            or_(*named),
            outbox.c.kind == Kind.MESSAGE,
            outbox.c.state.in_(SENT_OR_TO_COME),
            outbox.c.official_id.is_not(None),
        )
        .order_by(outbox.c.id)
    )
    return found.all()


async def _payload(work: UnitOfWork, copy: Row[Any]) -> dict[str, Any]:
    latest = await work.session.scalar(
        select(outbox.c.payload)
        .where(outbox.c.target_id == copy.id, outbox.c.kind == Kind.EDIT)
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return dict(latest or copy.payload)


# ---------------------------------------------------------------- 征求意见


_OPEN = advices.c.decided_at.is_(None), advices.c.moot_at.is_(None)


async def open_advices(work: UnitOfWork) -> Sequence[Advice]:
    """All views that are waited for."""
    return await work.find_all(select(Advice).where(*_OPEN).order_by(advices.c.id))


async def advices_of(work: UnitOfWork, people: Iterable[Official]) -> Sequence[Advice]:
    """Those that wait for one of these."""
    ids = [one.id for one in people]
    return await work.find_all(
        select(Advice).where(*_OPEN, advices.c.adviser_id.in_(ids)).order_by(advices.c.id)
    )


async def asked_on(work: UnitOfWork, cards: Iterable[str]) -> Sequence[int]:
    """The ids of those that are waited for on one of these cards, or on what one is a stand-in's copy of."""
    names = {name for card in cards for name in (card, card.rpartition(":")[0])}
    return await work.find_all(select(advices.c.id).where(*_OPEN, advices.c.card.in_(names)))
