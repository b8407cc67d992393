"""People's text as it may be stored: without the marks that hide, reverse or break it.

What is taken out is named here sign by sign, not by Python's own tables: those know neither the newest
characters of GB 18030-2022 nor what a district has put into the private use area, and a name must not lose a
character because of that. What cannot be stored at all stays visible as `DAMAGED`.
"""

import re
import unicodedata

DAMAGED = "\ufffd"
"""�: what stands where a sign arrived broken, so that people see that something is missing."""
CJK = (
    "\u2e80-\u9fff\ue000-\ufaff\uff00-\uffef"  # with the private use area: in China it holds ideographs
    "\U00020000-\U0003ffff"
)
"""Chinese signs, as a class of a regular expression: no blank belongs between two of them."""

_ZERO_WIDTH_JOINER = "\u200d"
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_CJK = re.compile(f"[{CJK}]")
_COMPOSED = re.compile(r"[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f]"
)
_BROKEN = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_FLAG = "\U0001f3f4"
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefe]")
"""Scripts whose letters take their shape from the joiners between them, as Uyghur and Mongolian."""


def clean(text: str) -> str:
    """The text without control, bidirectional and zero-width marks; emoji and line ends stay.

    A joiner between the parts of one emoji stays too, or 👨‍👩‍👧 would fall apart. Accents are composed, while
    compatibility ideographs stay as they were written: they may be how somebody writes their name.
    """
    text = _BROKEN.sub(DAMAGED, _LINE_ENDS.sub("\n", text))
    text = _COMPOSED.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)
    kept: list[str] = []
    for place, sign in enumerate(text):
        if not _UNSEEN.match(sign) or _shapes(kept, sign, text[place + 1 : place + 2]):
            kept.append(sign)
        elif sign == "\t":
            kept.append(" ")
    return "".join(kept).strip()


def one_line(text: str) -> str:
    """The text with its line ends closed up: nothing between Chinese signs, a space between others."""
    lines = [line.strip() for line in text.splitlines()]
    joined = ""
    for line in filter(None, lines):
        gap = " " if joined and not (_CJK.match(joined[-1]) or _CJK.match(line[0])) else ""
        joined += gap + line
    return re.sub(r"\s+", " ", joined)


def clip(text: str, longest: int) -> str:
    """The text, its end left out where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def flat(text: str, longest: int) -> str:
    """The text on one line, a space for every gap, its end left out where it is longer."""
    return clip(" ".join(text.split()), longest)


def _shapes(kept: list[str], sign: str, after: str) -> bool:
    """Whether the unseen sign gives what stands beside it its shape: one emoji, one flag, one joined word."""
    before = kept[-1] if kept else ""
    if "\U000e0020" <= sign <= "\U000e007f":
        return before == _FLAG or "\U000e0020" <= before <= "\U000e007e"
    if sign == _ZERO_WIDTH_JOINER and _of_emoji(before) and _of_emoji(after):
        return True
    return sign in "\u200c\u200d\u180e" and bool(_JOINING.match(before) and _JOINING.match(after))


def _of_emoji(sign: str) -> bool:
    return sign == "\ufe0f" or (sign != "" and unicodedata.category(sign) in {"So", "Sk"})
