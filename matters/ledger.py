"""What a ledger (台账) is: sheets drawn up from the database for one reader and one stretch of time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from notices.file_name import file_name
from notices.ledger import SIGNED_OFF, Wanted
from notices.spreadsheet import Worksheet
from storage import audit
from storage.retention import Kept
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Ledger:
    """One kind of ledger: its name on the command line, its title, and how its sheets come about.

    The first sheet has a row for each matter and is the whole of a .csv. `withheld` tells a head what is
    left out of their copy. With `for_leaders` the leaders may have it too. `kept` says what of it
    goes once the time is over that the office has set for this ledger.
    """

    name: str
    title: str
    worksheets: Callable[[UnitOfWork, Wanted], Awaitable[list[Worksheet]]]
    kept: Kept
    withheld: str = ""
    for_leaders: bool = False

    async def draw_up(self, work: UnitOfWork, wanted: Wanted) -> list[Worksheet]:
        """Its sheets, each printed with 请假台账　2026年11月1日至2026年11月30日　财政局 above it.

        The whole office's bears the audit's head: kept elsewhere, it signs off the history up to that day.
        """
        about = "　".join(
            [f"{self.title}台账", str(wanted.stretch), *([wanted.unit.name] if wanted.unit else [])]
        )
        sheets = await self.worksheets(work, wanted)
        if wanted.unit is None and (head := await audit.head(work.session)):
            sheets = [*sheets, SIGNED_OFF.worksheet([(str(head), head.at)])]
        return [replace(sheet, about=about) for sheet in sheets]

    def file_name(self, wanted: Wanted, ending: str) -> str:
        """请假台账（财政局 2026年11月1日至2026年11月30日）.xlsx."""
        return file_name(f"{self.title}台账（{{}}）.{ending}", str(wanted))
