"""The line to the database breaks at one commit after another, of all that a leave report takes.

Before the commit nothing of the transaction stands; after it all of it does, and only the answer is lost.
Nobody can tell the two apart, and both have to come out the same.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from storage.away import DatabaseAway
from storage.database import Database
from tests.reliability.books import repeated_messages
from tests.reliability.office import Troubled

COMMITS = 15
_LOOKING: ContextVar[bool] = ContextVar("not one of the bot's own", default=False)


class Breaking(Database):
    """A database of which the `at`-th transaction from now on breaks off, before or after the commit."""

    at = 0
    after = False

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """One transaction, as without this."""
        self.at -= 0 if _LOOKING.get() else 1
        breaks = self.at == 0 and not _LOOKING.get()
        async with super().session() as session:
            yield session
            if breaks and not self.after:
                raise DatabaseAway("broken before the commit")
        if breaks:
            raise DatabaseAway("broken after the commit")


@asynccontextmanager
async def _ticking(office: Troubled) -> AsyncIterator[None]:
    """What is waiting is collected again and again, as the running bot does every few seconds."""

    async def tick() -> None:
        _LOOKING.set(True)
        while True:
            with suppress(DatabaseAway):
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
    monkeypatch.setattr("bot.receiving._RETRY_SECONDS", 0.01)
    monkeypatch.setattr("bot.delivery._MARK_AGAIN_SECONDS", 0.01)
    office.database.__class__ = Breaking
    breaking = office.database
    assert isinstance(breaking, Breaking)
    async with _ticking(office):
        for number, head in enumerate(office.heads[: 2 * COMMITS]):
            breaking.at, breaking.after = number // 2 + 1, number % 2 == 1
            await office.leaves(head)
            _LOOKING.set(True)
            await office.rest()
            _LOOKING.set(False)
            assert breaking.at <= 0, "there was no such commit"
    await office.assert_all_is_well()
    assert await repeated_messages(office.database, office.line) == 0
