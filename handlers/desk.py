"""What waits for me (待办), and what I have set going (我的): every procedure adds its own cards.

One alone is shown at once; several are one list, a line and a number each, and the number opens the card. A
person has one list of either kind, and it keeps up with what they do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import TypeHandler

from handlers import alike, delegation
from handlers.context import Context, Route, opening, sender
from handlers.listing import KINDS, MINE, TODO, Item, Kind, items_of, key_of
from handlers.taps import Tap, on_tap
from notices import listing
from notices.notice import Button, Notice, Rows, Urgency
from notices.quiet import OPEN as QUIET
from rules.roster import Official
from storage.taps import cards_shown
from storage.unit_of_work import UnitOfWork

_NOW: Final = ":now"
"""Ends the data of 刷新, which names the page that is shown."""
_KEPT_UP: Final = timedelta(hours=12)
"""So long a list follows what its reader does; an older one is set right when it is touched."""


async def todo(update: Update, context: Context) -> None:
    """/todo: what waits for a decision, live buttons on every card."""
    await _open(update, context, KINDS[TODO])


async def mine(update: Update, context: Context) -> None:
    """/mine: own matters under way."""
    await _open(update, context, KINDS[MINE])


async def _open(update: Update, context: Context, kind: Kind) -> None:
    official, work = await sender(update, context), context.work
    items = await items_of(work, official, kind)
    entry = delegation.entry(official) if kind.name == MINE else None
    if len(items) > 1:
        await _list(work, official, kind, items)
        return
    none = Notice(official, Markup(kind.none), ((QUIET,),) if kind.name == MINE else ())  # noqa: S704 - our own words
    await _send(work, *(items[0] if items else (none,)), *((entry,) if entry else ()))


async def _list(work: UnitOfWork, official: Official, kind: Kind, items: Sequence[Item]) -> None:
    """Send it; the one before it becomes a line that points down."""
    card = _card(official.telegram_id, kind.name)
    await work.retire(card, Markup("清单见下面新的一条。"))
    text, buttons = _page(work, official, kind, items, 0)
    await work.send(Notice(official, text, buttons, card=card, urgency=Urgency.ANSWER))


async def _send(work: UnitOfWork, *notices: Notice) -> None:
    await work.send(*(replace(one, urgency=Urgency.ANSWER) for one in notices))


# ---------------------------------------------------------------- the list


def _page(
    work: UnitOfWork, official: Official, kind: Kind, items: Sequence[Item], page: int
) -> tuple[Markup, Rows]:
    if not items:
        return Markup(kind.none), ()  # noqa: S704 - our own words
    lines = [listing.line_of(item[0], work.now, f"list:{kind.name}:{key_of(item[0])}") for item in items]
    head = f"{kind.head}（{len(items)}件）"
    text, buttons = listing.page_of(head, lines, page, lambda other: _turning(kind.name, other))
    below = alike.offers([item[0] for item in items]) if kind.name == TODO else ()
    if kind.name == MINE and (entry := delegation.entry(official)):
        below = entry.buttons
    last = (Button("刷新", f"{_turning(kind.name, page)}{_NOW}"), *((QUIET,) if kind.name == MINE else ()))
    return text, (*buttons, *below, last)


def _turning(kind: str, page: int) -> str:
    return f"page:{kind}:{page}"


def _card(account: int | None, kind: str) -> str:
    """The name of the one list in one person's chat."""
    return f"list:{kind}:{account}"


async def _redraw(work: UnitOfWork, official: Official, kind: Kind, page: int) -> None:
    text, buttons = _page(work, official, kind, await items_of(work, official, kind), page)
    await work.redraw(_card(official.telegram_id, kind.name), text, buttons)


@on_tap("list:todo|mine:*card")
async def show(tap: Tap[None]) -> str:
    """A number: that card as it stands by now; what is done meanwhile goes from the list."""
    kind = KINDS[tap.act]
    items = await items_of(tap.work, tap.official, kind)
    item = next((one for one in items if key_of(one[0]) == tap.words["card"]), None)
    if item is None:
        await _redraw(tap.work, tap.official, kind, 0)
        return "这件已不在清单上，可能已经办过。"
    await _send(tap.work, *item)
    return ""


@on_tap("page:todo|mine:<page>")
async def turn(tap: Tap[None]) -> str:
    """‹ and ›: the same message shows another page, as it is now."""
    await _redraw(tap.work, tap.official, KINDS[tap.act], tap["page"])
    return ""


@on_tap("page:todo|mine:<page>:now")
async def again(tap: Tap[None]) -> str:
    """刷新: the same page as it is now."""
    await _redraw(tap.work, tap.official, KINDS[tap.act], tap["page"])
    return "已刷新。"


def page_shown(data: Iterable[str]) -> int | None:
    """Which page these buttons are of: 刷新 names it, as ‹ and › name others; None where it is no list."""
    return next((int(one.split(":")[2]) for one in data if one.endswith(_NOW)), None)


async def keep_up(update: Update, context: Context) -> None:
    """After somebody has done something, their lists of today show it, on the page they are at."""
    work, user = context.work, update.effective_user
    if user is None or not work.redrawn:
        return
    cards = {_card(user.id, kind.name): kind for kind in KINDS.values()}
    for shown in await cards_shown(work, list(cards), work.now - _KEPT_UP):
        page, official = page_shown(one.data for one in shown.buttons), await work.official(user.id)
        if page is None or official is None:
            continue
        kind = cards[shown.card]
        text, buttons = _page(work, official, kind, await items_of(work, official, kind), page)
        if str(text) != shown.text:
            await work.redraw(shown.card, text, buttons)


ROUTES: list[Route] = [
    *opening("todo", "待办", todo),
    *opening("mine", "我的", mine),
    show,
    turn,
    again,
    *alike.ROUTES,
]
AFTER: list[Route] = [TypeHandler(Update, keep_up)]
"""What follows whatever was done, in a group of handlers of its own."""
