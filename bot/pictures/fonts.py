"""The faces that text is drawn in: Noto Nastaliq Urdu and Noto Sans, read once from the package."""

from functools import cache
from importlib.resources import files
from typing import Literal

import uharfbuzz as hb

from bot.core.records import Language

Weight = Literal["Regular", "Bold"]
_NAMES: dict[Language, tuple[str, ...]] = {
    "en": ("NotoSans", "NotoNastaliqUrdu"),
    "ur": ("NotoNastaliqUrdu", "NotoSans"),
}
"""The first face that has a character draws it."""


class Face:
    """One font file: what it covers, and the outlines of its glyphs."""

    def __init__(self, name: str) -> None:
        face = hb.Face(files("bot.pictures").joinpath("fonts", f"{name}.ttf").read_bytes())
        self.name = name
        self.font = hb.Font(face)
        self.per_em = int(face.upem)
        self.covers = frozenset(map(chr, face.unicodes))
        self._outlines: dict[int, str] = {}
        self._reach: dict[int, tuple[float, float]] = {}

    def outline(self, glyph: int) -> str:
        """The glyph as SVG path data, in units of the font, counted upwards."""
        if glyph not in self._outlines:
            pen = _PathPen()
            self.font.draw_glyph_with_pen(glyph, pen)
            self._outlines[glyph] = "".join(pen.path)
        return self._outlines[glyph]

    def reach(self, glyph: int) -> tuple[float, float]:
        """How far the glyph's ink goes up and down from its origin: both upwards, in em."""
        if glyph not in self._reach:
            box = self.font.get_glyph_extents(glyph)
            top, bottom = box.y_bearing, box.y_bearing + box.height
            self._reach[glyph] = top / self.per_em, bottom / self.per_em
        return self._reach[glyph]


class _PathPen:
    """Takes a glyph's outline as font tools hand it on."""

    def __init__(self) -> None:
        self.path: list[str] = []

    def moveTo(self, to: tuple[float, float]) -> None:  # noqa: N802 (the name they call)
        self._add("M", to)

    def lineTo(self, to: tuple[float, float]) -> None:  # noqa: N802
        self._add("L", to)

    def qCurveTo(self, *through: tuple[float, float]) -> None:  # noqa: N802
        self._add("Q", *through)

    def curveTo(self, *through: tuple[float, float]) -> None:  # noqa: N802
        self._add("C", *through)

    def closePath(self) -> None:  # noqa: N802
        self.path.append("Z")

    def _add(self, command: str, *points: tuple[float, float]) -> None:
        self.path.append(command + " ".join(f"{x:g} {y:g}" for x, y in points))


@cache
def _face(name: str) -> Face:
    return Face(name)


@cache
def faces(language: Language, weight: Weight) -> tuple[Face, ...]:
    """The faces for text in `language`, the preferred one first."""
    return tuple(_face(f"{name}-{weight}") for name in _NAMES[language])
