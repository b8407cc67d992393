"""Drawing the leaders' week; imported only when a picture is wanted."""

from collections.abc import Callable
from itertools import groupby
from typing import Final

from notices.pictures.canvas import INK, MAKE_UP, REST, SOFT, TODAY, WHITE, WIDTH, Canvas, Lettering
from notices.pictures.day_heads import DayHead
from notices.pictures.week_plan_chart import CLASH, HALVES, Away, Block, PlanChart, PlanRow
from rules.engagement import EngagementKind

# All in pixels of a picture as wide as a phone's screen.
_LEFT: Final = 132
_NARROW: Final = 62
"""A rest day with nothing on it."""
_TITLE: Final = 128
_HEAD: Final = 128
_FOOT: Final = 84
_GAP: Final = 8
_LANE: Final = 42
"""The strip at the top of a row that tells when they are away."""
_LOWEST: Final = 96
_TIME: Final = 23.0
_WORDS: Final = 26.0
_LINE: Final = 31
_MOST_LINES: Final = 3

_LOOKS: Final = {
    EngagementKind.MEETING.value: ("#dfe9fb", "#123f70", "none"),
    EngagementKind.EVENT.value: ("#dcf1e2", "#14532d", "none"),
    EngagementKind.LEAVE.value: ("#d5dae1", "#2b3440", "none"),
    "待定": (WHITE, SOFT, "#8a94a3"),
    CLASH: ("#cc3b33", WHITE, "none"),
}
"""Ground, ink and outline of what is drawn."""


class PlanPicture:
    """One chart on its canvas; x to the right, y downwards."""

    def __init__(self, chart: PlanChart) -> None:
        self.chart = chart
        self._letters = Lettering()
        self._edges = edges(chart)
        self._heights = [self._height(row) for row in chart.rows]
        self.height = _TITLE + _HEAD + sum(self._heights) + _FOOT
        self._on = Canvas(self.height, self._letters)

    def png(self) -> bytes:
        """The whole picture."""
        on, chart, y = self._on, self.chart, float(_TITLE + _HEAD)
        fits, room = self._letters.within, WIDTH - 48
        on.text(24, 48, chart.title, fits(chart.title, 44, room, heavy=True), heavy=True)
        on.text(24, 99, chart.note, fits(chart.note, 28, room), colour=SOFT)
        self._columns()
        for row, tall in zip(chart.rows, self._heights, strict=True):
            self._row(row, y)
            y += tall
            on.line(0, y, WIDTH, y)
        self._legend(y + _FOOT / 2)
        return on.png()

    # ------------------------------------------------------------ the days

    def _columns(self) -> None:
        on, bottom = self._on, self.height - _FOOT
        for at, day in enumerate(self.chart.days):
            x, wide = self._edges[at], self._edges[at + 1] - self._edges[at]
            if day.rest:
                on.box(x, _TITLE, wide, bottom - _TITLE, REST)
            on.line(x, _TITLE, x, bottom)
            self._heading(day, x + wide / 2, wide)
        on.line(0, _TITLE, WIDTH, _TITLE)
        on.line(0, _TITLE + _HEAD, WIDTH, _TITLE + _HEAD)

    def _heading(self, day: DayHead, middle: float, wide: float) -> None:
        on, ink = self._on, SOFT if day.rest else INK
        number = day.number + ("*" if day.provisional else "")
        size = self._letters.within(number, 34, wide - 6, heavy=True)
        if day.today:
            on.pill(middle - wide / 2 + 4, _TITLE + 42, wide - 8, 46, TODAY, 12)
            ink = WHITE
        on.text(middle, _TITLE + 24, f"周{day.weekday}", 26, colour=SOFT, align="center")
        on.text(middle, _TITLE + 65, number, size, colour=ink, heavy=True, align="center")
        colour = MAKE_UP if day.mark and not day.rest else SOFT
        mark = self._letters.within(day.mark, 26, wide - 4)
        on.text(middle, _TITLE + 106, day.mark, mark, colour=colour, align="center")

    # ------------------------------------------------------------ the leaders

    def _row(self, row: PlanRow, y: float) -> None:
        on = self._on
        size = self._letters.within(row.name, 34, _LEFT - 24, heavy=True)
        on.text(16, y + 32, row.name, size, heavy=True)
        on.fitting(16, y + 68, row.post, 24 if len(row.post) <= 4 else 21, _LEFT - 18)
        for away in row.away:
            self._away(away, y + _GAP)
        top = y + _GAP + (_LANE if row.away else 0)
        for day, blocks in groupby(row.blocks, lambda block: block.day):
            at = top
            for block in blocks:
                at += self._block(block, day, at) + _GAP

    def _away(self, away: Away, y: float) -> None:
        colour, ink, _ = _LOOKS[CLASH if away.clash else EngagementKind.LEAVE.value]
        x, end = self._half(away.first) + 3, self._half(away.last + 1) - 3
        self._on.pill(x, y, end - x, _LANE - _GAP, colour, 8)
        said = EngagementKind.LEAVE.value
        size = self._letters.within(said, 25, end - x - 4)
        self._on.text((x + end) / 2, y + (_LANE - _GAP) / 2, said, size, colour=ink, align="center")

    def _half(self, half: int) -> float:
        """Where a half day begins."""
        day, afternoon = divmod(min(half, HALVES), 2)
        x = self._edges[day]
        return x + (self._edges[day + 1] - x) / 2 if afternoon else x

    def _block(self, block: Block, day: int, y: float) -> float:
        on, (colour, ink, edge) = self._on, _LOOKS[block.look]
        x, wide = self._edges[day] + 4, self._edges[day + 1] - self._edges[day] - 8
        tall = self._tall(block)
        on.pill(x, y, wide, tall, colour, 8, edge=edge)
        at = y + 6
        if block.hours:
            on.text(x + 6, at + _LINE / 2, block.hours, self._time_size(block, day), colour=ink)
            at += _LINE
        for line in self._lines(block):
            on.text(x + 6, at + _LINE / 2, line, _WORDS, colour=ink)
            at += _LINE
        return tall

    def _time_size(self, block: Block, day: int) -> float:
        room = self._edges[day + 1] - self._edges[day] - 18
        return self._letters.within(block.hours, _TIME, room)

    def _lines(self, block: Block) -> list[str]:
        room = self._edges[block.day + 1] - self._edges[block.day] - 18
        return wrapped(block.title, room, lambda words: self._letters.width(words, _WORDS))

    def _tall(self, block: Block) -> int:
        return 12 + _LINE * (len(self._lines(block)) + bool(block.hours))

    def _height(self, row: PlanRow) -> int:
        highest = max(
            (
                sum(self._tall(block) + _GAP for block in blocks)
                for _, blocks in groupby(row.blocks, lambda block: block.day)
            ),
            default=0,
        )
        return max(_LOWEST, 2 * _GAP + (_LANE if row.away else 0) + highest)

    def _legend(self, y: float) -> None:
        x = 24.0
        for look, (colour, _, edge) in _LOOKS.items():
            self._on.pill(x, y - 11, 34, 22, colour, 6, edge=edge)
            x = self._on.text(x + 44, y, look, 27, colour=SOFT) + 28
        self._on.box(x, y - 11, 34, 22, REST)
        self._on.text(x + 44, y, "休息日", 27, colour=SOFT)


def edges(chart: PlanChart) -> list[float]:
    """Where the days begin, and the last one ends; a rest day with nothing on it is narrow."""
    used = {block.day for row in chart.rows for block in row.blocks}
    narrow = [day.rest and at not in used for at, day in enumerate(chart.days)]
    wide = (WIDTH - _LEFT - _NARROW * sum(narrow)) / max(1, len(narrow) - sum(narrow))
    if all(narrow):
        wide, narrow = (WIDTH - _LEFT) / len(narrow), [False] * len(narrow)
    at = [float(_LEFT)]
    for slim in narrow:
        at.append(at[-1] + (_NARROW if slim else wide))
    return at


def wrapped(words: str, room: float, width: Callable[[str], float]) -> list[str]:
    """In lines that fit, at most three; what is left over is cut off with …"""
    lines = [""]
    for sign in words:
        if lines[-1] and width(lines[-1] + sign) > room:
            lines.append("")
        lines[-1] += sign
    if len(lines) <= _MOST_LINES:
        return lines
    last = lines[_MOST_LINES - 1]
    while last and width(last + "…") > room:
        last = last[:-1]
    return [*lines[: _MOST_LINES - 1], last + "…"]
