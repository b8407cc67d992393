"""The board as a picture: a week of half days, a row for each person, a bar where they are away.

`charts` tells the pictures as plain data, which the outbox keeps; drawing.py makes a PNG of one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from notices.board import Board, as_of, provisional, title
from notices.leave.words import acting_label
from notices.pictures.day_heads import DayHead, day_heads
from rules.board import Absence, View, rank, section, sees_all
from rules.dates.reading import Half
from rules.roster import LEADERS, OFFICE_DESK, Official

ROWS: Final = 12
"""People on one picture: more would be too small on a phone."""
PICTURES: Final = 4
"""Pictures of one week at most; the text has everybody."""
HALVES: Final = 14


@dataclass(frozen=True)
class Bar:
    """A stretch away, in half days of the week from `first` to `last`, both counted from 0 to 13.

    `until` is the last day where it goes on behind the week (至12月5日); `earlier`: it began before.
    """

    first: int
    last: int
    whereabouts: str
    earlier: bool = False
    until: str = ""


@dataclass(frozen=True)
class Row:
    """One person: name, post, who acts for them (or 在岗), and when they are away."""

    name: str
    post: str
    note: str
    section: str
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Chart:
    """One picture."""

    title: str
    note: str
    days: tuple[DayHead, ...]
    rows: tuple[Row, ...]

    def packed(self) -> dict[str, Any]:
        """As the outbox keeps it."""
        return asdict(self)

    @classmethod
    def unpacked(cls, stored: Mapping[str, Any]) -> "Chart":
        """Out of the outbox."""
        rows = (Row(**{**row, "bars": tuple(Bar(**bar) for bar in row["bars"])}) for row in stored["rows"])
        days = tuple(DayHead(**day) for day in stored["days"])
        return cls(stored["title"], stored["note"], days, tuple(rows))


# ---------------------------------------------------------------- what is on it


def charts(board: Board) -> list[Chart]:
    """The week's pictures: all leaders and everybody away; none where nobody is. The board shows a week."""
    if not board.absences:
        return []
    rows = list(_rows(board))
    parts = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)][:PICTURES]
    heads = day_heads(board.days.each, board.calendar, board.today)
    shown = sum(len(part) for part in parts)
    left = f"，另有{len(rows) - shown}人见文字" if shown < len(rows) else ""
    awaited = provisional(board)
    note = as_of(board) + (f"　* {awaited}" if awaited else "")
    return [
        Chart(
            title(board),
            note + (f"　第{n}/{len(parts)}张{left}" if len(parts) > 1 else ""),
            heads,
            tuple(part),
        )
        for n, part in enumerate(parts, 1)
    ]


def _rows(board: Board) -> Iterator[Row]:
    by_person: dict[Official, list[Absence]] = {}
    if sees_all(board.viewer):
        by_person = {leader: [] for leader in board.roster.with_role(*LEADERS)}
    for one in board.absences:
        by_person.setdefault(one.official, []).append(one)
    for person in sorted(by_person, key=rank):
        own = by_person[person]
        present = "在岗" if not own and board.days.view is not View.NEXT else ""
        yield Row(
            person.name,
            person.post if person.role in OFFICE_DESK or not sees_all(board.viewer) else person.post_in_full,
            "、".join(dict.fromkeys(_acting(one) for one in own if one.leave.acting)) or present,
            section(person) if sees_all(board.viewer) else "",
            tuple(_bar(one, board.days.first) for one in own),
        )


def _acting(one: Absence) -> str:
    named = one.leave.acting
    if named is None:
        return ""
    does = acting_label(one.leave)
    return f"{named.name}{'代' if does == '代为主持' else does}"


def _bar(one: Absence, monday: date) -> Bar:
    span = one.span
    first = 2 * (span.start - monday).days + (span.start_half is Half.PM)
    last = 2 * (span.end - monday).days + (span.end_half is Half.PM)
    until = f"至{span.end.month}月{span.end.day}日" if last >= HALVES else ""
    return Bar(max(first, 0), min(last, HALVES - 1), one.whereabouts.value, first < 0, until)
