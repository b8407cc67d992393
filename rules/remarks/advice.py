"""征求意见: who has to decide asks somebody else's view first; the deciding stays where it was.

Nothing waits for it: no period stops, and the decision may be made without it (办公室规定).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final

from rules.refused import Refused
from rules.roster import Official
from rules.todo import Refusals, Todo

TIMER: Final = "advice.silent"


@dataclass(eq=False)
class Advice(Todo[Official]):
    """One question to one person about the matter `subject`, whose card for who decides is `card`.

    `facts` is what that card said when it was asked: they see what who decides sees. `moot_at` is when it was
    decided without them.
    """

    refusals: ClassVar = Refusals(
        others="这是征求{owner}的意见，您不能代为答复。",
        done="意见{done}，不能重复答复。",
    )

    subject: str
    card: str
    facts: str
    asked_by: Official
    adviser: Official
    question: str
    view: str = ""
    moot_at: datetime | None = None
    id: int = field(init=False)

    @property
    def owner(self) -> Official:
        """Whose view it is."""
        return self.adviser

    @property
    def open(self) -> bool:
        """Whether it is still waited for."""
        return self.decided_at is None and self.moot_at is None

    @property
    def outcome(self) -> str:
        """答复; empty while it waits."""
        return "答复" if self.decided_at else ""

    def check(self) -> None:
        """Refuse to ask oneself."""
        if self.adviser is self.asked_by:
            raise Refused("不用征求本人的意见，请另选一位同志。")

    def answer(self, official: Official, view: str, now: datetime, stand_in: Official | None = None) -> None:
        """Enter their view; too late once it was decided."""
        if self.moot_at is not None:
            raise Refused(f"{self.asked_by.titled}已就此事作出决定，不再需要答复。")
        self.require(official, stand_in)
        self.view, self.decided_by, self.decided_at = view, official, now

    def is_moot(self, now: datetime) -> None:
        """It was decided without them."""
        self.moot_at = now
