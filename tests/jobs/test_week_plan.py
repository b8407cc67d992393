"""The leaders' week plan goes out by itself: when, to whom, once; after a stop; on both kinds of database."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from jobs.timetable import DAILY
from jobs.week_plan import WEEK_PLAN, prepare, send
from storage.database import Database
from storage.tables import timers
from storage.unit_of_work import UnitOfWork
from tests.cast import Cast, beijing
from tests.jobs.away_stage import AwayStage

MONDAY = date(2026, 11, 30)


class Week(AwayStage):
    """The stage with the plan of the week from 30 November on."""

    async def prepared(self, at: str) -> dict[date, datetime]:
        """Fires the daily duty; the Mondays for which a timer is set, and when each is due."""
        self.now = beijing(at)
        async with self.office.work(f"prepare {at}") as work:
            await prepare(work, 0)
            return await due(work)

    async def sent(self, at: str) -> dict[str, list[str]]:
        """Fires the timer; the first lines of what was sent to whom, the picture as 图."""
        self.now = beijing(at)
        async with self.office.work(f"send {at}") as work:
            await send(work, MONDAY.toordinal())
        told: dict[str, list[str]] = {}
        for one in await self.said():
            told.setdefault(one.name, []).append("图" if one.file else one.first)
        return told


async def due(work: UnitOfWork) -> dict[date, datetime]:
    """The timers of plans as they stand."""
    rows = await work.session.execute(select(timers).where(timers.c.kind == WEEK_PLAN))
    return {date.fromordinal(row.subject_id): row.due_at for row in rows}


@pytest.fixture
async def week(database: Database) -> Week:
    there = Week(database, Cast())
    await there.enter()
    return there


async def test_the_moments_are_set_anew_each_day(week: Week) -> None:
    assert DAILY["week_plan.prepare"].next_after(beijing("2026-11-26 16:00")) == beijing("2026-11-27 16:00")
    assert await week.prepared("2026-11-26 16:00") == {
        MONDAY: beijing("2026-11-27 16:00"),
        MONDAY + timedelta(weeks=1): beijing("2026-12-04 16:00"),
        MONDAY + timedelta(weeks=2): beijing("2026-12-11 16:00"),
    }
    # On the first day of all the clock looks a few seconds late.
    assert (await week.prepared("2026-11-27 16:00:09"))[MONDAY] == beijing("2026-11-27 16:00")


async def test_to_the_office_all_and_to_each_leader_their_own_once_the_picture_only_for_who_asks(
    week: Week,
) -> None:
    await week.report(lambda c: c.vice, lambda c: c.executive, id=1)
    head = "领导下周安排 · 11月30日至12月6日"
    assert await week.sent("2026-11-27 16:00") == {
        **{name: [head] for name in ("吴盈昃", "郑辰宿", "王列张")},
        "孙宇宙": ["您下周的安排 · 11月30日至12月6日"],
    }
    assert await week.sent("2026-11-27 16:10") == {}


async def test_who_of_the_desk_is_away_is_left_in_peace(week: Week) -> None:
    await week.report(lambda c: c.deputy_director, id=1)
    await week.report(lambda c: c.vice, lambda c: c.executive, id=2)
    head = "领导本周安排 · 11月30日至12月6日"
    assert await week.sent("2026-12-02 10:00") == {
        **{name: [head] for name in ("吴盈昃", "王列张")},
        "孙宇宙": ["您本周的安排 · 11月30日至12月6日"],
    }


async def test_nothing_down_nothing_said(week: Week) -> None:
    await week.report(lambda c: c.vice, lambda c: c.executive, id=1, approved=False)
    assert await week.sent("2026-11-27 16:00") == {}


async def test_after_a_stop_it_waits_for_office_hours_and_a_week_gone_by_is_not_told(week: Week) -> None:
    await week.report(lambda c: c.vice, lambda c: c.executive, id=1)
    assert await week.sent("2026-11-28 10:00") == {}
    async with week.office.work("look") as work:
        assert await due(work) == {MONDAY: beijing("2026-11-30 08:30")}
    assert len(await week.sent("2026-11-30 08:30")) == 4
    assert await week.sent("2026-12-07 09:00") == {}
