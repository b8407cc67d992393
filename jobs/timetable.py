"""The timetable: everything the clock does by itself.

A one-off moment (the return date of a leave, a form left half-way) is a timer in the database, set by the
use case that knows it. A daily duty is a timer as well, set again each time from its cron trigger, so that
a duty missed during a stop is caught up once, and a clock that is turned walks through all of them.

What a procedure has the clock do stands in `jobs/<procedure>/procedure.py`, each line with its comment; here
stands what belongs to none of them, and all is put together.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, TypeVar

from jobs import absence, board, calendar, digests, forms, housekeeping, outage, receipts, week_plan
from jobs.manifest import Daily, Procedure
from jobs.procedures import PROCEDURES
from matters import undo as undo_matter
from matters import unreached as unreached_matter
from notices.unreached import UNREACHED
from storage import undo
from storage.desk import REDRAW
from storage.queries.absence import BEGINS, FOLLOW, TURNS
from storage.queries.outage import OVER, TOLD
from storage.quiet import DIGEST
from storage.receipt import RECEIPT

HOUSE: Final = Procedure(
    "house",
    timers={
        # 30 minutes after the last word on a half-filled form: go on, or give it up?
        "form.stale": forms.offer,
        # A leave's first half day (art. 7, 9, 10, 77): what waits for the person moves to who stands in.
        BEGINS: absence.leave_begins,
        # Right after 销假, or anything else that changes who decides: what waits follows.
        FOLLOW: absence.follow_now,
        # A delegation's first half day, and its end.
        TURNS: absence.delegation_turns,
        # The bot could not receive for over an hour: deadlines are put off before any silence is judged.
        OVER: outage.reckon,
        # The opening after that: whom it concerns, and the office, hear of it.
        TOLD: outage.tell,
        # The leaders' week plan goes out.
        week_plan.WEEK_PLAN: week_plan.send,
        # Telegram has taken a message that its matter has to know of, or never will.
        RECEIPT: receipts.settled,
        # What has gathered for the digest of somebody who has chosen one goes out (matters/bundle.py).
        DIGEST: digests.due,
        # Soon after something was decided: the desk's card of today shows it.
        REDRAW: board.redraw,
        # Of what has been kept for its time there is more to go than one transaction holds.
        housekeeping.RETENTION: housekeeping.remove,
        # Minutes after a decision: it can be taken back no more, and [撤销] goes from its card.
        undo.OVER: undo_matter.over,
        # Somebody was not reached while others of the unit had still to be tried: one message for all.
        UNREACHED: unreached_matter.tell_desk,
    },
    daily={
        # 8:30, but said once a week only: from 1 November until next year's holidays are loaded.
        "calendar.missing": Daily("30 8 * * *", calendar.warn_of_missing_year),
        # 8:30 on working days, to the desk: what is to be done today, pinned; who is away, who acts.
        "board.morning": Daily("30 8 * * *", board.morning),
        # Sets the moment of the leaders' week plan: Friday 16:00, all to the office, each leader's to them;
        # where that Friday is off, 16:00 on the last working day before it: earlier, never later.
        "week_plan.prepare": Daily("0 16 * * *", week_plan.prepare),
        # At night, when nobody waits: ids of updates that Telegram cannot send again, and whatever has been
        # kept for the time that the office has set ([retention]).
        "housekeeping": Daily("40 3 * * *", housekeeping.forget),
    },
)
"""What the clock does for all procedures together, or for none."""

AT_ONCE: Final[Collection[str]] = (FOLLOW, OVER, RECEIPT)
"""Those set for the very moment: when the clock is set back, they do not wait for it to come again."""

T = TypeVar("T")


def by_kind(parts: Iterable[Mapping[str, T]]) -> Mapping[str, T]:
    """All in one; raises ValueError where two claim the same kind, of which one would never be called."""
    found: dict[str, T] = {}
    for part in parts:
        if twice := found.keys() & part.keys():
            raise ValueError(f"claimed twice: {sorted(twice)}")
        found |= part
    return found


TIMERS: Final = by_kind([HOUSE.timers, *(each.timers for each in PROCEDURES)])
DAILY: Final = by_kind([HOUSE.daily, *(each.daily for each in PROCEDURES)])
LOCKED: Final = by_kind(each.locked for each in PROCEDURES)

DISPLACED: Final = [on_left for each in PROCEDURES for on_left in each.displaced]
AFTER_ROSTER: Final = [on_roster for each in PROCEDURES for on_roster in each.after_roster]
RECOUNTS: Final = [recount for each in PROCEDURES for recount in each.recount]
