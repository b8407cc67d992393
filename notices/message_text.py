"""A text as Telegram counts and takes it: its length, and where it is parted."""

import html
import re
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

QUOTE: Final = "<blockquote expandable>"
"""A quotation that shows its first lines until it is tapped."""
_END: Final = "</blockquote>"
_QUOTED: Final = re.compile(f"{QUOTE}(.*?){_END}", re.DOTALL)
SCREEN: Final = 15
"""Lines of a card, of `WIDTH` signs each, that a phone shows above its buttons without scrolling."""
WIDTH: Final = 20
_SHOWN: Final = 3
"""So many lines of a folded quotation are seen."""
TEXT_LIMIT = 4096
"""Longest message in UTF-16 units after the markup is taken away (Bot API, sendMessage)."""
CAPTION_LIMIT = 1024
_TAG = re.compile(r"</?[a-z][^>]*>")
_ARTICLE: Final = "第[一二三四五六七八九十]+条"
CITED: Final = re.compile(f"(\n?)（(依据《工作规则》)?({_ARTICLE}(?:、{_ARTICLE})*)）(?=(\n|$)?)")
_IN_WORDS: Final = re.compile(f"{_ARTICLE}(?=规定|未列明)")
_NAMED: Final = re.compile(r"(?:[《“][^》”]*[》”]|[^，])*")


def plain(text: Markup | str) -> str:
    """The text as Telegram counts it: without tags, entities resolved."""
    return html.unescape(_TAG.sub("", str(text)))


def named_in(text: Markup | str) -> str:
    """The matter that a message is of: its first line without what is wanted of the reader."""
    said = _NAMED.match(plain(str(text).split("\n", 1)[0]))
    return said[0] if said else ""


def length(text: Markup | str) -> int:
    """Length in UTF-16 units, which is how Telegram counts."""
    return len(plain(text).encode("utf-16-le")) // 2


def cited_once(text: Markup) -> Markup:
    """The text with each article of the Work Rules cited once, the last time or where the words name it.

    A line that was the citation alone goes with it.
    """
    said, seen = str(text), set(_IN_WORDS.findall(text))
    for found in reversed(list(CITED.finditer(said))):
        articles = found[3].split("、")
        fresh = [one for one in articles if one not in seen]
        seen.update(articles)
        own = f"（{found[2] or ''}{'、'.join(fresh)}）" if fresh else ""
        alone = not own and found[4] is not None
        said = said[: found.start()] + ("" if alone else found[1]) + own + said[found.end() :]
    return Markup(said)  # noqa: S704 - our own markup


def folded(text: Markup) -> Markup:
    """The text with what does not fit onto a phone's screen folded until it is tapped."""
    if screen_lines(text) <= SCREEN:
        return text
    lines, room = _whole_lines(text), SCREEN - _SHOWN
    at = next(n for n in range(len(lines), 0, -1) if n == 1 or sum(map(_height, lines[:n])) <= room)
    rest = _QUOTED.sub(lambda found: found[1], "\n".join(lines[at:]))
    return Markup("\n".join([*lines[:at], f"{QUOTE}{rest}{_END}"]))  # noqa: S704 - our own markup, parted at lines


def screen_lines(text: Markup | str) -> int:
    """How many lines a phone shows of it, folded as it is."""
    return sum(map(_height, _whole_lines(text)))


def _whole_lines(text: Markup | str) -> list[str]:
    """The lines, a quotation with all of its own as a part of one."""
    kept = _QUOTED.sub(lambda found: found[0].replace("\n", "\0"), str(text))
    return [line.replace("\0", "\n") for line in kept.split("\n")]


def _height(line: str) -> int:
    quoted = [_rows(plain(found[1])) for found in _QUOTED.finditer(line)]
    outside = plain(_QUOTED.sub("", line))
    return (_rows(outside) if outside or not quoted else 0) + sum(min(each, _SHOWN) for each in quoted)


def _rows(text: str) -> int:
    return sum(max(1, -(-len(line) // WIDTH)) for line in text.split("\n"))


def split(text: Markup, limit: int = TEXT_LIMIT) -> list[Markup]:
    """The text in parts that Telegram takes, parted at line ends.

    Our markup opens and closes within a line, a quotation apart, which is closed and opened again; so a part
    is always whole markup. A single line over the limit can only be a person's text and is cut as plain text.
    """
    parts: list[str] = []
    for line in _lines(text, limit):
        if parts and length(f"{parts[-1]}\n{line}") <= limit:
            parts[-1] = f"{parts[-1]}\n{line}"
        else:
            parts.append(line)
    quoted, whole = False, []
    for part in parts:
        begun = f"{QUOTE}{part}" if quoted else part
        quoted = begun.rfind(QUOTE) > begun.rfind(_END)
        whole.append(Markup(f"{begun}{_END}" if quoted else begun))  # noqa: S704 - made of markup, cut at line ends
    return whole


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
