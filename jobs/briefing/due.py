"""What the clock does for briefings: asks after silent months and in December, ends what is not renewed."""

from collections.abc import Sequence

from matters.briefing.show import bring_up_to_date
from matters.briefing.todo import REGISTRATION
from notices.board_morning import Section
from notices.briefing.card import goes_on, morning, own
from rules.articles import cite
from rules.briefing.clock import next_look
from rules.briefing.matter import ARTICLE, Briefing, renewal_from
from rules.working_days import shanghai_day
from storage.queries.briefing.briefings import of_closed_units, waiting
from storage.unit_of_work import UnitOfWork


async def look(work: UnitOfWork, briefing_id: int) -> None:
    """A morning on which the registration runs out, or the unit is to be asked whether it goes on."""
    briefing = await work.lock(Briefing, briefing_id)
    settings, today = work.office.settings, shanghai_day(work.now)
    due = next_look(briefing, settings.briefing, await work.calendar(), settings.hours)
    head = (await work.roster()).head_of(briefing.unit)
    if due is None or work.now < due or head is None:  # moved, ended, or a unit without a head
        await bring_up_to_date(work, briefing)
        return
    if briefing.waiting and briefing.director:
        await REGISTRATION.remind_and_escalate(work, briefing)
    elif today.year > briefing.year:
        briefing.stop(None, work.now)
        await work.note(None, "briefing.over", f"briefing:{briefing.id}", article=ARTICLE)
        await bring_up_to_date(work, briefing)
        await work.send(
            own(briefing, head, f"{briefing.year}年的备案已到期，未续报，已停办。{cite(ARTICLE)}")
        )
        return
    else:
        next_year = today >= renewal_from(briefing.year)
        briefing.check(work.now)
        await work.send(goes_on(briefing, head, next_year=next_year))
    await bring_up_to_date(work, briefing)


async def on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: what a closed unit sent has come to its end."""
    for id in await of_closed_units(work):
        briefing = await work.lock(Briefing, id)
        briefing.stop(None, work.now)
        await work.note(None, "briefing.over", f"briefing:{id}", article=ARTICLE)
        await bring_up_to_date(work, briefing)


async def sections(work: UnitOfWork) -> Sequence[Section]:
    """On the desk's morning card: what waits to be registered."""
    asked = [one for one in await waiting(work) if one.director is None]
    return [morning(asked)] if asked else []
