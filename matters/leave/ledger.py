"""The ledger of leaves (请假台账): its sheets, read from the database."""

from collections.abc import AsyncIterator, Iterator

from sqlalchemy import ColumnElement, func, select

from notices.leave.ledger import DETAIL, PAGE, SUMS, detail, person_row
from notices.ledger import Wanted
from notices.spreadsheet import Sheet
from rules.leave.ledger import Terms, by_person, line
from rules.leave.matter import Leave
from rules.stretch import Stretch
from storage.tables import leaves, officials
from storage.work import Work


async def sheets(work: Work, wanted: Wanted) -> list[Sheet]:
    """明细 and 按人统计 of what `wanted` asks for; its `advance` is told how far the reading is."""
    settings = work.office.settings
    terms = Terms(wanted.stretch, await work.calendar(), settings.periods, work.now)
    lines = [line(leave, terms) async for leave in _read(work, wanted)]
    about = f"请假台账　{wanted.stretch}"
    if wanted.unit:
        about += f"　{wanted.unit.name}"
    return [
        Sheet("明细", DETAIL, [detail(each, wanted) for each in lines], about),
        Sheet("按人统计", SUMS, [person_row(person) for person in by_person(lines)], about),
    ]


async def _read(work: Work, wanted: Wanted) -> AsyncIterator[Leave]:
    """The leaves of which at least half a day lies in the stretch, by their first day, page by page."""
    chosen = [*_within(wanted.stretch)]
    if wanted.unit:
        chosen.append(leaves.c.applicant_id.in_(select(officials.c.id).filter_by(unit_id=wanted.unit.id)))
    total = await work.session.scalar(select(func.count()).select_from(leaves).where(*chosen)) or 0
    asked = select(Leave).where(*chosen).order_by(leaves.c.start, leaves.c.id)
    for offset in range(0, total, PAGE):
        page = await work.session.scalars(asked.offset(offset).limit(PAGE))
        for leave in page:
            yield leave
        wanted.advance(min(offset + PAGE, total), total)


def _within(stretch: Stretch) -> Iterator[ColumnElement[bool]]:
    if stretch.last is not None:
        yield leaves.c.start <= stretch.last
    if stretch.first is not None:
        yield leaves.c.end >= stretch.first
