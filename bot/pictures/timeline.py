"""Dates down the page, the oldest first: a disc is an attack, an open diamond another event."""

from typing import Literal, NamedTuple

from bot.core.drawings import Moment, TimelineChart
from bot.core.records import Language
from bot.pictures.canvas import Canvas
from bot.pictures.page import left_out, page
from bot.pictures.setting import Block, block, fitted
from bot.pictures.shaping import Hand
from bot.pictures.theme import ACCENT, COLUMN, GROUND, INK, MARGIN, MUTED, RULE

_SIZES: dict[Language, tuple[float, ...]] = {"en": (31, 28, 25), "ur": (30, 27, 24)}
_DAYS: dict[Language, tuple[float, float]] = {"en": (0.86, 0.76), "ur": (0.95, 0.85)}
"""The sizes of a day beside its label's."""

_MOST_LINES = 3
_DAY, _AXIS = 214.0, 40.0
_LABEL = COLUMN - _DAY - 2 * _AXIS
_BELOW: dict[Language, float] = {"en": 12.0, "ur": 0.0}
_MARK, _LEGEND_GAP = 11.0, 24.0


class _Row(NamedTuple):
    day: Block
    label: Block
    kind: Literal["attack", "event"]
    below: float

    @property
    def height(self) -> float:
        return max(self.day.height, self.label.height) + self.below


def draw(chart: TimelineChart) -> Canvas:
    frame = page(chart)
    legend = _legend(chart)
    legend_height = max((each.height for _, each in legend), default=0.0) + _LEGEND_GAP
    rows = _rows(chart, frame.room - legend_height)
    missing = len(chart.moments) - len(rows)
    note = left_out(chart, missing) if missing else None
    height = legend_height + (note.height if note else 0.0) + sum(row.height for row in rows)
    canvas = frame.canvas(frame.top + height + frame.foot)
    y = _draw_legend(canvas, legend, frame.top) + _LEGEND_GAP
    if note:
        y = canvas.text(note, MARGIN, y, MUTED, COLUMN)
    _draw_rows(canvas, rows, y)
    return canvas


def _rows(chart: TimelineChart, room: float) -> list[_Row]:
    """All the moments, smaller if need be; in the smallest size the latest that find room."""
    for size in _SIZES[chart.language]:
        rows = [_row(moment, chart.language, size) for moment in chart.moments]
        if sum(row.height for row in rows) <= room:
            return rows
    room -= left_out(chart, len(rows)).height
    while rows and sum(row.height for row in rows) > room:
        rows.pop(0)
    return rows


def _row(moment: Moment, language: Language, size: float) -> _Row:
    sizes = [size * share for share in _DAYS[language]]
    day = fitted(moment.day, Hand(language, "Bold"), sizes, _DAY, 2)
    label = block(moment.label, Hand(language), size, _LABEL, _MOST_LINES)
    return _Row(day, label, moment.kind, _BELOW[language])


def _legend(chart: TimelineChart) -> list[tuple[Literal["attack", "event"], Block]]:
    width = COLUMN / max(1, len(chart.legend)) - 3 * _AXIS / 2
    size = _SIZES[chart.language][-1]
    return [
        (kind, block(says, Hand(chart.language), size, width, 1)) for kind, says in chart.legend
    ]


def _draw_legend(
    canvas: Canvas, legend: list[tuple[Literal["attack", "event"], Block]], y: float
) -> float:
    x = float(MARGIN)
    for kind, says in legend:
        _draw_mark(canvas, kind, x + _MARK, y + says.rise - says.size * 0.3)
        canvas.text(says, x + 3 * _MARK, y, MUTED, says.width)
        x += 3 * _MARK + says.width + _AXIS
    return y + max((says.height for _, says in legend), default=0.0)


def _draw_rows(canvas: Canvas, rows: list[_Row], y: float) -> None:
    axis = MARGIN + _DAY + _AXIS
    ends = y + sum(row.height for row in rows)
    if rows:
        top, bottom = _baseline(rows[0], y), _baseline(rows[-1], ends - rows[-1].height)
        canvas.rectangle(axis - 1.5, top, 3, bottom - top, RULE)
    for row in rows:
        base = _baseline(row, y)
        canvas.text(row.day, MARGIN, y + row.label.rise - row.day.rise, ACCENT, _DAY, "end")
        canvas.text(row.label, axis + _AXIS, y, INK, _LABEL)
        _draw_mark(canvas, row.kind, axis, base)
        y += row.height


def _baseline(row: _Row, y: float) -> float:
    """Where the middle of the first line's letters is: the marks stand there."""
    return y + row.label.rise - row.label.size * 0.3


def _draw_mark(canvas: Canvas, kind: Literal["attack", "event"], x: float, y: float) -> None:
    style = f'stroke="{ACCENT}" stroke-width="3.5" fill="{ACCENT if kind == "attack" else GROUND}"'
    if kind == "attack":
        canvas.circle(x, y, _MARK - 1, style)
    else:
        reach = _MARK - 1
        corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
        canvas.polygon(corners, style)
