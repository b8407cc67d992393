"""The ledger of leaves (请假台账): its sheets, read from the database."""

from notices.leave.ledger import DETAIL, SUMS, detail, person_row
from notices.ledger import Wanted
from notices.spreadsheet import Sheet
from rules.leave.ledger import Terms, by_person, line
from storage.queries.leave.ledger import of_ledger
from storage.unit_of_work import UnitOfWork


async def sheets(work: UnitOfWork, wanted: Wanted) -> list[Sheet]:
    """明细 and 按人统计 of what `wanted` asks for; its `advance` is told how far the reading is."""
    settings = work.office.settings
    terms = Terms(wanted.stretch, await work.calendar(), settings.periods, work.now)
    lines = [line(leave, terms) async for leave in of_ledger(work, wanted)]
    about = f"请假台账　{wanted.stretch}"
    if wanted.unit:
        about += f"　{wanted.unit.name}"
    return [
        Sheet("明细", DETAIL, [detail(each, wanted) for each in lines], about),
        Sheet("按人统计", SUMS, [person_row(person) for person in by_person(lines)], about),
    ]
