"""What a procedure brings to the chat: routes and forms, what stands in 待办 and 我的, how it is found."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import KW_ONLY, dataclass

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


@dataclass(frozen=True)
class Finder:
    """How one procedure's matters are found, at most `limit` of the newest, and how one of them is shown.

    Both give an official only what they may see; `card` refuses the rest.
    """

    find: Callable[[UnitOfWork, Official, Words, int], Awaitable[list[Found]]]
    card: Callable[[UnitOfWork, Official, int], Awaitable[Notice]]


Called = Callable[[UnitOfWork, Official, int], Awaitable[str]]
"""What the matter of that id is called to this official, within a sentence: 杨某12月8日至9日的请假."""


Hears = Callable[[UnitOfWork, Official, int, str], Awaitable[Hearers]]
"""Whom a remark by this official on the matter of that id is for, in reply to what is of that card."""
Papers = Callable[[UnitOfWork, Official, int], Awaitable[Sequence[Notice]]]
"""The files of the matter of that id, to go out to this official."""


@dataclass(frozen=True)
class Procedure:
    """One procedure as the chat knows it.

    `code` begins its buttons' data and the keys of what 查找 finds. `todo` gives what waits for a decision of
    the official, the most pressing first, `mine` the official's own matters that are not at their end.
    `arriving` is what somebody gets besides who can be reached only now. `said` is how people ask for it in a
    sentence of their own, `answers` are the words that mean its buttons, `called` names one of its matters.
    `together` are the buttons that one tap may press on several cards of 待办 at once, where no card bears a
    warning, each with the word for what is asked there (handlers/alike.py). `hears` says whom a remark on one
    of its matters is for (handlers/remarks.py), and refuses who has no part in it; `papers` go to whoever is
    asked for a view of one (handlers/advice.py).
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
    called: Called | None = None
    hears: Hears | None = None
    papers: Papers | None = None
    together: Sequence[tuple[str, str]] = ()
    decisions: Collection[str] = ()
    put_back: PutBack | None = None
    first: Sequence[Route] = ()
    last: Sequence[Route] = ()
    guard: Guard | None = None
    aside: Aside | None = None
    takes_files: Destinations | None = None
