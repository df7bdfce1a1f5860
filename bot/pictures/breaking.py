"""Where lines end: at spaces, and within a word only where it is wider than a line."""

from bisect import bisect
from collections.abc import Iterator
from functools import lru_cache

from bot.pictures.direction import levels
from bot.pictures.shaping import Hand, Line, line


@lru_cache(maxsize=256)
def lines_of(text: str, hand: Hand, width: float) -> tuple[Line, ...]:
    """Drawable text in lines of at most `width` em."""
    level_of = levels(text, hand.language)
    return tuple(
        line(text[start:end], level_of[start:end], hand)
        for start, end in _breaks(text, level_of, hand, width)
    )


def _breaks(
    text: str, level_of: tuple[int, ...], hand: Hand, width: float
) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends; a word wider than a line is broken, any other kept whole."""

    def fits(start: int, end: int) -> bool:
        return line(text[start:end], level_of[start:end], hand).width <= width

    start = 0
    while start < len(text):
        end = start + len(_guess(text[start:], hand, width))
        while not fits(start, end) and " " in text[start:end]:
            end = text.rindex(" ", start, end)
        if not fits(start, end):
            # One word alone: the end after the last letter with which it still fits.
            ends = range(start + 2, end + 1)
            end = start + 1 + bisect(ends, False, key=lambda at: not fits(start, at))
        yield start, end
        start = end + 1 if text[end : end + 1] == " " else end


def _guess(text: str, hand: Hand, width: float) -> str:
    """About as many whole words as fill a line; at least one."""
    words: list[str] = []
    filled = 0.0
    for word in text.split(" "):
        filled += _width(word, hand) + (_width(" ", hand) if words else 0.0)
        if words and filled > width:
            break
        words.append(word)
    return " ".join(words)


@lru_cache(maxsize=4096)
def _width(word: str, hand: Hand) -> float:
    return line(word, levels(word, hand.language), hand).width
