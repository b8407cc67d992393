"""The audit chain holds, and says where it was broken."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, text, update
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


async def _verdict(office: Office) -> audit.Verdict:
    async with office.database.session() as session:
        return await audit.verify(session)


async def test_an_untouched_chain_is_whole(office: Office) -> None:
    assert await _verdict(office) == audit.Verdict(0)
    await _write(office, 3)
    assert await _verdict(office) == audit.Verdict(3)


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


async def test_a_changed_row_is_named(office: Office) -> None:
    await _write(office, 3)
    await _without_guard(office, update(table).where(table.c.id == 2).values(actor="某人"))
    verdict = await _verdict(office)
    assert verdict.rows == 1
    assert "第2行的内容被改动过" in verdict.fault


async def test_a_missing_row_is_noticed(office: Office) -> None:
    await _write(office, 3)
    await _without_guard(office, delete(table).where(table.c.id == 2))
    assert "之前缺了一行" in (await _verdict(office)).fault


async def test_a_missing_last_row_is_noticed(office: Office) -> None:
    await _write(office, 3)
    await _without_guard(office, delete(table).where(table.c.id == 3))
    assert "末尾缺了行" in (await _verdict(office)).fault


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
