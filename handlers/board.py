"""/board (在岗): who is away today, this week and next, as text and as a picture."""

import asyncio
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, opening, sender
from notices import board as notices
from notices.board import Board
from notices.board_chart import charts
from notices.fonts import chinese_font
from notices.notice import Attachment, Notice, Urgency
from rules.board import Days, View, days_of, may_see, ordered, week_of
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.queries.absence import absences as all_absences
from storage.queries.board import absences
from storage.unit_of_work import UnitOfWork

TURN: Final = r"^board:(?P<view>today|week|next):(?P<page>\d{1,3}):(?P<key>\d{1,20})$"
CHART: Final = r"^board:chart:(?P<view>today|week|next):(?P<key>\d{1,20})$"


async def show(update: Update, context: Context) -> None:
    """/board: today, with buttons for the rest."""
    official, work = await sender(update, context), context.work
    board = await _board(work, official, days_of(View.TODAY, shanghai_day(work.now)))
    key = update.update_id
    text, buttons = notices.text(board), notices.buttons(board, 0, key)
    await work.send(Notice(official, text, buttons, card=_card(official, key), urgency=Urgency.ANSWER))


async def turn(update: Update, context: Context) -> None:
    """今天, 本周, 下周 or another page: the same card shows it, as it is now."""
    official, work, match = await sender(update, context), context.work, context.match
    if match is None:
        return
    page, key = int(match["page"]), int(match["key"])
    board = await _board(work, official, days_of(View(match["view"]), shanghai_day(work.now)))
    buttons = notices.buttons(board, page, key)
    await work.redraw(_card(official, key), notices.text(board, page), buttons)


async def chart(update: Update, context: Context) -> None:
    """图: the week that the card shows, drawn once this transaction is over."""
    official, work, match, query = (
        await sender(update, context),
        context.work,
        context.match,
        update.callback_query,
    )
    if match is None or query is None:
        return
    days = week_of(days_of(View(match["view"]), shanghai_day(work.now)))
    board = await _board(work, official, days)
    pictures = charts(board)
    if not pictures:
        await work.toast(query.id, notices.nobody(days), alert=True)
        return
    if await asyncio.to_thread(chinese_font) is None:
        await work.toast(query.id, notices.NO_FONT, alert=True)
        return
    for picture in pictures:
        drawing = Attachment("在岗.png", photo=True, drawing=picture.packed())
        caption = Markup("{}\n{}").format(picture.title, picture.note)
        await work.send(Notice(official, caption, attachment=drawing, urgency=Urgency.ANSWER))
    await work.toast(query.id, "图马上就到。")


async def _board(work: UnitOfWork, viewer: Official, days: Days) -> Board:
    """What this person may see of these days."""
    everybody = ordered(await absences(work, days.first, days.last))
    seen = [one for one in everybody if may_see(viewer, one.official)]
    acting = await all_absences(work)
    stand_ins = {one.official.id: found for one in seen if (found := acting.decides_for(one.official))}
    return Board(viewer, days, seen, await work.roster(), await work.calendar(), work.now, stand_ins)


def _card(official: Official, key: int) -> str:
    """The name of one person's one board: a tap changes the message it is under, and no other."""
    return f"board:{official.id}:{key}"


ROUTES: list[Route] = [
    *opening("board", "在岗", show),
    CallbackQueryHandler(turn, pattern=TURN),
    CallbackQueryHandler(chart, pattern=CHART),
]
