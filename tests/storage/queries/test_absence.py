"""Who is away is read once in a unit of work, and anew once anything may have changed it meanwhile."""

from datetime import date

import pytest
from sqlalchemy import event

from rules.dates.reading import Half
from rules.delegation import Delegation, DelegationState, Scope
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official, Role
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.queries.absence import absences
from storage.unit_of_work import UnitOfWork
from tests.cast import Cast, beijing

NOON = beijing("2026-12-01 12:00")


async def _settled(database: Database) -> Office:
    """The mayor is on leave for three days."""
    office, cast = Office(database, Settings(), lambda: NOON), Cast()
    cast.finance.portfolio_id = cast.vice.backup_id = None
    async with office.work("cast") as work:
        work.session.add_all([*cast.units, *cast.officials])
        await work.flush()
        work.add(await _leave(work, cast.mayor.id))
    return office


@pytest.fixture
async def office(database: Database) -> Office:
    """On each kind of database in turn."""
    return await _settled(database)


async def _leave(work: UnitOfWork, applicant: int) -> Leave:
    roster = await work.roster()
    who = roster.by_id(applicant)
    assert who
    start, end = (date(2026, 12, 1), Half.AM), (date(2026, 12, 3), Half.PM)
    leave = Cast().report(
        who, None, start=start, end=end, urgent_reason="会议", now=beijing("2026-11-30 16:00"), roster=roster
    )
    leave.id, leave.state = applicant, LeaveState.APPROVED
    return leave


async def _away(work: UnitOfWork) -> list[str]:
    return [official.name for official in (await absences(work)).absent]


async def test_it_is_read_once(office: Office) -> None:
    read: list[str] = []
    engine = office.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *said: read.append(said[2]))
    async with office.work("look") as work:
        assert await _away(work) == ["赵天地"]
        before = len(read)
        assert await _away(work) == ["赵天地"]
        assert before > 0
        assert len(read) == before


@pytest.mark.parametrize("written", [True, False], ids=["written", "not written yet"])
async def test_a_leave_that_changes_or_comes_is_seen(office: Office, *, written: bool) -> None:
    async with office.work("change") as work:
        found = (await absences(work)).leaves[0]
        leave = await work.lock(Leave, found.id)
        leave.state = LeaveState.RETURNED
        if written:
            await work.flush()
        now = await absences(work)
        assert (now.leaves, now.absent) == ([], [])
        work.add(await _leave(work, leave.applicant.id + 1))
        if written:
            await work.flush()
        assert await _away(work) == ["钱玄黄"]
        await work.session.delete((await absences(work)).leaves[0])
        assert await _away(work) == []


async def test_a_delegation_is_seen_when_it_comes_and_when_it_ends(office: Office) -> None:
    async with office.work("hand over") as work:
        assert await _away(work) == ["赵天地"]
        roster = await work.roster()
        principal, delegate = roster.with_role(Role.EXECUTIVE_VICE_MAYOR)[0], roster.mayor
        assert delegate
        first, last = date(2026, 12, 1), date(2026, 12, 2)
        handed = Delegation(principal, delegate, Scope.ALL, first, Half.AM, last, Half.PM, NOON)
        handed.state = DelegationState.ACCEPTED
        work.add(handed)
        assert await _away(work) == ["赵天地", "钱玄黄"]
        handed.close(work.now)
        now = await absences(work)
        assert now.delegations == []


async def _leaves_and_fails(work: UnitOfWork, official: int) -> None:
    async with work.savepoint():
        work.add(await _leave(work, official))
        assert await _away(work) == ["赵天地", "钱玄黄"]
        raise LookupError


async def test_a_part_that_failed_leaves_nothing(office: Office) -> None:
    async with office.work("part") as work:
        roster = await work.roster()
        executive = next(one for one in roster.officials if one.name == "钱玄黄").id
        with pytest.raises(LookupError):
            await _leaves_and_fails(work, executive)
        assert len((await absences(work)).leaves) == 1


async def test_the_new_roster_is_seen(office: Office) -> None:
    async with office.work("left") as work:
        before = (await absences(work)).roster
        work.forget_roster()
        assert (await absences(work)).roster is not before


async def test_after_waiting_for_a_row_what_another_did_is_seen(postgres_url: str) -> None:
    database = Database(postgres_url)  # on SQLite nobody else writes meanwhile
    office = await _settled(database)
    async with office.work("first") as first:
        found = (await absences(first)).leaves[0]
        async with office.work("second") as second:
            (await second.lock(Leave, found.id)).state = LeaveState.RETURNED
        await first.lock(Official, found.applicant.id)
        assert (await absences(first)).leaves == []
    await database.close()
