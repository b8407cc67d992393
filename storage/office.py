"""The office: what every handler and job is given - the database, the settings, the time."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime

from rules.settings import Settings
from storage.database import Database
from storage.outbox import OutboxRow
from storage.unit_of_work import UnitOfWork


class Office:
    """One running office.

    `now` gives the time as an aware UTC instant; nothing else in the house asks a clock. `hand_over` is
    called with the rows of the outbox right after the commit that wrote them. `in_contact` says whether
    people's answers can reach the bot now; where none is running, nobody's silence is judged by it.
    """

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self.database = database
        self.settings = settings
        self.now = now
        self.hand_over: Callable[[Sequence[OutboxRow]], None] = lambda _outbox_rows: None
        self.unheard: Mapping[date, date] | None = None
        """The days over whose end nothing could be received (`Calendar`); None until they are read."""
        self.in_contact: Callable[[], bool] = lambda: True
        self.people_served: Callable[[], Awaitable[object]] = _nobody_waits
        """Waits until everybody who wrote or tapped has been dealt with."""
        self.shared = False
        """Whether other processes work on the database as well: what was read before may have changed."""

    def work(self, cause: str, update_id: int | None = None, acted_at: datetime | None = None) -> UnitOfWork:
        """A unit of work set off by `cause`, which is unique for it (design: nothing doubled).

        `acted_at` is when a person did what set it off, if that may be earlier than now.
        """
        return UnitOfWork(self, cause, update_id, acted_at)


async def _nobody_waits() -> None:
    """No bot is running here."""
