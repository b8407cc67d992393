"""What has lost its unit (撤并), asked the same way in every procedure."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Select

from storage.tables import units
from storage.unit_of_work import UnitOfWork

M = TypeVar("M")


async def of_closed_units(work: UnitOfWork, asked: Select[M], unit: Column[Any]) -> Sequence[M]:
    """Those of what is asked for whose unit, named by that column, is closed; each once."""
    found = await work.session.scalars(
        asked.join(units, units.c.id == unit).where(units.c.closed_at.is_not(None))
    )
    return found.unique().all()
