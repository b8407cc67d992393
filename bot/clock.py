"""The clock: looks for due moments and has each dealt with, in order, one transaction each."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, or_, select, update

from bot.ticks import SteadyScheduler, Tick, passed
from jobs.timetable import AT_ONCE, DAILY, LOCKED, TIMERS
from matters import bundle
from storage.database_unavailable import DatabaseUnavailable
from storage.office import Office
from storage.tables import timers
from storage.timer import Timer, lock_matter
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

_BY_THEN = timers.c.next_at <= bindparam("until")
_NEXT = select(timers.c.next_at).where(_BY_THEN).order_by(timers.c.next_at).limit(1)
_DUE = (
    select(timers.c.id, timers.c.kind, timers.c.subject_id)
    .where(_BY_THEN)
    .order_by(timers.c.next_at, timers.c.id)
    .limit(100)
)
_RETRY = timedelta(minutes=1)
_LONGEST_RETRY = timedelta(hours=6)
_LONG, _BREATH = 0.02, 0.005
"""Seconds: after a timer that took longer the clock takes breath, so long and while somebody waits."""
_MOST_IN_A_SWEEP = 200
"""A timer that has set itself anew for at once so often goes round: no matter has so many parts."""


def real_now() -> datetime:
    """The machine's time, as an aware UTC instant."""
    return datetime.now(UTC)


class TurnableClock:
    """A clock for the local chat and the rehearsals: it can be set forward, and runs on or stands still."""

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        self._base = start
        self._since = passed() if running else None
        self.on_set: Callable[[], None] = lambda: None
        """Called whenever it has been set forward: the bot that runs by it goes along."""

    def now(self) -> datetime:
        """The turned time, as an aware UTC instant."""
        if self._since is None:
            return self._base
        return self._base + timedelta(seconds=passed() - self._since)

    def set(self, moment: datetime) -> None:
        """Set it forward; never back."""
        if moment > self.now():
            self._base = moment.astimezone(UTC)
            if self._since is not None:
                self._since = passed()
            self.on_set()


class Clock:
    """Sweeps the timers of one office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._swept_at: datetime | None = None
        self._may_hold = True  # also what a stop in the midst of a sweep has left

    async def prepare(self) -> None:
        """See that every daily duty has its timer, and none is left of a duty that is no more."""
        async with self.office.work("clock") as work:
            present = set(await work.session.scalars(select(timers.c.kind).where(timers.c.subject_id == 0)))
            for kind, daily in DAILY.items():
                if kind not in present:
                    await work.timer(kind, 0, daily.next_after(work.now))
            for kind in present - DAILY.keys():
                await work.drop_timers(kind, 0)

    async def next_moment(self, until: datetime) -> datetime | None:
        """The next due moment up to and including `until`."""
        async with self.office.database.session() as session:
            moment: datetime | None = await session.scalar(_NEXT, {"until": until})
            return moment

    async def sweep(self) -> int:
        """Deal with everything due by now, oldest first; gives back how many timers were looked at."""
        now, before = self.office.now(), self._swept_at
        if before is not None and now < before:
            await self._set_back(now)
        self._swept_at = now
        count, fired = 0, Counter[tuple[str, int]]()
        while True:
            async with self.office.database.session() as session:
                due = (await session.execute(_DUE, {"until": self.office.now()})).all()
            if not due:
                if self._may_hold:
                    await self._bundle()
                    self._may_hold = False
                return count
            self._may_hold = True
            for row in due:
                fired[row.kind, row.subject_id] += 1
                count += 1
                if fired[row.kind, row.subject_id] > _MOST_IN_A_SWEEP:
                    log.error("timer %s of %s sets itself for ever and is put off", row.kind, row.subject_id)
                    await self._put_off(row.id)
                else:
                    begin = time.monotonic()
                    await self._fire(row.id, row.kind, row.subject_id)
                    if (took := time.monotonic() - begin) > _LONG:
                        await self._let_people_through(took)

    async def _let_people_through(self, seconds: float) -> None:
        """Whoever has written meanwhile comes before the next timer, for at most so many seconds."""
        await asyncio.sleep(_BREATH)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.office.people_served()

    async def _bundle(self) -> None:
        """Let out what people are to be reminded of: all of one moment is one message each."""
        async with self.office.work("bundle") as work:
            await bundle.let_out(work)

    async def _set_back(self, now: datetime) -> None:
        """The clock was set back: what was wanted at once, or is tried again, is due, not an hour away."""
        wanted = or_(timers.c.kind.in_(AT_ONCE), timers.c.attempts > 0)
        async with self.office.database.session() as session:
            await session.execute(update(timers).where(timers.c.next_at > now, wanted).values(next_at=now))

    async def turn(
        self,
        clock: TurnableClock,
        until: datetime,
        settle: Callable[[], Awaitable[None]],
        on_progress: Callable[[datetime, str], None] | None = None,
    ) -> None:
        """Walk a turnable clock to `until`, stopping at every due moment on the way, in order.

        `settle` waits until what a moment caused has been delivered, before the next one comes.
        """
        while (moment := await self.next_moment(until)) is not None:
            clock.set(moment)
            await self.sweep()
            await settle()
            if on_progress:
                on_progress(clock.now(), "")
        clock.set(until)

    async def _fire(self, id: int, kind: str, subject: int) -> None:
        try:
            async with self.office.work(f"t{id}") as work:
                if kind in LOCKED:
                    await lock_matter(work.session, LOCKED[kind], subject)
                # Locked and read again: an answer may have come since, or another process been quicker.
                timer = await work.session.get(Timer, id, with_for_update=True, populate_existing=True)
                if timer is None or timer.next_at > work.now:
                    return
                await self._deal_with(work, timer)
        except DatabaseUnavailable:
            raise  # nothing is wrong with the matter: the next tick meets it again
        except Exception:  # one bad matter must not hold up the rest
            log.exception("timer %s (%s) failed", id, kind)
            await self._put_off(id)

    async def _deal_with(self, work: UnitOfWork, timer: Timer) -> None:
        work.cause = f"t{timer.id}:{timer.due_at.timestamp():.0f}"
        work.reminding = timer.kind not in AT_ONCE
        daily = DAILY.get(timer.kind)
        fire = daily.fire if daily else TIMERS.get(timer.kind)
        # Taken away first, so that the fire function may set the same timer anew.
        await work.drop_timers(timer.kind, timer.subject_id)
        if fire is None:
            log.error("timer %s has an unknown kind %s", timer.id, timer.kind)
            return
        await fire(work, timer.subject_id)
        if daily:
            await work.timer(timer.kind, timer.subject_id, daily.next_after(work.now))

    async def _put_off(self, id: int) -> None:
        try:
            async with self.office.work(f"t{id}") as work:
                attempts = await work.session.scalar(select(timers.c.attempts).where(timers.c.id == id))
                if attempts is not None:
                    pause = min(_RETRY * 2 ** min(attempts, 10), _LONGEST_RETRY)
                    await work.session.execute(
                        update(timers)
                        .where(timers.c.id == id)
                        .values(attempts=attempts + 1, next_at=work.now + pause)
                    )
        except Exception:
            log.exception("timer %s could not be put off", id)

    def schedule(self, tick_seconds: float, *others: Callable[[], Awaitable[object]]) -> SteadyScheduler:
        """A scheduler that sweeps, and calls the others, every few seconds, however the clock is set.

        The caller starts it and shuts it down.
        """
        scheduler = SteadyScheduler()
        for call in (self.sweep, *others):
            scheduler.add_job(
                unless_away,
                Tick(tick_seconds),
                args=(call,),
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,  # the default of one second would skip a late tick
            )
        return scheduler


async def unless_away(call: Callable[[], Awaitable[object]]) -> None:
    """Make a call that a later tick repeats; the database itself has logged once that it is away.

    A stop of the bot cancels a call under way, whose transaction is then undone: nothing is wrong, though
    APScheduler would log it as a fault.
    """
    with suppress(DatabaseUnavailable, asyncio.CancelledError):
        await call()
