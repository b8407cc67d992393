"""All that the clock has to tell one person at one moment: a line each, and a number that opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from notices.listing import LONGEST, OPEN_ONE, Line, first_line, numbered, numbers
from notices.notice import Notice
from rules.roster import Official
from rules.text import clip

OPEN: Final = "bundle"
MOST: Final = 20
"""Lines of one message; what stands behind is a message of its own."""


@dataclass(frozen=True)
class Item:
    """One thing to be told, with its files: rows `first` to `last` of the outbox among the person's own.

    `more` says that there is more to it than its words: buttons, or a file.
    """

    first: int
    last: int
    subject: str
    text: Markup
    more: bool

    @property
    def line(self) -> Line:
        """What it says in one line; without a number where that is all of it."""
        said = clip(first_line(self.subject, self.text), LONGEST)
        opens = self.more or "\n" in self.text or said.endswith("…")
        return Line(said, f"{OPEN}:{self.first}:{self.last}" if opens else "")


def bundle(to: Official, items: Sequence[Item], rows: Sequence[int], *, quiet: bool = False) -> Notice:
    """The message of these `rows`. It is `quiet` where all of them would have been."""
    lines = [item.line for item in items]
    keys = numbers(lines)
    under = [OPEN_ONE] if keys else []
    head = Markup("<b>有{}件事提醒您：</b>").format(len(items))
    text = Markup("\n").join([head, *numbered(lines), *under])
    return Notice(to, text, keys, once=f"{OPEN}:{rows[0]}", asks=not quiet, bundle=tuple(rows))
