"""Contact with Telegram: kept on record, so that after any failure it is known how long nothing came in.

It costs a comparison for an update and one small transaction a minute. Silence is never taken for consent
while there is no contact, nor before a stretch without it has been added back (`jobs/outage.py`).
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs import outage as jobs
from storage.database_unavailable import DatabaseUnavailable
from storage.office import Office
from storage.queries.outage import keep_contact, last_contact

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
"""How often contact is put on record."""
FRESH = timedelta(minutes=2)
"""Contact older than this is none: a long poll ends after half a minute."""


_PROMPT = timedelta(seconds=5)
"""A request answered sooner than this may have found waiting what it brought."""
_AWAY = timedelta(seconds=1)
"""In a shorter while between two requests nobody is missed."""


@dataclass(frozen=True)
class Listened:
    """One getUpdates: from when to when, and whether Telegram held it until something came."""

    asked_at: datetime
    answered_at: datetime
    held: bool

    def may_have_missed(self, last: datetime) -> bool:
        """Whether what it brought may have been done sooner, since the contact before it.

        Sent in time and held until then, it was there to receive it as it was done.
        """
        waited = not self.held or self.answered_at - self.asked_at < _PROMPT
        return waited and self.asked_at - last >= _AWAY


_CONTESTED_AGAIN = timedelta(hours=1)
"""Who runs the bot is not told more often that another program polls under its token."""


class Contact:
    """The last moment at which Telegram could hand over what people wrote.

    By polling that is a getUpdates that was answered; behind a webhook an update that was brought, or word
    from Telegram that none waits. It counts only once it stands in the database: a bot that cannot write
    down what it is given does not receive.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self._at: datetime | None = None
        self._kept: datetime | None = None
        self._sure: datetime | None = None  # until then nothing was missed: kept, or carried along since
        self.passed: Callable[[], float] | None = None
        """Seconds that pass whatever the clock is set to; None where only the clock tells."""
        self._passed_at: float | None = None
        self.behind: datetime | None = None
        """Since when nobody was there to receive what comes in now; None where it comes as it is done."""
        self._found_at: datetime | None = None
        self._contested: datetime | None = None
        self.made = asyncio.Event()
        """Set with the first contact since the start."""
        office.in_contact = self.holds

    def holds(self) -> bool:
        """Whether the bot can be reached now, as far as one can know."""
        fresh = self._at is not None and abs(self.office.now() - self._at) <= FRESH
        return fresh and self.behind is None

    def carried(self) -> None:
        """A clock that is turned took the running bot along: the line has held all the while."""
        if self._at is not None:
            self._at = self._sure = self.office.now()

    def caught_up(self) -> None:
        """Nothing waits at Telegram any more: what comes from now on comes as it is done."""
        self.behind = None

    def brought(self, acted: Iterable[datetime]) -> None:
        """Behind a webhook: once something done since its return has come, what had waited is here."""
        if self._found_at is not None and any(at >= self._found_at for at in acted):
            self.caught_up()

    async def heard(self, request: Listened | None = None) -> None:
        """There is contact now, before anything that came with it is looked at.

        A stretch without it is entered, and added to what it concerns, first. Raises DatabaseUnavailable.
        `request` is what brought it; None behind a webhook.
        """
        now, last = self.office.now(), self._at
        passed = self.passed() if self.passed else None
        if passed is not None and self._passed_at is not None:  # however the clock has been set since
            self._sure = last = now - timedelta(seconds=passed - self._passed_at)
        if self._kept is None or abs(now - self._kept) >= EVERY:
            before = await self._keep()
            last = before if self._at is None or self.office.shared else last
            self._kept = self._sure = now
        if last is not None and self.behind is None:
            began = self._at is None and not self.office.shared  # else the others were there meanwhile
            away = request.may_have_missed(last) if request else began or now - last > FRESH
            self.behind, self._found_at = (last, now) if away else (None, None)
        self._at, self._passed_at = now, passed
        self.made.set()

    async def contested(self) -> None:
        """Another program fetches updates under the same token, and what it fetches never comes here."""
        now = self.office.now()
        if self._contested is not None and timedelta() <= now - self._contested < _CONTESTED_AGAIN:
            return
        with suppress(DatabaseUnavailable):
            async with self.office.work(f"contested:{now.isoformat()}") as work:
                await jobs.contest(work)
            self._contested = now

    async def end(self) -> None:
        """The bot stops: the last contact is kept to the second, as far as the database lets us."""
        if self._at is None or self._at == self._kept:
            return
        try:
            async with self.office.work("contact") as work:
                await keep_contact(work, self._at)
        except DatabaseUnavailable:
            log.info("the last contact could not be kept")

    async def _keep(self) -> datetime | None:
        """Put it on record; gives back the contact before it, as far as one is known."""
        async with self.office.work("contact") as work:
            kept = await last_contact(work) if self._sure is None or self.office.shared else None
            before = max(
                filter(None, (self._sure, kept)), default=None
            )  # another process may have heard since
            await keep_contact(work, work.now)
            outage = await jobs.enter(work, before)
        if outage is None:
            return before
        log.warning("nothing could be received from %s to %s", outage.began_at, outage.ended_at)
        try:
            async with self.office.work(f"outage{outage.id}") as work:
                await jobs.reckon(work, outage.id)
        except DatabaseUnavailable:
            raise
        except Exception:  # its timer is still there: the clock tries again, and nothing lapses before
            log.exception("outage %s could not be reckoned with", outage.id)
        return before
