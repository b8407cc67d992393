"""The words by which people ask for something in a sentence of their own: data beside what the words open.

A sentence is never carried out as such. It is put into the bot's own words (待办, 查找 会签 财政局, 请假 with
its labelled lines), which are then read as if they had been written; so there is no second way in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rules.sentences.pattern import Found, Pattern
from rules.sentences.times import Times

NOTHING: Final = Pattern(r"(?!)")


def either(words: str) -> str:
    """Any of the words, parted by blanks, as part of a pattern; each may be a pattern itself."""
    return f"(?:{'|'.join(words.split())})"


@dataclass(frozen=True)
class Said:
    """A sentence as its `Expressions` are given it: the words, and the times that stand in them.

    `today` is a Shanghai date.
    """

    text: str
    times: Times
    today: date


Put = Callable[[Said, Found], str]
"""Puts a question that was recognised into the bot's own words."""


@dataclass(frozen=True)
class Question:
    """What people ask, and how it is put into the bot's own words."""

    asked: Pattern
    put: Put


@dataclass(frozen=True)
class Expressions:
    """Everything by which one thing is asked for.

    `opens` is the word on the menu that opens it. `orders` are the words by which it is ordered, wherever
    they stand; `near` are words that only make it likely, so that it is offered. `never` is what holds the
    words and means something else (机会 is no 会). What `looks` only shows something: a question mark behind
    the word does no harm. What `acts` does something as soon as its word is written: a sentence only leads to
    its button. `note` gives what of the sentence goes onto the form, as labelled lines.
    """

    opens: str
    orders: Pattern = NOTHING
    questions: Sequence[Question] = ()
    near: Pattern = NOTHING
    never: Pattern = NOTHING
    looks: bool = False
    acts: bool = False
    note: Callable[[Said], str] | None = None


def as_word(word: str) -> Put:
    """The question is answered by what that word shows."""
    return lambda _said, _found: word


@dataclass(frozen=True)
class Answer:
    """A button as people write it instead of tapping it.

    `button` is how its label begins, `said` what else means it, `replied` what means it only in reply to the
    card that bears it (好的 may be a thank-you as well). With `words` the button asks for a line of words.
    """

    button: str
    said: tuple[str, ...] = ()
    replied: tuple[str, ...] = ()
    words: bool = False


def answer(button: str, said: str = "", replied: str = "", *, words: bool = False) -> Answer:
    """An `Answer` with its words parted by blanks."""
    return Answer(button, tuple(said.split()), tuple(replied.split()), words)
