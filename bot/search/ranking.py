"""Records by how much of what was asked they cover."""

import math
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple

from bot.core.records import Organisation
from bot.search.likeness import Meant, Phrasings
from bot.search.postings import has
from bot.search.tables import Tables

SPELLING, VARIANT = 0.8, 0.95
"""How alike (Damerau-Levenshtein) a word must be to a known one that it may be meant for: an
unknown word, and one that is known itself."""
ALIKE = 0.75
OF_TEXT = 0.8
"""What a word found in the text counts beside one in a name."""
OF_KIND = {Organisation: 0.95}
OF_OTHER_KINDS = 1.0
"""What kinds count: quizzes and campaigns are asked for by their names alone."""
OF_ASKED = 0.85
"""The same for a word of the ways to ask for it."""
COVERED, LIKE, USUAL = 0.5, 0.2, 0.3
OF_ITS_KIND = 0.04
CALLED = 0.05
NAMED = 0.15
UNKNOWN = 0.6
STEEP = 0.7
FAINT = 0.3
"""What a word counts that questions are asked with, of what the rarest words count."""

BEST_SHARE = 0.5
"""Records that cover less than this share of what the best one covers are left out."""

MOST_CANDIDATES, MOST_LOOKED_AT = 1500, 25


class Ranked(NamedTuple):
    """How sure it is that a record is meant, and how much of one of its names was asked for."""

    score: float
    number: int
    closeness: float


class Ranking:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rare = 1 + math.log(1 + len(tables.entries))
        self._all = (tables.telling, tables.asked, tables.told)
        self._weights: dict[str, float] = {}
        self._phrasings: dict[int, Phrasings] = {}

    def of(self, meant: tuple[str, ...], asked: tuple[str, ...], least: float, kinds: frozenset[type] = frozenset(), named: frozenset[int] = frozenset()) -> list[Ranked]:
        """The best of the records that cover at least so much of what is `asked`, best first.

        `meant` is the whole question. Of many that cover less than half only some are looked at.
        """
        telling = [self._meant(word) for word in asked]
        faint = [Meant({w: 1.0}, FAINT * self._rare) for w in dict.fromkeys(meant) if w not in asked]
        total = sum(each.weight for each in telling)
        covered = self._covered(telling, least * total)
        some = BEST_SHARE * max(covered.values(), default=0.0)
        best = ((worth, -number) for number, worth in covered.items() if worth >= some)
        first = nlargest(MOST_LOOKED_AT, best)
        first += [(covered.get(n, 0.0), -n) for n in named if -n not in {each[1] for each in first}]
        question = [*telling, *faint]
        whole = sum(each.weight for each in question)
        ranked = [self._ranked(-number, worth / total, question, whole, kinds) for worth, number in first]
        ranked = [r._replace(score=r.score + NAMED) if r.number in named else r for r in ranked]
        ranked.sort(key=lambda each: (-each.score, each.number))
        return [each for each in ranked if each.score >= least]

    def knows(self, word: str) -> bool:
        return any(word in table for table in self._all)

    def has(self, number: int, word: str) -> bool:
        return any(has(table.having(word), number) for table in self._all)

    def is_name(self, number: int, word: str) -> bool:
        """Whether the record is called by this word alone, or by one it may be meant for."""
        short = self._tables.short_names
        return any(has(short.having(near), number) for near in self._meant(word).near)

    def _meant(self, word: str) -> Meant:
        spellings = self._tables.spellings
        if self.knows(word):
            near = spellings.near(word, VARIANT, ALIKE)
            near[word] = 1.0
            return Meant(near, self._weight(word))
        near = spellings.near(word, SPELLING)
        likely = max(near, key=lambda known: near[known], default="")
        return Meant(near, self._weight(likely) if likely else UNKNOWN * self._rare)

    def _weight(self, word: str) -> float:
        """How much it tells; what is faint is not found in any table."""
        weight = self._weights.get(word)
        if weight is None:
            having = sum(len(table.having(word)) for table in self._all)
            weight = self._rare - STEEP * math.log(having) if having else FAINT * self._rare
            self._weights[word] = weight
        return weight

    def _covered(self, meant: list[Meant], least: float) -> dict[int, float]:
        """What each record covers: rare words find them, frequent ones only add to what was found.

        A record that has but the words that are left cannot reach `least` any more, nor come near
        the best.
        """
        covered: dict[int, float] = {}
        most = 0.0
        left = sum(each.weight for each in meant)
        for each in sorted(meant, key=self._breadth):
            may_begin = left >= max(least, BEST_SHARE * most) and len(covered) < MOST_CANDIDATES
            left -= each.weight
            for number, worth in self._worth(each, covered, may_begin).items():
                covered[number] = covered.get(number, 0.0) + worth
            most = max(covered.values(), default=0.0)
        return covered

    def _worth(self, meant: Meant, covered: dict[int, float], may_begin: bool) -> dict[int, float]:
        best: dict[int, float] = {}
        for word, likeness in meant.near.items():
            for table, share in zip(self._all, (1.0, OF_ASKED, OF_TEXT), strict=True):
                numbers: Iterable[int] = table.having(word)
                if not may_begin:
                    numbers = [number for number in covered if has(table.having(word), number)]
                worth = meant.weight * likeness * share
                for number in numbers:
                    if best.get(number, 0.0) < worth:
                        best[number] = worth
        return best

    def _breadth(self, meant: Meant) -> int:
        return sum(len(table.having(w)) for table in self._all for w in meant.near)

    def _ranked(self, number: int, share: float, question: list[Meant], total: float, kinds: frozenset[type] = frozenset()) -> Ranked:
        entry = self._tables.entries[number]
        phrasings = self._phrasings.get(number)
        if phrasings is None:
            phrasings = self._phrasings[number] = Phrasings(entry.spoken, self._weight)
        like = phrasings.like(question, total)
        score = COVERED * share + LIKE * like.closest + USUAL * like.usual
        if type(entry.record) in kinds:
            score += OF_ITS_KIND
        if isinstance(entry.record, Organisation) and self._is_called(number, question):
            score += CALLED
        return Ranked(score, number, like.closest)

    def _is_called(self, number: int, question: list[Meant]) -> bool:
        names = self._tables.names
        return any(has(names.having(w), number) for each in question for w in each.near)
