"""What /find finds among leaves: for everybody exactly what they may see, page after page."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers import find as handlers
from handlers.leave import find as leave_find
from notices.listing import PAGE
from notices.message_text import plain
from rules.approval import Decision
from rules.find import read
from rules.leave.ledger import may_know
from rules.leave.matter import Leave
from rules.refused import Refused
from rules.roster import Official
from rules.settings import Settings
from rules.working_days import shanghai_day
from storage.database import Database
from storage.office import Office
from storage.unit_of_work import UnitOfWork
from tests.cast import THURSDAY, Cast
from tests.stage import enter

COUNT = 2 * PAGE + 3


@pytest.fixture
async def office(database: Database) -> Office:
    """An office with a report of its own from many people, in every state, one a minute."""
    office = Office(database, Settings(), lambda: THURSDAY)
    cast = Cast()
    async with office.work("cast") as work:
        await enter(work, cast.units, cast.officials)
    async with office.work("reports") as work:
        roster = await work.roster()
        people = {official.name: official for official in roster.officials}
        applicants = [people[one.name] for one in (cast.head, cast.liaison, cast.archivist, cast.vice)]
        for number in range(COUNT):
            applicant = applicants[number % len(applicants)]
            at = THURSDAY - timedelta(minutes=number)
            leave = cast.report(applicant, roster=roster, now=at)
            leave.id = number + 1
            leave.place = "济南" if number % 2 else "青岛_100%"
            if number % 3 == 0 and leave.waiting:
                leave.decide(leave.waiting.approver, leave.waiting.position, Decision.DECLINE, at)
            elif number % 3 == 1:
                while leave.waiting:
                    leave.decide(leave.waiting.approver, leave.waiting.position, Decision.AGREE, at)
            work.add(leave)
    return office


async def keys(work: UnitOfWork, official: Official, words: str, limit: int = 100) -> list[str]:
    found = await leave_find.find(work, official, read(words, shanghai_day(work.now)), limit)
    return [one.key for one in found]


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [
        ("艾力•买买提", "艾力·买买提"),
        ("艾力·买买提", "艾力・买买提"),
        ("艾力‧买买提", "艾力•买买提"),
        ("王\uf92c", "王郎"),
        ("王郎", "王\uf92c"),
        ("王\ue863", "王䶮"),
        ("王䶮", "王\ue863"),
        ("王\U000323b0", "王\U000323b0"),
        ("王长安", "王⻓安"),
    ],
)
async def test_a_name_is_found_however_it_is_spelt(office: Office, written: str, looked_for: str) -> None:
    async with office.work("rename") as work:
        desk, applicant = (await work.roster()).desk[0], (await work.lock(Leave, 1)).applicant
        applicant.name = written
    async with office.work("look") as work:
        theirs = {
            leave.id for leave in await work.session.scalars(select(Leave).filter_by(applicant=applicant))
        }
        assert set(await keys(work, desk, looked_for)) == {f"leave:{id}" for id in theirs}
        assert await keys(work, desk, f"{looked_for}某") == []


async def test_everybody_finds_what_they_may_see_and_may_open_it(office: Office) -> None:
    counts = set()
    async with office.work("look") as work:
        people = (await work.roster()).officials
        for official in people:
            found = set(await keys(work, official, "请假"))
            by_place = set(await keys(work, official, "济南"))
            counts.add(len(found))
            for id in range(1, COUNT + 1):
                leave = await work.lock(Leave, id)
                try:
                    card = await leave_find.card(work, official, id)
                except Refused:
                    assert f"leave:{id}" not in found
                    continue
                assert f"leave:{id}" in found, (official.titled, id)
                known = may_know(leave, official)
                assert (leave.place in plain(card.text)) == known
                assert (f"leave:{id}" in by_place) == (known and leave.place == "济南")
    assert len(counts) > 3  # they do not all see the same


async def test_page_after_page_shows_each_once_the_newest_first(office: Office) -> None:
    async with office.work("look", update_id=None) as work:
        clerk = next(one for one in (await work.roster()).officials if one.name == Cast().clerk.name)
        seen: list[str] = []
        for page in range(3):
            text, buttons = await handlers._page(work, clerk, "请假", page, "7")
            rows = [[button.label for button in row] for row in buttons]
            numbers = [button for row in buttons for button in row if button.data.startswith("find:leave:")]
            seen += [button.data for button in numbers]
            assert [button.label for button in numbers] == [
                str(number) for number in range(page * PAGE + 1, page * PAGE + 1 + len(numbers))
            ]
            assert rows[-1] == [["下一页"], ["上一页", "下一页"], ["上一页"]][page]
            assert len(plain(text)) < 700
    assert seen == [f"find:leave:{id}" for id in range(1, COUNT + 1)]


async def test_signs_of_the_database_are_words_like_any_other(office: Office) -> None:
    async with office.work("look") as work:
        clerk = next(one for one in (await work.roster()).officials if one.name == Cast().clerk.name)
        assert len(await keys(work, clerk, "_100%")) == (COUNT + 1) // 2
        assert await keys(work, clerk, "%00_") == []
        assert await keys(work, clerk, "不同意 青岛", limit=2) == ["leave:1", "leave:7"]
        assert await keys(work, clerk, "明年") == []
