"""What a procedure brings to chat, clock and command line alike: menu, ledger, Word forms, engagements."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from matters.ledger import Ledger
from notices.menu import Entry
from notices.word_form import WordForm
from rules.dates.reading import HalfDaySpan
from rules.engagement import Engagement
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

TakesUp = Callable[[UnitOfWork, Collection[Official], datetime, datetime], Awaitable[list[Engagement]]]
"""Gives the engagements of these officials that share any time with the stretch from start to end (UTC)."""

Clash = Callable[[UnitOfWork, Official, HalfDaySpan], Awaitable[list[str]]]
"""Gives one sentence for every matter that is due from the official, or awaits them, in the span.

The approvers of the leave read them as well: no 您, no full stop, and nothing that is not their business.
"""


@dataclass(frozen=True)
class Procedure:
    """One procedure as whatever is done to its matters knows it.

    `menu` is what people may start, `word_forms` what is drawn up in Word from the office's own templates.
    `engagements` are what takes up people's time: on the week plan, and said wherever it clashes. `clashes`
    tell somebody who wants to go on leave what else waits for them meanwhile.
    """

    code: str
    _: KW_ONLY
    menu: Sequence[Entry] = ()
    ledger: Ledger | None = None
    word_forms: Sequence[WordForm] = ()
    engagements: Sequence[TakesUp] = ()
    clashes: Sequence[Clash] = ()
