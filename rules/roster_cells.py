"""Cells of a roster as a spreadsheet holds them, read as text and as telephone numbers."""

import re
import unicodedata

from rules.spelling import DOT
from rules.text import CJK, clean

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")
_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


def cell_text(cell: object) -> str:
    """A cell as text: 13800000001.0 becomes 13800000001, stray blanks and invisible marks go.

    Chinese tables space two-character names out (王　芳), so blanks beside a Chinese character are dropped.
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(clean(str(cell)).translate(_FULL_WIDTH).split())
    return re.sub(rf"(?<=[{CJK}{DOT}]) | (?=[{CJK}{DOT}])", "", text)


def is_mobile(phone: str) -> bool:
    """Whether the number, as `phone_number` gives it, is a person's own: a landline belongs to the seat."""
    return _MOBILE.fullmatch(phone) is not None


def phone_number(text: str) -> str | None:
    """The number without blanks and +86; None if it is neither a mobile nor a landline with area code."""
    number = re.sub(r"[\s.]", "", unicodedata.normalize("NFKC", text))
    number = re.sub(r"^(\+|00)86-?", "", number)
    if _LANDLINE.fullmatch(number):
        return number
    number = number.replace("-", "")
    return number if _MOBILE.fullmatch(number) else None
