"""An office with the whole sample district, and meetings of it to look after."""

from datetime import timedelta

from handlers.meeting.calling import send_out
from rules.meeting.matter import Meeting, MeetingKind
from rules.meeting.members import Wanted, list_for
from rules.roster import Official
from rules.settings import Settings
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.cast import beijing
from tests.meeting_cast import District
from tests.stage import Stage, enter

MeetingStage = Stage[District]
START = beijing("2026-12-08 14:30")


async def sample(database: Database) -> MeetingStage:
    """The sample district, everybody bound, on the Wednesday before."""
    there = MeetingStage(database, District(), now=beijing("2026-12-02 10:00"))
    async with there.office.work("sample") as work:
        await enter(work, there.cast.units.values(), there.cast.people.values())
    return there


async def person(work: UnitOfWork, name: str) -> Official:
    (found,) = (await work.roster()).named(name)
    return found


async def lay(
    work: UnitOfWork,
    kind: MeetingKind = MeetingKind.EXECUTIVE,
    *,
    called: bool = True,
    caller: str = "卫冬藏",
) -> Meeting:
    """A meeting of two hours with 财政局 in attendance."""
    roster = await work.roster()
    chair = roster.mayor if kind is not MeetingKind.DISTRICT else None
    finance = roster.unit("财政局")
    assert finance
    clerk = await person(work, caller)
    meeting = Meeting(
        kind,
        f"区政府{kind}",
        START,
        START + timedelta(hours=2),
        "三楼会议室",
        clerk,
        work.now,
        beijing("2026-12-07 12:00"),
        chair=chair,
    )
    meeting.seat(list_for(kind, roster, Wanted(units=[finance]), chair, Settings().legal_review).seats)
    work.add(meeting)
    await work.flush()
    if called:
        await send_out(work, meeting, clerk)
    return meeting
