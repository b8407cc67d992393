"""One person asked in several capacities: the card says first what they have said already, and in which.

A decision in somebody's place needs an act of theirs while they have the right to it (art. 7, 9), so who has
agreed as themselves may have to be asked once more. It must not look as if their word had been lost.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from notices.card import under
from rules.dates.reading import moment_words
from rules.roster import Official, Unit


class Word(NamedTuple):
    """What was said on the matter: by whom, in whose place or for which unit, when (aware UTC), and what."""

    by: Official | None
    place: Official | Unit
    at: datetime | None
    said: object


def above(
    text: Markup, to: Official | None, place: Official | Unit, act: str, words: Iterable[Word]
) -> Markup:
    """The card's text, with a line where `to` has spoken on the same matter in another capacity.

    `place` is in whose place, or for which unit, `to` is asked now, and `act` for what: 审批, 签署.
    """
    before = [one for one in words if one.by is not None and one.by is to and one.place is not place]
    said = "、".join(
        f"于{moment_words(one.at)}{_as(to, one.place)}{one.said}"
        for one in before
        if one.at is not None and to is not None
    )
    if not said or to is None:
        return text
    return under(f"您已{said}；这次请您{_as(to, place)}{act}。", text)


def _as(who: Official, place: Official | Unit) -> str:
    if isinstance(place, Unit):
        return f"代表{place.name}"
    return "以本人身份" if who is place else f"代{place.titled}"
