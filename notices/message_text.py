"""A text as Telegram counts and takes it: its length, and where it is parted."""

import html
import re
from collections.abc import Iterator

from markupsafe import Markup

TEXT_LIMIT = 4096
"""Longest message in UTF-16 units after the markup is taken away (Bot API, sendMessage)."""
CAPTION_LIMIT = 1024
_TAG = re.compile(r"</?[a-z][^>]*>")


def plain(text: Markup | str) -> str:
    """The text as Telegram counts it: without tags, entities resolved."""
    return html.unescape(_TAG.sub("", str(text)))


def length(text: Markup | str) -> int:
    """Length in UTF-16 units, which is how Telegram counts."""
    return len(plain(text).encode("utf-16-le")) // 2


def split(text: Markup, limit: int = TEXT_LIMIT) -> list[Markup]:
    """The text in parts that Telegram takes, parted at line ends.

    Our markup opens and closes within a line, so a part is always whole markup; a single line over the
    limit can only be a person's text and is cut as plain text.
    """
    parts: list[str] = []
    for line in _lines(text, limit):
        if parts and length(f"{parts[-1]}\n{line}") <= limit:
            parts[-1] = f"{parts[-1]}\n{line}"
        else:
            parts.append(line)
    return [Markup(part) for part in parts]  # noqa: S704 - made of markup, cut at line ends


def _lines(text: Markup, limit: int) -> Iterator[str]:
    for line in str(text).split("\n"):
        if length(line) <= limit:
            yield line
            continue
        rest = plain(line)
        while rest:
            piece = rest[: limit // 2]  # a character may count twice
            rest = rest[len(piece) :]
            yield html.escape(piece, quote=False)
