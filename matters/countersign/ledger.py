"""The ledger of countersigns (会签台账): its sheets, read from the database."""

from notices.countersign.ledger import ANSWERS, BY_UNIT, SHEETS, shown
from notices.ledger import Wanted
from notices.spreadsheet import Worksheet
from rules.countersign.ledger import Terms, by_unit, lines
from storage.queries.countersign.ledger import of_ledger
from storage.unit_of_work import UnitOfWork


async def worksheets(work: UnitOfWork, wanted: Wanted) -> list[Worksheet]:
    """The three sheets of what `wanted` asks for: everything that was sent out within its stretch."""
    terms = Terms(await work.calendar(), work.office.settings.hours, work.now)
    found = [sheet async for sheet in of_ledger(work, wanted)]
    answers = [line for sheet in found for line in lines(sheet, terms) if shown(line, wanted)]
    counted = [line for line in answers if wanted.unit in (None, line.consultation.unit)]
    return [
        SHEETS.worksheet(found, wanted.reader),
        ANSWERS.worksheet(answers),
        BY_UNIT.worksheet(by_unit(counted)),
    ]
