"""What a file that the bot makes is called: the same on every phone and computer it is opened on."""

import re
import unicodedata
from typing import Final

from pathvalidate import sanitize_filename

from rules.text import one_line

LONGEST: Final = 180
"""Bytes of UTF-8: file systems take 255, encrypted ones 143 to 200, and a phone puts its own (1) behind."""

_FULL_WIDTH: Final = str.maketrans("/\\:*?<>|;\"'%&#$`^", "／＼：＊？＜＞｜；＂＇％＆＃＄｀＾")
"""Signs that some system, or a viewer that takes the name for an address, stumbles over: read the same."""
_HIDDEN: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Control, bidirectional and zero-width marks, half characters, line ends. Rare characters of names stay."""
_UNNAMED: Final = "未命名"


def file_name(pattern: str, title: str = "") -> str:
    """The name with the title in the place of `{}`; where it would be too long, only the title is cut.

    Signs that no file name may hold become their full-width likes, hidden ones go, and a name that Windows
    keeps for its devices (CON) gets a mark.
    """
    title = _clean(title).strip(" .") or _UNNAMED
    room = LONGEST - len(_named(pattern, "").encode())
    short = _cut(title, room).rstrip(" .") or _UNNAMED
    return str(sanitize_filename(_named(pattern, short), platform="universal"))


def clean_name(name: str) -> str:
    """A whole name, ending and all, made such as `file_name` would give it."""
    stem, dot, ending = name.rpartition(".")
    return file_name(f"{{}}.{ending}", stem) if dot else file_name("{}", name)


def _named(pattern: str, title: str) -> str:
    before, _, after = pattern.partition("{}")
    whole = _clean(before) + title + _clean(after)
    stem, dot, ending = whole.rpartition(".")
    return f"{stem.strip(' .')}{dot}{ending.strip()}" if dot else whole.strip()


def _clean(text: str) -> str:
    seen = (c for c in one_line(text) if unicodedata.category(c) not in _HIDDEN and c not in "\ufffe\uffff")
    return re.sub(r"\s+", " ", "".join(seen)).translate(_FULL_WIDTH)


def _cut(text: str, room: int) -> str:
    """So much of the text as fits into that many bytes; a character keeps the marks that belong to it."""
    if len(text.encode()) <= room:
        return text
    short = text.encode()[: max(room, 0)].decode(errors="ignore")
    while short and unicodedata.category(text[len(short)]).startswith("M"):
        short = short[:-1]
    return short
