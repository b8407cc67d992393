"""留言: a remark on a matter, kept with it and shown on the cards of those it is for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rules.roster import Official


@dataclass(eq=False)
class Remark:
    """What somebody said on the matter `subject` (leave:12), or their view that was asked for (`opinion`).

    `cards` are the cards that show it, and every stand-in's copy of them. `at` is aware UTC.
    """

    subject: str
    by: Official
    text: str
    at: datetime
    cards: list[str]
    opinion: bool = False
    id: int = field(init=False)

    def stands_on(self, card: str) -> bool:
        """Whether that card, or copy, shows it."""
        return any(card == one or card.startswith(f"{one}:") for one in self.cards)


@dataclass(frozen=True)
class Hearers:
    """Whom a remark on a matter is for: `people` are told of it, and see it on their cards.

    `cards` show it besides, though nobody may have them yet: of who is asked next. Where it is about one
    question of several (`of`, the name of that one's card) it stands on `cards` only.
    """

    people: Sequence[Official]
    cards: Sequence[str] = ()
    of: str = ""
