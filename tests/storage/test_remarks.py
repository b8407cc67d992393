"""What was said on a matter is read once in a unit of work, by its index, whatever cards go out."""

from collections.abc import Sequence

from markupsafe import Markup

from notices.notice import Notice
from rules.remarks.advice import Advice
from rules.remarks.remark import Remark
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.queries.remarks import asked_on, keep
from tests.cast import THURSDAY, Cast
from tests.stage import enter
from tests.storage.plans import planned

OWN, FIRST = "leave:1:own", "leave:1:0"


async def _open(database: Database, cast: Cast) -> Office:
    office = Office(database, Settings(), lambda: THURSDAY)
    async with office.work("people") as work:
        await enter(work, cast.units, cast.officials)
    return office


def _cards(cast: Cast) -> Sequence[Notice]:
    return [Notice(cast.head, Markup("请假"), card=OWN), Notice(cast.vice, Markup("请审批"), card=FIRST)]


async def test_five_cards_of_one_matter_take_one_look(database: Database) -> None:
    cast = Cast()
    office = await _open(database, cast)
    async with office.work("cards") as work, planned(database, work.session) as plans:
        for card in _cards(cast):
            await work.send(card)
        for name in (OWN, FIRST, "leave:1:office"):
            await work.redraw(name, Markup("改过"))
    looks = [plan for plan in plans if "remarks" in plan]
    assert len(looks) == 1
    assert "ix_remarks_subject" in looks[0]


async def test_what_is_said_meanwhile_stands_on_the_next_card(database: Database) -> None:
    cast = Cast()
    office = await _open(database, cast)
    async with office.work("cards") as work:
        await work.send(*_cards(cast))
        await keep(work, Remark("leave:1", cast.head, "材料已补", THURSDAY, [FIRST]))
        await work.redraw(OWN, Markup("改过"))
        await work.redraw(FIRST, Markup("改过"))
        said = [row.payload["text"] for row in work.written if row.target_id]
    assert ["材料已补" in text for text in said] == [True, False, True]


async def test_a_view_is_found_by_its_card_and_by_the_copies_of_who_stands_in(database: Database) -> None:
    cast = Cast()
    office = await _open(database, cast)
    async with office.work("ask") as work:
        advice = Advice("leave:1", FIRST, "请假", cast.vice, cast.mayor, "可行吗？")
        advice.ask(THURSDAY)
        work.add(advice)
        await work.flush()
        async with planned(database, work.session) as plans:
            assert await asked_on(work, [f"{FIRST}:7", OWN]) == [advice.id]
            assert await asked_on(work, [OWN, "leave:11:0"]) == []
    assert all("ix_advices_waiting" in plan for plan in plans)
