"""Tables as .xlsx and .csv, with nothing in them that a spreadsheet would take for a formula.

Whatever people wrote may stand in a cell. OWASP (CSV Injection) names what a cell must not begin with. In
.xlsx such a cell is stored as text and bears the quote prefix, so that it stays text when it is edited; in
.csv, which knows no cell types, an apostrophe is put before it.
"""

# ruff: noqa: PLC0415 - openpyxl is loaded when the first table is written, not when the bot starts

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO, Final

from rules.working_days import SHANGHAI

Cell = str | int | float | date | datetime | None
"""A datetime is an aware instant and is shown on a Beijing clock."""
Advance = Callable[[int, int], None]
"""Told (done, all) while a long table is written."""

_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_LONGEST_CELL: Final = 32_767
"""Excel takes no longer text in one cell."""
_A4, _A3, _FITS_A4 = 9, 8, 200
_HEAD_COLOUR, _LINE_COLOUR = "F2DCDB", "BFBFBF"
_FONT: Final = "宋体"
_LINE_POINTS, _MOST_LINES = 13.5, 30


@dataclass(frozen=True)
class Column:
    """One column: what stands above it, and how many characters of Chinese it holds side by side.

    Longer text goes on in the line below; a date wants 5, a date and time 8, or the cell shows nothing of it.
    """

    heading: str
    width: int = 8


@dataclass(frozen=True)
class Worksheet:
    """One sheet with its head in the first row. `about` is printed above and below it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    about: str = ""


def formula_like(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula, also with blanks before it."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def legal(text: str) -> str:
    """The text without the control characters that XML forbids, at most as long as a cell may be."""
    kept = "".join(c for c in text if c in "\t\n\r" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.replace("\ufffe", "").replace("\uffff", "")[:_LONGEST_CELL]


def plain(text: str) -> str:
    """The text for a .csv: with an apostrophe before it where it looks like a formula."""
    kept = legal(text)
    return f"'{kept}"[:_LONGEST_CELL] if formula_like(kept) else kept


def write_csv(sheet: Worksheet, to: BinaryIO, advance: Advance | None = None) -> None:
    """One sheet as UTF-8 with a mark by which Excel knows it, quoted and ended as RFC 4180 says."""
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="", write_through=True)
    out = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    out.writerow([plain(column.heading) for column in sheet.columns])
    for done, row in enumerate(sheet.rows, 1):
        out.writerow([_in_words(value) for value in row])
        _tell(advance, done, len(sheet.rows))
    text.detach()


def _in_words(value: Cell) -> str | int | float:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case str():
            return plain(value)
        case _:
            return value


def write_xlsx(sheets: Sequence[Worksheet], to: BinaryIO, advance: Advance | None = None) -> None:
    """The sheets as one workbook: head frozen and filtered, printed across the page with its head on each.

    Rows go to a temporary file as they come, so a long ledger takes no more memory than a short one.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    total, done = sum(len(sheet.rows) for sheet in sheets), 0
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        _lay_out(page, sheet)
        headings = [column.heading for column in sheet.columns]
        page.row_dimensions[1].height = _lines(headings, sheet.columns) * _LINE_POINTS
        page.append([_Cells(page, head=True).of(heading) for heading in headings])
        cells = [_Cells(page) for _ in sheet.columns]
        for number, row in enumerate(sheet.rows, 2):
            if (lines := _lines(row, sheet.columns)) > 1:
                page.row_dimensions[number].height = lines * _LINE_POINTS
            page.append([cell.of(value) for cell, value in zip(cells, row, strict=True)])
            done += 1
            _tell(advance, done, total)
    book.save(to)


def as_xlsx(sheets: Sequence[Worksheet]) -> bytes:
    """The workbook as a file to send."""
    written = io.BytesIO()
    write_xlsx(sheets, written)
    return written.getvalue()


def _tell(advance: Advance | None, done: int, total: int) -> None:
    if advance and (done % 100 == 0 or done == total):
        advance(done, total)


def _lay_out(page: Any, sheet: Worksheet) -> None:  # noqa: ANN401 - openpyxl's stubs know half of such a page
    from openpyxl.utils import get_column_letter

    widths = [column.width * 2 + 1 for column in sheet.columns]
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4 if sum(widths) <= _FITS_A4 else _A3
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.oddHeader.center.text = sheet.about.replace("&", "&&")
    page.oddFooter.center.text = "第 &P 页，共 &N 页"


def _lines(row: Sequence[Cell], columns: Sequence[Column]) -> int:
    """How many lines the row needs: not every program makes room for wrapped text by itself."""
    wrapped = (
        sum(-(-_breadth(line) // (column.width * 2)) or 1 for line in value.splitlines())
        for value, column in zip(row, columns, strict=True)
        if isinstance(value, str)
    )
    return min(max(wrapped, default=1), _MOST_LINES)


def _breadth(text: str) -> int:
    """In halves of a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


class _Cells:
    """The cells of one column. Each is written before the next is asked for: one object for each style."""

    def __init__(self, page: Any, *, head: bool = False) -> None:  # noqa: ANN401 - see above
        new = partial(_styled, page, head=head)
        self._text, self._quoted, self._other = new(), new(quote=True), new()
        self._day, self._moment = new(number_format="yyyy-mm-dd"), new(number_format="yyyy-mm-dd hh:mm")

    def of(self, value: Cell) -> Any:  # noqa: ANN401 - openpyxl's cell
        """The column's cell with this value; text is stored as text whatever it looks like."""
        match value:
            case datetime():
                self._moment.value = value.astimezone(SHANGHAI).replace(tzinfo=None)
                return self._moment
            case date():
                self._day.value = value
                return self._day
            case str():
                kept = legal(value)  # first: what stands behind a forbidden sign may be a formula
                cell = self._quoted if formula_like(kept) else self._text
                cell.value = kept
                cell.data_type = "s"
                return cell
            case _:
                self._other.value = value
                return self._other


def _styled(page: Any, *, head: bool, quote: bool = False, number_format: str = "") -> Any:  # noqa: ANN401
    """An empty cell; its style must not be touched again, openpyxl keeps it by reference."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell: Any = WriteOnlyCell(page)
    cell.font = Font(name=_FONT, size=10, bold=head)
    line = Side("thin", color=_LINE_COLOUR)
    cell.border = Border(line, line, line, line)
    cell.alignment = Alignment(
        horizontal="center" if head else None,
        vertical="center" if head else "top",
        wrap_text=not number_format,
    )
    if head:
        cell.fill = PatternFill("solid", start_color=_HEAD_COLOUR)
    if number_format:
        cell.number_format = number_format
    cell.quotePrefix = quote
    return cell
