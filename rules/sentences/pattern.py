"""Regular expressions that are made when they are first asked for.

The words of all sentences together would take a tenth of a second at every start, and most starts need none.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

Found = re.Match[str]


class Pattern:
    """One expression, with what of `re.Pattern` the sentences use."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return re.compile(self.text)

    def search(self, text: str, start: int = 0) -> Found | None:
        """The first place from `start` on."""
        return self._made.search(text, start)

    def match(self, text: str, start: int = 0) -> Found | None:
        """What stands at `start`."""
        return self._made.match(text, start)

    def fullmatch(self, text: str) -> Found | None:
        """The whole text, if it is such."""
        return self._made.fullmatch(text)

    def finditer(self, text: str) -> Iterator[Found]:
        """Every place, in order."""
        return self._made.finditer(text)

    def sub(self, put: str | Callable[[Found], str], text: str) -> str:
        """The text with something else in these places."""
        return self._made.sub(put, text)

    def split(self, text: str) -> list[str]:
        """What stands between."""
        return list(self._made.split(text))

    def findall(self, text: str) -> list[str]:
        """The words of every place."""
        return [found[0] for found in self.finditer(text)]
