"""Matters follow who decides: by the hour, by the roster, and by delegation; on both kinds of database."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from jobs import absence, delegation
from matters.delegation import bring_up_to_date
from rules.dates.reading import Half
from rules.delegation import Delegation, DelegationState, Scope
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official
from storage.database import Database
from storage.queries.absence import BEGINS, FOLLOW, TURNS
from storage.tables import timers
from tests.cast import Cast, beijing
from tests.stage import Stage, enter

MAYORS, PLAIN, URGENT = 1, 2, 3
MAYOR, EXECUTIVE, VICE, DIRECTOR, DEPUTY_DIRECTOR, CLERK = range(1001, 1007)
"""Their chats."""


class AbsenceStage(Stage[Cast]):
    """Where the clock comes to a leave, a delegation, a morning."""

    async def timers_of(self, *kinds: str) -> dict[tuple[str, int], datetime]:
        """What the clock will look at, of these kinds."""
        async with self.office.work("look") as work:
            rows = (await work.session.execute(select(timers).where(timers.c.kind.in_(kinds)))).all()
        return {(row.kind, row.subject_id): row.due_at for row in rows}

    async def fire(self, fire: object, id: int, at: str) -> None:
        """Have the clock come to that."""
        assert callable(fire)
        self.now = beijing(at)
        async with self.office.work(f"t{at}") as work:
            for kind in (BEGINS, FOLLOW, TURNS):
                await work.drop_timers(kind, id)
            await fire(work, id)


@pytest.fixture
async def stage(database: Database) -> AbsenceStage:
    """The mayor goes away on 1 December; a plain and an urgent report have waited since the day before."""
    cast = Cast()
    there = AbsenceStage(database, cast, now=beijing("2026-11-30 16:00"))
    async with there.office.work("cast") as work:
        await enter(work, cast.units, cast.officials)
    async with there.office.work("reports") as work:
        roster = await work.roster()
        people = {official.id: official for official in roster.officials}
        for id, applicant, reason in (
            (MAYORS, cast.mayor, ""),
            (PLAIN, cast.vice, ""),
            (URGENT, cast.director, "临时会议"),
        ):
            start = (date(2026, 12, 1 if id == MAYORS else 8), Half.AM)
            end = (date(2026, 12, 3 if id == MAYORS else 8), Half.PM)
            leave = Cast().report(
                people[applicant.id],
                None,
                start=start,
                end=end,
                urgent_reason=reason,
                now=work.now,
                roster=roster,
            )
            leave.id = id
            if id == MAYORS:
                leave.acting = people[cast.executive.id]
            work.add(leave)
        await work.flush()
    return there


def _moves(told: list[tuple[int | None, str]]) -> list[int | None]:
    return [chat for chat, text in told if "请您代" in text]


async def test_at_night_only_what_is_urgent_moves(stage: AbsenceStage) -> None:
    await stage.fire(absence.leave_begins, MAYORS, "2026-12-01 00:00")
    assert await stage.fresh() == [
        (EXECUTIVE, "吴盈昃（区政府办公室主任）紧急请假 12月8日，请您代区长审批"),
        (MAYOR, "您的待办，已转由钱玄黄代办"),
    ]
    assert await stage.timers_of(BEGINS) == {(BEGINS, MAYORS): beijing("2026-12-01 08:30")}
    await stage.fire(absence.leave_begins, MAYORS, "2026-12-01 08:30")
    assert _moves(await stage.fresh()) == [EXECUTIVE]
    await stage.fire(absence.follow_now, stage.cast.mayor.id, "2026-12-01 09:00")
    assert await stage.fresh() == []  # again, it does nothing


async def test_what_no_longer_holds_moves_nothing(stage: AbsenceStage) -> None:
    async with stage.office.work("withdrawn") as work:
        leave = await work.lock(Leave, MAYORS)
        leave.withdraw(leave.applicant, work.now)
    await stage.fire(absence.leave_begins, MAYORS, "2026-12-01 08:30")
    assert await stage.fresh() == []


async def test_a_start_that_was_put_off_is_waited_for(stage: AbsenceStage) -> None:
    async with stage.office.work("later") as work:
        (await work.lock(Leave, MAYORS)).start = date(2026, 12, 2)
    await stage.fire(absence.leave_begins, MAYORS, "2026-12-01 08:30")
    assert await stage.fresh() == []
    assert await stage.timers_of(BEGINS) == {(BEGINS, MAYORS): beijing("2026-12-02 00:00")}


async def test_a_stand_in_who_leaves_office_is_followed_by_nobody_and_the_desk_knows(
    stage: AbsenceStage,
) -> None:
    await stage.fire(absence.leave_begins, MAYORS, "2026-12-01 08:30")
    await stage.fresh()
    async with stage.office.work("left") as work:
        gone = await work.lock(Official, stage.cast.executive.id)
        gone.left_at = work.now
        await work.flush()
        await delegation.on_left(work, gone)
    assert await stage.timers_of(FOLLOW) == {(FOLLOW, stage.cast.executive.id): stage.now}
    await stage.fire(absence.follow_now, stage.cast.executive.id, "2026-12-01 09:00")
    told = await stage.fresh()
    assert (MAYOR, "孙宇宙（副区长）请假 12月8日，请您审批") in told
    desk = [chat for chat, text in told if "待办暂无人代办，请联系" in text]
    assert desk == [DIRECTOR, DEPUTY_DIRECTOR, CLERK]


async def test_on_return_everything_undecided_goes_back(stage: AbsenceStage) -> None:
    await stage.fire(absence.leave_begins, MAYORS, "2026-12-01 08:30")
    await stage.fresh()
    async with stage.office.work("back") as work:
        leave = await work.lock(Leave, MAYORS)
        leave.report_back(leave.applicant, work.now)
    await stage.fire(absence.follow_now, stage.cast.mayor.id, "2026-12-01 10:00")
    assert await stage.fresh() == [
        (MAYOR, "孙宇宙（副区长）请假 12月8日，请您审批"),
        (MAYOR, "吴盈昃（区政府办公室主任）紧急请假 12月8日，请您审批"),
        (EXECUTIVE, "赵天地（区长）的待办已转回本人，您不必再代办"),
    ]
    async with stage.office.work("look") as work:
        for id in (PLAIN, URGENT):
            leave = await work.lock(Leave, id)
            assert leave.state is LeaveState.PENDING
            assert leave.waiting
            assert leave.waiting.stand_in is None


# ---------------------------------------------------------------- delegation


async def _delegate(stage: AbsenceStage, *, accepted: bool) -> int:
    """The mayor hands over 1 to 2 December to the vice mayor, who is not on leave."""
    async with stage.office.work("offer") as work:
        roster = await work.roster()
        principal, delegate = roster.mayor, roster.by_id(stage.cast.vice.id)
        assert principal
        assert delegate
        delegation = Delegation(
            principal,
            delegate,
            Scope.ALL,
            date(2026, 12, 1),
            Half.AM,
            date(2026, 12, 2),
            Half.PM,
            offered_at=work.now,
        )
        if accepted:
            delegation.accept(delegate, work.now)
        leave = await work.lock(Leave, MAYORS)
        leave.withdraw(leave.applicant, work.now)
        work.add(delegation)
        await work.flush()
        await bring_up_to_date(work, delegation)
        return delegation.id


async def test_a_delegation_begins_and_ends_by_itself(stage: AbsenceStage) -> None:
    id = await _delegate(stage, accepted=True)
    assert await stage.timers_of(TURNS) == {(TURNS, id): beijing("2026-12-01 00:00")}
    await stage.fire(absence.delegation_turns, id, "2026-12-01 00:00")
    assert _moves(await stage.fresh()) == [VICE]  # the urgent one
    await stage.fire(absence.delegation_turns, id, "2026-12-01 08:30")
    told = await stage.fresh()
    assert [chat for chat, text in told if "今天起" in text] == [VICE, MAYOR]
    assert _moves(told) == []  # what else waits is the vice mayor's own report: nobody decides their own
    assert await stage.timers_of(TURNS) == {(TURNS, id): beijing("2026-12-03 00:00")}
    await stage.fire(absence.delegation_turns, id, "2026-12-03 00:00")
    assert await stage.fresh() == [
        (MAYOR, "吴盈昃（区政府办公室主任）紧急请假 12月8日，请您审批"),
        (VICE, "赵天地（区长）的待办已转回本人，您不必再代办"),
    ]
    await stage.fire(absence.delegation_turns, id, "2026-12-03 08:30")
    assert await stage.fresh() == [
        (VICE, "赵天地（区长）委托代办，您的代办已到期"),
        (MAYOR, "孙宇宙（副区长）代您办理，已到期"),
    ]
    assert await stage.timers_of(TURNS) == {}


async def test_an_offer_nobody_answers_moves_nothing_and_is_said(stage: AbsenceStage) -> None:
    id = await _delegate(stage, accepted=False)
    await stage.fire(absence.delegation_turns, id, "2026-12-01 08:30")
    assert await stage.fresh() == [(MAYOR, "孙宇宙（副区长）尚未答复委托，待办仍由您本人办理")]
    await stage.fire(absence.delegation_turns, id, "2026-12-03 08:30")
    assert await stage.fresh() == [(MAYOR, "孙宇宙（副区长）未答复委托，委托已到期")]


async def test_a_delegation_ends_with_the_office_of_either(stage: AbsenceStage) -> None:
    id = await _delegate(stage, accepted=True)
    await stage.fire(absence.delegation_turns, id, "2026-12-01 08:30")
    await stage.fresh()
    async with stage.office.work("left") as work:
        gone = await work.lock(Official, stage.cast.vice.id)
        gone.left_at = work.now
        await work.flush()
        work.forget_roster()
        await delegation.on_left(work, gone)
    async with stage.office.work("look") as work:
        assert (await work.lock(Delegation, id)).state is DelegationState.ENDED
    assert [chat for chat, _ in await stage.fresh()] == [MAYOR]
