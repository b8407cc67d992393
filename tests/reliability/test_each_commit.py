"""The line to the database breaks at one commit after another, of all that a leave report takes.

Before the commit nothing of the transaction stands; after it all of it does, and only the answer is lost.
Nobody can tell the two apart, and both have to come out the same.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from storage.database_unavailable import DatabaseUnavailable
from tests.reliability.books import repeated_messages
from tests.reliability.breaking import LOOKING, Breaking
from tests.reliability.office import Troubled

COMMITS = 12


@asynccontextmanager
async def _ticking(office: Troubled) -> AsyncIterator[None]:
    """What is waiting is collected again and again, as the running bot does every few seconds."""

    async def tick() -> None:
        LOOKING.set(True)
        while True:
            with suppress(DatabaseUnavailable):
                await office.house.desk.delivery.collect()
            await asyncio.sleep(0.02)

    task = asyncio.create_task(tick())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_whichever_commit_breaks_the_outcome_is_the_same(
    office: Troubled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.again.FIRST", 0.01)
    monkeypatch.setattr("bot.delivery._MARK_AGAIN_SECONDS", 0.01)
    breaking = Breaking.made_of(office.database)
    async with _ticking(office):
        for number, head in enumerate(office.heads[: 2 * COMMITS]):
            breaking.at, breaking.after = number // 2 + 1, number % 2 == 1
            await office.leaves(head)
            LOOKING.set(True)
            await office.rest()
            LOOKING.set(False)
            assert breaking.at <= 0, "there was no such commit"
    await office.assert_all_is_well()
    assert await repeated_messages(office.database, office.line) == 0
