"""What the administrator does with the calendar: take a notice over, and see what it moves."""

import secrets
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from rules.holiday_change import HolidayChange, change
from rules.holiday_notice import Arrangement, read_arrangement
from rules.working_days import Calendar, changed_days, shanghai_day
from storage.office import Office
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

    def lines(self) -> Iterator[str]:
        """What the administrator reads: the days that differ now, what is still missing, and what moved."""
        year, before, after = self.arrangement.year, self.change.before, self.change.after
        differing = sorted(changed_days(before, after))
        for day in differing:
            plain = after.is_working(day) == (day.weekday() < 5)
            said = "上班" if after.is_working(day) else "休息" if plain else "放假"
            yield f"  {day:%Y-%m-%d} {after.label(day)}：{'恢复' if plain else '改为'}{said}"
        yield f"{year}年放假安排已录入（{self.arrangement.source}），{len(differing)}天与此前不同。"
        if self.change.missing:
            lacking = "、".join(self.change.missing)
            yield f"还没有{lacking}的安排，{year}年仍按暂定计算。"
        if self.moved:
            yield f"随之改动的有{len(self.moved)}项，已告知本人："
            yield from (f"  {line}" for line in self.moved)


async def take_over(office: Office, text: str, recounts: Sequence[Recount]) -> TakenOver:
    """Enter the arrangement that the text holds and count again what rests on it, in one transaction.

    A text without its year is of the coming one. Raises `Refused` where the text cannot be read or taken.
    """
    async with office.work(f"calendar:{secrets.token_hex(6)}") as work:
        arrangement = read_arrangement(text, shanghai_day(work.now).year + 1)
        made = change(await work.calendar(), arrangement)
        await enter(work, made)
        differing = sorted(changed_days(made.before, made.after))
        detail = {"source": arrangement.source, "changed": [f"{day:%Y-%m-%d}" for day in differing]}
        await work.note(None, "calendar.import", f"calendar:{arrangement.year}", detail=detail)
        moved = [line for recount in recounts for line in await recount(work, made.before, made.after)]
    return TakenOver(arrangement, made, moved)
