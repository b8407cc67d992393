"""What a procedure brings to the clock: timers, daily duties, and what it does when people or days change."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from functools import cache
from typing import Protocol

from apscheduler.triggers.cron import CronTrigger

from notices.board_morning import Section
from rules.outage import Outage
from rules.roster import Official
from rules.working_days import SHANGHAI, Calendar
from storage.receipt import Receipt
from storage.unit_of_work import UnitOfWork

Fire = Callable[[UnitOfWork, int], Awaitable[None]]
"""What is done when a timer of the kind is due: in one transaction, rechecking, for the subject's id."""


@dataclass(frozen=True)
class Daily:
    """A duty with a cron line, in Beijing time."""

    cron: str
    fire: Fire

    def next_after(self, moment: datetime) -> datetime:
        """The next time it is due, strictly after the moment."""
        following: datetime = _trigger(self.cron).get_next_fire_time(moment, moment)
        return following


@cache
def _trigger(cron: str) -> CronTrigger:
    return CronTrigger.from_crontab(cron, timezone=SHANGHAI)


class Follow(Protocol):
    """Moves the cards of one procedure to whoever decides now, and tells both sides; again, it does nothing.

    `official` is whose stand-in may have changed; others' may have changed with it. With `only_urgent` the
    office is closed: what can wait for the morning does.
    """

    async def __call__(self, work: UnitOfWork, official: Official, /, *, only_urgent: bool = False) -> None:
        """Move what lies on the wrong desk."""


@dataclass(frozen=True)
class Procedure:
    """One procedure as the clock knows it; whatever it has no part in it leaves out.

    `timers` are by their kind, with a comment each; `daily` too. Of a kind that very many taps set `locked`
    names the matter: its row is then locked before the timer's, as by the taps. `follow` runs when who
    decides may have changed. After a roster import `displaced` is called for everybody who left, moved or
    changed roles, then `after_roster` once; long after, `cut_down` with the ids of some who left, for what is
    personal. After a calendar import `recount`, with the old days and the new, gives a line for the
    administrator for each moment that moved.

    `morning` gives sections of the office's morning card. After the bot could not receive, `put_off` gives
    the lost time back at once and silently, `tell_put_off` tells of it in office hours and gives a line for
    the office each; `ends_between` says whether something of it ended between two instants, so that a short
    outage counts as well. `receipt` is passed each message with a receipt of this `code`, with the id after
    the colon; whatever may have happened since it was sent, what is done must still be right.
    """

    code: str
    _: KW_ONLY
    timers: Mapping[str, Fire] = field(default_factory=dict)
    daily: Mapping[str, Daily] = field(default_factory=dict)
    locked: Mapping[str, type] = field(default_factory=dict)
    follow: Sequence[Follow] = ()
    displaced: Sequence[Callable[[UnitOfWork, Official], Awaitable[None]]] = ()
    cut_down: Sequence[Callable[[UnitOfWork, Sequence[int]], Awaitable[None]]] = ()
    after_roster: Sequence[Callable[[UnitOfWork], Awaitable[None]]] = ()
    recount: Sequence[Callable[[UnitOfWork, Calendar, Calendar], Awaitable[list[str]]]] = ()
    morning: Sequence[Callable[[UnitOfWork], Awaitable[Sequence[Section]]]] = ()
    put_off: Sequence[Callable[[UnitOfWork, Outage], Awaitable[None]]] = ()
    tell_put_off: Sequence[Callable[[UnitOfWork, Outage], Awaitable[Sequence[str]]]] = ()
    ends_between: Sequence[Callable[[UnitOfWork, datetime, datetime], Awaitable[Sequence[object]]]] = ()
    receipt: Callable[[UnitOfWork, int, Receipt], Awaitable[None]] | None = None
