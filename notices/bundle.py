"""All that the clock has to tell one person at one moment: a line each, and a number that opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from notices.notice import Button, Notice, Rows
from rules.roster import Official

OPEN: Final = "bundle"
LONGEST: Final = 70
"""Characters of a line; the rest is read under its number."""
MOST: Final = 20
"""Lines of one message; what stands behind is a message of its own."""
_IN_A_ROW: Final = 5


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
    def opens(self) -> bool:
        """Whether its line does not say all of it."""
        return self.more or "\n" in self.text or self.line.endswith("…")

    @property
    def line(self) -> str:
        """Which matter it is, and the first sentence of what is said of it."""
        first = Markup(self.text.split("\n", 1)[0]).striptags().rstrip("：")  # noqa: S704 - our own words
        said = first if not self.subject or self.subject in first else f"{self.subject}：{first}"
        return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def bundle(
    to: Official,
    whole: Sequence[Markup],
    items: Sequence[Item],
    below: Rows,
    rows: Sequence[int],
    *,
    quiet: bool = False,
) -> Notice:
    """The message of these `rows`; what is said `whole` stands above, its buttons `below` the numbers.

    It is `quiet` where all of them would have been.
    """
    head = f"另有{len(items)}件提醒：" if whole else f"有{len(items)}件事提醒您："
    lines = [Markup("{}. {}").format(number, item.line) for number, item in enumerate(items, 1)]
    numbers = [
        Button(str(number), f"{OPEN}:{item.first}:{item.last}")
        for number, item in enumerate(items, 1)
        if item.opens
    ]
    if numbers:
        lines.append(Markup("<i>点数字，看该件、办该件。</i>"))
    keys = tuple(tuple(numbers[at : at + _IN_A_ROW]) for at in range(0, len(numbers), _IN_A_ROW))
    told = Markup("\n").join([Markup("<b>{}</b>").format(head), *lines])
    text = Markup("\n\n").join([*whole, told])
    return Notice(to, text, (*keys, *below), once=f"{OPEN}:{rows[0]}", asks=not quiet, bundle=tuple(rows))
