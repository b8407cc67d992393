"""What /find finds among sheets: what concerns one's unit; what has gone out, for who may see it."""

from datetime import timedelta

import pytest

from handlers.countersign import find as countersign_find
from notices.message_text import plain
from rules.countersign.matter import Countersign, CountersignKind
from rules.find import read
from rules.refused import Refused
from rules.roster import Official
from rules.settings import Settings
from rules.working_days import shanghai_day
from storage.database import Database
from storage.office import Office
from storage.unit_of_work import UnitOfWork
from tests.countersign_cast import WEDNESDAY, CountersignCast
from tests.stage import enter

RELEASED, PREPARED = 12, 13


@pytest.fixture
async def office(database: Database) -> Office:
    """住建局 has one sheet out to 财政局 and 人社局, and one that waits to be released to 司法局."""
    office = Office(database, Settings(), lambda: WEDNESDAY)
    cast = CountersignCast()
    async with office.work("cast") as work:
        await enter(work, cast.units, cast.officials)
        work.add(cast.sheet())
        later = Countersign(
            cast.housing,
            cast.liaison_of(cast.housing),
            CountersignKind.REQUEST,
            "历史街区100%保护",
            WEDNESDAY + timedelta(minutes=5),
        )
        later.id = PREPARED
        later.consult({cast.law: cast.head_of(cast.law)})
        later.consultations[0].id = 41
        work.add(later)
    return office


async def found(work: UnitOfWork, official: Official, words: str) -> set[int]:
    found = await countersign_find.find(work, official, read(words, shanghai_day(work.now)), 50)
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    return {int(one.key.removeprefix("countersign:")) for one in found}


async def test_everybody_finds_what_they_may_see_and_may_open_it(office: Office) -> None:
    async with office.work("look") as work:
        seen: dict[str, set[int]] = {}
        for official in (await work.roster()).officials:
            listed = seen[official.name] = await found(work, official, "会签")
            for id in (RELEASED, PREPARED):
                try:
                    card = await countersign_find.card(work, official, id)
                except Refused:
                    assert id not in listed
                else:
                    assert id in listed, (official.titled, id)
                    assert ("历史街区" in plain(card.text)) == (id == PREPARED)
    assert seen["王列张"] == seen["章问道"] == seen["云垂拱"] == {RELEASED, PREPARED}
    assert seen["赵天地"] == seen["褚秋收"] == seen["谢始制"] == {RELEASED}
    assert seen["华果珍"] == seen["魏河淡"] == set()


ASKED = {
    "城市更新": {RELEASED},
    "住建局": {RELEASED, PREPARED},
    "千文区财政局": {RELEASED},
    "司法局": set(),  # whom it will go to is nobody's business before it has gone out
    "请示": {PREPARED},
    "待送出 住建局": {PREPARED},
    "会签中": {RELEASED},
    "苏平章 文稿": {RELEASED},
    "0%保": {PREPARED},
    "0_保": set(),
    "11月": {RELEASED, PREPARED},
    "明年": set(),
    "去年": set(),
}


async def test_by_title_unit_kind_state_and_time(office: Office) -> None:
    async with office.work("look") as work:
        clerk = next(one for one in (await work.roster()).officials if one.name == "王列张")
        assert {words: await found(work, clerk, words) for words in ASKED} == ASKED
