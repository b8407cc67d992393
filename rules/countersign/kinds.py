"""What goes round, where it stands, and what is written on it before it is released (art. 53, 59, 63)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from rules.articles import cite
from rules.countersign.answer import CountersignPaper
from rules.countersign.legal import Nature
from rules.roster import OFFICE_DESK, Role

SILENCE_IS_CONSENT: Final = f"逾期不回复的，视为无不同意见。{cite(63)}"
SILENCE_OF_THE_OTHERS: Final = f"其他单位{SILENCE_IS_CONSENT}"
"""The same where the legal reviewer is asked too, whose silence is never consent (art. 21, 24)."""


class CountersignKind(StrEnum):
    """What goes round: a draft document (art. 63), a topic for a meeting (art. 53), a request (art. 59)."""

    DRAFT = "文稿"
    TOPIC = "议题"
    REQUEST = "请示"

    @property
    def article(self) -> int:
        """The article it goes round under."""
        return _ARTICLES[self]

    @property
    def lapses(self) -> bool:
        """Whether silence is consent (art. 63); a topic and a request need the head's signature."""
        return self is CountersignKind.DRAFT


_ARTICLES: Final = {CountersignKind.DRAFT: 63, CountersignKind.TOPIC: 53, CountersignKind.REQUEST: 59}


class CountersignState(StrEnum):
    """Where a sheet stands, in the word that people read."""

    PREPARED = "待送出"
    SENT_BACK = "退回修改"
    OPEN = "会签中"
    CLOSED = "办结"
    WITHDRAWN = "已撤回"


OPEN: Final = frozenset({CountersignState.PREPARED, CountersignState.SENT_BACK, CountersignState.OPEN})
"""States in which something is still to come."""
STARTERS: Final = OFFICE_DESK | {Role.UNIT_HEAD, Role.LIAISON}
"""Who may prepare a sheet."""


@dataclass(frozen=True)
class SheetFacts:
    """What is written on a sheet before it is released; the names are those of `Countersign`."""

    kind: CountersignKind
    title: str
    remark: str = ""
    urgent: bool = False
    limit_days: int | None = None
    limit_until: datetime | None = None
    nature: Nature = Nature.NEITHER
    papers: list[CountersignPaper] = field(default_factory=list)
