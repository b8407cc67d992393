"""Briefings (简报): their cards shown as they stand, and the clock set."""

from matters.undo import Touched
from notices.briefing.card import (
    decide_buttons,
    decide_card,
    goes_on_card,
    own_buttons,
    own_card,
    text,
)
from rules.briefing.clock import CLOCK, next_look
from rules.briefing.matter import LIVE, Briefing
from rules.reminders import look_at
from storage.unit_of_work import UnitOfWork


async def bring_up_to_date(work: UnitOfWork, briefing: Briefing) -> None:
    """Every copy of its cards as it stands now, and the next look of the clock."""
    await work.redraw(own_card(briefing), text(briefing), own_buttons(briefing))
    await work.redraw(decide_card(briefing), text(briefing), decide_buttons(briefing))
    if not briefing.waiting:
        await work.retire(decide_card(briefing))
    if briefing.state not in LIVE:
        await work.retire(goes_on_card(briefing), text(briefing))
        await work.retire(own_card(briefing))
    await set_clock(work, briefing)


async def set_clock(work: UnitOfWork, briefing: Briefing) -> None:
    """The next look of the clock, by the working days as they are now."""
    settings = work.office.settings
    calendar, hours = await work.calendar(), settings.hours
    due = next_look(briefing, settings.briefing, calendar, hours)
    await work.timer(CLOCK, briefing.id, due and look_at(due, work.now, calendar, hours))


async def put_back(work: UnitOfWork, id: int, _touched: Touched) -> None:
    """A decision was taken back: its cards and its clock as it stands again."""
    await bring_up_to_date(work, await work.lock(Briefing, id))
