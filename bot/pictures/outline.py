"""The ground of a map of Pakistan: land, borders and what is disputed. Source: outline.md."""

import json
import math
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.pictures.canvas import Canvas
from bot.pictures.theme import ABROAD, BORDER, GROUND, RULE, SEA, WIDTH

_WEST, _EAST, _SOUTH, _NORTH = 60.3, 78.1, 23.2, 37.5
_ACROSS = WIDTH / (_EAST - _WEST)
_DOWN = _ACROSS / math.cos(math.radians(30.5))
HEIGHT = (_NORTH - _SOUTH) * _DOWN

_HATCH = (
    '<pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)">'
    f'<rect width="1.6" height="9" fill="{BORDER}" fill-opacity="0.42"/></pattern>'
)
_LINES = {
    "country": f'stroke="{RULE}" stroke-width="1.6"',
    "province": f'stroke="{BORDER}" stroke-width="1" stroke-opacity="0.6"',
    "border": f'stroke="{BORDER}" stroke-width="2.2"',
    "control": f'stroke="{BORDER}" stroke-width="2.2" stroke-dasharray="9 6"',
}


class Spot(NamedTuple):
    """A place on the map, in pixels from its upper left corner."""

    x: float
    y: float


def spot(lat: float, lon: float) -> Spot:
    """Where a place is: degrees are equally long everywhere, true to scale near 30.5° north."""
    return Spot((lon - _WEST) * _ACROSS, (_NORTH - lat) * _DOWN)


def draw(canvas: Canvas, y: float) -> None:
    """Draw the ground across the whole width, from `y` down."""
    canvas.define(_HATCH)
    canvas.define(f'<clipPath id="map"><rect width="{WIDTH}" height="{HEIGHT:.1f}"/></clipPath>')
    canvas.shape(f'<g transform="translate(0 {y:.1f})" clip-path="url(#map)">{_ground()}</g>')


@cache
def _ground() -> str:
    outline = json.loads(files("bot.pictures").joinpath("outline.json").read_text("utf8"))
    areas = {kind: _path(rings, "Z") for kind, rings in outline["areas"].items()}
    fills = (("land", ABROAD), ("pakistan", GROUND), ("disputed", "url(#hatch)"))
    return "".join(
        [
            f'<rect width="{WIDTH}" height="{HEIGHT:.1f}" fill="{SEA}"/>',
            *(
                f'<path d="{areas[kind]}" fill="{fill}" fill-rule="evenodd"/>'
                for kind, fill in fills
            ),
            *(
                f'<path d="{_path(outline["lines"][kind], "")}" fill="none" {style}/>'
                for kind, style in _LINES.items()
            ),
        ]
    )


def _path(lines: list[list[tuple[float, float]]], end: str) -> str:
    drawn = []
    for line in lines:
        spots = (spot(lat, lon) for lon, lat in line)
        drawn.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + end)
    return "".join(drawn)
