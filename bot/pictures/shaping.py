"""A line of text as glyphs in the order they stand: shaped by HarfBuzz, ordered by UAX 9."""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from bot.core.errors import BotError
from bot.core.records import Language
from bot.core.text import clean
from bot.pictures.fonts import Face, Weight, faces

_WORD_SPACE = {"NotoNastaliqUrdu": 0.08}
"""What is added to a space, in em: Nastaliq's own leaves too little beside digits."""

_BESIDE = frozenset({"Mn", "Me", "Cf"})
"""Marks and joiners are drawn in the face of the letter that they belong to."""


class Undrawable(BotError):
    """A letter that no face of ours has; the text names it."""


class Hand(NamedTuple):
    """What text is set in. Urdu runs from right to left, whatever Latin it holds."""

    language: Language
    weight: Weight = "Regular"


class Glyph(NamedTuple):
    """A glyph of a face and its origin: in em, rightwards and upwards from the line's left end."""

    face: Face
    id: int
    x: float
    y: float


class Line(NamedTuple):
    """Glyphs from left to right. Measures are in em; `top` and `bottom` are those of the ink."""

    glyphs: tuple[Glyph, ...]
    width: float
    top: float
    bottom: float


class Run(NamedTuple):
    """Text of one face and one direction: odd levels run from right to left."""

    text: str
    face: Face
    level: int


def drawable(text: str, hand: Hand) -> str:
    """`text` in one line without what cannot be drawn: marks that turn text round, and emoji.

    Raises `Undrawable` for a letter that no face has: it must not vanish from a sentence.
    """
    kept = []
    for character in " ".join(clean(text).split()):
        if any(character in face.covers for face in faces(*hand)):
            kept.append(character)
        elif unicodedata.category(character)[0] in "LN":
            raise Undrawable(
                f"no font has U+{ord(character):04X} ({unicodedata.name(character, 'unnamed')}): "
                f"write {text!r} without it, or add a font to bot/pictures/fonts"
            )
    return " ".join("".join(kept).split())


def runs(text: str, level_of: tuple[int, ...], hand: Hand) -> list[Run]:
    """The runs of a line, from left to right, given the levels that its paragraph gave it."""
    return _as_they_stand(_in_reading_order(text, level_of, hand))


def _in_reading_order(text: str, level_of: tuple[int, ...], hand: Hand) -> list[Run]:
    choice = faces(*hand)
    found: list[tuple[Face, int, list[str]]] = []
    for character, level in zip(text, level_of, strict=True):
        face = next(face for face in choice if character in face.covers)
        if found and _goes_with(found[-1][0], level == found[-1][1], character):
            face = found[-1][0]
        if found and found[-1][:2] == (face, level):
            found[-1][2].append(character)
        else:
            found.append((face, level, [character]))
    return [Run("".join(characters), face, level) for face, level, characters in found]


def _goes_with(before: Face, same_level: bool, character: str) -> bool:
    """Whether a character is drawn in the face before it, although its own would be another."""
    if unicodedata.category(character) in _BESIDE:
        return True
    # "AP 2017" and "ISIS-K" are of one piece; a letter has the face of its script.
    return same_level and not character.isalpha() and character in before.covers


def _as_they_stand(found: list[Run]) -> list[Run]:
    """Rule L2 of UAX 9: reverse whatever is at a level or above it, from the highest down."""
    highest = max((run.level for run in found), default=0)
    for level in range(highest, 0, -1):
        ordered: list[Run] = []
        above: list[Run] = []
        for run in found:
            if run.level >= level:
                above.append(run)
            else:
                ordered += [*reversed(above), run]
                above = []
        found = [*ordered, *reversed(above)]
    return found


@lru_cache(maxsize=4096)
def _shaped(run: Run) -> Line:
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if run.level % 2 else "ltr"
    if run.level % 2:
        buffer.script, buffer.language = "Arab", "ur"
    hb.shape(run.face.font, buffer)
    em, x, glyphs = run.face.per_em, 0.0, []
    wider = _WORD_SPACE.get(run.face.name.partition("-")[0], 0.0)
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        at = x + place.x_offset / em
        glyphs.append(Glyph(run.face, info.codepoint, at, place.y_offset / em))
        x += place.x_advance / em + (wider if run.text[info.cluster] == " " else 0.0)
    reach = [run.face.reach(glyph.id) for glyph in glyphs]
    top = max(glyph.y + above for glyph, (above, _) in zip(glyphs, reach, strict=True))
    bottom = min(glyph.y + below for glyph, (_, below) in zip(glyphs, reach, strict=True))
    return Line(tuple(glyphs), x, top, bottom)


@lru_cache(maxsize=512)
def line(text: str, level_of: tuple[int, ...], hand: Hand) -> Line:
    """Shape one line of drawable text, given the levels that its paragraph gave it."""
    glyphs: list[Glyph] = []
    width, top, bottom = 0.0, 0.0, 0.0
    for shaped in map(_shaped, runs(text, level_of, hand)):
        glyphs += [Glyph(face, glyph, x + width, y) for face, glyph, x, y in shaped.glyphs]
        width += shaped.width
        top, bottom = max(top, shaped.top), min(bottom, shaped.bottom)
    return Line(tuple(glyphs), width, top, bottom)
