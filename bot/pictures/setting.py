"""Text set in lines: broken at spaces, made smaller in steps, cut as the last resort."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.core.records import Language
from bot.pictures.breaking import lines_of
from bot.pictures.shaping import Hand, Line, drawable

_SENTENCE_END = re.compile(r"[.!?۔؟](?=\s)")
_DANGLING = " ,;:،؛–—-("
_WORTH_ENDING = 0.6
"""A text is cut after a sentence where that keeps so much of what a cut at a word would keep."""

_LEADING: dict[Language, tuple[float, float]] = {"en": (1.36, 1.03), "ur": (2.4, 1.75)}
"""From line to line, and from a line's upper edge to its baseline, in em; Nastaliq is tall."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size, in pixels; `rise` is from a line's upper edge to its baseline."""

    lines: tuple[Line, ...]
    size: float
    leading: float
    rise: float

    @property
    def width(self) -> float:
        """The width of the widest line."""
        return max((each.width for each in self.lines), default=0.0) * self.size

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading

    def trimmed(self) -> "Block":
        """The same block; a single line loses the room that it leaves above and below its ink."""
        if len(self.lines) != 1:
            return self
        [only] = self.lines
        return replace(
            self, leading=(only.top - only.bottom) * self.size, rise=only.top * self.size
        )


def block(text: str, hand: Hand, size: float, width: float, most: int | None = None) -> Block:
    """`text` in lines of at most `width` pixels, and cut where it takes more than `most` lines."""
    text = drawable(text, hand)
    leading, rise = _LEADING[hand.language]
    lines = lines_of(text, hand, width / size)
    if most is not None and len(lines) > most:
        text = shortened(text, lambda cut: len(lines_of(cut, hand, width / size)) <= most)
        lines = lines_of(text, hand, width / size)[:most]
    return Block(lines, size, leading * size, rise * size)


def fitted(text: str, hand: Hand, sizes: Sequence[float], width: float, most: int) -> Block:
    """`text` in the first of `sizes` in which it takes at most `most` lines; cut in the last one.

    Its lines are about equally long, so that no word stands alone in the last.
    """
    for size in sizes:
        found = block(text, hand, size, width)
        if len(found.lines) <= most:
            return _balanced(found, text, hand, width)
    return block(text, hand, sizes[-1], width, most)


def _balanced(found: Block, text: str, hand: Hand, width: float) -> Block:
    """In as many lines as `found`, in the narrowest column that allows it, to about 1/64."""
    too_narrow = width * 2 / 3
    for _ in range(6 if len(found.lines) > 1 else 0):
        narrower = (too_narrow + width) / 2
        trial = block(text, hand, found.size, narrower)
        if len(trial.lines) == len(found.lines):
            found, width = trial, narrower
        else:
            too_narrow = narrower
    return found


def stacked(
    texts: Sequence[str],
    hand: Hand,
    sizes: Sequence[float],
    width: float,
    height: float,
    between: float = 0.0,
) -> tuple[Block, ...]:
    """Paragraphs below each other within `height`, in the first of `sizes` that lets them be whole.

    In the last size the text is cut where the height ends.
    """
    for size in sizes:
        blocks = tuple(block(text, hand, size, width) for text in texts)
        if sum(each.height + between for each in blocks) - between <= height:
            return blocks
    return _cut_at(height, texts, blocks, hand, width, between)


def _cut_at(
    height: float,
    texts: Sequence[str],
    blocks: Sequence[Block],
    hand: Hand,
    width: float,
    between: float,
) -> tuple[Block, ...]:
    kept: list[Block] = []
    for text, each in zip(texts, blocks, strict=True):
        if each.height > height:
            room = int(height / each.leading)
            if room > 0:
                kept.append(block(text, hand, each.size, width, room))
            elif kept:
                before = f"{texts[len(kept) - 1]} …"
                kept[-1] = block(before, hand, each.size, width, len(kept[-1].lines))
            break
        kept.append(each)
        height -= each.height + between
    return tuple(kept)


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning of `text` that fits with an ellipsis, cut at a sentence or a word."""
    spaces = [found.start() for found in re.finditer(" ", text)]
    cuts = [_ended(text[:at]) for at in spaces]
    kept = _last(cuts, fits)
    if kept is None:
        return _last([text[:at] + "…" for at in range(1, len(text))], fits) or "…"
    ends = [found.end() for found in _SENTENCE_END.finditer(kept)]
    if ends and ends[-1] >= _WORTH_ENDING * len(kept):
        sentence = f"{kept[: ends[-1]]} …"
        return sentence if fits(sentence) else kept
    return kept


def _ended(text: str) -> str:
    text = text.rstrip(_DANGLING)
    return f"{text} …" if _SENTENCE_END.search(f"{text[-1:]} ") else f"{text}…"


def _last(texts: Sequence[str], fits: Callable[[str], bool]) -> str | None:
    """The last of `texts`, each longer than the one before, that fits."""
    low, high = 0, len(texts)
    while low < high:
        middle = (low + high) // 2
        if fits(texts[middle]):
            low = middle + 1
        else:
            high = middle
    return texts[low - 1] if low else None
