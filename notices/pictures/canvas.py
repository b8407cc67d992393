"""A sheet to draw on with Pillow: boxes, lines, Chinese text; imported only when a picture is wanted."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import count, pairwise
from math import ceil, cos, floor, hypot, radians, sin
from pathlib import Path
from typing import Final, Literal

from PIL import Image, ImageDraw, ImageFont

from notices.pictures.fonts import chinese_font

WIDTH: Final = 1080
"""Pixels: as wide as a phone's screen; Telegram keeps up to 1280."""
INK, SOFT, LINE, PAPER, WHITE = "#1f2733", "#66717f", "#dde2e8", "#ffffff", "#ffffff"
REST, MAKE_UP, TODAY, BAND_INK = "#edf0f4", "#c2410c", "#1c64b0", "#f6f8fa"
_GROUND, _RULE, _BAR, _SIGN = range(4)
"""What lies on what, whatever was drawn first."""
_LATIN: Final = 0x2E7F
"""Above it are the characters as high as wide."""
_FINE: Final = 4
"""Pillow draws shapes without soft edges: they are drawn so many times larger, then made smaller."""
_DASH, _GAP, _PEN = 9.0, 6.5, 2.2
"""A dashed outline, in pixels: how long a dash, how far to the next, how thick."""

Point = tuple[float, float]


class Lettering:
    """The Chinese letters of this machine, plain and heavy, in any size; RuntimeError where it has none."""

    def __init__(self) -> None:
        file = chinese_font()
        if file is None:
            raise RuntimeError("this machine has no Chinese font")
        bold = file.with_name(file.name.replace("Regular", "Bold"))
        self._files = file, bold if bold.exists() else file
        self._regions = tuple(_simplified(each) for each in self._files)
        self._cut: dict[tuple[float, bool], ImageFont.FreeTypeFont] = {}

    def of(self, size: float, *, heavy: bool = False) -> ImageFont.FreeTypeFont:
        """The letters whose characters are so many pixels high."""
        if (size, heavy) not in self._cut:
            # The basic layout is the same on every machine; another needs a library of the system's.
            self._cut[size, heavy] = ImageFont.truetype(
                self._files[heavy], size, self._regions[heavy], layout_engine=ImageFont.Layout.BASIC
            )
        return self._cut[size, heavy]

    def width(self, words: str, size: float, *, heavy: bool = False) -> float:
        """How wide the words are when written, in pixels."""
        return self.of(size, heavy=heavy).getlength(words)

    def within(self, words: str, size: float, room: float, *, heavy: bool = False) -> float:
        """That size, or the smaller one at which the words go into the room."""
        wide = self.width(words, size, heavy=heavy)
        return size if wide <= room else size * room / wide


class Canvas:
    """One picture of that height in pixels; x to the right, y downwards."""

    def __init__(self, height: int, lettering: Lettering) -> None:
        self._letters = lettering
        self._sheet = Image.new("RGB", (WIDTH, height), PAPER)
        self._pen = ImageDraw.Draw(self._sheet)
        self._layers: list[list[Callable[[], None]]] = [[] for _ in range(4)]

    def png(self) -> bytes:
        """What was drawn; nothing more can be drawn after that."""
        for layer in self._layers:
            for stroke in layer:
                stroke()
        written = BytesIO()
        self._sheet.save(written, format="PNG")
        return written.getvalue()

    def box(self, x: float, y: float, wide: float, tall: float, colour: str) -> None:
        """A plain area of the ground."""
        corners = (round(x), round(y), round(x + wide) - 1, round(y + tall) - 1)
        self._layers[_GROUND].append(lambda: self._pen.rectangle(corners, fill=colour))

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
        path = _rounded(x, y, x + wide, y + tall, round_by)
        self._layers[_BAR].append(lambda: self._shape(path, colour))
        if edge != "none":
            self._layers[_BAR].append(lambda: self._outline(path, edge))

    def arrow(self, tip: float, y: float, way: int, colour: str) -> None:
        """A small head pointing left (-1) or right (+1)."""
        back = tip - way * 12
        corners = [(tip, y), (back, y - 9), (back, y + 9)]
        self._layers[_SIGN].append(lambda: self._shape(corners, colour))

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A thin rule."""
        ends = (round(x), round(y), round(to_x), round(to_y))
        self._layers[_RULE].append(lambda: self._pen.line(ends, fill=LINE))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = INK,
        heavy: bool = False,
        align: Literal["left", "center"] = "left",
    ) -> float:
        """Write it with its middle at `y`, characters `size` high; returns where it ends on the right."""
        if not words:
            return x
        font = self._letters.of(size, heavy=heavy)
        wide = font.getlength(words)
        left = x - wide / 2 if align == "center" else x
        # The middle is that of what stands above the line; digits are lower than characters.
        tallest = "国" if any(ord(sign) > _LATIN for sign in words) else "0"
        line = y - font.getbbox(tallest, anchor="ls")[1] / 2
        self._layers[_SIGN].append(
            lambda: self._pen.text((left, line), words, fill=colour, font=font, anchor="ls")
        )
        return left + wide

    def fitting(self, x: float, y: float, words: str, size: float, room: float) -> None:
        """Written small and soft, cut off where there is no more room."""
        while words and self._letters.width(words, size) > room:
            words = words.rstrip("…")[:-1] + "…" if len(words) > 2 else ""
        self.text(x, y, words, size, colour=SOFT)

    def _shape(self, path: Sequence[Point], colour: str) -> None:
        """Fill what the path goes round."""
        self._soft(path, colour, lambda pen, points: pen.polygon(points, fill=255))

    def _outline(self, path: Sequence[Point], colour: str) -> None:
        """Go along the path with a dashed line."""
        self._soft(path, colour, _dashed)

    def _soft(
        self,
        path: Sequence[Point],
        colour: str,
        draw: Callable[[ImageDraw.ImageDraw, list[Point]], None],
    ) -> None:
        """What `draw` makes of the path, with soft edges, on the sheet in that colour."""
        left, top = floor(min(x for x, _ in path) - _PEN), floor(min(y for _, y in path) - _PEN)
        wide = ceil(max(x for x, _ in path) + _PEN) - left
        tall = ceil(max(y for _, y in path) + _PEN) - top
        large = Image.new("L", (wide * _FINE, tall * _FINE))
        draw(ImageDraw.Draw(large), [((x - left) * _FINE, (y - top) * _FINE) for x, y in path])
        self._sheet.paste(colour, (left, top), large.reduce(_FINE))


def _rounded(left: float, top: float, right: float, bottom: float, by: float) -> list[Point]:
    """The outline of a box with round corners, clockwise from the upper right one."""
    corners = (
        (right - by, top + by, 270),
        (right - by, bottom - by, 0),
        (left + by, bottom - by, 90),
        (left + by, top + by, 180),
    )
    return [
        (x + by * cos(radians(begins + turn)), y + by * sin(radians(begins + turn)))
        for x, y, begins in corners
        for turn in range(0, 91, 10)
    ]


def _dashed(pen: ImageDraw.ImageDraw, path: list[Point]) -> None:
    """Steps of about a pixel along the closed path, those of the gaps left out."""
    gone = 0.0
    for (x, y), (to_x, to_y) in pairwise([*path, path[0]]):
        far = hypot(to_x - x, to_y - y)
        steps = ceil(far)
        for step in range(steps):
            if (gone + far * step / steps) / _FINE % (_DASH + _GAP) < _DASH:
                begin, end = step / steps, (step + 1) / steps
                pen.line(
                    (
                        x + (to_x - x) * begin,
                        y + (to_y - y) * begin,
                        x + (to_x - x) * end,
                        y + (to_y - y) * end,
                    ),
                    fill=255,
                    width=round(_PEN * _FINE),
                )
        gone += far


def _simplified(file: Path) -> int:
    """Where in the file the face with simplified Chinese is: a collection (.ttc) has one for each region."""
    with suppress(OSError):  # after the last one
        for index in count():
            family, _ = ImageFont.truetype(file, 10, index).getname()
            if family and family.endswith((" SC", " CN")):
                return index
    return 0
