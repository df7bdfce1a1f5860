"""A month: a field a day with what marks it, and below it the days in words."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.core.drawings import MonthChart, MonthDay, MonthRow
from bot.core.records import Language
from bot.pictures.canvas import Canvas
from bot.pictures.page import left_out, page
from bot.pictures.setting import Block, block, fitted
from bot.pictures.shaping import Hand
from bot.pictures.theme import ACCENT, COLUMN, GROUND, INK, MARGIN, MUTED, RULE, TINT, WARNING

_A_WEEK = 7
_WIDTH = COLUMN / _A_WEEK
_HEIGHT, _GAP, _INSET = 92.0, 6.0, 12.0
_WEEKDAYS: dict[Language, tuple[float, ...]] = {"en": (21, 19, 17), "ur": (22, 20, 18)}
_NUMBER, _COUNT = 30.0, 24.0
_DISC, _TRIANGLE = 18.0, 17.0
_SIZE: dict[Language, float] = {"en": 26, "ur": 24}
_DAY, _BETWEEN = 218.0, 24.0
_LINE = COLUMN - _DAY - _BETWEEN
_BELOW, _MOST_LINES = 14.0, 2
_LEGEND_SIGN, _LEGEND_GAP = 34.0, 30.0


class _Row(NamedTuple):
    day: Block
    lines: tuple[tuple[Block, str], ...]

    @property
    def height(self) -> float:
        return max(self.day.height, sum(line.height for line, _ in self.lines)) + _BELOW


def draw(chart: MonthChart) -> Canvas:
    frame = page(chart)
    names = _weekdays(chart)
    legend = list(_legend(chart))
    weeks = -(-(chart.blank + len(chart.days)) // _A_WEEK)
    above = _names_height(names) + weeks * (_HEIGHT + _GAP) + _GAP
    above += sum(max(each.height for _, each, _ in line) for line in legend) + _LEGEND_GAP
    rows, missing = _rows(chart, frame.room - above)
    note = left_out(chart, missing) if missing else None
    height = above + sum(row.height for row in rows) + (note.height if note else 0.0)
    canvas = frame.canvas(frame.top + height + frame.foot)
    y = _draw_weekdays(canvas, names, frame.top)
    _draw_fields(canvas, chart, y)
    y = _draw_legend(canvas, legend, y + weeks * (_HEIGHT + _GAP) + _GAP) + _LEGEND_GAP
    y = _draw_rows(canvas, rows, y)
    if note:
        canvas.text(note, MARGIN, y, MUTED, COLUMN)
    return canvas


def _weekdays(chart: MonthChart) -> list[Block]:
    hand, room = Hand(chart.language), _WIDTH - 2 * _GAP
    return [fitted(each, hand, _WEEKDAYS[chart.language], room, 1) for each in chart.weekdays]


def _names_height(names: list[Block]) -> float:
    return max(each.height for each in names) + _GAP


def _draw_weekdays(canvas: Canvas, names: list[Block], y: float) -> float:
    for at, each in enumerate(names):
        canvas.text(each, MARGIN + at * _WIDTH, y, MUTED, _WIDTH, "middle")
    return y + _names_height(names)


def _draw_fields(canvas: Canvas, chart: MonthChart, top: float) -> None:
    for at, day in enumerate(chart.days, chart.blank):
        week, weekday = divmod(at, _A_WEEK)
        _draw_field(canvas, day, MARGIN + weekday * _WIDTH, top + week * (_HEIGHT + _GAP))


def _draw_field(canvas: Canvas, day: MonthDay, x: float, y: float) -> None:
    _draw_ground(canvas, day.mark, x + _GAP / 2, y, _WIDTH - _GAP, _HEIGHT)
    number = block(str(day.number), Hand("en", "Bold"), _NUMBER, _WIDTH).trimmed()
    canvas.text(number, x + _INSET + _GAP, y + _INSET, INK, number.width)
    if day.clash:
        _draw_triangle(canvas, x + _INSET + _TRIANGLE + 2, y + _HEIGHT - _INSET - _TRIANGLE + 4)
    if day.posts:
        middle_x, middle_y = x + _WIDTH - _INSET - _DISC, y + _HEIGHT - _INSET - _DISC
        canvas.circle(middle_x, middle_y, _DISC + 2, f'fill="{ACCENT}"')
        count = block(str(day.posts), Hand("en", "Bold"), _COUNT, _WIDTH).trimmed()
        left = middle_x - count.width / 2
        canvas.text(count, left, middle_y - count.height / 2, GROUND, count.width)


def _draw_ground(
    canvas: Canvas, mark: str, x: float, y: float, width: float, height: float
) -> None:
    """What day it is: plain, tinted, tinted within dashes, or within a thick line."""
    fill = TINT if mark else GROUND
    line = {
        "perhaps": f'stroke="{ACCENT}" stroke-width="3" stroke-dasharray="9 7"',
        "forbids": f'stroke="{INK}" stroke-width="4"',
    }.get(mark, f'stroke="{RULE}" stroke-width="2"')
    left = canvas.across(x, width)
    canvas.shape(
        f'<rect x="{left + 2:.1f}" y="{y + 2:.1f}" width="{width - 4:.1f}" '
        f'height="{height - 4:.1f}" rx="8" fill="{fill}" {line}/>'
    )


def _draw_triangle(canvas: Canvas, x: float, y: float) -> None:
    corners = [(x - _TRIANGLE, y + _TRIANGLE), (x, y - _TRIANGLE), (x + _TRIANGLE, y + _TRIANGLE)]
    canvas.polygon(corners, f'fill="{WARNING}"')
    canvas.rectangle(x - 2, y - 6, 4, 13, GROUND)
    canvas.rectangle(x - 2, y + 10, 4, 4, GROUND)


_Sign = tuple[str, Block, float]


def _legend(chart: MonthChart) -> Iterator[list[_Sign]]:
    """What the marks mean, in as many lines as it takes: mark, words, place."""
    line: list[_Sign] = []
    x = float(MARGIN)
    for mark, says in chart.legend:
        words = block(says, Hand(chart.language), _SIZE[chart.language] - 2, COLUMN / 2, 1)
        wide = _LEGEND_SIGN + _INSET + words.width
        if line and x + wide > MARGIN + COLUMN:
            yield line
            line, x = [], float(MARGIN)
        line.append((mark, words, x))
        x += wide + _LEGEND_GAP
    if line:
        yield line


def _draw_legend(canvas: Canvas, legend: list[list[_Sign]], y: float) -> float:
    for line in legend:
        for mark, words, x in line:
            middle = y + words.rise - words.size * 0.3
            if mark == "posts":
                canvas.circle(x + _LEGEND_SIGN / 2, middle, 13, f'fill="{ACCENT}"')
            elif mark == "clash":
                _draw_triangle(canvas, x + _LEGEND_SIGN / 2, middle)
            else:
                _draw_ground(canvas, mark, x, middle - 15, _LEGEND_SIGN, 30)
            canvas.text(words, x + _LEGEND_SIGN + _INSET, y, MUTED, words.width)
        y += max(words.height for _, words, _ in line)
    return y


def _rows(chart: MonthChart, room: float) -> tuple[list[_Row], int]:
    """The days that find room, and how many do not."""
    rows: list[_Row] = []
    for at, row in enumerate(chart.rows):
        laid, missing = _row(row, chart.language), len(chart.rows) - at
        beneath = left_out(chart, missing).height if missing > 1 else 0.0
        if sum(each.height for each in rows) + laid.height + beneath > room:
            return rows, missing
        rows.append(laid)
    return rows, 0


def _row(row: MonthRow, language: Language) -> _Row:
    size = _SIZE[language]
    day = fitted(row.day, Hand(language, "Bold"), (size, size * 0.9), _DAY, 2)
    hand = Hand(language)
    lines = ((block(says, hand, size, _LINE, _MOST_LINES), kind) for says, kind in row.lines)
    return _Row(day, tuple(lines))


def _draw_rows(canvas: Canvas, rows: list[_Row], y: float) -> float:
    colours = {"kept": ACCENT, "post": INK, "clash": WARNING}
    for row in rows:
        canvas.rectangle(MARGIN, y - _BELOW / 2, COLUMN, 1.5, RULE)
        canvas.text(row.day, MARGIN, y, ACCENT, _DAY)
        below = y
        for line, kind in row.lines:
            x = MARGIN + _DAY + _BETWEEN
            below = canvas.text(line, x, below, colours[kind], _LINE)
        y += row.height
    return y
