"""The desk's card 今日要办: what is kept of what stands on it, and its copies of earlier days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from markupsafe import Markup
from sqlalchemy import ColumnElement, delete, insert, select, update

from notices.notice import State
from notices.today import OPEN, Known, Line, card_name
from rules.roster import Official
from rules.working_days import DAY
from storage.desk import REDRAW
from storage.held import SENT_OR_TO_COME
from storage.outbox import Kind
from storage.tables import desk_items, outbox
from storage.unit_of_work import UnitOfWork

_LONGEST_STOP: Final = 31
"""Days after which a card that was left standing is not looked for any more."""


async def known(work: UnitOfWork) -> dict[str, Known]:
    """By the line's key: since when it stands there, and who is on it, where they are still in office."""
    roster = await work.roster()
    rows = await work.session.execute(select(desk_items))
    return {row.matter: Known(row.first_on, roster.by_id(row.claimed_by_id)) for row in rows}


async def keep(work: UnitOfWork, lines: Iterable[Line], before: Mapping[str, Known], today: date) -> None:
    """Write down what stands there now; what does not any more is forgotten, with who was on it."""
    await work.session.execute(delete(desk_items))
    rows: dict[str, dict[str, object]] = {}
    for one in lines:
        was = before.get(one.key, Known(today))
        row = rows.setdefault(
            one.key,
            {
                "matter": one.key,
                "first_on": was.since,
                "claimed_by_id": was.claimed_by.id if was.claimed_by else None,
                "folded": one.folded,
                "heading": one.heading,
                "line": str(one.text),
            },
        )
        row["folded"] = row["folded"] and one.folded
    if rows:
        await work.session.execute(insert(desk_items), list(rows.values()))


async def folded(work: UnitOfWork) -> list[Line]:
    """What is folded on the card as it was last drawn."""
    rows = await work.session.execute(select(desk_items).where(desk_items.c.folded))
    return [Line(row.heading, Markup(row.line), row.matter.partition("#")[0], None, True) for row in rows]  # noqa: S704 - ours


async def claim(work: UnitOfWork, matter: str, official: Official) -> Official | None:
    """Whoever is on it now: the official, unless somebody was quicker; None where it stands there no more."""
    await work.alone(OPEN)
    free = desk_items.c.claimed_by_id.is_(None) & _of(matter)
    await work.session.execute(update(desk_items).where(free).values(claimed_by_id=official.id))
    id = await work.session.scalar(select(desk_items.c.claimed_by_id).where(_of(matter)))
    return (await work.roster()).by_id(id)


def _of(matter: str) -> ColumnElement[bool]:
    return desk_items.c.matter.startswith(f"{matter}#", autoescape=True)


async def renew(work: UnitOfWork, matters: Iterable[str], today: date) -> None:
    """There is something new about these, though they stood there before: they are not folded today."""
    for matter in sorted(set(matters)):
        await work.session.execute(update(desk_items).where(_of(matter)).values(first_on=today))
        await work.timer(REDRAW, 0, work.now)


async def let_go(work: UnitOfWork, matter: str, official: Official) -> None:
    """They are not on it any more, if they were."""
    theirs = (desk_items.c.claimed_by_id == official.id) & _of(matter)
    await work.session.execute(update(desk_items).where(theirs).values(claimed_by_id=None))


async def earlier(work: UnitOfWork, today: date) -> Sequence[str]:
    """The cards of days gone by that still stand in people's chats; by name, as the index has them."""
    names = [card_name(today - DAY * back) for back in range(1, _LONGEST_STOP + 1)]
    ours = outbox.c.card.in_(names) & (outbox.c.kind == Kind.MESSAGE)
    return sorted({card for card in await work.session.scalars(select(outbox.c.card).where(ours)) if card})


async def is_out(work: UnitOfWork, today: date) -> bool:
    """Whether that day's card has been sent."""
    return await shown(work, card_name(today)) is not None


async def shown(work: UnitOfWork, name: str) -> str | None:
    """The text of that card as it was last sent or edited; None where there is none."""
    one = await work.session.scalar(
        select(outbox.c.id)
        .where(outbox.c.card == name, outbox.c.state.in_([*SENT_OR_TO_COME, State.FAILED]))
        .limit(1)
    )
    if one is None:
        return None
    drawn = (outbox.c.id == one) | ((outbox.c.target_id == one) & (outbox.c.kind == Kind.EDIT))
    latest = select(outbox.c.payload).where(drawn).order_by(outbox.c.id.desc()).limit(1)
    payload = await work.session.scalar(latest)
    return str(payload["text"]) if payload else None
