"""What an invitation puts into phones: each file newer than the last, and no phone left with a wrong time."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select

from handlers.invitation.answer import entered
from handlers.invitation.desk import _take
from handlers.invitation.forward import FORWARD_FORM
from matters.invitation import outcome
from notices.invitation.told import cancelled_line
from rules.forms import Values
from rules.invitation.changing import propose
from rules.invitation.leaders import answer, forward
from rules.invitation.matter import Invitation
from rules.invitation.request import Answer
from rules.roster import Official
from storage.database import Database
from storage.outbox import Kind
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.invitation_cast import EVENT, Desk
from tests.invitation_stage import InvitationStage

Step = Callable[[UnitOfWork, Invitation], Awaitable[None]]


@pytest.fixture
def stage(database: Database) -> InvitationStage:
    return InvitationStage(database, Desk())


async def plays(stage: InvitationStage, *steps: Step) -> None:
    """One unit of work for each, all in the same second: only what is counted can tell them apart."""
    invitation = stage.cast.invite(stage.cast.vice)
    forward(invitation, stage.cast.clerk, [stage.cast.vice], stage.now)
    await stage.lay(invitation)
    for number, step in enumerate(steps):
        async with stage.office.work(str(number)) as work:
            await step(work, await work.lock(Invitation, 12))


async def files(stage: InvitationStage, to: Official) -> list[str]:
    """What one phone was given: every file of it newer than the last."""
    async with stage.office.work("look") as work:
        chosen = select(outbox).where(outbox.c.kind == Kind.MESSAGE, outbox.c.official_id == to.id)
        rows = (await work.session.execute(chosen.order_by(outbox.c.id))).all()
    events: list[Event] = []
    for row in rows:
        if row.content is not None:
            (event,) = Calendar.from_ical(row.content).walk("VEVENT")
            assert isinstance(event, Event)
            events.append(event)
    assert len({event["uid"] for event in events}) <= 1
    numbers = [int(str(event["sequence"])) for event in events]
    assert numbers == sorted(set(numbers))
    return [f"{event['status']} {event.start:%m-%d %H:%M}" for event in events]


def answers(wanted: Answer, position: int = 0) -> Step:
    async def step(work: UnitOfWork, invitation: Invitation) -> None:
        leader = invitation.request(position).leader
        request = answer(invitation, leader, position, wanted, work.now)
        await entered(work, leader, invitation, request)

    return step


def moves(days: int) -> Step:
    async def step(work: UnitOfWork, invitation: Invitation) -> None:
        start = EVENT + timedelta(days=days)
        propose(invitation, invitation.submitted_by, start, None, "二楼", [], "", work.now)
        await work.flush()
        await _take(work, invitation.requests[0].forwarded_by, invitation)

    return step


async def calls_off(work: UnitOfWork, invitation: Invitation) -> None:
    invitation.cancel(invitation.submitted_by, "延期", work.now)
    await work.send(*outcome.taken_off(work, invitation, cancelled_line(invitation)))


async def test_a_change_moves_the_entry_at_once_and_the_answer_settles_it(stage: InvitationStage) -> None:
    await plays(stage, answers(Answer.ATTEND), moves(1), answers(Answer.ATTEND), moves(4), calls_off)
    seen = [
        "CONFIRMED 12-10 09:00",
        "TENTATIVE 12-11 09:00",
        "CONFIRMED 12-11 09:00",
        "TENTATIVE 12-14 09:00",
        "CANCELLED 12-14 09:00",
    ]
    assert await files(stage, stage.cast.vice) == seen
    assert await files(stage, stage.cast.clerk) == seen


async def test_who_comes_no_more_after_a_change_has_it_taken_off(stage: InvitationStage) -> None:
    await plays(stage, answers(Answer.ATTEND), moves(1), answers(Answer.DECLINE))
    assert await files(stage, stage.cast.vice) == [
        "CONFIRMED 12-10 09:00",
        "TENTATIVE 12-11 09:00",
        "CANCELLED 12-11 09:00",
    ]


@pytest.mark.parametrize("again", [True, False])
async def test_silent_after_a_change_and_forwarded_anew(stage: InvitationStage, again: bool) -> None:
    async def forwards(work: UnitOfWork, invitation: Invitation) -> None:
        clerk, request = invitation.requests[0].forwarded_by, invitation.requests[0]
        request.give_back(work.now)
        leader = await work.lock(Official, (stage.cast.vice if again else stage.cast.mayor).id)
        values = Values({"invitation": 12, "leaders": [leader]})
        assert await FORWARD_FORM.submit(work, clerk, values) == f"已转呈{leader.titled}。"

    steps = [answers(Answer.ATTEND), moves(1), forwards]
    await plays(stage, *steps, *([answers(Answer.ATTEND, 1)] if again else []))
    assert await files(stage, stage.cast.vice) == [
        "CONFIRMED 12-10 09:00",
        "TENTATIVE 12-11 09:00",
        "CONFIRMED 12-11 09:00" if again else "CANCELLED 12-11 09:00",
    ]
