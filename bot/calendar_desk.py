"""The calendar at the terminal: a notice is taken over, and the administrator sees what it moves."""

import secrets
from collections.abc import Iterator, Sequence

from matters.calendar import Recount, TakenOver
from matters.calendar import take_over as take_over_in
from rules.working_days import changed_days
from storage.office import Office


async def take_over(office: Office, text: str, recounts: Sequence[Recount]) -> TakenOver:
    """Enter the arrangement that the text holds and count again what rests on it, in one transaction.

    Raises `Refused` where the text cannot be read or taken.
    """
    async with office.work(f"calendar:{secrets.token_hex(6)}") as work:
        return await take_over_in(work, text, recounts)


def lines(taken: TakenOver) -> Iterator[str]:
    """What the administrator reads: the days that differ now, what is still missing, and what moved."""
    year, before, after = taken.arrangement.year, taken.change.before, taken.change.after
    differing = sorted(changed_days(before, after))
    for day in differing:
        plain = after.is_working(day) == (day.weekday() < 5)
        said = "上班" if after.is_working(day) else "休息" if plain else "放假"
        yield f"  {day:%Y-%m-%d} {after.label(day)}：{'恢复' if plain else '改为'}{said}"
    yield f"{year}年放假安排已录入（{taken.arrangement.source}），{len(differing)}天与此前不同。"
    if taken.change.missing:
        lacking = "、".join(taken.change.missing)
        yield f"还没有{lacking}的安排，{year}年仍按暂定计算。"
    if taken.moved:
        yield f"随之改动的有{len(taken.moved)}项，已告知本人："
        yield from (f"  {line}" for line in taken.moved)
