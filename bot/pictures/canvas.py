"""The sheet that is drawn on: what is placed becomes SVG of outlines alone, and the SVG a PNG.

Places are counted from the side where reading begins: on a mirrored canvas from the right.
"""

from typing import Literal, NamedTuple

import resvg_py

from bot.pictures.setting import Block
from bot.pictures.shaping import Glyph, Line
from bot.pictures.theme import GROUND

_HALO = 5.0
Align = Literal["start", "middle", "end"]


class Box(NamedTuple):
    """A rectangle in pixels from the upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def overlaps(self, other: "Box", by: float = 0.5) -> bool:
        """Whether the two share more than a strip of `by` pixels."""
        return (
            self.left + by < other.left + other.width
            and other.left + by < self.left + self.width
            and self.top + by < other.top + other.height
            and other.top + by < self.top + self.height
        )


class Canvas:
    """Collects shapes and text in painting order; `texts` are the boxes of all the text on it."""

    def __init__(self, width: float, height: float, *, mirrored: bool) -> None:
        self.width, self.height, self.mirrored = width, height, mirrored
        self.texts: list[Box] = []
        self.inks: list[Box] = []
        self._glyphs: dict[tuple[str, int], str] = {}
        self._defined: list[str] = []
        self._drawn: list[str] = []

    def across(self, x: float, width: float = 0.0) -> float:
        """The left edge on the picture of what is `width` wide and begins at `x`."""
        return self.width - x - width if self.mirrored else x

    def text(
        self,
        block: Block,
        x: float,
        y: float,
        colour: str,
        width: float,
        align: Align = "start",
        halo: str = "",
    ) -> float:
        """Place a block in a column of `width` at `x`, `y`; returns where its lower edge is.

        A `halo` in that colour lifts the letters off what is drawn below them.
        """
        room = {"start": 0.0, "middle": 0.5, "end": 1.0}[align]
        for line in block.lines:
            wide = line.width * block.size
            left = self.across(x + room * (width - wide), wide)
            self._line(line, left, y + block.rise, block, colour, halo)
            self.texts.append(Box(left, y, wide, block.leading))
            top, bottom = line.top * block.size, line.bottom * block.size
            self.inks.append(Box(left, y + block.rise - top, wide, top - bottom))
            y += block.leading
        return y

    def rectangle(
        self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0
    ) -> None:
        self.shape(
            f'<rect x="{self.across(x, width):.1f}" y="{y:.1f}" width="{width:.1f}" '
            f'height="{height:.1f}" rx="{radius:g}" fill="{fill}"/>'
        )

    def circle(self, x: float, y: float, radius: float, style: str) -> None:
        self.shape(f'<circle cx="{self.across(x):.1f}" cy="{y:.1f}" r="{radius:.1f}" {style}/>')

    def polygon(self, points: list[tuple[float, float]], style: str) -> None:
        at = " ".join(f"{self.across(x):.1f},{y:.1f}" for x, y in points)
        self.shape(f'<polygon points="{at}" {style}/>')

    def shape(self, svg: str) -> None:
        """Draw SVG as it is, in places on the picture: nothing is mirrored."""
        self._drawn.append(svg)

    def define(self, svg: str) -> None:
        """Add to what shapes can refer to by id."""
        self._defined.append(svg)

    def _line(
        self, line: Line, left: float, baseline: float, block: Block, colour: str, halo: str
    ) -> None:
        """Glyphs stand on half pixels: sharper, and a smaller file."""
        half = 2 * block.size
        uses = "".join(
            f'<use href="#{name}" transform="translate({round(x * half) / half:.5f} {y:.4f})"/>'
            for name, x, y in ((self._named(glyph), glyph.x, glyph.y) for glyph in line.glyphs)
            if name
        )
        wide = f'stroke="{halo}" stroke-width="{_HALO / block.size * 1000:g}"'
        # A line's halo lies below all its letters: in Nastaliq they reach into each other.
        for style in (f'{wide} stroke-linejoin="round"', "") if halo else ("",):
            self.shape(
                f'<g fill="{colour}" {style} transform="translate({round(left)} '
                f'{round(baseline)}) scale({block.size:g} {-block.size:g})">{uses}</g>'
            )

    def _named(self, glyph: Glyph) -> str:
        """The id under which the glyph's outline is defined; none where it leaves no ink."""
        key = (glyph.face.name, glyph.id)
        if key not in self._glyphs:
            outline = glyph.face.outline(glyph.id)
            self._glyphs[key] = f"g{len(self._glyphs)}" if outline else ""
            if outline:
                scale = f'transform="scale({1 / glyph.face.per_em:g})"'
                self.define(f'<path id="{self._glyphs[key]}" d="{outline}" {scale}/>')
        return self._glyphs[key]

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}" '
            f'height="{self.height:g}"><defs>{"".join(self._defined)}</defs>'
            f'<rect width="100%" height="100%" fill="{GROUND}"/>{"".join(self._drawn)}</svg>'
        )

    def png(self) -> bytes:
        return bytes(resvg_py.svg_to_bytes(svg_string=self.svg(), skip_system_fonts=True))
