"""A subject as the rules read it: one folded page, its hits in the word lists, its sentences."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from bot.core.letters import plain, unfolded_span
from bot.core.prose import CITATION
from bot.core.records import Source
from bot.editorial.findings import Severity, Span, Spot
from bot.editorial.lexicons import Hit, Lexicons
from bot.editorial.subject import Piece, Role, Subject

CITED = "\x01"
"""Stands for one citation while a text is read."""

_BETWEEN = "\0"
_END = re.compile(r"[.۔؟?!](?=[\s\0]|$)|[\0\n]")
_SHORT = ("Mr", "Dr", "Ms", "St", "No", "vs", "al", "[A-Z]")
_ABBREVIATED = "".join(rf"(?<!\b{each}\.)" for each in _SHORT)
_SENTENCE = re.compile(rf"[.۔؟?!]{_ABBREVIATED}[\"”’»)]*(?=\s|$)|\n\n")


class Reading:
    """Everything that costs time is done once, and only if a rule asks for it."""

    def __init__(self, subject: Subject, lexicons: Lexicons, today: date) -> None:
        self.subject, self.lexicons, self.today = subject, lexicons, today

    @cached_property
    def texts(self) -> tuple[tuple[Piece, str], ...]:
        """The pieces, and their text with a mark for each citation."""
        return tuple((each, CITATION.sub(CITED, each.text)) for each in self.subject.pieces)

    @cached_property
    def capitals(self) -> str:
        """The page before its capitals were made small: as long, letter by letter."""
        return _BETWEEN.join(plain(text) for _, text in self.texts)

    @cached_property
    def page(self) -> str:
        """All text in one, folded, so that each expression runs once."""
        return self.capitals.lower()

    @cached_property
    def sentences(self) -> tuple[tuple[Piece, str], ...]:
        """The sentences of its prose, with citation marks."""
        return tuple(
            (piece, each)
            for piece, text in self.pieces_of("prose", "explanation")
            for each in _sentences(text)
        )

    @cached_property
    def hits(self) -> dict[str, list[Hit]]:
        """Hits in the word lists, by list."""
        found: dict[str, list[Hit]] = {}
        for hit in sorted(set(self.lexicons.hits(self.page))):
            known = found.setdefault(hit.lexicon, [])
            if not (known and hit.end <= known[-1].end):  # "salute" within "we salute"
                known.append(hit)
        return found

    def pattern(self, lexicon: str) -> re.Pattern[str]:
        return self.lexicons.pattern(lexicon)

    def pieces_of(self, *roles: Role) -> Iterator[tuple[Piece, str]]:
        return (each for each in self.texts if each[0].role in roles)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(_BETWEEN, self.page))]

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def piece_at(self, at: int) -> Piece:
        return self.subject.pieces[self._number(at)]

    def spot(self, start: int, end: int, about: str = "", severity: Severity | None = None) -> Spot:
        """The spot of a part of the page, told in the letters that the writer used."""
        piece, text = self.texts[self._number(start)]
        origin = self._starts[self._number(start)]
        first, last = unfolded_span(text, start - origin, end - origin)
        span = _cited_place(piece.text, first), _cited_place(piece.text, last)
        return Spot(piece.field, text[first:last].replace(CITED, ""), about, severity, span)

    def bounds(self, at: int) -> tuple[int, int]:
        """Where the sentence around a place of the page begins and ends."""
        start = self._starts[self._number(at)]
        for found in _END.finditer(self.page, start):
            if found.end() > at:
                return start, found.end()
            start = found.end()
        return start, len(self.page)

    def sentence(self, at: int) -> str:
        """The sentence around a place of the page, folded."""
        return self.page[slice(*self.bounds(at))]

    def sources_at(self, at: int) -> tuple[Source, ...]:
        """The known sources that the sentence around a place of the page cites."""
        start, end = self.bounds(at)
        before = self.page.count(CITED, self._starts[self._number(at)], start)
        within = self.page.count(CITED, start, end)
        ids = CITATION.findall(self.piece_at(at).text)[before : before + within]
        known = self.subject.library.sources
        return tuple(known[each] for each in ids if each in known)


def span_of(excerpt: str, text: str) -> Span | None:
    """Where a text first has an excerpt that was told without the citations in it."""
    kept = [at for at, _ in _uncited(text)]
    start = "".join(letter for _, letter in _uncited(text)).find(excerpt)
    return (kept[start], kept[start + len(excerpt) - 1] + 1) if excerpt and start >= 0 else None


def _uncited(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in (*CITATION.finditer(text), None):
        end = found.start() if found else len(text)
        yield from zip(range(start, end), text[start:end], strict=True)
        start = found.end() if found else end


def _cited_place(text: str, at: int) -> int:
    """The place in a text of what is at `at` where each citation of it is one letter long."""
    for found in CITATION.finditer(text):
        if found.start() >= at:
            break
        at += len(found[0]) - 1
    return at


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in (*(found.end() for found in _SENTENCE.finditer(text)), len(text)):
        if sentence := text[start:end].strip():
            yield sentence
        start = end
