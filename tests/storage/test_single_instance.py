"""One bot on duty: a second is noticed, or stands by; a cut line does not leave two."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.database import Database
from storage.single_instance import Duty, alone, on_duty

LOOK = 0.02


@pytest.fixture
async def other(database: Database) -> AsyncIterator[Database]:
    """The same database, seen from another machine."""
    other = Database(database.url)
    yield other
    await other.close()


async def test_a_second_bot_is_noticed_until_the_first_ends(database: Database, other: Database) -> None:
    async with alone(database) as first, alone(other) as second:
        assert isinstance(first, Duty)
        assert second is None
    async with alone(other) as later:
        assert isinstance(later, Duty)


async def test_on_sqlite_nobody_stands_by(sqlite_url: str) -> None:
    one, two = Database(sqlite_url), Database(sqlite_url)
    async with on_duty(one), on_duty(two) as second:
        assert second is None


async def test_on_postgresql_the_second_takes_over(postgres_url: str) -> None:
    one, two = Database(postgres_url), Database(postgres_url)
    took_over = asyncio.Event()

    async def stand_by() -> None:
        async with on_duty(two, LOOK) as duty:
            assert duty is not None
            took_over.set()

    async with on_duty(one, LOOK) as duty:
        assert duty is not None
        waiting = asyncio.create_task(stand_by())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(10 * LOOK):
                await took_over.wait()
    await asyncio.wait_for(waiting, 10)
    assert took_over.is_set()
    await one.close()
    await two.close()


async def test_a_cut_line_is_taken_back_if_nobody_else_is_on_duty(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with on_duty(database, LOOK) as duty:
        assert duty is not None
        lost = asyncio.create_task(duty.lost())
        cut = await _holders(postgres_url)
        await _cut(postgres_url, cut)
        assert await _another_holds(postgres_url, cut)
        assert not lost.done()
        lost.cancel()
    await database.close()


async def test_a_duty_that_another_took_meanwhile_is_lost(postgres_url: str) -> None:
    one, two = Database(postgres_url), Database(postgres_url)
    async with on_duty(one, 1.0) as duty:  # looks too late: the other is quicker
        assert duty is not None
        lost = asyncio.create_task(duty.lost())
        await _cut(postgres_url, await _holders(postgres_url))
        async with on_duty(two, LOOK) as second:
            assert second is not None
            await asyncio.wait_for(lost, 10)
    await one.close()
    await two.close()


async def _holders(url: str) -> list[int]:
    """The server's processes that hold the lock."""
    async with _administrator(url) as connection:
        rows = await connection.fetch(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return [row["pid"] for row in rows]


async def _another_holds(url: str, cut: list[int]) -> bool:
    for _ in range(500):
        again = await _holders(url)
        if again and again != cut:
            return True
        await asyncio.sleep(LOOK)
    return False


async def _cut(url: str, processes: list[int]) -> None:
    async with _administrator(url) as connection:
        for process in processes:
            await connection.execute("SELECT pg_terminate_backend($1)", process)


@asynccontextmanager
async def _administrator(url: str) -> AsyncIterator[asyncpg.Connection]:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    yield connection
    await connection.close()
