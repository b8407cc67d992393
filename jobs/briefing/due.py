"""What the clock does for briefings: asks after silent months and in December, ends what is not renewed."""

from collections.abc import Sequence
from functools import partial

from matters.briefing.show import bring_up_to_date, set_clock
from matters.briefing.todo import REGISTRATION
from notices.board_morning import Section
from notices.briefing.card import goes_on, morning, own
from rules.articles import cite
from rules.briefing.clock import CLOCK, next_look
from rules.briefing.matter import ARTICLE, Briefing, renewal_from
from rules.reminders import next_morning
from rules.roster import Role
from rules.working_days import Calendar, shanghai_day
from storage.queries.briefing.briefings import live_ids, waiting
from storage.unit_of_work import UnitOfWork


async def look(work: UnitOfWork, briefing_id: int) -> None:
    """A morning on which the registration runs out, or the unit is to be asked whether it goes on."""
    briefing = await work.lock(Briefing, briefing_id)
    settings, calendar, today = work.office.settings, await work.calendar(), shanghai_day(work.now)
    due = next_look(briefing, settings.briefing, calendar, settings.hours)
    head = (await work.roster()).head_of(briefing.unit)
    if due is None or work.now < due:  # moved, or ended
        await bring_up_to_date(work, briefing)
    elif briefing.waiting:
        await REGISTRATION.remind_and_escalate(work, briefing)
        await bring_up_to_date(work, briefing)
    elif today.year > briefing.year:
        briefing.stop(None, work.now)
        await work.note(None, "briefing.over", f"briefing:{briefing.id}", article=ARTICLE)
        await bring_up_to_date(work, briefing)
        if head is not None:
            why = f"{briefing.year}年的备案已到期，未续报，已停办。{cite(ARTICLE)}"
            await work.send(own(briefing, head, why))
    elif head is None:  # nobody to ask until the unit has a head again
        await work.timer(CLOCK, briefing.id, next_morning(work.now, calendar, settings.hours))
    else:
        briefing.check(work.now)
        await work.send(goes_on(briefing, head, next_year=today >= renewal_from(briefing.year)))
        await bring_up_to_date(work, briefing)


async def on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: what a closed unit sent has come to its end; another director decides."""
    for id in await live_ids(work, of_closed_units=True):
        briefing = await work.lock(Briefing, id)
        briefing.stop(None, work.now)
        await work.note(None, "briefing.over", f"briefing:{id}", article=ARTICLE)
        await bring_up_to_date(work, briefing)
    for found in await waiting(work):
        director = next(iter((await work.roster()).with_role(Role.OFFICE_DIRECTOR)), None)
        if found.director is not None and director is not None and director is not found.director:
            briefing = await work.lock(Briefing, found.id)
            put = partial(briefing.put_to, director)
            await REGISTRATION.reroute(work, briefing, briefing, put, article=ARTICLE)


async def recount(work: UnitOfWork, _old: Calendar, _new: Calendar) -> list[str]:
    """Working days have changed: the mornings on which it is looked at follow; nobody has to hear of it."""
    for id in await live_ids(work):
        await set_clock(work, await work.lock(Briefing, id))
    return []


async def sections(work: UnitOfWork) -> Sequence[Section]:
    """On the desk's morning card: what waits to be registered."""
    asked = [one for one in await waiting(work) if one.director is None]
    return [morning(asked)] if asked else []
