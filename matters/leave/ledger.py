"""The ledger of leaves (请假台账): its sheets, read from the database."""

from notices.leave.ledger import BY_PERSON, DETAIL
from notices.ledger import Wanted
from notices.spreadsheet import Worksheet
from rules.leave.ledger import Terms, by_person, line
from storage.queries.leave.ledger import of_ledger
from storage.unit_of_work import UnitOfWork


async def worksheets(work: UnitOfWork, wanted: Wanted) -> list[Worksheet]:
    """明细 and 按人统计 of what `wanted` asks for; its `advance` is told how far the reading is."""
    terms = Terms(wanted.stretch, await work.calendar(), work.office.settings.periods, work.now)
    lines = [line(leave, terms) async for leave in of_ledger(work, wanted)]
    return [DETAIL.worksheet(lines, wanted.reader), BY_PERSON.worksheet(by_person(lines))]
