"""Long lists read page by page, so that a ledger of a whole year does not lie in memory twice."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, func, select

from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
PAGE: Final = 200
"""Matters read at once."""


async def paged(
    work: UnitOfWork,
    cls: type[T],
    chosen: Sequence[ColumnElement[bool]],
    *order: ColumnElement[Any],
    advance: Callable[[int, int], object],
) -> AsyncIterator[T]:
    """Those that meet all conditions, in this order; `advance` is told (done, all) after each page."""
    total = await work.session.scalar(select(func.count()).select_from(cls).where(*chosen)) or 0
    await work.roster()  # held while the pages pass, so that no page asks for the same people again
    asked = select(cls).where(*chosen).order_by(*order)
    for offset in range(0, total, PAGE):
        for one in (await work.session.scalars(asked.offset(offset).limit(PAGE))).unique():
            yield one
        advance(min(offset + PAGE, total), total)
