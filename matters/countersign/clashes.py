"""Sheets that wait for somebody who wants to be away."""

from rules.dates.reading import HalfDaySpan
from rules.roster import Official
from storage.queries.countersign.sheets import count_awaiting
from storage.unit_of_work import UnitOfWork


async def sheets_open(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:  # noqa: ARG001
    """For a unit's head: sheets that wait for the unit's signature."""
    if (await work.roster()).head_of(official.unit) is not official:
        return []
    count = await count_awaiting(work, official.unit)
    return [f"有{count}件会签等{official.unit.name}答复"] if count else []
