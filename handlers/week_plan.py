"""The leaders' week (领导安排), opened from /board and from the card of a Friday."""

import asyncio
import re
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers.context import PRIVATE, Context, Route, command, sender
from handlers.taps import Alert, Tap, on_tap
from matters.week_plan import week_plan
from notices import week_plan as notices
from notices.pictures.fonts import NO_FONT, chinese_font
from notices.pictures.week_plan_chart import chart as chart_of
from notices.week_plan import Shown
from rules.dates.reading import Half, HalfDaySpan, parse_span
from rules.refused import Refused
from rules.roster import LEADERS, Official
from rules.week_plan import check_reader, leader_named, monday_of
from rules.working_days import shanghai_day
from storage.unit_of_work import UnitOfWork

_WEEK: Final = re.compile(r"(?:[本这]|(?P<next>下))个?(?:周|星期)|")
ASKED: Final = r"^\s*/?(?:周安排|领导安排)(?:[\s:：]+(?P<words>[^\n]{1,60}))?\s*$"


@on_tap("plan:open:{day}")
async def show(tap: Tap[None]) -> str:
    """领导本周安排, 领导下周安排 on the board: the plan as a card of its own."""
    shown = await _shown(tap.work, tap.official, _monday(tap.words["day"]))
    await tap.work.send(notices.asked_for(shown, str(tap.work.update_id)))
    return ""


async def asked(update: Update, context: Context) -> None:
    """周安排, 周安排 下周三上午 区长: the week, or what one leader has down then."""
    official, work = await sender(update, context), context.work
    today = shanghai_day(work.acted_at)
    written = context.match.groupdict().get("words") if context.match else None
    said = written.split() if written else list(context.args or ())
    officials = (await work.roster()).officials
    named = [(word, leader) for word in said if (leader := leader_named(word, officials))]
    when = "".join(word for word in said if word not in {name for name, _ in named})
    span = _week_of(when, today) or parse_span(when, today, await work.calendar())
    shown = await _shown(work, official, monday_of(span.start))
    if named and when and span.end <= shown.plan.days[-1]:
        await work.send(notices.about(shown, named[0][1], span))
    else:
        await work.send(notices.asked_for(shown, str(update.update_id)))


def _week_of(said: str, today: date) -> HalfDaySpan | None:
    """Monday to Sunday of 本周 or 下周, of this week where nothing is said; None where it is no week."""
    found = _WEEK.fullmatch(said)
    if found is None:
        return None
    monday = monday_of(today) + (timedelta(weeks=1) if found["next"] else timedelta())
    return HalfDaySpan(monday, Half.AM, monday + timedelta(days=6), Half.PM)


@on_tap("plan:all|own:{day}:<page>:{key}")
async def turn(tap: Tap[None]) -> str:
    """Another week or page, one's own part or everybody's: the same card shows it, as it is now."""
    shown = await _shown(tap.work, tap.official, _monday(tap.words["day"]), own=tap.act == "own")
    page, key = tap["page"], tap.words["key"]
    text, buttons = notices.text(shown, page), notices.buttons(shown, page, key)
    await tap.work.redraw(notices.card_of(tap.official, key), text, buttons)
    return ""


@on_tap("plan:chart:{day}")
async def chart(tap: Tap[None]) -> str:
    """图: the week, drawn once this transaction is over."""
    picture = chart_of(await _shown(tap.work, tap.official, _monday(tap.words["day"])))
    if picture is None:
        return Alert(notices.NOTHING)
    if await asyncio.to_thread(chinese_font) is None:
        return Alert(NO_FONT)
    caption = Markup("{}\n{}").format(picture.title, picture.note)
    await tap.work.send(notices.drawn(tap.official, caption, picture.packed()))
    return "图马上就到。"


async def _shown(work: UnitOfWork, reader: Official, monday: date, *, own: bool = False) -> Shown:
    """What they may see of that week; anybody but leaders and the office is refused."""
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
    command("week", asked),
    CallbackQueryHandler(asked, pattern=r"^menu:week$"),
    MessageHandler(PRIVATE & filters.Regex(ASKED), asked),
    show,
    turn,
    chart,
]
