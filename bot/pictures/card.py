"""A brief at a glance: figures first, then what there is to say about them."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.core.drawings import FactCard
from bot.core.records import Language
from bot.pictures.canvas import Canvas
from bot.pictures.page import page
from bot.pictures.setting import Block, block, fitted, stacked
from bot.pictures.shaping import Hand
from bot.pictures.theme import ACCENT, CARD_HEIGHT, COLUMN, INK, MARGIN, MUTED, TINT, WIDTH

_MOST_FIGURES = 4
_FIGURE: dict[Language, tuple[float, ...]] = {
    "en": (124, 108, 92, 78, 66, 56, 48),
    "ur": (88, 76, 66, 58, 50, 42),
}
_LABEL: dict[Language, tuple[float, ...]] = {"en": (29, 26), "ur": (27, 24)}
_LABEL_LINES = 3
_PROSE: dict[Language, tuple[float, ...]] = {
    "en": (42, 39, 36, 33, 30),
    "ur": (38, 35, 32, 30, 28),
}
_GUTTER, _PADDING, _ABOVE_LABEL, _BETWEEN = 40.0, 30.0, 14.0, 18.0
_ROOM_FOR_PROSE = 230.0

_EVEN = 0.4
"""The part of a row's width that its figures share evenly."""


class _Figure(NamedTuple):
    value: Block
    label: Block
    width: float


_Row = Sequence[_Figure]


def draw(card: FactCard) -> Canvas:
    frame = page(card)
    canvas = frame.canvas(CARD_HEIGHT)
    y, end = frame.top, CARD_HEIGHT - frame.foot
    for row in _figures(card, end - y - (_ROOM_FOR_PROSE if card.paragraphs else 0.0)):
        y = _draw_row(canvas, row, y)
    y += _PADDING if card.figures else 0.0
    hand, sizes = Hand(card.language), _PROSE[card.language]
    for each in stacked(card.paragraphs, hand, sizes, COLUMN, end - y, _BETWEEN):
        y = canvas.text(each, MARGIN, y, INK, COLUMN) + _BETWEEN
    return canvas


def _figures(card: FactCard, room: float) -> list[_Row]:
    """As many figures as fit, in rows; the first ones are the ones that count."""
    for count in range(min(len(card.figures), _MOST_FIGURES), 0, -1):
        rows = list(_rows(card, count))
        if sum(map(_height, rows)) <= room:
            return rows
    return []


def _rows(card: FactCard, count: int) -> Iterator[_Row]:
    in_row = 2 if count == _MOST_FIGURES else count
    figures = card.figures[:count]
    hand, sizes = Hand(card.language, "Bold"), _FIGURE[card.language]
    rows = [figures[at : at + in_row] for at in range(0, count, in_row)]
    columns = [_columns([value for value, _ in row], hand) for row in rows]
    size = min(
        fitted(value, hand, sizes, width, 1).size
        for row, widths in zip(rows, columns, strict=True)
        for (value, _), width in zip(row, widths, strict=True)
    )
    for row, widths in zip(rows, columns, strict=True):
        yield [
            _Figure(
                block(value, hand, size, width, 2).trimmed(),
                fitted(label, Hand(card.language), _LABEL[card.language], width, _LABEL_LINES),
                width,
            )
            for (value, label), width in zip(row, widths, strict=True)
        ]


def _columns(values: Sequence[str], hand: Hand) -> list[float]:
    """The widths of a row's columns: a share for each, the rest by how long its value is."""
    room = COLUMN - _GUTTER * (len(values) - 1)
    lengths = [block(value, hand, 1, math.inf).width + 1 for value in values]
    share = room * _EVEN / len(values)
    return [share + room * (1 - _EVEN) * length / sum(lengths) for length in lengths]


def _height(row: _Row) -> float:
    up, down = _extent(row)
    return up + down + _ABOVE_LABEL + max(each.label.height for each in row) + 2 * _PADDING


def _extent(row: _Row) -> tuple[float, float]:
    """How far the values of a row go up and down from the baseline of their first line."""
    values = [each.value for each in row]
    return max(each.rise for each in values), max(each.height - each.rise for each in values)


def _draw_row(canvas: Canvas, row: _Row, y: float) -> float:
    canvas.rectangle(0, y, WIDTH, _height(row), TINT)
    up, down = _extent(row)
    x = float(MARGIN)
    for value, label, width in row:
        canvas.text(value, x, y + _PADDING + up - value.rise, ACCENT, width)
        canvas.text(label, x, y + _PADDING + up + down + _ABOVE_LABEL, MUTED, width)
        x += width + _GUTTER
    return y + _height(row)
