"""A pasted note: labelled lines (时间：12月1日), in any order, as people type them on a phone."""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rules import numerals
from rules.fields import Field
from rules.text import clean

_NUMERAL = r"(?:\d{1,2}(?:[.．]\d{1,2})*|[一二三四五六七八九十]{1,3})"
_RINGED = r"[①-⑳⑴-⒇⒈-⒛㈠-㈩㊀-㊉❶-❿]"
_BULLET = (
    rf"(?P<bullet>[-*•·●○◆◇■□▪※★☆]|[（(]\s*{_NUMERAL}\s*[)）]\s*[、.．]?|{_NUMERAL}\s*[.．、)）,，]"
    rf"|\d{{1,2}}[.．]\d{{1,2}}(?=\s)|{_RINGED}\s*[、.．]?)\s*"
)
_LABELLED = re.compile(
    rf"\s*(?:{_BULLET})?"
    r"(?:【(?P<framed>[^】]{1,12})】\s*[:：]?|"
    r"(?P<plain>[^\W\d_](?:[^\W\d_]|[ \u3000（）()/]){0,11}?)\s*[:：])"
    r"\s*(?P<text>.*)"
)
_HEADING = re.compile(rf"\s*{_BULLET}(?P<framed>)(?P<plain>[^\W\d_]{{1,8}}?)(?:[ \u3000]+(?P<text>.*))?")
_GAPS = re.compile(r"[ \u3000]")
_REMARK = re.compile(r"[（(][^（()）]*[)）]")
_LINK = re.compile(r"(?i)https?$")


@dataclass
class Note:
    """What stood in a note: by field key what was written there, labels nobody knows, lines under no label.

    `first` is the first line if it bears no label: the word that opens a note.
    """

    first: str = ""
    values: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


def labels(fields: Sequence[Field[Any]]) -> dict[str, Field[Any]]:
    """Every word that may stand before a colon, with its field."""
    return {word: field for field in fields for word in (*field.aliases, field.label)}


def read_note(text: str, fields: Sequence[Field[Any]]) -> Note:
    """Part the text by its labels.

    Colons may be full or half width, a label may stand in 【】, behind a bullet or a number (一、1．①), with
    gaps (事　由：) or a remark (时间（含路途）：). A line without a label belongs to the line above. Where a
    field takes several lines, a line of it may look labelled (1. 目标：…): it stays with the field unless the
    label is ours or a slip of ours; with a number before it, only where the number goes on from our labels'.
    """
    known = labels(fields)
    note = Note()
    last: Field[Any] | None = None
    lost = False
    numbering = _Numbering()
    for number, line in enumerate(clean(text).split("\n")):
        found, label = _label_of(line, known)
        open_ended = last is not None and last.lines
        if found and label in known and not (open_ended and not numbering.goes_on(found["bullet"])):
            last, lost = known[label], False
            numbering.take(found["bullet"])
            note.values[last.key] = (found["text"] or "").strip()
        elif found and number == 0 and label not in known and not found["text"]:
            note.first = label
        elif found and not lost and open_ended and last and (found["bullet"] or not _slip(label, known)):
            note.values[last.key] += f"\n{line.strip()}"
        elif found:
            note.unknown.append(label)
            last, lost = None, True
        elif last is not None:
            note.values[last.key] = f"{note.values[last.key]}\n{line.strip()}".lstrip("\n")
        elif number == 0:
            note.first = line.strip()
        elif line.strip() and not lost:
            note.loose.append(line.strip())
    note.values = {key: value.strip() for key, value in note.values.items()}
    return note


def _label_of(line: str, known: dict[str, Field[Any]]) -> tuple[re.Match[str] | None, str]:
    """The parts of a labelled line and its label; a numbered heading needs no colon where it is ours."""
    found = _LABELLED.fullmatch(line)
    if found is None:
        heading = _HEADING.fullmatch(line)
        return (heading, heading["plain"]) if heading and heading["plain"] in known else (None, "")
    label = _GAPS.sub("", found["framed"] or found["plain"])
    if _LINK.search(label):
        return None, ""
    return found, label if label in known else _REMARK.sub("", label) or label


class _Numbering:
    """How the note's own labels are numbered, as far as they are: the last one's style and number."""

    def __init__(self) -> None:
        self._style = ""
        self._number = 0

    def take(self, bullet: str | None) -> None:
        if bullet:
            self._style, self._number = _style(bullet)

    def goes_on(self, bullet: str | None) -> bool:
        """Whether a label so numbered is the next of the note's own; one without a number always is."""
        if not bullet:
            return True
        style, number = _style(bullet)
        return style == self._style and (number > self._number or not number)


def _style(bullet: str) -> tuple[str, int]:
    """（二） as its style （一） and the number 2; a mark that counts nothing is its own style."""
    sign = re.search(_RINGED, bullet)
    if sign:
        return f"ring{ord(sign[0]) >> 5}", int(unicodedata.numeric(sign[0]))
    written = re.search(_NUMERAL, bullet)
    if written is None:
        return bullet.strip(), 0
    digits = re.split(r"[.．]", written[0])[-1]
    number = numerals.read(digits)
    kind = "1" if digits.isdecimal() else "一"
    return _GAPS.sub("", bullet.replace(written[0], kind)).replace("（", "(").replace("）", ")"), number


def _slip(label: str, known: dict[str, Field[Any]]) -> bool:
    """Whether a label is so near to one of ours that it must have been meant."""
    return bool(difflib.get_close_matches(label, list(known), n=1, cutoff=0.5))
