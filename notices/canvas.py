"""A sheet to draw on with matplotlib: boxes, lines, Chinese text; imported only when a picture is wanted."""

from io import BytesIO
from pathlib import Path
from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle

from notices.fonts import chinese_font

WIDTH: Final = 1080
"""Pixels: as wide as a phone's screen; Telegram keeps up to 1280."""
INK, SOFT, LINE, PAPER, WHITE = "#1f2733", "#66717f", "#dde2e8", "#ffffff", "#ffffff"
REST, MAKE_UP, TODAY, BAND_INK = "#edf0f4", "#c2410c", "#1c64b0", "#f6f8fa"
_DPI: Final = 100
_GROUND, _RULE, _BAR, _SIGN = 0, 1, 2, 3
"""What lies on what."""


class Canvas:
    """One picture of that height in pixels; x to the right, y downwards."""

    def __init__(self, height: int) -> None:
        file = chinese_font()
        if file is None:
            raise RuntimeError("this machine has no Chinese font")
        bold = file.with_name(file.name.replace("Regular", "Bold"))
        self._font, self._heavy = _simplified(file), _simplified(bold if bold.exists() else file)
        figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(figure)
        self._figure = figure
        self._axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)
        self._axes.set_axis_off()

    def png(self) -> bytes:
        """What was drawn; nothing more can be drawn after that."""
        written = BytesIO()
        self._figure.savefig(written, format="png", metadata={"Software": None})
        # The library's objects hold each other: what is large goes now, not with the next garbage collection.
        self._figure.clear()
        del self._canvas.renderer
        return written.getvalue()

    def box(self, x: float, y: float, wide: float, tall: float, colour: str) -> None:
        """A plain area of the ground."""
        ground = Rectangle((x, y), wide, tall, facecolor=colour, edgecolor="none", zorder=_GROUND)
        self._axes.add_patch(ground)

    def pill(
        self,
        x: float,
        y: float,
        wide: float,
        tall: float,
        colour: str,
        round_by: float,
        *,
        edge: str = "none",
    ) -> None:
        """A box with round corners; with an `edge` its outline is dashed in that colour."""
        style = f"round,pad=0,rounding_size={round_by}"
        shape = FancyBboxPatch((x, y), wide, tall, boxstyle=style, facecolor=colour, edgecolor=edge)
        if edge != "none":
            shape.set_linestyle((0, (4, 3)))
            shape.set_linewidth(1.6)
        shape.set_zorder(_BAR)
        self._axes.add_patch(shape)

    def arrow(self, tip: float, y: float, way: int, colour: str) -> None:
        """A small head pointing left (-1) or right (+1)."""
        back = tip - way * 12
        corners = [(tip, y), (back, y - 9), (back, y + 9)]
        self._axes.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", zorder=_SIGN))

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A thin rule."""
        self._axes.plot([x, to_x], [y, to_y], color=LINE, linewidth=1.0, zorder=_RULE)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = INK,
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
        return x + width(words, size)

    def fitting(self, x: float, y: float, words: str, size: float, room: float) -> None:
        """Written small and soft, cut off where there is no more room."""
        while words and width(words, size) > room:
            words = words.rstrip("…")[:-1] + "…" if len(words) > 2 else ""
        self.text(x, y, words, size, colour=SOFT)

    def _properties(self, size: float, *, heavy: bool = False) -> FontProperties:
        return FontProperties(fname=self._heavy if heavy else self._font, size=size * 72 / _DPI)


def width(words: str, size: float) -> float:
    """Chinese characters are as wide as high, the others half of that, nearly."""
    return sum(size if ord(sign) > 0x2E7F else size * 0.58 for sign in words)


def _simplified(file: Path) -> FontPath:
    """The face with simplified Chinese: a collection (.ttc) has one for each region."""
    count = FT2Font(file).num_faces
    for index in range(count):
        if FT2Font(file, face_index=index).family_name.endswith((" SC", " CN")):
            return FontPath(str(file), index)
    return FontPath(str(file), 0)
