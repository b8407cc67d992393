"""What lies within a stretch of Shanghai days, as conditions on columns: for ledgers and for 查找."""

from collections.abc import Iterator
from datetime import date, datetime, time

from sqlalchemy import ColumnElement

from rules.stretch import Stretch
from rules.working_days import DAY, SHANGHAI

Conditions = Iterator[ColumnElement[bool]]


def begins_within(instant: ColumnElement[datetime], stretch: Stretch) -> Conditions:
    """The instant (UTC) lies on one of its days."""
    if stretch.first is not None:
        yield instant >= midnight(stretch.first)
    yield from begins_before_end(instant, stretch)


def begins_before_end(instant: ColumnElement[datetime], stretch: Stretch) -> Conditions:
    """The instant (UTC) does not lie after its last day."""
    if stretch.last is not None:
        yield instant < midnight(stretch.last + DAY)


def overlaps(start: ColumnElement[datetime], end: ColumnElement[datetime], stretch: Stretch) -> Conditions:
    """What goes on from one instant (UTC) to the other does so on one of its days."""
    yield from begins_before_end(start, stretch)
    if stretch.first is not None:
        yield end > midnight(stretch.first)


def touches(first: ColumnElement[date], last: ColumnElement[date], stretch: Stretch) -> Conditions:
    """One of the days from `first` to `last`, both Shanghai dates and both counted, is one of its days."""
    if stretch.last is not None:
        yield first <= stretch.last
    if stretch.first is not None:
        yield last >= stretch.first


def midnight(day: date) -> datetime:
    """The instant at which that Shanghai day begins."""
    return datetime.combine(day, time(), SHANGHAI)
