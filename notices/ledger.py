"""What a ledger (台账) is: sheets drawn up from the database for one reader and one stretch of time."""

from dataclasses import dataclass, field

from notices.spreadsheet import Advance
from rules.roster import Official, Unit
from rules.stretch import Stretch


def _no_bar(_done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    `unit` limits it to one unit's matters. Without a `reader` (at the command line) nothing is withheld.
    `advance` is told (done, all) while it is read.
    """

    stretch: Stretch = field(default_factory=Stretch)
    unit: Unit | None = None
    reader: Official | None = None
    advance: Advance = _no_bar
