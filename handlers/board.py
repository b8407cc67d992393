"""/board (在岗): who is away today, this week and next, as text and as a picture."""

import asyncio
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.context import PRIVATE, Context, Route, opening, sender
from handlers.taps import Alert, Tap, on_tap
from notices import board as notices
from notices.board import Board
from notices.notice import Attachment, Notice, Urgency
from notices.pictures.board_chart import charts
from notices.pictures.fonts import NO_FONT, chinese_font
from rules.board import Days, View, days_of, knows_reason, may_see, ordered, week_of
from rules.dates.spans import gone_by
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.queries.absence import absences as all_absences
from storage.queries.board import absences
from storage.queries.leave.leaves import pending
from storage.unit_of_work import UnitOfWork

_SAID: Final = {"本周": View.WEEK, "这周": View.WEEK, "下周": View.NEXT}
WITH_DAYS: Final = r"^\s*/?在岗[\s:：]+(?P<view>今天|本周|这周|下周)\s*$"


async def show(update: Update, context: Context) -> None:
    """/board: today, with buttons for the rest; 在岗 本周 and 在岗 下周 begin with that."""
    official, work = await sender(update, context), context.work
    said = context.match.groupdict().get("view") if context.match else None
    view = _SAID.get(said or "", View.TODAY)
    board = await _board(work, official, days_of(view, shanghai_day(work.now)))
    key = str(update.update_id)
    text, buttons = notices.text(board), notices.buttons(board, 0, key)
    await work.send(Notice(official, text, buttons, card=_card(official, key), urgency=Urgency.ANSWER))


@on_tap("board:today|week|next:<page>:{key}")
async def turn(tap: Tap[None]) -> str:
    """今天, 本周, 下周 or another page: the same card shows it, as it is now."""
    work, official, page, key = tap.work, tap.official, tap["page"], tap.words["key"]
    board = await _board(work, official, days_of(View(tap.act), shanghai_day(work.now)))
    buttons = notices.buttons(board, page, key)
    await work.redraw(_card(official, key), notices.text(board, page), buttons)
    return ""


@on_tap("board:chart:today|week|next:{key}")
async def chart(tap: Tap[None]) -> str:
    """图: the week that the card shows, drawn once this transaction is over."""
    work, official = tap.work, tap.official
    days = week_of(days_of(View(tap.act), shanghai_day(work.now)))
    pictures = charts(await _board(work, official, days))
    if not pictures:
        return Alert(notices.nobody(days))
    if await asyncio.to_thread(chinese_font) is None:
        return Alert(NO_FONT)
    for picture in pictures:
        drawing = Attachment("在岗.png", photo=True, drawing=picture.packed())
        caption = Markup("{}\n{}").format(picture.title, picture.note)
        await work.send(Notice(official, caption, attachment=drawing, urgency=Urgency.ANSWER))
    return "图马上就到。"


async def _board(work: UnitOfWork, viewer: Official, days: Days) -> Board:
    """What this person may see of these days."""
    everybody = ordered(await absences(work, days.first, days.last))
    seen = [one for one in everybody if may_see(viewer, one.official)]
    acting = await all_absences(work)
    stand_ins = {one.official.id: found for one in seen if (found := acting.decides_for(one.official))}
    undecided = [
        leave
        for leave in await pending(work)
        if leave.begun(work.now) and not gone_by(leave.span, work.now) and knows_reason(viewer, leave)
    ]
    roster, calendar = await work.roster(), await work.calendar()
    return Board(viewer, days, seen, roster, calendar, work.now, stand_ins, undecided)


def _card(official: Official, key: str) -> str:
    """The name of one person's one board: a tap changes the message it is under, and no other."""
    return f"board:{official.id}:{key}"


ROUTES: list[Route] = [
    *opening("board", "在岗", show),
    MessageHandler(PRIVATE & filters.Regex(WITH_DAYS), show),
    turn,
    chart,
]
