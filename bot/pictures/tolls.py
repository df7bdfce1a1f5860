"""Counts by source, each a range, a dot or an open end; one scale for each group."""

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from bot.core.drawings import TollBar, TollChart
from bot.core.records import Language
from bot.pictures.canvas import Canvas
from bot.pictures.page import left_out, page
from bot.pictures.setting import Block, block, fitted
from bot.pictures.shaping import Hand
from bot.pictures.theme import ACCENT, COLUMN, INK, MARGIN, MUTED, RULE, TINT, WIDTH

_SIZES: dict[Language, tuple[float, ...]] = {"en": (29, 26), "ur": (28, 25)}
_HEADING: dict[Language, float] = {"en": 36, "ur": 34}
_NAME, _SAID, _BETWEEN = COLUMN * 0.58, COLUMN * 0.38, COLUMN * 0.04
_ABOVE, _TRACK, _BELOW = 8.0, 12.0, 24.0
_ARROW = 30.0
_TICKS = 5
_TICK_HAND, _TICK_SIZE = Hand("en"), 22.0
_SCALE_HEIGHT = 56.0


class _Row(NamedTuple):
    by: Block
    said: Block
    bar: TollBar

    @property
    def height(self) -> float:
        return max(self.by.height, self.said.height) + _ABOVE + _TRACK + _BELOW


class _Scale(NamedTuple):
    step: int
    steps: int

    def at(self, count: int) -> float:
        """How far a count is from the start, in pixels; room for an arrow is left at the end."""
        return count / (self.step * self.steps) * (COLUMN - _ARROW)


class _Group(NamedTuple):
    heading: Block
    scale: _Scale
    rows: tuple[_Row, ...]

    @property
    def height(self) -> float:
        return self.heading.height + sum(row.height for row in self.rows) + _SCALE_HEIGHT


def draw(chart: TollChart) -> Canvas:
    frame = page(chart)
    groups = [_group(label, bars, chart.language) for label, bars in chart.groups]
    kept = _that_fit(groups, frame.room - left_out(chart, 1).height)
    missing = sum(map(_bars, groups)) - sum(map(_bars, kept))
    note = left_out(chart, missing) if missing else None
    height = sum(group.height for group in kept) + (note.height if note else 0.0)
    canvas = frame.canvas(frame.top + height + frame.foot)
    y = frame.top
    for group in kept:
        y = _draw_group(canvas, group, y)
    if note:
        canvas.text(note, MARGIN, y, MUTED, COLUMN)
    return canvas


def _group(label: str, bars: tuple[TollBar, ...], language: Language) -> _Group:
    bold, sizes = Hand(language, "Bold"), _SIZES[language]
    rows = tuple(
        _Row(
            fitted(bar.by, Hand(language), sizes, _NAME, 2),
            fitted(bar.said, bold, sizes, _SAID, 2),
            bar,
        )
        for bar in bars
    )
    heading = block(label, bold, _HEADING[language], COLUMN, 1)
    return _Group(heading, _scale(max((bar.high for bar in bars), default=1)), rows)


def _scale(highest: int) -> _Scale:
    """A scale from 0 to the first round number at or above `highest`."""
    step = next(
        digit * 10**power
        for power in range(12)
        for digit in (1, 2, 5)
        if digit * 10**power * _TICKS >= highest
    )
    return _Scale(step, max(1, -(-highest // step)))


def _bars(group: _Group) -> int:
    return len(group.rows)


def _that_fit(groups: list[_Group], room: float) -> list[_Group]:
    """The groups, without the rows at the end that find no room."""
    kept = []
    for group in groups:
        room -= group.heading.height + _SCALE_HEIGHT
        ends = accumulate(row.height for row in group.rows)
        rows = tuple(row for row, end in zip(group.rows, ends, strict=True) if end <= room)
        if rows:
            kept.append(group._replace(rows=rows))
        room -= sum(row.height for row in rows)
    return kept


def _draw_group(canvas: Canvas, group: _Group, y: float) -> float:
    y = canvas.text(group.heading, MARGIN, y, INK, COLUMN)
    for row in group.rows:
        text = y + max(row.by.height, row.said.height)
        canvas.text(row.by, MARGIN, text - row.by.height, INK, _NAME)
        said = text - row.said.height
        canvas.text(row.said, MARGIN + _NAME + _BETWEEN, said, ACCENT, _SAID, "end")
        _draw_bar(canvas, row.bar, group.scale, text + _ABOVE)
        y += row.height
    _draw_ticks(canvas, group.scale, y - _BELOW / 2)
    return y + _SCALE_HEIGHT


def _draw_bar(canvas: Canvas, bar: TollBar, scale: _Scale, y: float) -> None:
    canvas.rectangle(MARGIN, y, COLUMN, _TRACK, TINT, radius=_TRACK / 2)
    for tick in range(1, scale.steps):
        canvas.rectangle(MARGIN + scale.at(tick * scale.step) - 1, y, 2, _TRACK, RULE)
    low, high, middle = MARGIN + scale.at(bar.low), MARGIN + scale.at(bar.high), y + _TRACK / 2
    if bar.high > bar.low:
        canvas.rectangle(low, y, high - low, _TRACK, ACCENT)
        for end in (low, high):
            canvas.rectangle(end - 2, y - 5, 4, _TRACK + 10, ACCENT)
    else:
        canvas.circle(high, middle, _TRACK * 0.85, f'fill="{ACCENT}"')
    if bar.at_least:
        canvas.rectangle(high, middle - 2, _ARROW - 8, 4, ACCENT)
        tip = high + _ARROW + 2
        head = [(tip, middle), (tip - 14, middle - 10), (tip - 14, middle + 10)]
        canvas.polygon(head, f'fill="{ACCENT}"')


def _draw_ticks(canvas: Canvas, scale: _Scale, y: float) -> None:
    for number, x in _tick_places(scale):
        label = block(number, _TICK_HAND, _TICK_SIZE, WIDTH).trimmed()
        x = min(max(x - label.width / 2, MARGIN), MARGIN + COLUMN - label.width)
        canvas.text(label, x, y, MUTED, label.width)


def _tick_places(scale: _Scale) -> Iterator[tuple[str, float]]:
    for tick in range(scale.steps + 1):
        count = tick * scale.step
        yield f"{count:,}", MARGIN + scale.at(count)
