"""What every picture has: a title above; below, the sources, the day, and our name."""

from typing import NamedTuple

from bot.core.drawings import Chart, Sheet
from bot.core.records import Language
from bot.pictures.canvas import Canvas
from bot.pictures.setting import Block, block, fitted, stacked
from bot.pictures.shaping import Hand
from bot.pictures.theme import ACCENT, COLUMN, GREATEST_HEIGHT, INK, MARGIN, MUTED, RULE, WIDTH

_TITLE: dict[Language, tuple[float, ...]] = {"en": (66, 58, 50, 44), "ur": (54, 48, 42, 38)}
_SUBTITLE: dict[Language, tuple[float, ...]] = {"en": (31, 28), "ur": (30, 27)}
_FOOTER: dict[Language, tuple[float, ...]] = {"en": (24, 22), "ur": (23, 21)}
_NOTE: dict[Language, float] = {"en": 25, "ur": 24}
_SUBTITLE_LINES, _FOOTER_ROOM = 2, 240.0
_BAR, _GAP = 9.0, 26.0
_NAME_ROOM = 250.0
_FOOTER_COLUMN = COLUMN - _NAME_ROOM


class Page(NamedTuple):
    """The texts around a body. `top` is where the body begins, `foot` the height below it."""

    language: Language
    title: Block
    subtitle: Block
    footer: tuple[Block, ...]

    @property
    def top(self) -> float:
        below = self.subtitle.height + _GAP if self.subtitle.lines else _GAP / 2
        return MARGIN + _BAR + 22 + self.title.height + below

    @property
    def foot(self) -> float:
        name = max(each.height for each in _our_name())
        return _GAP * 2 + max(sum(each.height for each in self.footer), name) + MARGIN * 0.6

    @property
    def room(self) -> float:
        """The greatest height of a body that may grow."""
        return GREATEST_HEIGHT - self.top - self.foot

    def canvas(self, height: float) -> Canvas:
        """A sheet of that height with all but the body on it."""
        canvas = Canvas(WIDTH, round(height), mirrored=self.language == "ur")
        canvas.rectangle(MARGIN, MARGIN, 84, _BAR, ACCENT)
        y = canvas.text(self.title, MARGIN, MARGIN + _BAR + 22, INK, COLUMN)
        canvas.text(self.subtitle, MARGIN, y, MUTED, COLUMN)
        self._foot(canvas, canvas.height - self.foot + _GAP)
        return canvas

    def _foot(self, canvas: Canvas, y: float) -> None:
        canvas.rectangle(MARGIN, y, COLUMN, 2, RULE)
        y += _GAP
        x: float = MARGIN + COLUMN
        tallest = max(each.height for each in _our_name())
        for each in reversed(_our_name()):
            x -= each.width
            canvas.text(each, x, y + (tallest - each.height) / 2, ACCENT, each.width)
            x -= 12
        for each in self.footer:
            y = canvas.text(each, MARGIN, y, MUTED, _FOOTER_COLUMN)


def page(sheet: Sheet) -> Page:
    hand = Hand(sheet.language)
    return Page(
        sheet.language,
        _title(sheet),
        fitted(sheet.subtitle, hand, _SUBTITLE[sheet.language], COLUMN, _SUBTITLE_LINES),
        stacked(sheet.footer, hand, _FOOTER[sheet.language], _FOOTER_COLUMN, _FOOTER_ROOM),
    )


def left_out(chart: Chart, count: int) -> Block:
    """What the chart says of so many entries that find no room, in one line."""
    said = chart.left_out.replace("{count}", str(count))
    return block(said, Hand(chart.language), _NOTE[chart.language], COLUMN, 1)


def _title(sheet: Sheet) -> Block:
    """In two lines where the last size but one allows it, or else in three."""
    hand, sizes = Hand(sheet.language, "Bold"), _TITLE[sheet.language]
    short = len(block(sheet.title, hand, sizes[-2], COLUMN).lines) <= 2
    return fitted(sheet.title, hand, sizes, COLUMN, 2 if short else 3)


def _our_name() -> tuple[Block, ...]:
    return (
        block("وضاحت", Hand("ur", "Bold"), 25, _NAME_ROOM),
        block("Wazahat", Hand("en", "Bold"), 26, _NAME_ROOM),
    )
