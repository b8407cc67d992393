"""The leaders' week (领导安排), opened from /board and from the card of a Friday."""

import asyncio
from datetime import date
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, sender
from notices import week_plan as notices
from notices.fonts import chinese_font
from notices.notice import Urgency
from notices.week_plan import Shown
from notices.week_plan_chart import chart as chart_of
from rules.refused import Refused
from rules.roster import LEADERS, Official
from rules.week_plan import check_reader, monday_of
from storage.queries.week_plan import week_plan
from storage.unit_of_work import UnitOfWork

OPEN: Final = r"^plan:open:(?P<day>\d{8})$"
TURN: Final = r"^plan:(?P<whose>all|own):(?P<day>\d{8}):(?P<page>\d{1,3}):(?P<key>w?\d{1,20})$"
CHART: Final = r"^plan:chart:(?P<day>\d{8})$"


async def show(update: Update, context: Context) -> None:
    """领导本周安排, 领导下周安排 on the board: the plan as a card of its own."""
    official, work, match = await sender(update, context), context.work, context.match
    if match is None or update.callback_query is None:
        return
    shown = await _shown(work, official, _monday(match["day"]))
    await work.send(notices.asked_for(shown, str(update.update_id)))
    await work.toast(update.callback_query.id)


async def turn(update: Update, context: Context) -> None:
    """Another week or page, one's own part or everybody's: the same card shows it, as it is now."""
    official, work, match = await sender(update, context), context.work, context.match
    if match is None:
        return
    shown = await _shown(work, official, _monday(match["day"]), own=match["whose"] == "own")
    page, key = int(match["page"]), match["key"]
    text, buttons = notices.text(shown, page), notices.buttons(shown, page, key)
    await work.redraw(notices.card_of(official, key), text, buttons)


async def chart(update: Update, context: Context) -> None:
    """图: the week, drawn once this transaction is over."""
    official, work, match = await sender(update, context), context.work, context.match
    query = update.callback_query
    if match is None or query is None:
        return
    shown = await _shown(work, official, _monday(match["day"]))
    picture = chart_of(shown)
    if picture is None:
        await work.toast(query.id, notices.NOTHING, alert=True)
        return
    if await asyncio.to_thread(chinese_font) is None:
        await work.toast(query.id, notices.NO_FONT, alert=True)
        return
    caption = Markup("{}\n{}").format(picture.title, picture.note)
    await work.send(notices.drawn(official, caption, picture.packed(), urgency=Urgency.ANSWER))
    await work.toast(query.id, "图马上就到。")


async def _shown(work: UnitOfWork, reader: Official, monday: date, *, own: bool = False) -> Shown:
    """What he may see of that week; anybody but leaders and the office is refused."""
    check_reader(reader)
    plan, calendar = await week_plan(work, monday), await work.calendar()
    own = own and reader.role in LEADERS
    return Shown(reader, plan.of(reader) if own else plan, calendar, work.now, own)


def _monday(digits: str) -> date:
    """The Monday out of a button; a forged date may not exist."""
    try:
        return monday_of(date.fromisoformat(digits))
    except (ValueError, OverflowError):
        raise Refused("按钮里的日期不存在，请发「在岗」重新打开。") from None


ROUTES: list[Route] = [
    CallbackQueryHandler(show, pattern=OPEN),
    CallbackQueryHandler(turn, pattern=TURN),
    CallbackQueryHandler(chart, pattern=CHART),
]
