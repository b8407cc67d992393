"""Roster files: an .xlsx with sheets 单位 and 人员, or a folder with units.csv and people.csv."""

import csv
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.text_files import decoded
from rules.roster_import import (
    PEOPLE_HEADINGS,
    UNIT_HEADINGS,
    BadRow,
    NewRoster,
    RosterRejected,
    Sheet,
    cell_text,
    read_roster,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SAMPLE = Path(__file__).parent / "sample"
"""The made-up district that ships with the bot."""

UNITS, PEOPLE = "单位", "人员"
_CSV_NAMES = {UNITS: "units.csv", PEOPLE: "people.csv"}
_HEADINGS = {UNITS: UNIT_HEADINGS, PEOPLE: PEOPLE_HEADINGS}
_DELIMITERS = ",\t;，"


def read_file(path: Path) -> NewRoster:
    """The checked roster in the workbook or the folder; RosterRejected says what is wrong with it."""
    if path.is_dir():
        sheets = [_csv_sheet(path, name) for name in (UNITS, PEOPLE)]
    elif path.name.lower() in _CSV_NAMES.values():
        return read_file(path.parent)
    else:
        sheets = _workbook_sheets(path)
    return read_roster(*sheets)


def _unreadable(reason: str, sheet: str = "") -> RosterRejected:
    return RosterRejected([BadRow(sheet, None, reason)])


def _workbook_sheets(path: Path) -> list[Sheet]:
    if not path.exists():
        raise _unreadable(f"找不到“{path}”。")
    try:
        # Read whole, not in read-only mode, which knows nothing of merged cells.
        workbook = load_workbook(path, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        hint = "请在Excel中另存为“.xlsx”，或给出含units.csv和people.csv的文件夹。"
        raise _unreadable(f"“{path.name}”不是可读的.xlsx文件。{hint}") from error
    named = {cell_text(sheet.title): sheet for sheet in workbook.worksheets}
    missing = [name for name in (UNITS, PEOPLE) if name not in named]
    if missing:
        has = "、".join(named) or "无"
        raise _unreadable(f"缺少工作表“{'”“'.join(missing)}”；现有工作表：{has}。")
    return [Sheet(name, _cells(named[name])) for name in (UNITS, PEOPLE)]


def _cells(sheet: "Worksheet") -> list[list[object]]:
    """The cells row by row; what is merged downwards (one unit beside its people) counts in every row."""
    rows: list[list[object]] = [list(row) for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        if merged.min_col == merged.max_col:
            for row in range(merged.min_row, min(merged.max_row, len(rows))):
                rows[row][merged.min_col - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    return rows


def _csv_sheet(folder: Path, name: str) -> Sheet:
    path = folder / _CSV_NAMES[name]
    if not path.is_file():
        raise _unreadable(f"文件夹“{folder}”里没有{path.name}。")
    text = decoded(path.read_bytes())
    if text is None:
        raise _unreadable("文字编码无法识别，请在Excel中另存为“CSV UTF-8”。", name)
    heading = next((line for line in text.splitlines() if _HEADINGS[name][0] in line), "")
    delimiter = max(_DELIMITERS, key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _unreadable(f"{path.name}不是可读的CSV文件。", name) from error
    return Sheet(name, rows)
