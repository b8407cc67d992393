"""A roster in the database: taken over whole, people unbound, codes given and found."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import Markup
from sqlalchemy import select

from bot.roster.files import SAMPLE, read_file
from notices.notice import Notice
from rules.binding import FreshCode, WrongTry
from rules.forms import Draft
from rules.roster import Official, Role, Unit
from rules.roster_change import compare
from rules.roster_import import NewRoster, RosterTable, read_roster
from rules.roster_match import Answers
from rules.settings import Settings
from storage import audit
from storage.database import Database
from storage.office import Office
from storage.queries import roster as stored
from storage.tables import audit as audit_rows
from storage.tables import drafts, outbox
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 9, 30, 1, 0, tzinfo=UTC)

UNITS = [
    "区政府,千文区人民政府,区政府领导,",
    "财政局,千文区财政局,部门,钱玄黄",
    "人社局,千文区人社局,部门,孙宇宙",
]
PEOPLE = [
    "赵天地,区政府,区长,区长,,",
    "钱玄黄,区政府,副区长,常务副区长,,孙宇宙",
    "孙宇宙,区政府,副区长,副区长,,钱玄黄",
    "吴盈昃,财政局,局长,主要负责人,,",
    "郑辰宿,财政局,科长,联络员,,",
    "王列张,人社局,局长,主要负责人,,",
]


def roster(units: Sequence[str] = UNITS, people: Sequence[str] = PEOPLE) -> NewRoster:
    units_table = RosterTable("单位", [line.split(",") for line in ("单位,全称,类别,分管领导", *units)])
    people_table = RosterTable(
        "人员", [line.split(",") for line in ("姓名,单位,职务,角色,手机,补位", *people)]
    )
    return read_roster(units_table, people_table)


class Moment:
    """The time as the tests want it."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
async def office(database: Database, moment: Moment) -> Office:
    """An office with the small roster above."""
    office = Office(database, Settings(), moment.now)
    await take_over(office, roster())
    return office


_causes = iter(range(1_000_000))


def work(office: Office) -> UnitOfWork:
    return office.work(f"test:{next(_causes)}")


async def take_over(office: Office, new: NewRoster, *same: tuple[str, str]) -> list[str]:
    """Apply it; gives the names of those whose matters must move."""
    async with work(office) as open_work:
        change = compare(await open_work.roster(), new, Answers(same))
        return [official.name for official in await stored.apply(open_work, change)]


async def person(open_work: UnitOfWork, name: str) -> Official:
    (found,) = (await open_work.roster()).named(name)
    return found


async def test_the_sample_is_taken_over_whole_and_again_changes_nothing(database: Database) -> None:
    office = Office(database, Settings(), lambda: NOW)
    await take_over(office, read_file(SAMPLE))
    async with work(office) as open_work:
        sample = await open_work.roster()
        assert (len(sample.units), len(sample.officials)) == (33, 105)
        finance = sample.unit("财政局")
        assert finance is not None
        in_charge = sample.in_charge_of(finance)
        assert in_charge is sample.executive_vice_mayor
        assert in_charge is not None
        assert sample.by_id(in_charge.backup_id) is sample.with_role(Role.VICE_MAYOR)[0]
        assert not compare(sample, read_file(SAMPLE))


async def test_references_follow_to_newcomers(office: Office) -> None:
    units = [line.replace("孙宇宙", "周日月") for line in UNITS]
    people = [line.replace("孙宇宙", "周日月") for line in PEOPLE]
    assert await take_over(office, roster(units, people)) == ["孙宇宙"]
    async with work(office) as open_work:
        now = await open_work.roster()
        newcomer = await person(open_work, "周日月")
        assert now.by_id((await person(open_work, "钱玄黄")).backup_id) is newcomer
        unit = now.unit("人社局")
        assert unit is not None
        assert now.in_charge_of(unit) is newcomer
        assert not now.named("孙宇宙")
        assert not compare(now, roster(units, people))


async def test_moves_and_closures_keep_bindings_and_free_groups(office: Office) -> None:
    async with work(office) as open_work:
        (await person(open_work, "郑辰宿")).telegram_id = 7001
        labour = (await open_work.roster()).unit("人社局")
        assert labour is not None
        labour.group_chat_id = -500
    people = [line.replace("郑辰宿,财政局", "郑辰宿,区政府") for line in PEOPLE[:5]]
    assert await take_over(office, roster(UNITS[:2], people)) == ["王列张", "郑辰宿"]
    async with work(office) as open_work:
        moved = await person(open_work, "郑辰宿")
        assert (moved.unit.name, moved.telegram_id) == ("区政府", 7001)
        assert (await open_work.roster()).unit("人社局") is None
        assert await stored.unit_of_group(open_work, -500) is None


async def test_names_are_corrected_and_units_renamed_with_all_they_have(office: Office) -> None:
    async with work(office) as open_work:
        before = await person(open_work, "郑辰宿")
        before.telegram_id, before.phone, unit = 7001, "13800000006", before.unit
        unit.group_chat_id = -500
        open_work.add(Draft(before.id, 7001, "leave", "请假报告", NOW))
    units = [line.replace("财政局,千文区财政局", "财金局,千文区财政金融局") for line in UNITS]
    people = [line.replace("财政局", "财金局") for line in PEOPLE]
    people[4] = "郑辰肃,财金局,科长,联络员,13800000006,"
    assert await take_over(office, roster(units, people)) == []
    async with work(office) as open_work:
        after = await person(open_work, "郑辰肃")
        assert (after.id, after.telegram_id, after.unit.id) == (before.id, 7001, unit.id)
        assert (after.unit.name, after.unit.full_name) == ("财金局", "千文区财政金融局")
        found = await stored.unit_of_group(open_work, -500)
        assert found is after.unit
        assert (await open_work.session.scalars(select(drafts.c.closed_at))).all() == [None]
        assert not (await open_work.roster()).named("郑辰宿")


async def test_one_who_left_is_unbound_with_codes_forms_and_waiting_messages(office: Office) -> None:
    async with work(office) as open_work:
        leaving = await person(open_work, "吴盈昃")
        fresh = FreshCode()
        await stored.give_code(open_work, leaving, fresh)
        leaving.telegram_id = 7002
        await open_work.send(Notice(leaving, Markup("请假报告待审批")))
        open_work.add(Draft(leaving.id, 7002, "leave", "请假报告", NOW))
    assert await take_over(office, roster(people=[*PEOPLE[:3], *PEOPLE[4:]])) == ["吴盈昃"]
    async with work(office) as open_work:
        assert await open_work.official(7002) is None
        assert not (await open_work.roster()).named("吴盈昃")
        code = await stored.find_code(open_work, fresh.words)
        assert code is not None
        assert code.revoked_at == NOW
        assert (await open_work.session.scalars(select(drafts.c.closed_at))).all() == [NOW]
        assert (await open_work.session.scalars(select(outbox.c.chat_id))).all() == [None]
        assert not (await audit.verify(open_work.session)).fault


WITHOUT_WU = [*PEOPLE[:3], *PEOPLE[4:]]
WU_IS_WU = ("吴盈昃", "吴盈昃")


async def bound(office: Office, name: str, telegram_id: int) -> int:
    """Bind the person as a redeemed code does; gives the id of the row."""
    async with work(office) as open_work:
        official = await person(open_work, name)
        await stored.release_account(open_work, telegram_id)
        official.telegram_id = telegram_id
        return official.id


async def test_who_is_back_goes_on_in_the_old_row_with_the_account_and_cards_begin_anew(
    office: Office, moment: Moment
) -> None:
    id = await bound(office, "吴盈昃", 7002)
    async with work(office) as open_work:
        await open_work.send(Notice(await person(open_work, "吴盈昃"), Markup("待办"), card="matter:1"))
    await take_over(office, roster(people=WITHOUT_WU))
    moment.at = NOW + timedelta(hours=1)
    assert await take_over(office, roster(), WU_IS_WU) == []
    async with work(office) as open_work:
        back = await person(open_work, "吴盈昃")
        assert (back.id, back.left_at, back.telegram_id) == (id, None, 7002)
        assert await open_work.official(7002) is back
        assert not compare(await open_work.roster(), roster())
        assert await open_work.holders("matter:1") == set()
        told = select(audit_rows.c.action, audit_rows.c.detail)
        rows = (await open_work.session.execute(told.where(audit_rows.c.subject == f"official:{id}"))).all()
        assert [tuple(row) for row in rows] == [
            ("roster.left", {"name": "财政局局长 吴盈昃", "telegram_id": 7002}),
            ("roster.back", {"name": "财政局局长 吴盈昃", "telegram_id": 7002}),
        ]
        assert not (await audit.verify(open_work.session)).fault


async def test_who_is_back_gets_no_account_that_another_has_now(office: Office) -> None:
    await bound(office, "吴盈昃", 7002)
    await take_over(office, roster(people=WITHOUT_WU))
    await bound(office, "王列张", 7002)
    await take_over(office, roster(), WU_IS_WU)
    async with work(office) as open_work:
        assert (await person(open_work, "吴盈昃")).telegram_id is None
        holder = await open_work.official(7002)
        assert holder is not None
        assert holder.name == "王列张"


async def test_who_is_back_gets_no_account_that_a_new_code_had_cut_off(office: Office) -> None:
    await bound(office, "吴盈昃", 7002)
    async with work(office) as open_work:
        await stored.give_code(open_work, await person(open_work, "吴盈昃"), FreshCode())
    await take_over(office, roster(people=WITHOUT_WU))
    await take_over(office, roster(), WU_IS_WU)
    async with work(office) as open_work:
        assert (await person(open_work, "吴盈昃")).telegram_id is None


@pytest.mark.parametrize(("issued", "account"), [(False, 7002), (True, None)])
async def test_books_that_do_not_say_with_which_account_one_left_say_how_it_was_bound(
    office: Office, issued: bool, account: int | None
) -> None:
    async with work(office) as open_work:
        gone = await person(open_work, "吴盈昃")
        subject = f"official:{gone.id}"
        await open_work.note(gone, "binding.bound", subject, detail={"telegram_id": 7002})
        if issued:
            await open_work.note(None, "binding.issued", subject)
        await open_work.note(None, "roster.left", subject, detail={"name": gone.titled})
        gone.left_at = NOW
    await take_over(office, roster(), WU_IS_WU)
    async with work(office) as open_work:
        assert (await person(open_work, "吴盈昃")).telegram_id == account


async def test_of_two_who_are_back_the_last_to_hold_the_account_has_it(
    office: Office, moment: Moment
) -> None:
    await bound(office, "吴盈昃", 7002)
    await take_over(office, roster(people=WITHOUT_WU))
    await bound(office, "王列张", 7002)
    moment.at = NOW + timedelta(hours=1)
    await take_over(office, roster(people=WITHOUT_WU[:-1]))
    await take_over(office, roster(), WU_IS_WU, ("王列张", "王列张"))
    async with work(office) as open_work:
        accounts = [(await person(open_work, name)).telegram_id for name in ("吴盈昃", "王列张")]
        assert accounts == [None, 7002]


async def test_a_new_code_unbinds_the_old_account_and_kills_the_old_code(office: Office) -> None:
    first, second = FreshCode(), FreshCode()
    async with work(office) as open_work:
        official = await person(open_work, "吴盈昃")
        await stored.give_code(open_work, official, first)
        official.telegram_id = 7003
    async with work(office) as open_work:
        official = await person(open_work, "吴盈昃")
        await stored.give_code(open_work, official, second)
        assert official.telegram_id is None
    async with work(office) as open_work:
        old, new = [await stored.find_code(open_work, code.words.lower()) for code in (first, second)]
        assert old is not None
        assert new is not None
        assert (old.live(NOW), new.live(NOW)) == (False, True)
        assert await stored.find_code(open_work, "0000000000") is None


async def test_an_account_of_one_who_left_can_be_bound_again(office: Office) -> None:
    async with work(office) as open_work:
        gone = await person(open_work, "王列张")
        gone.left_at, gone.telegram_id = NOW, 7004
    async with work(office) as open_work:
        await stored.release_account(open_work, 7004)
        (await person(open_work, "吴盈昃")).telegram_id = 7004
    async with work(office) as open_work:
        bound = await open_work.official(7004)
        assert bound is not None
        assert bound.name == "吴盈昃"


async def test_wrong_tries_count_for_an_hour_and_are_swept(office: Office, moment: Moment) -> None:
    async with work(office) as open_work:
        open_work.add(WrongTry(7005, NOW - timedelta(minutes=30)))
        open_work.add(WrongTry(7006, NOW))
    async with work(office) as open_work:
        assert len(await stored.recent_wrong_tries(open_work, 7005)) == 1
    moment.at = NOW + timedelta(minutes=30)
    async with work(office) as open_work:
        assert await stored.recent_wrong_tries(open_work, 7005) == []
        assert len((await open_work.session.scalars(select(WrongTry))).all()) == 1


async def test_a_group_is_followed_into_its_supergroup(office: Office) -> None:
    async with work(office) as open_work:
        unit = (await open_work.roster()).unit("财政局")
        assert unit is not None
        unit.group_chat_id = -500
        await open_work.send(Notice(-500, Markup("通知")))
    for _ in range(2):
        async with work(office) as open_work:
            await stored.follow_migration(open_work, -500, -1000000000500)
    async with work(office) as open_work:
        moved = await stored.unit_of_group(open_work, -1000000000500)
        assert moved is not None
        assert moved.name == "财政局"
        assert (await open_work.session.scalars(select(outbox.c.chat_id))).all() == [-1000000000500]


async def test_a_supergroup_told_of_in_both_chats_at_once_keeps_its_unit(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with work(office) as open_work:
        unit = (await open_work.roster()).unit("财政局")
        assert unit is not None
        unit.group_chat_id = -500
    committed, unit_of_group = asyncio.Event(), stored.unit_of_group

    async def late(open_work: UnitOfWork, chat_id: int) -> Unit | None:
        if chat_id == -1000000000500:  # the worst moment to be held up
            await committed.wait()
        return await unit_of_group(open_work, chat_id)

    async def follow() -> None:
        async with work(office) as open_work:
            await stored.follow_migration(open_work, -500, -1000000000500)

    async with work(office) as first:
        await stored.follow_migration(first, -500, -1000000000500)
        await first.flush()
        monkeypatch.setattr(stored, "unit_of_group", late)
        second = asyncio.create_task(follow())
        await asyncio.sleep(0.1)  # on PostgreSQL it looks for the unit meanwhile, on SQLite it waits its turn
    committed.set()
    await second
    async with work(office) as open_work:
        moved = await unit_of_group(open_work, -1000000000500)
        assert moved is not None
        assert moved.name == "财政局"


async def test_who_has_left_sees_a_card_as_it_stood_when_they_left(office: Office, moment: Moment) -> None:
    async with work(office) as open_work:
        clerk = await person(open_work, "郑辰宿")
        clerk.telegram_id = 7005
        await open_work.send(Notice(clerk, Markup("待办"), card="matter:1"))
    moment.at = NOW + timedelta(hours=1)
    async with work(office) as open_work:
        change = compare(
            await open_work.roster(), roster(people=[one for one in PEOPLE if "郑辰宿" not in one])
        )
        await stored.apply(open_work, change)
        await open_work.redraw("matter:1", Markup("已转他人"))
    moment.at = NOW + timedelta(hours=2)
    async with work(office) as open_work:
        await open_work.redraw("matter:1", Markup("已办结"))
        rows = (await open_work.session.execute(select(outbox.c.payload).order_by(outbox.c.id))).scalars()
        assert [row["text"] for row in rows] == ["待办", "已转他人"]
