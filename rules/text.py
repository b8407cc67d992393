"""People's text as it may be stored: without the marks that hide, reverse or break it."""

import re
import unicodedata

_ZERO_WIDTH_JOINER = "\u200d"
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def clean(text: str) -> str:
    """The text without control, bidirectional and zero-width marks; emoji and line ends stay.

    A joiner between the parts of one emoji stays too, or 👨‍👩‍👧 would fall apart.
    """
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    kept: list[str] = []
    for place, sign in enumerate(text):
        if sign == "\n":
            kept.append(sign)
        elif sign == "\t":
            kept.append(" ")
        elif sign == _ZERO_WIDTH_JOINER:
            if kept and _of_emoji(kept[-1]) and _of_emoji(text[place + 1 : place + 2]):
                kept.append(sign)
        elif unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Cn"}:
            kept.append(sign)
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


def _of_emoji(sign: str) -> bool:
    return sign == "\ufe0f" or (sign != "" and unicodedata.category(sign) in {"So", "Sk"})
