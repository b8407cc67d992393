"""The leaders' week (领导安排), opened from /board and from the card of a Friday."""

import asyncio
from datetime import date

from markupsafe import Markup

from handlers.context import Route
from handlers.taps import Alert, Tap, on_tap
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


@on_tap("plan:open:{day}")
async def show(tap: Tap[None]) -> str:
    """领导本周安排, 领导下周安排 on the board: the plan as a card of its own."""
    shown = await _shown(tap.work, tap.official, _monday(tap.words["day"]))
    await tap.work.send(notices.asked_for(shown, str(tap.work.update_id)))
    return ""


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
        return Alert(notices.NO_FONT)
    caption = Markup("{}\n{}").format(picture.title, picture.note)
    await tap.work.send(notices.drawn(tap.official, caption, picture.packed(), urgency=Urgency.ANSWER))
    return "图马上就到。"


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


ROUTES: list[Route] = [show, turn, chart]
