"""A pasted note: labelled lines (时间：12月1日), in any order, as people type them on a phone."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rules.fields import Field
from rules.text import clean

_LABELLED = re.compile(
    r"\s*(?P<bullet>(?:[-*•·]|\d{1,2}[.、)）])\s*)?"
    r"(?:【(?P<framed>[^】]{1,12})】\s*[:：]?|"
    r"(?P<plain>[^\W\d_](?:[^\W\d_]|[ \u3000（）()/]){0,11}?)\s*[:：])"
    r"\s*(?P<text>.*)"
)
_GAPS = re.compile(r"[ \u3000]")
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

    Colons may be full or half width, a label may stand in 【】, behind a bullet or with gaps (事　由：).
    A line without a label belongs to the line above. Where a field takes several lines, a line of it may
    look labelled (1. 目标：…): it stays with the field unless the label is ours or a slip of ours.
    """
    known = labels(fields)
    note = Note()
    last: Field[Any] | None = None
    lost = False
    for number, line in enumerate(clean(text).split("\n")):
        found = _LABELLED.fullmatch(line)
        label = _GAPS.sub("", found["framed"] or found["plain"]) if found else ""
        if found and _LINK.search(label):
            found = None
        open_ended = last is not None and last.lines
        if found and label in known and not (open_ended and found["bullet"]):
            last, lost = known[label], False
            note.values[last.key] = found["text"].strip()
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


def _slip(label: str, known: dict[str, Field[Any]]) -> bool:
    """Whether a label is so near to one of ours that it must have been meant."""
    return bool(difflib.get_close_matches(label, list(known), n=1, cutoff=0.5))
