"""Drawing a week of the board; imported only when a picture is wanted."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from notices.pictures.board_chart import Bar, Chart, Row
from notices.pictures.canvas import BAND_INK, INK, MAKE_UP, REST, SOFT, TODAY, WHITE, WIDTH, Canvas, Lettering
from notices.pictures.day_heads import DayHead
from rules.board import Whereabouts
from rules.dates.reading import Half

# All in pixels of a picture as wide as a phone's screen.
_LEFT: Final = 332
_DAY: Final = (WIDTH - _LEFT) / 7
_HALF: Final = _DAY / 2
_TITLE: Final = 128
_HEAD: Final = 136
_ROW: Final = 98
_BAND: Final = 48
_FOOT: Final = 88
_BARS: Final = {
    Whereabouts.AWAY.value: ("#1c64b0", WHITE),
    Whereabouts.COMING.value: ("#a5cbf0", "#123f70"),
    Whereabouts.OVERDUE.value: ("#cc3b33", WHITE),
    Whereabouts.BACK.value: ("#cfd6de", "#3d4753"),
    Whereabouts.OVER.value: ("#cfd6de", "#3d4753"),
}
"""The colour of a bar, and of what is written on it."""


class Picture:
    """One chart on its canvas; x to the right, y downwards."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.height = height(chart)
        self._letters = Lettering()
        self._on = Canvas(self.height, self._letters)

    def png(self) -> bytes:
        """The whole picture."""
        chart, y = self.chart, float(_TITLE + _HEAD)
        size = self._letters.within(chart.title, 44, WIDTH - 48, heavy=True)
        self._on.text(24, 48, chart.title, size, heavy=True)
        self._on.text(24, 99, chart.note, 28, colour=SOFT)
        self._columns()
        for name, rows in sections(chart.rows):
            if name:
                self._on.box(0, y, WIDTH, _BAND, BAND_INK)
                self._on.text(24, y + _BAND / 2, name, 27, colour=SOFT)
                y += _BAND
            for row in rows:
                self._row(row, y)
                y += _ROW
        self._legend(y + _FOOT / 2)
        return self._on.png()

    # ------------------------------------------------------------ the days

    def _columns(self) -> None:
        bottom = self.height - _FOOT
        for place, day in enumerate(self.chart.days):
            x = _LEFT + place * _DAY
            if day.rest:
                self._on.box(x, _TITLE, _DAY, bottom - _TITLE, REST)
            self._on.line(x, _TITLE, x, bottom)
            self._heading(day, x + _DAY / 2)
        self._on.line(0, _TITLE, WIDTH, _TITLE)
        self._on.line(0, _TITLE + _HEAD, WIDTH, _TITLE + _HEAD)

    def _heading(self, day: DayHead, middle: float) -> None:
        ink = SOFT if day.rest else INK
        if day.today:
            self._on.pill(middle - 44, _TITLE + 46, 88, 48, TODAY, 13)
            ink = WHITE
        self._on.text(middle, _TITLE + 25, f"周{day.weekday}", 27, colour=SOFT, align="center")
        star = "*" if day.provisional else ""
        self._on.text(middle, _TITLE + 70, day.number + star, 34, colour=ink, heavy=True, align="center")
        mark = "今天" if day.today and not day.mark else day.mark
        colour = MAKE_UP if day.mark and not day.rest else TODAY if day.today else SOFT
        self._on.text(middle, _TITLE + 113, mark, 27, colour=colour, align="center")

    # ------------------------------------------------------------ the people

    def _row(self, row: Row, y: float) -> None:
        self._on.line(0, y + _ROW, WIDTH, y + _ROW)
        name = self._on.text(24, y + 31, row.name, 36, heavy=True)
        self._on.fitting(name + 9, y + 33, row.post, 25, _LEFT - name - 13)
        self._on.fitting(24, y + 72, row.note, 27, _LEFT - 30)
        for bar in row.bars:
            self._bar(bar, y)

    def _bar(self, bar: Bar, y: float) -> None:
        top, tall, (colour, ink) = y + 22, _ROW - 44, _BARS[bar.whereabouts]
        x, end = _LEFT + bar.first * _HALF + 3, _LEFT + (bar.last + 1) * _HALF - 3
        self._on.pill(x, top, end - x, tall, colour, 9)
        middle = top + tall / 2
        if bar.earlier:
            self._on.arrow(x + 6, middle, -1, ink)
        if bar.until:
            self._on.arrow(end - 6, middle, +1, ink)
        room = end - x - (26 if bar.earlier else 0) - (26 if bar.until else 0)
        said = bar.until or (bar.whereabouts if bar.whereabouts in _SAID else "")
        if bar.first == bar.last and not bar.earlier and not said:
            said = Half.PM if bar.last % 2 else Half.AM
        size = min(27.0, room / 2.2)  # half a day is a little narrow for its two characters
        if said and self._letters.width(said, size) <= room:
            at = x + (26 if bar.earlier else 0) + room / 2
            self._on.text(at, middle, said, size, colour=ink, align="center")

    def _legend(self, y: float) -> None:
        x = 24.0
        for whereabouts in (Whereabouts.AWAY, Whereabouts.COMING, Whereabouts.OVERDUE, Whereabouts.BACK):
            self._on.pill(x, y - 11, 34, 22, _BARS[whereabouts.value][0], 6)
            x = self._on.text(x + 44, y, whereabouts.value, 27, colour=SOFT) + 28
        self._on.box(x, y - 11, 34, 22, REST)
        self._on.text(x + 44, y, "休息日", 27, colour=SOFT)


_SAID: Final = (Whereabouts.OVERDUE.value, Whereabouts.BACK.value)


def height(chart: Chart) -> int:
    """The picture's height in pixels."""
    bands = [name for name, _ in sections(chart.rows) if name]
    return _TITLE + _HEAD + _ROW * len(chart.rows) + _BAND * len(bands) + _FOOT


def sections(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows under their headings."""
    return [(name, list(group)) for name, group in groupby(rows, lambda row: row.section)]
