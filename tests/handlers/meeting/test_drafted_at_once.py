"""Two clerks submit the same meeting in one instant: one meeting, and the second is told of the first."""

import asyncio

import pytest

from handlers.meeting.form import MEETING
from rules.forms import Problem, Values
from rules.meeting.matter import MeetingKind, MeetingState
from rules.roster import Role
from storage.database import Database
from storage.queries.meeting.meetings import open_meetings
from storage.unit_of_work import UnitOfWork
from tests.meeting_stage import START, MeetingStage, sample


@pytest.fixture
async def stage(database: Database) -> MeetingStage:
    return await sample(database)


async def _submit(work: UnitOfWork, role: Role) -> list[Problem]:
    roster = await work.roster()
    finance, official = roster.unit("财政局"), roster.with_role(role)[0]
    values = Values(kind=MeetingKind.EXECUTIVE, start=START, length=120, place="三楼会议室", units=[finance])
    assert MEETING.check
    found = list(await MEETING.check(work, official, values) or ())
    if not found:
        await MEETING.submit(work, official, values)
    return found


async def test_two_clerks_at_one_moment_make_one_meeting(stage: MeetingStage) -> None:
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def first() -> list[Problem]:
        async with stage.office.work("first") as work:
            found = await _submit(work, Role.OFFICE_STAFF)
            entered.set()
            await go_on.wait()
            return found

    async def second() -> list[Problem]:
        await entered.wait()
        async with stage.office.work("second") as work:
            return await _submit(work, Role.OFFICE_DIRECTOR)

    one, other = asyncio.create_task(first()), asyncio.create_task(second())
    await entered.wait()
    done, _ = await asyncio.wait([other], timeout=0.5)
    assert not done, "the second waits for what the first is about to commit"
    go_on.set()
    assert await one == []
    (refused,) = await other
    assert refused.message.startswith("12月8日（周二）14:30的“区政府常务会议”已由")
    assert "（草稿）" in refused.message
    async with stage.office.work("look") as work:
        assert len(await open_meetings(work, MeetingState.DRAFT)) == 1
