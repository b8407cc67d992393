"""The leaders' week plan (领导周安排) goes out on Friday at 16:00: all to the office, to each leader their
own.

Where that Friday is off, on the last working day before it, never later.
"""

from datetime import date, timedelta
from typing import Final

from matters.week_plan import week_plan
from notices import week_plan as notices
from notices.week_plan import Shown
from rules.board import Whereabouts
from rules.week_plan import coming
from rules.working_days import shanghai_day
from storage.queries.board import absences
from storage.queries.sent import not_yet
from storage.unit_of_work import UnitOfWork

WEEK_PLAN: Final = "week_plan.send"
"""Timer of a week: its plan goes out. The subject is the Monday's ordinal."""
JUST_NOW: Final = timedelta(hours=1)


async def prepare(work: UnitOfWork, _subject_id: int) -> None:
    """Each day: set, or set anew by what is known of working days now, when the coming plans go out.

    One whose moment has just gone by is among them, for the day on which the bot first runs; who has it
    already gets it no second time.
    """
    since = work.now - JUST_NOW
    for monday, at in coming(since, await work.calendar(), work.office.settings.hours):
        await work.timer(WEEK_PLAN, monday.toordinal(), at)


async def send(work: UnitOfWork, ordinal: int) -> None:
    """The plan of that week; after a stop in the next office hours, and not at all once the week is over.

    A week in which nobody has anything down is not spoken of, nor is a leader told of nothing.
    """
    monday, today = date.fromordinal(ordinal), shanghai_day(work.now)
    calendar = await work.calendar()
    opens = work.office.settings.hours.next_opening(calendar, work.now)
    if today >= monday + timedelta(weeks=1):
        return
    if opens > work.now:
        await work.timer(WEEK_PLAN, ordinal, opens)
        return
    plan = await week_plan(work, monday)
    if not plan.engagements:
        return
    away = [one.official for one in await absences(work, today, today) if one.whereabouts is Whereabouts.AWAY]
    whole = [Shown(one, plan, calendar, work.now) for one in (await work.roster()).desk if one not in away]
    own = [Shown(one, plan.of(one), calendar, work.now, own=True) for one in plan.people]
    cards = [notices.weekly(shown) for shown in [*whole, *own] if shown.plan.engagements]
    await work.send(*await not_yet(work, cards))
