"""Attacks on a map of Pakistan: numbered discs sized by the killed, and a list by number."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from bot.core.drawings import AttackMap, MapPoint
from bot.core.records import Language
from bot.pictures import outline, places
from bot.pictures.canvas import Canvas
from bot.pictures.page import left_out, page
from bot.pictures.setting import Block, block
from bot.pictures.shaping import Hand
from bot.pictures.spreading import Disc, apart
from bot.pictures.theme import ACCENT, COLUMN, GROUND, INK, MARGIN, MUTED, WIDTH

_SIZES: dict[Language, tuple[float, float]] = {"en": (26, 24), "ur": (25, 23)}
_NUMBER = Hand("en", "Bold")
_LEAST, _LARGEST = 15.0, 38.0
_CROWDED = 0.14
"""The share of the map that discs may cover before all are made smaller."""

_GUTTER, _BELOW, _GAP = 40.0, 14.0, 18.0
_BADGE = 19.0

_TEXT = (COLUMN - _GUTTER) / 2 - 2 * _BADGE - 14


class _Mark(NamedTuple):
    number: int
    home: outline.Spot
    disc: Disc
    core: float
    """The radius of the lowest count; the disc has that of the highest."""


class _Entry(NamedTuple):
    number: int
    label: Block
    said: Block

    @property
    def height(self) -> float:
        return self.label.height + self.said.height + _BELOW


def draw(chart: AttackMap) -> Canvas:
    frame = page(chart)
    notes = _notes(chart)
    below_map = sum(note.height for note in notes) + 3 * _GAP
    entries = [_entry(point, chart.language) for point in chart.points]
    room = frame.room - outline.HEIGHT - below_map - left_out(chart, 1).height
    columns = _columns(entries, room)
    kept = sum(map(len, columns))
    if kept < len(entries):
        notes = (*notes, left_out(chart, len(entries) - kept))
        below_map += notes[-1].height
    body = outline.HEIGHT + below_map + max(_height(column) for column in columns)
    canvas = frame.canvas(frame.top + body + frame.foot)
    outline.draw(canvas, frame.top)
    marks = _marks(chart.points[:kept])
    places.draw(canvas, chart, [mark.disc for mark in marks], frame.top)
    _draw_marks(canvas, marks, frame.top)
    y = frame.top + outline.HEIGHT + _GAP
    for note in notes:
        y = canvas.text(note, MARGIN, y, MUTED, COLUMN)
    for at, column in enumerate(columns):
        _draw_column(canvas, column, MARGIN + at * (COLUMN + _GUTTER) / 2, y + _GAP)
    return canvas


def _notes(chart: AttackMap) -> tuple[Block, ...]:
    hand, size = Hand(chart.language), _SIZES[chart.language][1]
    return tuple(block(text, hand, size, COLUMN, 4) for text in (chart.legend, chart.boundaries))


def _entry(point: MapPoint, language: Language) -> _Entry:
    large, small = _SIZES[language]
    return _Entry(
        point.number,
        block(point.label, Hand(language, "Bold"), large, _TEXT, 3),
        block(point.said, Hand(language), small, _TEXT, 2),
    )


def _height(entries: Sequence[_Entry]) -> float:
    return sum(entry.height for entry in entries)


def _columns(entries: list[_Entry], room: float) -> tuple[list[_Entry], list[_Entry]]:
    """As many of the first entries as two columns of that height hold, halved."""
    for count in range(len(entries), 0, -1):
        half = (count + 1) // 2
        columns = entries[:half], entries[half:count]
        if max(map(_height, columns)) <= room:
            return columns
    return [], []


def _marks(points: Sequence[MapPoint]) -> list[_Mark]:
    full = _scaled(points, 1.0)
    covered = sum(math.pi * radius**2 for _, radius in full)
    factor = min(1.0, math.sqrt(_CROWDED * WIDTH * outline.HEIGHT / covered)) if covered else 1.0
    radii = _scaled(points, factor)
    spots = [outline.spot(point.lat, point.lon) for point in points]
    homes = [Disc(*spot, radius) for spot, (_, radius) in zip(spots, radii, strict=True)]
    discs = apart(homes, WIDTH, outline.HEIGHT)
    return [
        _Mark(point.number, spot, disc, core)
        for point, spot, disc, (core, _) in zip(points, spots, discs, radii, strict=True)
    ]


def _scaled(points: Sequence[MapPoint], factor: float) -> list[tuple[float, float]]:
    """Radii for the lowest and the highest count: areas are in proportion, above the least size."""
    highest = max((point.killed[1] for point in points), default=1) or 1
    return [
        (max(_LEAST, factor * _LARGEST * math.sqrt(low / highest)),
         max(_LEAST, factor * _LARGEST * math.sqrt(high / highest)))
        for low, high in (point.killed for point in points)
    ]  # fmt: skip


def _draw_marks(canvas: Canvas, marks: Sequence[_Mark], top: float) -> None:
    for mark in marks:
        home, disc = mark.home, mark.disc
        if math.hypot(home.x - disc.x, home.y - disc.y) > disc.radius / 2:
            canvas.shape(
                f'<path d="M{home.x:.1f} {home.y + top:.1f}L{disc.x:.1f} {disc.y + top:.1f}" '
                f'stroke="{ACCENT}" stroke-width="2"/>'
                f'<circle cx="{home.x:.1f}" cy="{home.y + top:.1f}" r="4" fill="{ACCENT}"/>'
            )
    for mark in marks:
        _draw_disc(canvas, mark.number, mark.disc._replace(y=mark.disc.y + top), mark.core)


def _draw_disc(canvas: Canvas, number: int, disc: Disc, core: float) -> None:
    x = canvas.across(disc.x)
    canvas.circle(x, disc.y, disc.radius, f'fill="{ACCENT}" fill-opacity="0.35"')
    canvas.circle(x, disc.y, disc.radius, f'fill="none" stroke="{ACCENT}" stroke-width="1.5"')
    canvas.circle(x, disc.y, core, f'fill="{ACCENT}"')
    size = 22.0 if number < 100 else 17.0
    said = block(str(number), _NUMBER, size, WIDTH).trimmed()
    canvas.text(said, x - said.width / 2, disc.y - said.height / 2, GROUND, said.width)


def _draw_column(canvas: Canvas, entries: Sequence[_Entry], x: float, y: float) -> None:
    for entry in entries:
        middle = y + entry.label.rise - entry.label.size * 0.32
        place = Disc(canvas.across(x + _BADGE), middle, _BADGE)
        _draw_disc(canvas, entry.number, place, _BADGE)
        text = x + 2 * _BADGE + 14
        below = canvas.text(entry.label, text, y, INK, _TEXT)
        canvas.text(entry.said, text, below, MUTED, _TEXT)
        y += entry.height
