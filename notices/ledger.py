"""A ledger (台账) as its procedure declares it: tables of columns, each with what it says of a row.

A head's copy leaves out what only the office, and whoever was asked, may know: a table says who knows a row,
a column what stands there for everybody else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from typing import Final, Generic, TypeVar

from notices import spreadsheet
from notices.spreadsheet import Advance, Cell, Worksheet
from rules.roster import Official, Unit
from rules.stretch import Stretch

T_contra = TypeVar("T_contra", contravariant=True)
WITHHELD: Final = "（略）"


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

    def __str__(self) -> str:
        """财政局 2026年11月1日至2026年11月30日."""
        return f"{self.unit.name} {self.stretch}" if self.unit else str(self.stretch)


@dataclass(frozen=True)
class Column(Generic[T_contra]):
    """One column: its heading, its width in Chinese characters, and how a row gives the cell.

    `to_others` gives it for who may not know the row; by default there is nothing to hide.
    """

    heading: str
    width: int
    value: Callable[[T_contra], Cell]
    _: KW_ONLY
    to_others: Callable[[T_contra], Cell] | None = None


def secret(heading: str, width: int, value: Callable[[T_contra], str]) -> Column[T_contra]:
    """A column of which others learn only whether anything stands there."""
    return Column(heading, width, value, to_others=lambda row: WITHHELD if value(row) else value(row))


@dataclass(frozen=True)
class Table(Generic[T_contra]):
    """One sheet of a ledger as declared. `knows` says whether an official may read all of a row."""

    title: str
    columns: Sequence[Column[T_contra]]
    knows: Callable[[T_contra, Official], bool] = lambda _row, _reader: True

    def worksheet(self, rows: Iterable[T_contra], reader: Official | None = None) -> Worksheet:
        """The rows as this reader may read them; nothing is withheld from None (the command line)."""
        return Worksheet(
            self.title,
            [spreadsheet.Column(one.heading, one.width) for one in self.columns],
            [self._cells(row, known=reader is None or self.knows(row, reader)) for row in rows],
        )

    def _cells(self, row: T_contra, *, known: bool) -> list[Cell]:
        return [
            one.value(row) if known or one.to_others is None else one.to_others(row) for one in self.columns
        ]


SIGNED_OFF: Final = Table[tuple[str, datetime]](
    "留痕签存",
    [
        Column("链头", 22, lambda row: row[0]),
        Column("时间", 8, lambda row: row[1]),
        Column("以后核对", 40, lambda row: f"banjie audit verify --head {row[0]}"),
    ],
)
"""The audit's head as it was when the ledger was drawn up, to be kept with it."""
