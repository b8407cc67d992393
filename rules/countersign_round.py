"""A version of the draft, and the round in which it goes to the units that have to answer it."""

from dataclasses import dataclass, field
from datetime import datetime

from rules.roster import Official


@dataclass(eq=False)
class Round:
    """Version `number` (1, 2, …): who sent it round when, and what has changed since the one before."""

    number: int
    opened_at: datetime
    opened_by: Official
    note: str = ""
    id: int = field(init=False)
