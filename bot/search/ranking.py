"""Records by how much of what was asked they cover."""

import math
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple

from bot.core.records import Attack, Event, Narrative, Organisation, Topic
from bot.search.meanings import Said
from bot.search.postings import has
from bot.search.tables import Tables

SPELLING, VARIANT = 0.75, 0.85
"""How alike (Damerau-Levenshtein) a word must be to a known one that it may be meant for: an
unknown word, and one that is known itself."""
OF_TEXT = 0.6
"""What a word found in the text counts beside one in a name."""
OF_KIND = {Attack: 1.0, Organisation: 1.0, Narrative: 0.95, Topic: 0.95, Event: 0.88}
OF_OTHER_KINDS = 0.7
"""What kinds count: quizzes and campaigns are asked for by their names alone."""
CLOSENESS = 0.2
"""How much it counts that nothing else stands in the name."""

BEST_SHARE = 0.5
"""Records that cover less than this share of what the best one covers are left out."""

MOST_CANDIDATES, MOST_LOOKED_AT = 1500, 12


class Ranked(NamedTuple):
    """How sure it is that a record is meant, and how much of one of its names was asked for."""

    score: float
    number: int
    closeness: float


class Meant(NamedTuple):
    """A word of the question: the known words it may stand for, how alike each is, its weight."""

    near: dict[str, float]
    weight: float


class Ranking:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rare = 1 + math.log(1 + len(tables.entries))

    def of(self, asked: tuple[str, ...], least: float) -> list[Ranked]:
        """The best of the records that cover at least so much, best first.

        Of many that cover less than half only some are looked at.
        """
        meant = [self._meant(word) for word in asked]
        total = sum(each.weight for each in meant)
        covered = self._covered(meant, least * total)
        some = BEST_SHARE * max(covered.values(), default=0.0)
        best = ((worth, -number) for number, worth in covered.items() if worth >= some)
        first = nlargest(MOST_LOOKED_AT, best)
        ranked = [self._ranked(-number, worth / total, meant) for worth, number in first]
        ranked.sort(key=lambda each: (-each.score, each.number))
        return [each for each in ranked if each.score >= least]

    def knows(self, word: str) -> bool:
        return word in self._tables.telling or word in self._tables.told

    def has(self, number: int, word: str) -> bool:
        tables = (self._tables.telling, self._tables.told)
        return any(has(table.having(word), number) for table in tables)

    def is_name(self, number: int, word: str) -> bool:
        """Whether the record is called by this word alone, or by one it may be meant for."""
        short = self._tables.short_names
        return any(has(short.having(near), number) for near in self._meant(word).near)

    def _meant(self, word: str) -> Meant:
        tables = self._tables
        known = self.knows(word)
        near = tables.spellings.near(word, VARIANT if known else SPELLING)
        if known:
            near[word] = 1.0
        return Meant(near, max(map(self._weight, near), default=self._rare))

    def _weight(self, word: str) -> float:
        having = len(self._tables.telling.having(word)) + len(self._tables.told.having(word))
        return self._rare - math.log(max(1, having))

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
            for table, share in ((self._tables.telling, 1.0), (self._tables.told, OF_TEXT)):
                numbers: Iterable[int] = table.having(word)
                if not may_begin:
                    numbers = [number for number in covered if has(table.having(word), number)]
                worth = meant.weight * likeness * share
                for number in numbers:
                    if best.get(number, 0.0) < worth:
                        best[number] = worth
        return best

    def _breadth(self, meant: Meant) -> int:
        tables = self._tables
        return sum(len(tables.telling.having(w)) + len(tables.told.having(w)) for w in meant.near)

    def _ranked(self, number: int, share: float, meant: list[Meant]) -> Ranked:
        entry = self._tables.entries[number]
        kind = OF_KIND.get(type(entry.record), OF_OTHER_KINDS)
        closeness = max(self._closeness(entry.spoken, meant), default=0.0)
        return Ranked(share * kind * (1 - CLOSENESS) + CLOSENESS * closeness, number, closeness)

    def _closeness(self, names: Iterable[Said], meant: list[Meant]) -> Iterator[float]:
        """For each name the share of its words that were asked for."""
        for name in names:
            shared = sum(each.weight for each in meant if not each.near.keys().isdisjoint(name))
            if shared:
                yield min(1.0, shared / sum(map(self._weight, name)))
