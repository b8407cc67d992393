"""A week of the leaders, out of whatever takes up their time."""

from datetime import date

from matters.engagements import engagements
from rules.week_plan import WeekPlan, leaders
from storage.unit_of_work import UnitOfWork


async def week_plan(work: UnitOfWork, monday: date) -> WeekPlan:
    """What the leaders have down for the week that begins on that Monday, as it is known now."""
    people = leaders((await work.roster()).officials)
    week = WeekPlan(monday, people, ())
    return WeekPlan(monday, people, await engagements(work, people, week.start, week.end))
