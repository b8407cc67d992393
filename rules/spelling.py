"""One name, several spellings: signs that people take for the same and computers do not.

Text is stored as it was written; only where two texts are compared are they folded. Folding takes out signs
that nobody sees and turns one sign into one sign, so that a database can do the same (storage/spelling.py).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rules.text import CJK, clean

DOT: Final = "·"
_DOTS: Final = "•‧∙⋅・･ꞏ●"
"""Dots of minority names: 买买提·艾力. GB/T 2312's own is U+00B7, phones and Word write all of these."""
_HYPHENS: Final = "‐‑–—―－﹣−"
_PRIVATE: Final = {
    "\ue816": "\U00020087",
    "\ue817": "\U00020089",
    "\ue818": "\U000200cc",
    "\ue81e": "\u9fb4",
    "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6",
    "\ue82c": "\u9fb7",
    "\ue831": "\U000215d7",
    "\ue832": "\u9fb8",
    "\ue83b": "\U0002298f",
    "\ue843": "\u9fb9",
    "\ue854": "\u9fba",
    "\ue855": "\U000241fe",
    "\ue864": "\u9fbb",
}
"""What GB 18030-2000 (and Python's codec) still keeps in the private use area and GB 18030-2022 does not."""
_RADICALS: Final = (
    "⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⺠民⻄西⻁虎⻤鬼⻑長"
)
"""Radicals that text copied out of a PDF has for ideographs, and that Unicode does not decompose."""
UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Unicode's default ignorables (variation selectors, joiners, fillers), as a class of a regular expression.

Some of it stays where text is stored, since it chooses a sign's shape; a name is the same without it.
"""
_UNSEEN: Final = re.compile(f"[{UNSEEN}]")
_BLANKS_BESIDE_CJK: Final = re.compile(rf"(?<=[{CJK}{DOT}])\s+|\s+(?=[{CJK}{DOT}])")


def _gbk_heritage() -> Iterator[tuple[str, str]]:
    """U+E815 to U+E864, where GBK had its rows FE50 to FEA0: 䶮 was U+E863."""
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    for private, trail in enumerate(trails, 0xE815):
        sign = chr(private)
        yield sign, _PRIVATE.get(sign) or bytes((0xFE, trail)).decode("gb18030")


def _compatible() -> Iterator[tuple[str, str]]:
    """Full width forms, compatibility ideographs (U+F92C is 郎), radicals that stand for ideographs."""
    for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFF01, 0xFF5E), (0x2F800, 0x2FA1F)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                yield chr(code), plain


_SAME: Final[dict[str, str]] = {
    **dict(_compatible()),
    **dict(_gbk_heritage()),
    **dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)),
    **dict.fromkeys(_DOTS, DOT),
    **dict.fromkeys(_HYPHENS, "-"),
    "\u3000": " ",
}
_TABLE: Final = str.maketrans(_SAME)
_WAYS: Final[dict[str, list[str]]] = {}
for _written, _plain in _SAME.items():
    _WAYS.setdefault(_plain, []).append(_written)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """The text for comparing: equal where people would say that the same thing is written."""
    return _BLANKS_BESIDE_CJK.sub("", seen(clean(text)).translate(_TABLE))


def seen(text: str) -> str:
    """The text without the signs that nobody sees."""
    return _UNSEEN.sub("", text)


def same(one: str, other: str) -> bool:
    """Whether two spellings mean the same name."""
    return one == other or folded(one) == folded(other)


def ways(text: str) -> Iterator[tuple[str, str]]:
    """For every sign of a folded text each other way of writing it, as (written, folded)."""
    for sign in dict.fromkeys(text):
        for written in _WAYS.get(sign, ()):
            yield written, sign


def private_use(text: str) -> list[tuple[str, str]]:
    """The signs of the private use area in the text, each with what it is today (empty where nobody knows).

    Such a sign is kept, but a phone shows an empty box for it.
    """
    return [
        (sign, today if (today := _SAME.get(sign, "")) and not _is_private(today) else "")
        for sign in dict.fromkeys(text)
        if _is_private(sign)
    ]


def _is_private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff" or sign >= "\U000f0000"
