"""Names of cities on a map: each near its own dot, free of the marks and of other names."""

import math
from collections.abc import Sequence

from bot.core.drawings import AttackMap
from bot.core.records import Language
from bot.pictures import outline
from bot.pictures.canvas import Box, Canvas
from bot.pictures.setting import Block, block
from bot.pictures.shaping import Hand
from bot.pictures.spreading import Disc
from bot.pictures.theme import BORDER, GROUND, INK, WIDTH

_SIZE: dict[Language, float] = {"en": 22, "ur": 24}
_OFF, _NEAR, _CLEAR = (10.0, 25.0, 40.0, 55.0, 70.0, 85.0), 16.0, 7.0
"""How far from its dot a place's name may stand, from where on a line leads to it, and how far it
keeps from the marks."""


def draw(canvas: Canvas, chart: AttackMap, marks: Sequence[Disc], top: float) -> None:
    """A dot and a name for each place whose name finds room free of the marks and other names."""
    discs = [_around_disc(disc, top) for disc in marks]
    spots = (outline.spot(lat, lon) for _, lat, lon in chart.places)
    dots = [outline.Spot(x, y + top) for x, y in spots]
    names: list[Box] = []
    for (name, *_), dot in zip(chart.places, dots, strict=True):
        said = block(name, Hand(chart.language), _SIZE[chart.language], WIDTH, 1).trimmed()
        taken, others = [*discs, *names], [other for other in dots if other != dot]
        free = (box for box in _around(dot, said) if _free(box, taken, top))
        box = next((box for box in free if _belongs(box, dot, others)), None)
        if box is None:
            continue
        names.append(box)
        canvas.circle(canvas.across(dot.x), dot.y, 4, f'fill="{BORDER}"')
        if _away(box, dot) > _NEAR:
            _draw_lead(canvas, box, dot)
        left = canvas.across(box.left, said.width)
        canvas.text(said, left, box.top, INK, said.width, halo=GROUND)


def _draw_lead(canvas: Canvas, box: Box, dot: outline.Spot) -> None:
    """A line from a name to the dot that it belongs to; marks are drawn over it."""
    x = min(max(dot.x, box.left), box.left + box.width)
    y = min(max(dot.y, box.top), box.top + box.height)
    canvas.shape(
        f'<path d="M{dot.x:.1f} {dot.y:.1f}L{x:.1f} {y:.1f}" stroke="{BORDER}" stroke-width="2"/>'
    )


def _belongs(box: Box, dot: outline.Spot, others: Sequence[outline.Spot]) -> bool:
    """Whether a name stands much nearer to its own dot than to any other."""
    return all(_away(box, other) > 2 * _away(box, dot) for other in others)


def _away(box: Box, dot: outline.Spot) -> float:
    across = max(box.left - dot.x, 0.0, dot.x - box.left - box.width)
    return math.hypot(across, max(box.top - dot.y, 0.0, dot.y - box.top - box.height))


def _around(dot: outline.Spot, said: Block) -> list[Box]:
    """Places for a name, the nearest first: beside the dot, above and below, or aslant."""
    wide, high = said.width, said.height
    boxes = [
        Box(
            dot.x - wide / 2 + across * (wide / 2 + off),
            dot.y - high / 2 + down * (high / 2 + off),
            wide,
            high,
        )
        for off in _OFF
        for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
    ]
    return sorted(boxes, key=lambda box: _away(box, dot))


def _around_disc(disc: Disc, top: float) -> Box:
    reach = disc.radius + _CLEAR
    return Box(disc.x - reach, disc.y + top - reach, 2 * reach, 2 * reach)


def _free(box: Box, taken: Sequence[Box], top: float) -> bool:
    inside = box.left > 0 and box.left + box.width < WIDTH
    below = top < box.top and box.top + box.height < top + outline.HEIGHT
    return inside and below and not any(box.overlaps(other) for other in taken)
