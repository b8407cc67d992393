"""An arrangement of holidays is taken over: entered, written down, and what rests on it counted again."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from rules.holiday_change import HolidayChange, change
from rules.holiday_notice import Arrangement, read_arrangement
from rules.roster import Official
from rules.working_days import Calendar, changed_days, shanghai_day
from storage.queries.calendar import enter
from storage.unit_of_work import UnitOfWork

Recount = Callable[[UnitOfWork, Calendar, Calendar], Awaitable[list[str]]]
"""A procedure recounts its open deadlines, on the old calendar and the new; a line for each that moved."""


@dataclass(frozen=True)
class TakenOver:
    """An arrangement that is in force, what it changed, and the matters that moved with it, a line each."""

    arrangement: Arrangement
    change: HolidayChange
    moved: Sequence[str]


def read(work: UnitOfWork, text: str) -> Arrangement:
    """The arrangement that the text holds; one without its year is of the coming year. Raises `Refused`."""
    return read_arrangement(text, shanghai_day(work.now).year + 1)


async def take_over(
    work: UnitOfWork, text: str, recounts: Sequence[Recount], by: Official | None = None
) -> TakenOver:
    """Enter what the text holds and count again what rests on it, all in the open unit of work.

    `by` is who did so in the chat, None on the command line. Raises `Refused` where the text cannot be read
    or contradicts what is known.
    """
    arrangement = read(work, text)
    made = change(await work.calendar(), arrangement)
    await enter(work, made)
    differing = sorted(changed_days(made.before, made.after))
    detail = {"source": arrangement.source, "changed": [f"{day:%Y-%m-%d}" for day in differing]}
    await work.note(by, "calendar.import", f"calendar:{arrangement.year}", detail=detail)
    moved = [line for recount in recounts for line in await recount(work, made.before, made.after)]
    return TakenOver(arrangement, made, moved)
