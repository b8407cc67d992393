"""What people hear when matters move to who decides now: one list each, however many matters moved."""

from collections import defaultdict

from notices import absence as words
from rules.absence import StandIn
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


class Moves:
    """The moves of one round, gathered for everybody they concern."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self._away: dict[StandIn, list[str]] = defaultdict(list)
        self._unattended: dict[StandIn, list[str]] = defaultdict(list)
        self._former: dict[tuple[Official, Official, Official | None], list[str]] = defaultdict(list)

    def gone(self, former: Official, absent: Official, now_with: Official | None, matter: str) -> None:
        """A stand-in has it no more; it is with another one now, or (None) with the absent one themselves."""
        self._former[former, absent, now_with].append(matter)

    def come(self, stand_in: StandIn, matter: str) -> None:
        """A stand-in has it now, or nobody can."""
        (self._away if stand_in.official else self._unattended)[stand_in].append(matter)

    async def tell(self) -> None:
        """Say it."""
        for stand_in, matters in self._away.items():
            await self.work.send(words.moved_away(stand_in, matters))
        for (former, absent, now_with), matters in self._former.items():
            await self.work.send(words.moved_on(former, absent, now_with, matters))
        for stand_in, matters in self._unattended.items():
            await self.work.send(*words.nobody(stand_in, matters, await self.work.roster()))
