"""A database that breaks off one chosen transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.database_unavailable import DatabaseUnavailable

LOOKING: ContextVar[bool] = ContextVar("not one of the bot's own transactions", default=False)


class Breaking(Database):
    """The `at`-th transaction from now on breaks off, before or `after` the commit."""

    at = 0
    after = False

    @classmethod
    def made_of(cls, database: Database) -> "Breaking":
        """The same database, which from now on may break."""
        database.__class__ = cls
        assert isinstance(database, cls)
        return database

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """One transaction, as without this."""
        self.at -= 0 if LOOKING.get() else 1
        breaks = self.at == 0 and not LOOKING.get()
        async with super().session() as session:
            yield session
            if breaks and not self.after:
                raise DatabaseUnavailable("broken before the commit")
        if breaks:
            raise DatabaseUnavailable("broken after the commit")
