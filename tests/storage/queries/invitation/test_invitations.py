"""Invitations in the database: everything comes back, and what takes up people's time is found."""

from datetime import timedelta

import pytest

from matters.engagements import engagements
from rules.engagement import EngagementKind
from rules.invitation.changing import propose
from rules.invitation.leaders import answer, forward
from rules.invitation.matter import Invitation
from rules.invitation.papers import Purpose
from rules.invitation.request import Answer
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.queries.invitation.invitations import asked_of, awaiting_desk, history, of_unit
from tests.cast import THURSDAY
from tests.invitation_cast import EVENT, Desk, paper
from tests.stage import enter

HOUR = timedelta(hours=1)


async def keep(office: Office, cast: Desk, invitation: Invitation) -> None:
    """Store the cast with the invitation; 分管 and 补位 refer to people, so they come after them."""
    async with office.work("keep") as work:
        await enter(work, cast.units, cast.officials)
        work.add(invitation)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, Settings(), lambda: THURSDAY)


async def test_there_and_back(office: Office) -> None:
    cast = Desk()
    invitation = cast.invite(cast.mayor, cast.vice, permitter=cast.director)
    invitation.papers = [paper(Purpose.PROGRAMME), paper(Purpose.SPEECH, "讲话.docx")]
    invitation.permit(cast.director, True, THURSDAY)
    forward(invitation, cast.clerk, [cast.mayor, cast.vice], THURSDAY, advice="建议出席", together=True)
    answer(invitation, cast.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=cast.executive)
    propose(invitation, cast.liaison, EVENT + HOUR, EVENT + 2 * HOUR, "二楼", [], "会场", THURSDAY)
    await keep(office, cast, invitation)
    async with office.work("look") as work:
        again = await work.lock(Invitation, invitation.id)
        assert [one.name for one in again.asked] == ["赵天地", "孙宇宙"]
        assert again.permission is not None
        assert again.permission.granted
        assert [one.leader.name for one in again.requests] == ["赵天地", "孙宇宙"]
        assert again.requests[0].delegate is not None
        assert again.change is not None
        assert again.change.start == EVENT + HOUR
        assert [one.purpose for one in again.papers] == [Purpose.PROGRAMME, Purpose.SPEECH]
        assert await awaiting_desk(work) == [again]
        assert await of_unit(work, again.unit) == [again]
        assert await asked_of(work, [again.requests[1].leader]) == [again]
        assert await history(work, again, THURSDAY) == []


async def test_who_comes_is_taken_up_and_who_is_asked_may_be(office: Office) -> None:
    cast = Desk()
    invitation = cast.accepted(cast.vice)
    forward(invitation, cast.clerk, [cast.mayor], THURSDAY)
    await keep(office, cast, invitation)
    async with office.work("look") as work:
        people = (await work.roster()).officials
        found = await engagements(work, people, EVENT - HOUR, EVENT + HOUR)
        assert [(one.official.name, one.kind, one.firm) for one in found] == [
            ("赵天地", EngagementKind.EVENT, False),
            ("孙宇宙", EngagementKind.EVENT, True),
        ]
        assert found[0].end == EVENT + 2 * HOUR  # as long as is usual, since no end was given
        assert await engagements(work, people, EVENT + 2 * HOUR, EVENT + 3 * HOUR) == []
