"""What a procedure brings to the chat: routes and forms, what stands in 待办 and 我的, how it is found."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Protocol

from handlers.context import Route
from handlers.forms.kinds import Aside, Destinations, Form, Guard
from matters.undo import PutBack
from notices.notice import Notice
from rules.find import Found, Words
from rules.remarks.remark import Hearers
from rules.roster import Official
from rules.sentences.expressions import Answer, Expressions
from storage.unit_of_work import UnitOfWork

Cards = Callable[[UnitOfWork, Official], Awaitable[Sequence[Notice]]]
"""Gives the cards of some kind that an official has to do with now, live buttons on them."""


class Finder(Protocol):
    """How the matters of a procedure are found, shown and spoken of: its module `find`.

    An official is given only what they may see; the rest is refused.
    """

    async def find(self, work: UnitOfWork, official: Official, words: Words, limit: int, /) -> list[Found]:
        """At most `limit` of the newest that the words fit."""

    async def card(self, work: UnitOfWork, official: Official, id: int, /) -> Notice:
        """The matter of that id as this official may see it, with what they may do with it now."""

    async def called(self, work: UnitOfWork, official: Official, id: int, /) -> str:
        """What it is called to this official, within a sentence: 杨某12月8日至9日的请假."""

    async def hears(self, work: UnitOfWork, official: Official, id: int, of: str, /) -> Hearers:
        """Whom a remark by them is for, in reply to what is of that card; refuses who has no part."""


Papers = Callable[[UnitOfWork, Official, int], Awaitable[Sequence[Notice]]]
"""The files of the matter of that id, to go out to this official."""


@dataclass(frozen=True)
class Procedure:
    """One procedure as the chat knows it.

    `code` begins its buttons' data and the keys of what 查找 finds. `todo` gives what waits for a decision of
    the official, the most pressing first, `mine` the official's own matters that are not at their end.
    `arriving` is what somebody gets besides who can be reached only now. `said` is how people ask for it in a
    sentence of their own, `answers` are the words that mean its buttons.
    `together` are the buttons that one tap may press on several cards of 待办 at once, where no card bears a
    warning, each with the word for what is asked there (handlers/alike.py). `papers` go to whoever is
    asked for a view of one of its matters (handlers/advice.py).
    `decisions` are what may be taken back, by the names given to `UnitOfWork.note` (`undo`), and `put_back`
    shows the matter afterwards. The `first` routes come before the binding of /start, the `last` after
    everything else. `guard` and `aside` look at what is written for other procedures' forms, or for none.
    `takes_files` names what of an official's own matters a file that came without a word may go to.
    """

    code: str
    routes: Sequence[Route]
    _: KW_ONLY
    forms: Sequence[Form] = ()
    todo: Sequence[Cards] = ()
    mine: Sequence[Cards] = ()
    arriving: Sequence[Cards] = ()
    finder: Finder | None = None
    said: Sequence[Expressions] = ()
    answers: Sequence[Answer] = ()
    papers: Papers | None = None
    together: Sequence[tuple[str, str]] = ()
    decisions: Collection[str] = ()
    put_back: PutBack | None = None
    first: Sequence[Route] = ()
    last: Sequence[Route] = ()
    guard: Guard | None = None
    aside: Aside | None = None
    takes_files: Destinations | None = None
