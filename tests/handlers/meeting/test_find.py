"""What /find finds among meetings: those one is called to; by their topics only who may know them."""

import pytest

from handlers.meeting import find as meeting_find
from notices.message_text import plain
from rules.find import read
from rules.meeting.matter import MeetingKind
from rules.meeting.members import Wanted
from rules.meeting.topic import Topic
from rules.refused import Refused
from rules.roster import Official
from rules.settings import Settings
from rules.working_days import shanghai_day
from storage.database import Database
from storage.office import Office
from storage.unit_of_work import UnitOfWork
from tests.meeting_cast import WEDNESDAY, District

CALLED, DRAFT = 7, 8


@pytest.fixture
async def office(database: Database) -> Office:
    """An executive meeting is called with topics of 住建局 and 财政局; a special one is still a draft."""
    office = Office(database, Settings(), lambda: WEDNESDAY)
    district = District()
    housing, finance = district.units["住建局"], district.units["财政局"]
    called = district.meeting(wanted=Wanted(topics=[housing, finance]))
    called.topics = [Topic(1, "城市更新100%推进", housing, 20), Topic(2, "预算调整", finance, 20)]
    draft = district.meeting(MeetingKind.SPECIAL, called=False)
    draft.id, draft.place = DRAFT, "二楼会议室"
    for id, one in enumerate(draft.attendees, 500):
        one.id = id
    async with office.work("cast") as work:
        portfolios = {unit: unit.portfolio_id for unit in district.units.values()}
        for unit in portfolios:
            unit.portfolio_id = None
        work.session.add_all([*district.units.values(), *district.people.values()])
        await work.flush()
        for unit, portfolio in portfolios.items():
            unit.portfolio_id = portfolio
        work.session.add_all([called, draft])
    return office


async def found(work: UnitOfWork, official: Official, words: str) -> set[int]:
    found = await meeting_find.find(work, official, read(words, shanghai_day(work.now)), 50)
    return {int(one.key.removeprefix("meeting:")) for one in found}


async def test_everybody_finds_what_they_may_see_and_may_open_it(office: Office) -> None:
    async with office.work("look") as work:
        seen: dict[str, set[int]] = {}
        for official in (await work.roster()).officials:
            listed = seen[official.name] = await found(work, official, "会议")
            for id, place in ((CALLED, "三楼会议室"), (DRAFT, "二楼会议室")):
                try:
                    card = await meeting_find.card(work, official, id)
                except Refused:
                    assert id not in listed, (official.titled, id)
                else:
                    assert id in listed, (official.titled, id)
                    assert place in plain(card.text)
    assert seen["王列张"] == seen["卫冬藏"] == {CALLED, DRAFT}
    assert seen["赵天地"] == seen["孙宇宙"] == seen["陶鳞潜"] == seen["戚龙师"] == {CALLED}
    assert seen["杨调阳"] == seen["姜羽翔"] == set()


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("常务会议 三楼", {CALLED}),
        ("常务 赵天地", {CALLED}),
        ("预算", {CALLED}),
        ("100%", {CALLED}),
        ("专题", {DRAFT}),
        ("已通知 12月", {CALLED}),
        ("12月8日", {CALLED, DRAFT}),
        ("12月9日", set()),
        ("11月", set()),
    ],
)
async def test_the_office_finds_by_each_of_these(office: Office, words: str, listed: set[int]) -> None:
    async with office.work("look") as work:
        clerk = next(one for one in (await work.roster()).desk if one.name == "卫冬藏")
        assert await found(work, clerk, words) == listed


async def test_who_is_there_for_their_topic_cannot_find_by_the_others(office: Office) -> None:
    async with office.work("look") as work:
        people = {one.name: one for one in (await work.roster()).officials}
        assert await found(work, people["陶鳞潜"], "城市更新") == set()
        assert await found(work, people["孙宇宙"], "城市更新") == {CALLED}
