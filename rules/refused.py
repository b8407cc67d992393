"""A refusal is an answer, not a failure: it is told to the person in one sentence."""

from collections.abc import Iterable, Sequence
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


class Partly(Refused):
    """Of a list some entries stand and others do not: the good stay, only the others are asked about.

    `kept` is the value of what stands, empty where nothing does; `wrong` has each other entry as it was
    written, with what is wrong about it. Of a text of lines, `around` is what stands before the first wrong
    line, that line, and what stands after it.
    """

    def __init__(
        self,
        kept: Sequence[object] | str,
        wrong: Sequence[tuple[str, Refused]],
        around: tuple[str, str, str] | None = None,
    ) -> None:
        others = "".join(f"「{entry}」" for entry, _ in wrong[1:])
        said = wrong[0][1].message.rstrip("。")
        super().__init__(f"{said}；还有{others}，随后再问" if others else said, wrong[0][1].article)
        self.kept = kept
        self.wrong = list(wrong)
        self.around = around
