"""Records by how much of what was asked they cover."""

import math
from collections.abc import Iterable
from heapq import nlargest
from typing import NamedTuple

from bot.core.records import Organisation, Record
from bot.search.likeness import Meant, Phrasings
from bot.search.meanings import Said
from bot.search.postings import among, has
from bot.search.tables import Tables

SPELLING, VARIANT, VARIANT_OF_SOUND = 0.8, 0.95, 0.75
"""How alike (Damerau-Levenshtein) a word must be to a known one that it may be meant for: an
unknown word, one that is known itself, and one that is known and sounds the same."""
OF_ASKED, OF_TEXT = 0.85, 0.8
"""What a word counts beside one in a name that is found in the ways to ask, and in the text."""
COVERED, LIKE, USUAL = 0.4, 0.25, 0.35
"""What the parts of a score count: how much of the question the record covers, how like it is to
the closest phrasing, how usual its words are in all phrasings."""
OF_ITS_KIND, CALLED, NAMED = 0.04, 0.05, 0.15
"""What a record gains whose kind the question speaks of, a group that is called by its name, and
a record of which the question says nothing but the name, or one of the ways to ask for it."""
VERBATIM = 0.97
"""How like a phrasing a question is that differs from it by nothing."""

STEEP = 0.55
"""How much less a frequent word tells than a rare one."""
UNKNOWN, FAINT = 0.6, 0.25
"""What an unknown word counts, and one that questions are asked with, of what the rarest counts.
All of these were measured on `tests/search`, with a part of the ways to ask left out."""

BEST_SHARE = 0.5
"""Records that cover less than this share of what the best one covers are left out."""

MOST_CANDIDATES, MOST_LOOKED_AT = 1000, 25


class Question(NamedTuple):
    """All words, those that say what it is about, the kinds of record that it speaks of, and the
    records whose short name it says."""

    said: Said
    telling: Said
    kinds: frozenset[type[Record]] = frozenset()
    named: frozenset[int] = frozenset()


class Ranked(NamedTuple):
    """How sure it is that a record is meant, and how like the question is to one phrasing."""

    score: float
    number: int
    closeness: float


class Ranking:
    """Records by how well they fit a question; what it works out it keeps for the next one."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rare = 1 + math.log(1 + len(tables.entries))
        self._all = (tables.telling, tables.asked, tables.told)
        self._weights: dict[str, float] = {}
        self._phrasings: dict[int, Phrasings] = {}

    def of(self, question: Question, least: float) -> list[Ranked]:
        """The best of the records that cover at least so much of the question, best first.

        Of many that cover less than half only some are looked at.
        """
        telling = [self._meant(word) for word in question.telling]
        faint = dict.fromkeys(word for word in question.said if word not in question.telling)
        meant = [*telling, *(Meant({word: 1.0}, FAINT * self._rare) for word in faint)]
        total = sum(each.weight for each in telling)
        covered = self._covered(telling, least * total)
        ranked = [
            self._ranked(number, covered.get(number, 0.0) / total, meant, question)
            for number in _first(covered) | question.named
        ]
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
            near = spellings.near(word, VARIANT, VARIANT_OF_SOUND)
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
                having = table.having(word)
                numbers: Iterable[int] = having if may_begin else among(having, covered.keys())
                worth = meant.weight * likeness * share
                for number in numbers:
                    if best.get(number, 0.0) < worth:
                        best[number] = worth
        return best

    def _breadth(self, meant: Meant) -> int:
        return sum(len(table.having(w)) for table in self._all for w in meant.near)

    def _ranked(self, number: int, share: float, meant: list[Meant], question: Question) -> Ranked:
        record = self._tables.entries[number].record
        like = self._phrasings_of(number).like(meant)
        score = COVERED * share + LIKE * like.closest + USUAL * like.usual
        if type(record) in question.kinds:
            score += OF_ITS_KIND
        if isinstance(record, Organisation) and self._is_called(number, meant):
            score += CALLED
        if number in question.named or like.closest >= VERBATIM:
            score += NAMED
        return Ranked(score, number, like.closest)

    def _phrasings_of(self, number: int) -> Phrasings:
        known = self._phrasings.get(number)
        if known is None:
            known = Phrasings(self._tables.entries[number].spoken, self._weight)
            self._phrasings[number] = known
        return known

    def _is_called(self, number: int, meant: list[Meant]) -> bool:
        names = self._tables.names
        return any(has(names.having(word), number) for each in meant for word in each.near)


def _first(covered: dict[int, float]) -> frozenset[int]:
    """Those that cover most; of as many as cover the same the first."""
    some = BEST_SHARE * max(covered.values(), default=0.0)
    best = ((worth, -number) for number, worth in covered.items() if worth >= some)
    return frozenset(-number for _, number in nlargest(MOST_LOOKED_AT, best))
