"""The ledger of countersigns (会签台账): its sheets, read from the database."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, time

from sqlalchemy import ColumnElement, exists, func, or_, select

from notices.countersign.ledger import ANSWERS, PAGE, SHEETS, SUMS, answer_row, sheet_row, shown, tally_row
from notices.ledger import Wanted
from notices.spreadsheet import Cell, Sheet
from rules.countersign.ledger import Line, Terms, by_unit, lines
from rules.countersign.matter import Countersign
from rules.roster import LEADERS
from rules.stretch import Stretch
from rules.working_days import DAY, SHANGHAI
from storage.tables import consultations, countersigns
from storage.work import Work


async def sheets(work: Work, wanted: Wanted) -> list[Sheet]:
    """The three sheets of what `wanted` asks for: everything that was sent out within its stretch."""
    terms = Terms(await work.calendar(), work.office.settings.hours, work.now)
    rows: list[Sequence[Cell]] = []
    answers: list[Line] = []
    async for sheet in _read(work, wanted):
        rows.append(sheet_row(sheet, wanted))
        answers += [line for line in lines(sheet, terms) if shown(line, wanted)]
    about = f"会签台账　{wanted.stretch}"
    if wanted.unit:
        about += f"　{wanted.unit.name}"
    counted = [line for line in answers if wanted.unit is None or line.consultation.unit is wanted.unit]
    return [
        Sheet("会签", SHEETS, rows, about),
        Sheet("各单位答复", ANSWERS, [answer_row(line) for line in answers], about),
        Sheet("按单位统计", SUMS, [tally_row(tally) for tally in by_unit(counted)], about),
    ]


async def _read(work: Work, wanted: Wanted) -> AsyncIterator[Countersign]:
    """The sheets that were sent out (or are prepared) within the stretch, oldest first, page by page.

    What is told ahead is the number of rows, the units' included: those make a ledger long.
    """
    chosen = [*_within(wanted.stretch)]
    if wanted.unit:
        chosen.append(or_(countersigns.c.lead_unit_id == wanted.unit.id, _asked(wanted.unit.id)))
    if wanted.reader is not None and wanted.reader.role in LEADERS:
        chosen.append(countersigns.c.released_at.is_not(None))  # before that it is the unit's own business
    total = await work.session.scalar(select(func.count()).select_from(countersigns).where(*chosen)) or 0
    places = await work.session.scalar(
        select(func.count()).select_from(countersigns.join(consultations)).where(*chosen)
    )
    done, rows = 0, total + (places or 0)
    asked = select(Countersign).where(*chosen).order_by(countersigns.c.prepared_at, countersigns.c.id)
    for offset in range(0, total, PAGE):
        wanted.advance(done, rows)
        for sheet in await work.session.scalars(asked.offset(offset).limit(PAGE)):
            done += 1 + len(sheet.consultations)
            yield sheet
    wanted.advance(rows, rows)


def _asked(unit_id: int) -> ColumnElement[bool]:
    theirs = select(consultations.c.id).where(
        consultations.c.countersign_id == countersigns.c.id,
        consultations.c.unit_id == unit_id,
        consultations.c.asked_at.is_not(None),
    )
    return exists(theirs.correlate(countersigns))


def _within(stretch: Stretch) -> Iterator[ColumnElement[bool]]:
    sent = func.coalesce(countersigns.c.released_at, countersigns.c.prepared_at)
    if stretch.first is not None:
        yield sent >= datetime.combine(stretch.first, time(), SHANGHAI)
    if stretch.last is not None:
        yield sent < datetime.combine(stretch.last + DAY, time(), SHANGHAI)
