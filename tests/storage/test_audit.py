"""The audit chain holds, and says where it was broken."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import Executable, delete, text, update
from sqlalchemy.exc import DBAPIError

from rules.settings import Settings
from storage import audit
from storage.database import Database
from storage.office import Office
from storage.tables import audit as table
from storage.tables import audit_head

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, Settings(), lambda: NOW)


async def _write(office: Office, count: int) -> None:
    for number in range(count):
        async with office.work(f"test:{number}") as work:
            await work.note(None, "leave.lapse", f"leave:{number}", article=77, detail={"第几": number})


async def _verdict(office: Office, signed: tuple[int, str] | None = None) -> audit.Verdict:
    async with office.database.session() as session:
        return await audit.verify(session, signed)


async def test_an_untouched_chain_is_whole(office: Office) -> None:
    assert await _verdict(office) == audit.Verdict(0)
    await _write(office, 3)
    assert await _verdict(office) == audit.Verdict(3)


async def test_a_chain_that_grows_while_it_is_walked_is_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_PAGE", 1)
    await _write(office, 20)

    async def go_on() -> None:
        for number in range(20):
            async with office.work(f"on:{number}") as work:
                await work.note(None, "leave.agree", f"leave:{number}")

    verdicts = await asyncio.gather(go_on(), *(_verdict(office) for _ in range(4)))
    assert {one.fault for one in verdicts if one} == {""}
    assert await _verdict(office) == audit.Verdict(40)


async def test_transactions_side_by_side_hang_on_one_chain(office: Office) -> None:
    async def one(number: int) -> None:
        async with office.work(f"side:{number}") as work:
            await work.note(None, "leave.agree", f"leave:{number}")

    await asyncio.gather(*(one(number) for number in range(12)))
    assert await _verdict(office) == audit.Verdict(12)


@pytest.mark.parametrize("statement", [update(table).values(action="leave.decline"), delete(table)])
async def test_the_database_itself_refuses_a_change(office: Office, statement: object) -> None:
    await _write(office, 1)
    with pytest.raises(DBAPIError, match="append-only"):
        async with office.database.session() as session:
            await session.execute(statement)  # type: ignore[call-overload]
    assert await _verdict(office) == audit.Verdict(1)


async def _without_guard(office: Office, statement: object) -> None:
    async with office.database.session() as session:
        if office.database.is_sqlite:
            await session.execute(text("DROP TRIGGER audit_no_update"))
            await session.execute(text("DROP TRIGGER audit_no_delete"))
        else:
            await session.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_append_only"))
        await session.execute(statement)  # type: ignore[call-overload]


async def _guarded_no_more(office: Office, statement: Executable) -> None:
    async with office.database.session() as session:
        await session.execute(statement)


async def test_a_changed_row_is_named(office: Office) -> None:
    await _write(office, 3)
    await _without_guard(office, update(table).where(table.c.id == 2).values(actor="某人"))
    verdict = await _verdict(office)
    assert verdict.rows == 1
    assert "第2行的内容被改动过" in verdict.fault


async def test_a_missing_row_is_named(office: Office) -> None:
    await _write(office, 3)
    await _without_guard(office, delete(table).where(table.c.id == 2))
    assert (await _verdict(office)).fault == "第3行之前缺了一行，或第1行连同校验值被改写"


async def test_a_missing_last_row_is_named(office: Office) -> None:
    await _write(office, 3)
    await _without_guard(office, delete(table).where(table.c.id == 3))
    assert (await _verdict(office)).fault == "末尾缺了行：第2行是现有的最后一行，与链头不符"


async def test_rows_that_changed_places_are_named(office: Office) -> None:
    await _write(office, 4)
    await _without_guard(office, update(table).where(table.c.id == 2).values(id=99))
    await _guarded_no_more(office, update(table).where(table.c.id == 3).values(id=2))
    await _guarded_no_more(office, update(table).where(table.c.id == 99).values(id=3))
    assert (await _verdict(office)).fault == "次序被改动：第2行本在第3行之后"


async def test_an_inserted_row_is_named(office: Office) -> None:
    """PostgreSQL lets go of its constraint, so there it hangs on a row that another hangs on already."""
    hung = not office.database.is_sqlite
    await _write(office, 3)
    async with office.database.session() as session:
        second = (await session.execute(table.select().where(table.c.id == 2))).mappings().one()
    await _without_guard(office, update(table).where(table.c.id == 3).values(id=4))
    entry = audit.Entry(NOW, None, "系统", None, "leave.agree", "leave:7", 77, None, {})
    previous = second["hash"] if hung else "f" * 64
    if hung:
        await _guarded_no_more(office, text("ALTER TABLE audit DROP CONSTRAINT uq_audit_previous"))
    row = {**vars(entry), "id": 3, "previous": previous, "hash": entry.hash(previous)}
    await _guarded_no_more(office, table.insert().values(row))
    assert "第3行是插进来的" in (await _verdict(office)).fault


async def test_a_history_written_anew_is_betrayed_by_a_head_that_was_signed_off(office: Office) -> None:
    await _write(office, 3)
    async with office.database.session() as session:
        head = await audit.head(session)
    assert head is not None
    signed = audit.read_head(str(head))
    assert await _verdict(office, signed) == audit.Verdict(3)
    await _write(office, 2)
    assert await _verdict(office, signed) == audit.Verdict(5)  # what came since changes nothing
    await _without_guard(office, delete(table))
    await _guarded_no_more(office, update(audit_head).values(hash=audit.GENESIS))
    async with office.database.session() as session:
        rewritten = [
            audit.Entry(NOW, None, "系统", None, "leave.lapse", f"leave:{number}", 77, None, {"第几": 9})
            for number in range(5)
        ]
        await audit.append(session, *rewritten)
    async with office.database.session() as session:  # under the old numbers
        first = await session.scalar(table.select().with_only_columns(table.c.id).order_by(table.c.id))
        await session.execute(update(table).values(id=-table.c.id))
        await session.execute(update(table).values(id=1 - table.c.id - (first or 0)))
    assert await _verdict(office) == audit.Verdict(5)
    assert "第3行与签存的不符" in (await _verdict(office, signed)).fault


async def test_a_signed_head_that_is_gone_is_named(office: Office) -> None:
    await _write(office, 2)
    assert (await _verdict(office, (7, "ab" * 16))).fault == "签存的第7行已不存在"


async def _break_off(office: Office) -> None:
    async with office.work("broken") as work:
        await work.note(None, "leave.agree", "leave:9")
        raise RuntimeError


async def test_what_is_rolled_back_leaves_the_chain_as_it_was(office: Office) -> None:
    await _write(office, 1)
    with pytest.raises(RuntimeError):
        await _break_off(office)
    assert await _verdict(office) == audit.Verdict(1)
    async with office.database.session() as session:
        assert await session.scalar(audit_head.select().with_only_columns(audit_head.c.hash)) is not None
