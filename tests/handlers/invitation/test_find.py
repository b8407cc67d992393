"""What /find finds among invitations: one's own unit's, and those one was asked to."""

import pytest

from handlers.invitation import find as invitation_find
from notices.message_text import plain
from rules.find import read
from rules.invitation.kinds import InvitationKind
from rules.invitation.leaders import answer, forward
from rules.invitation.request import Answer
from rules.refused import Refused
from rules.roster import Official
from rules.settings import Settings
from rules.working_days import shanghai_day
from storage.database import Database
from storage.office import Office
from storage.unit_of_work import UnitOfWork
from tests.cast import THURSDAY, beijing
from tests.invitation_cast import Desk
from tests.stage import enter

FORWARDED, AT_DESK = 12, 13


@pytest.fixture
async def office(database: Database) -> Office:
    """One went to the mayor, who has the executive vice mayor go; another one is at the desk."""
    office = Office(database, Settings(), lambda: THURSDAY)
    cast = Desk()
    one = cast.invite(cast.mayor)
    forward(one, cast.clerk, [cast.mayor], THURSDAY)
    answer(one, cast.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=cast.executive)
    two = cast.invite(
        cast.vice, kind=InvitationKind.SIGNING, event="100%国产化签约", start=beijing("2027-01-20 09:00")
    )
    two.id, two.unit, two.submitted_by, two.organiser = AT_DESK, cast.archive, cast.archivist, "市商会"
    async with office.work("keep") as work:
        await enter(work, cast.units, cast.officials)
        work.session.add_all([one, two])
    return office


async def found(work: UnitOfWork, official: Official, words: str) -> set[int]:
    found = await invitation_find.find(work, official, read(words, shanghai_day(work.now)), 50)
    return {int(one.key.removeprefix("invitation:")) for one in found}


async def test_everybody_finds_what_they_may_see_and_may_open_it(office: Office) -> None:
    async with office.work("look") as work:
        seen: dict[str, set[int]] = {}
        for official in (await work.roster()).officials:
            listed = seen[official.name] = await found(work, official, "邀请")
            for id, event in ((FORWARDED, "城区重点项目调研"), (AT_DESK, "100%国产化签约")):
                try:
                    card = await invitation_find.card(work, official, id)
                except Refused:
                    assert id not in listed, (official.titled, id)
                else:
                    assert id in listed, (official.titled, id)
                    assert event in plain(card.text)
        assert {name: listed for name, listed in seen.items() if listed} == {
            "赵天地": {FORWARDED},
            "钱玄黄": {FORWARDED},
            "吴盈昃": {FORWARDED, AT_DESK},
            "郑辰宿": {FORWARDED, AT_DESK},
            "王列张": {FORWARDED, AT_DESK},
            "冯寒来": {FORWARDED},
            "褚秋收": {FORWARDED},
            "卫冬藏": {AT_DESK},
        }


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("调研 云腾", {FORWARDED}),
        ("财政局", {FORWARDED}),
        ("赵天地", {FORWARDED}),
        ("市商会 签约", {AT_DESK}),
        ("100%", {AT_DESK}),
        ("孙宇宙 待办公室审核", {AT_DESK}),
        ("12月10日", {FORWARDED}),
        ("2027年1月", {AT_DESK}),
        ("论坛", set()),
    ],
)
async def test_the_office_finds_by_each_of_these(office: Office, words: str, listed: set[int]) -> None:
    async with office.work("look") as work:
        clerk = next(one for one in (await work.roster()).desk if one.name == "王列张")
        assert await found(work, clerk, words) == listed
