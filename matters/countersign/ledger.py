"""The ledger of countersigns (会签台账): its sheets, read from the database."""

from collections.abc import Sequence

from notices.countersign.ledger import ANSWERS, SHEETS, SUMS, answer_row, sheet_row, shown, tally_row
from notices.ledger import Wanted
from notices.spreadsheet import Cell, Sheet
from rules.countersign.ledger import Line, Terms, by_unit, lines
from storage.queries.countersign.ledger import of_ledger
from storage.unit_of_work import UnitOfWork


async def sheets(work: UnitOfWork, wanted: Wanted) -> list[Sheet]:
    """The three sheets of what `wanted` asks for: everything that was sent out within its stretch."""
    terms = Terms(await work.calendar(), work.office.settings.hours, work.now)
    rows: list[Sequence[Cell]] = []
    answers: list[Line] = []
    async for sheet in of_ledger(work, wanted):
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
