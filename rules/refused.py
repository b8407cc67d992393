"""A refusal is an answer, not a failure: it is told to the person in one sentence."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from rules.articles import cite

NOTED_AN_HOUR: Final = 10
"""办公室规定: so many refused taps of one account on buttons that are not theirs are put down within
`NOTED_WITHIN`; a flood beyond that tells nothing new.
"""
NOTED_WITHIN: Final = timedelta(hours=1)


class Refused(Exception):  # noqa: N818 - a refusal is not an error
    """What was asked for is not allowed or not possible; `str()` is the sentence for the person.

    `article` is the article of the Work Rules that the refusal rests on, where one does.
    """

    def __init__(self, message: str, article: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.article = article

    def __str__(self) -> str:
        return self.message + (cite(self.article) if self.article else "")


class Unsure(Refused):
    """What was written may be read in more than one way, or does not quite say it: the person is asked.

    `meant` has what was understood, each in words that leave no doubt: written or tapped, they answer.
    """

    def __init__(self, message: str, meant: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.meant = tuple(dict.fromkeys(meant))
