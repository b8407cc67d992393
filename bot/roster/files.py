"""Roster files: an .xlsx with sheets 单位 and 人员, or a folder with units.csv and people.csv."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from bot.text_files import decoded
from rules.roster_cells import cell_text
from rules.roster_import import (
    NOT_CALCULATED,
    PEOPLE_HEADINGS,
    UNIT_HEADINGS,
    BadRow,
    NewRoster,
    RosterRejected,
    RosterTable,
    read_roster,
)
from rules.spelling import same

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SAMPLE = Path(__file__).parents[1] / "sample"
"""The made-up district that ships with the bot."""

UNITS, PEOPLE = "单位", "人员"
_CSV_NAMES = {UNITS: "units.csv", PEOPLE: "people.csv"}
_HEADINGS = {UNITS: UNIT_HEADINGS, PEOPLE: PEOPLE_HEADINGS}
_DELIMITERS = ",\t;，"
_HINT = "请在Excel中另存为“.xlsx”，或给出含units.csv和people.csv的文件夹。"
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""An .xls, or an .xlsx with a password, which is wrapped in the same container."""
_STRICT = b"purl.oclc.org/ooxml/"


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


def _workbook_sheets(path: Path) -> list[RosterTable]:
    content = _content(path)
    _say_why_not(path.name, content)
    values = _loaded(path.name, content, values=True)
    formulas = _loaded(path.name, content, values=False)
    found = [_the_one(values, name) for name in (UNITS, PEOPLE)]
    missing = [name for name, sheet in zip((UNITS, PEOPLE), found, strict=True) if sheet is None]
    if missing:
        has = "、".join(sheet.title for sheet in values.worksheets) or "无"
        raise _unreadable(f"缺少工作表“{'”“'.join(missing)}”；现有工作表：{has}。")
    return [
        RosterTable(name, _cells(sheet, formulas[sheet.title]), tuple(_hidden(sheet)))
        for name, sheet in zip((UNITS, PEOPLE), found, strict=True)
        if sheet is not None
    ]


def _content(path: Path) -> bytes:
    if not path.exists():
        raise _unreadable(f"找不到“{path}”。")
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(f"“{path.name}”打不开（{error.strerror}），请检查权限后再试。") from error


def _say_why_not(name: str, content: bytes) -> None:
    """Refuse what openpyxl would misread or fail on, where the person can be told what to do about it."""
    if content.startswith(_OLD_FORMAT):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _unreadable(f"“{name}”设了打开密码，请在Excel中去掉密码、另存后再导入。")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            workbook = parts.read("xl/workbook.xml")
    except Exception:  # noqa: BLE001 - as in `_loaded`, which is about to say what is wrong
        return
    if _STRICT in workbook:
        # openpyxl finds no sheet in it and does not say why.
        raise _unreadable(
            f"“{name}”是Strict Open XML格式，请在Excel中另存为普通Excel工作簿（.xlsx）后再导入。"
        )


def _loaded(name: str, content: bytes, *, values: bool) -> "Workbook":
    """The workbook with what its formulas gave, or with the formulas."""
    try:
        # Read whole, not in read-only mode, which knows nothing of merged cells.
        return load_workbook(io.BytesIO(content), data_only=values)
    except Exception as error:
        raise _unreadable(f"“{name}”不是可读的.xlsx文件。{_HINT}") from error


def _the_one(workbook: "Workbook", name: str) -> "Worksheet | None":
    """The sheet of that name, blanks and marks aside; of two none is chosen."""
    named = [sheet for sheet in workbook.worksheets if same(cell_text(sheet.title), name)]
    if len(named) > 1:
        hidden = sum(sheet.sheet_state != "visible" for sheet in named)
        among = f"（其中{hidden}张是隐藏的）" if hidden else ""
        titles = "、".join(f"“{sheet.title}”" for sheet in named)
        raise _unreadable(
            f"有{len(named)}张工作表都叫“{name}”{among}：{titles}，不知以哪张为准，请只留一张，其余删去或改名。"
        )
    return named[0] if named else None


def _hidden(sheet: "Worksheet") -> Iterator[str]:
    """What people may not know to be there, since Excel does not show it."""
    if sheet.sheet_state != "visible":
        yield "这张工作表是隐藏的，也已读入。"
    rows = [row for row, kept in sheet.row_dimensions.items() if kept.hidden and row <= sheet.max_row]
    if rows:
        yield f"有{len(rows)}行是隐藏的（第{rows[0]}行{'等' if len(rows) > 1 else ''}），也已读入。"


def _cells(sheet: "Worksheet", formulas: "Worksheet") -> list[list[object]]:
    """The cells row by row; what is merged downwards (one unit beside its people) counts in every row.

    A formula that no program has calculated yet has no value: it must not pass for an empty cell.
    """
    rows: list[list[object]] = [list(row) for row in sheet.iter_rows(values_only=True)]
    for number, row in enumerate(formulas.iter_rows()):
        for place, cell in enumerate(row):
            if cell.data_type == "f" and rows[number][place] is None:
                rows[number][place] = NOT_CALCULATED
    for merged in sheet.merged_cells.ranges:
        if merged.min_col == merged.max_col:
            for below in range(merged.min_row, min(merged.max_row, len(rows))):
                rows[below][merged.min_col - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    return rows


def _csv_sheet(folder: Path, name: str) -> RosterTable:
    path = folder / _CSV_NAMES[name]
    if not path.is_file():
        raise _unreadable(f"文件夹“{folder}”里没有{path.name}。")
    text = decoded(_content(path))
    if text is None:
        raise _unreadable("文字编码无法识别，请在Excel中另存为“CSV UTF-8”。", name)
    heading = next((line for line in text.splitlines() if _HEADINGS[name][0] in line), "")
    delimiter = max(_DELIMITERS, key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _unreadable(f"{path.name}不是可读的CSV文件。", name) from error
    return RosterTable(name, rows)
