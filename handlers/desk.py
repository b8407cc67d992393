"""What waits for me (待办), and what I have set going (我的): every procedure adds its own cards."""

import dataclasses
from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from handlers import delegation
from handlers.context import Context, Route, opening, sender
from handlers.manifest import Cards
from handlers.procedures import PROCEDURES
from notices.notice import Notice, Urgency


async def todo(update: Update, context: Context) -> None:
    """/todo: the cards again, with live buttons."""
    await _show(
        update, context, [cards for each in PROCEDURES for cards in each.todo], none="您现在没有待办事项。"
    )


async def mine(update: Update, context: Context) -> None:
    """/mine: own matters under way."""
    await _show(
        update, context, [cards for each in PROCEDURES for cards in each.mine], none="您现在没有在办的事项。"
    )
    entry = delegation.entry(await sender(update, context))
    if entry:
        await context.work.send(entry)


async def _show(update: Update, context: Context, procedures: Sequence[Cards], none: str) -> None:
    official, work = await sender(update, context), context.work
    cards = [card for cards in procedures for card in await cards(work, official)]
    for card in cards or [Notice(official, Markup(none))]:  # noqa: S704 - our own words
        await work.send(dataclasses.replace(card, urgency=Urgency.ANSWER))


ROUTES: list[Route] = [
    *opening("todo", "待办", todo),
    *opening("mine", "我的", mine),
]
