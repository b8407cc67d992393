"""What waits for me (待办), and what I have set going (我的): every procedure adds its own cards."""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence

from markupsafe import Markup
from telegram import Update

from handlers import delegation, reach, succession
from handlers.context import Context, Route, opening, sender
from handlers.countersign import entry as countersign
from handlers.invitation import entry as invitation
from handlers.leave import entry as leave
from handlers.leave import filing as leave_filing
from handlers.meeting import clearing as meeting_clearing
from handlers.meeting import entry as meeting
from handlers.meeting import excuse as meeting_excuse
from handlers.meeting import topic as meeting_topic
from notices.notice import Notice, Urgency
from rules.roster import Official
from storage.work import Work

Cards = Callable[[Work, Official], Awaitable[Sequence[Notice]]]

TODO: tuple[Cards, ...] = (
    reach.todo,
    leave.todo,
    leave_filing.todo,
    countersign.todo,
    meeting_clearing.todo,
    meeting_excuse.todo,
    meeting_topic.todo,
    meeting.todo,
    invitation.todo,
    delegation.todo,
    succession.todo,
)
"""Each gives the cards that wait for the official's decision, the most pressing first."""
MINE: tuple[Cards, ...] = (leave.mine, countersign.mine, meeting.mine, invitation.mine, delegation.mine)
"""Each gives the official's own matters that are not at their end, with what he may do."""


async def todo(update: Update, context: Context) -> None:
    """/todo: the cards again, with live buttons."""
    await _show(update, context, TODO, none="您现在没有待办事项。")


async def mine(update: Update, context: Context) -> None:
    """/mine: own matters under way."""
    await _show(update, context, MINE, none="您现在没有在办的事项。")
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
