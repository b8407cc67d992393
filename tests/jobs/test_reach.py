"""What the clock and a roster import do to an open request to call back; on both kinds of database."""

import pytest
from sqlalchemy import select

from jobs.reach import on_left, overdue
from rules.reach import CallRequest, Ending, ask
from rules.roster import Official
from storage.database import Database
from storage.queries.reach import OVERDUE, open_requests
from storage.tables import audit, timers
from tests.cast import Cast, beijing
from tests.stage import Stage, enter


class CallStage(Stage[Cast]):
    """The clerk has asked the head to call back."""

    async def ask(self) -> None:
        async with self.office.work("cast") as work:
            await enter(work, self.cast.units, self.cast.officials)
            terms = work.office.settings.reach
            call = ask(self.cast.clerk, self.cast.head, leave=None, before=None, terms=terms, now=work.now)
            work.add(call)
            await work.flush()
            await work.timer(OVERDUE, call.id, call.due_at)

    async def call(self) -> CallRequest:
        async with self.office.work("look") as work:
            return await work.lock(CallRequest, 1)

    async def actions(self) -> list[str]:
        async with self.office.work("look") as work:
            return list(await work.session.scalars(select(audit.c.action).order_by(audit.c.id)))


@pytest.fixture
async def stage(database: Database) -> CallStage:
    stage = CallStage(database, Cast())
    await stage.ask()
    return stage


async def test_a_timer_that_fires_too_early_waits(stage: CallStage) -> None:
    async with stage.office.work("t1") as work:
        await work.drop_timers(OVERDUE, 1)
        await overdue(work, 1)
        due = await work.session.scalar(select(timers.c.due_at))
    assert due == beijing("2026-11-26 09:30")
    assert await stage.actions() == []


async def test_the_silence_is_written_down_once(stage: CallStage) -> None:
    stage.now = beijing("2026-11-26 09:30")
    for cause in ("t1", "t2"):
        async with stage.office.work(cause) as work:
            await overdue(work, 1)
    assert await stage.actions() == [OVERDUE]
    assert (await stage.call()).overdue_at == stage.now


async def test_who_has_left_is_asked_no_more(stage: CallStage) -> None:
    async with stage.office.work("moved") as work:
        await on_left(work, await work.lock(Official, stage.cast.head.id))  # another post only
        assert len(await open_requests(work)) == 1
    async with stage.office.work("left") as work:
        head = await work.lock(Official, stage.cast.head.id)
        head.left_at = work.now
        await work.flush()
        await on_left(work, head)
    call = await stage.call()
    assert (call.ending, call.ended_by, call.open) == (Ending.WITHDRAWN, None, False)
    assert await stage.actions() == ["reach.lapse"]
    async with stage.office.work("look") as work:
        assert await open_requests(work) == []
        assert await work.session.scalar(select(timers.c.id)) is None
