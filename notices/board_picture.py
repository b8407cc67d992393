"""Drawing a week of the board with matplotlib; imported only when a picture is wanted."""

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle

from notices.board_chart import Bar, Chart, DayHead, Row
from notices.fonts import chinese_font
from rules.board import Standing
from rules.dates import Half

# All in pixels of a picture as wide as a phone's screen; Telegram keeps up to 1280.
WIDTH: Final = 1080
_LEFT: Final = 332
_DAY: Final = (WIDTH - _LEFT) / 7
_HALF: Final = _DAY / 2
_TITLE: Final = 128
_HEAD: Final = 136
_ROW: Final = 98
_BAND: Final = 48
_FOOT: Final = 88
_DPI: Final = 100

_INK, _SOFT, _LINE, _PAPER, _WHITE = "#1f2733", "#66717f", "#dde2e8", "#ffffff", "#ffffff"
_REST, _MAKE_UP, _TODAY, _BAND_INK = "#edf0f4", "#c2410c", "#1c64b0", "#f6f8fa"
_GROUND, _RULE, _BAR, _SIGN = 0, 1, 2, 3
"""What lies on what."""
_BARS: Final = {
    Standing.AWAY.value: ("#1c64b0", _WHITE),
    Standing.COMING.value: ("#a5cbf0", "#123f70"),
    Standing.OVERDUE.value: ("#cc3b33", _WHITE),
    Standing.BACK.value: ("#cfd6de", "#3d4753"),
}
"""The colour of a bar, and of what is written on it."""


class Picture:
    """One chart on its canvas; x to the right, y downwards."""

    def __init__(self, chart: Chart) -> None:
        file = chinese_font()
        if file is None:
            raise RuntimeError("this machine has no Chinese font")
        self.chart = chart
        bold = file.with_name(file.name.replace("Regular", "Bold"))
        self._font, self._heavy = _simplified(file), _simplified(bold if bold.exists() else file)
        self.height = height(chart)
        figure = Figure(figsize=(WIDTH / _DPI, self.height / _DPI), dpi=_DPI, facecolor=_PAPER)
        self._canvas = FigureCanvasAgg(figure)
        self._figure = figure
        self._axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(self.height, 0)
        self._axes.set_axis_off()

    def png(self) -> bytes:
        """The whole picture."""
        chart, y = self.chart, float(_TITLE + _HEAD)
        room = WIDTH - 48
        self._text(24, 48, chart.title, min(44, 44 * room / self._width(chart.title, 44)), heavy=True)
        self._text(24, 99, chart.note, 28, colour=_SOFT)
        self._columns()
        for name, rows in sections(chart.rows):
            if name:
                self._box(0, y, WIDTH, _BAND, _BAND_INK)
                self._text(24, y + _BAND / 2, name, 27, colour=_SOFT)
                y += _BAND
            for row in rows:
                self._row(row, y)
                y += _ROW
        self._legend(y + _FOOT / 2)
        written = BytesIO()
        self._figure.savefig(written, format="png", metadata={"Software": None})
        # The library's objects hold each other: what is large goes now, not with the next garbage collection.
        self._figure.clear()
        del self._canvas.renderer
        return written.getvalue()

    # ------------------------------------------------------------ the days

    def _columns(self) -> None:
        bottom = self.height - _FOOT
        for place, day in enumerate(self.chart.days):
            x = _LEFT + place * _DAY
            if day.rest:
                self._box(x, _TITLE, _DAY, bottom - _TITLE, _REST)
            self._line(x, _TITLE, x, bottom)
            self._heading(day, x + _DAY / 2)
        self._line(0, _TITLE, WIDTH, _TITLE)
        self._line(0, _TITLE + _HEAD, WIDTH, _TITLE + _HEAD)

    def _heading(self, day: DayHead, middle: float) -> None:
        ink = _SOFT if day.rest else _INK
        if day.today:
            self._pill(middle - 44, _TITLE + 46, 88, 48, _TODAY, 13)
            ink = _WHITE
        self._text(middle, _TITLE + 25, f"周{day.weekday}", 27, colour=_SOFT, align="center")
        star = "*" if day.provisional else ""
        self._text(middle, _TITLE + 70, day.number + star, 34, colour=ink, heavy=True, align="center")
        mark = "今天" if day.today and not day.mark else day.mark
        colour = _MAKE_UP if day.mark and not day.rest else _TODAY if day.today else _SOFT
        self._text(middle, _TITLE + 113, mark, 27, colour=colour, align="center")

    # ------------------------------------------------------------ the people

    def _row(self, row: Row, y: float) -> None:
        self._line(0, y + _ROW, WIDTH, y + _ROW)
        name = self._text(24, y + 31, row.name, 36, heavy=True)
        self._fitting(name + 9, y + 33, row.post, 25, _LEFT - name - 13)
        self._fitting(24, y + 72, row.note, 27, _LEFT - 30)
        for bar in row.bars:
            self._bar(bar, y)

    def _bar(self, bar: Bar, y: float) -> None:
        top, tall, (colour, ink) = y + 22, _ROW - 44, _BARS[bar.standing]
        x, end = _LEFT + bar.first * _HALF + 3, _LEFT + (bar.last + 1) * _HALF - 3
        self._pill(x, top, end - x, tall, colour, 9)
        middle = top + tall / 2
        if bar.earlier:
            self._arrow(x + 6, middle, -1, ink)
        if bar.until:
            self._arrow(end - 6, middle, +1, ink)
        room = end - x - (26 if bar.earlier else 0) - (26 if bar.until else 0)
        said = bar.until or (bar.standing if bar.standing in _SAID else "")
        if bar.first == bar.last and not bar.earlier and not said:
            said = Half.PM if bar.last % 2 else Half.AM
        size = min(27.0, room / 2.2)  # half a day is a little narrow for its two characters
        if said and self._width(said, size) <= room:
            at = x + (26 if bar.earlier else 0) + room / 2
            self._text(at, middle, said, size, colour=ink, align="center")

    def _legend(self, y: float) -> None:
        x = 24.0
        for standing in (Standing.AWAY, Standing.COMING, Standing.OVERDUE, Standing.BACK):
            self._pill(x, y - 11, 34, 22, _BARS[standing.value][0], 6)
            x = self._text(x + 44, y, standing.value, 27, colour=_SOFT) + 28
        self._box(x, y - 11, 34, 22, _REST)
        self._text(x + 44, y, "休息日", 27, colour=_SOFT)

    # ------------------------------------------------------------ pencils

    def _box(self, x: float, y: float, wide: float, tall: float, colour: str) -> None:
        ground = Rectangle((x, y), wide, tall, facecolor=colour, edgecolor="none", zorder=_GROUND)
        self._axes.add_patch(ground)

    def _pill(self, x: float, y: float, wide: float, tall: float, colour: str, round_by: float) -> None:
        style = f"round,pad=0,rounding_size={round_by}"
        shape = FancyBboxPatch((x, y), wide, tall, boxstyle=style, facecolor=colour, edgecolor="none")
        shape.set_zorder(_BAR)
        self._axes.add_patch(shape)

    def _arrow(self, tip: float, y: float, way: int, colour: str) -> None:
        back = tip - way * 12
        corners = [(tip, y), (back, y - 9), (back, y + 9)]
        self._axes.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", zorder=_SIGN))

    def _line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self._axes.plot([x, to_x], [y, to_y], color=_LINE, linewidth=1.0, zorder=_RULE)

    def _text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = _INK,
        heavy: bool = False,
        align: Any = "left",  # noqa: ANN401 - the library's own literal
    ) -> float:
        """Write it with its middle at `y`, characters `size` high; returns where it ends on the right."""
        if not words:
            return x
        written = self._axes.text(
            x,
            y,
            words,
            fontproperties=self._properties(size, heavy=heavy),
            color=colour,
            va="center_baseline",
            ha=align,
        )
        written.set_zorder(_SIGN)
        written.set_parse_math(False)
        return x + self._width(words, size)

    def _fitting(self, x: float, y: float, words: str, size: float, room: float) -> None:
        """Written small and soft, cut off where there is no more room."""
        while words and self._width(words, size) > room:
            words = words.rstrip("…")[:-1] + "…" if len(words) > 2 else ""
        self._text(x, y, words, size, colour=_SOFT)

    def _width(self, words: str, size: float) -> float:
        """Chinese characters are as wide as high, the others half of that, nearly."""
        return sum(size if ord(sign) > 0x2E7F else size * 0.58 for sign in words)

    def _properties(self, size: float, *, heavy: bool = False) -> FontProperties:
        return FontProperties(fname=self._heavy if heavy else self._font, size=size * 72 / _DPI)


_SAID: Final = (Standing.OVERDUE.value, Standing.BACK.value)


def height(chart: Chart) -> int:
    """The picture's height in pixels."""
    bands = [name for name, _ in sections(chart.rows) if name]
    return _TITLE + _HEAD + _ROW * len(chart.rows) + _BAND * len(bands) + _FOOT


def sections(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows under their headings."""
    return [(name, list(group)) for name, group in groupby(rows, lambda row: row.section)]


def _simplified(file: Path) -> FontPath:
    """The face with simplified Chinese: a collection (.ttc) has one for each region."""
    count = FT2Font(file).num_faces
    for index in range(count):
        if FT2Font(file, face_index=index).family_name.endswith((" SC", " CN")):
            return FontPath(str(file), index)
    return FontPath(str(file), 0)
