"""Everybody's engagements, gathered from every procedure that takes up people's time."""

from collections.abc import Collection
from datetime import datetime

from matters.procedures import PROCEDURES
from rules.engagement import Engagement
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


async def engagements(
    work: UnitOfWork, people: Collection[Official], start: datetime, end: datetime
) -> list[Engagement]:
    """Everything that takes up any of these people's time in the stretch (UTC), the earliest first."""
    found: list[Engagement] = []
    for each in PROCEDURES:
        for takes_up in each.engagements:
            found += await takes_up(work, people, start, end)
    return sorted(found, key=lambda one: (one.start, one.end, one.official.id, one.matter))
