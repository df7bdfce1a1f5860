"""Find the record that a question is about, and say how sure that is."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.core.library import Library
from bot.core.prose import without_citations
from bot.core.records import Attack, Record
from bot.search.words import words_of

Outcome = Literal["answer", "choices", "none"]

SURE, LIKELY = 0.66, 0.5
MARGIN = 0.08
SPELLING, VARIANT = 0.7, 0.8
"""Confidence above which one brief is the answer, above which some are offered; by how much the
first must lead; how alike (Damerau-Levenshtein) a misspelt word must be to a known one, and a known
one to its variants. Measured on `tests/search/questions.yaml`."""

MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question is about: record ids, best first, and how sure the first is (0 to 1)."""

    outcome: Outcome
    ids: tuple[str, ...] = ()
    confidence: float = 0.0


class Index:
    """Words of every record, weighted by how few records have them. Immutable."""

    def __init__(
        self, library: Library, stop_words: Iterable[str], before: "Index | None" = None
    ) -> None:
        self._stop = frozenset(word for line in stop_words for word in words_of(line))
        self._names, self._short_names = _Names(), _Names()
        self._records: dict[str, dict[str, float]] = {}
        for record in library.records.values():
            for name in map(words_of, record.names()):
                self._names.add(name, record.id)
                # "Sehwan attack" is "sehwan" too, but "IS-K" is no "k".
                short = self._telling(name) if isinstance(record, Attack) else name
                self._short_names.add(short, record.id)
            self._records[record.id] = dict(_weighted_words(record, library))
        spread = Counter(word for known in self._records.values() for word in known)
        self._rare = 1 + math.log(1 + len(self._records))
        self._weight = {word: self._rare - math.log(count) for word, count in spread.items()}
        self._vocabulary = tuple(self._weight)

    def find(self, question: str) -> Finding:
        """What `question` is about; `none` where the records do not cover what it asks."""
        words = words_of(question)
        asked = self._telling(words)
        if named := self._names.find(words) or self._short_names.find(asked):
            return _finding([(1.0, record_id) for record_id in named])
        if not asked:
            return Finding("none")
        found = _finding(self._ranked(asked))
        if found.outcome == "answer" and not self._is_enough(asked, found.ids[0]):
            return replace(found, outcome="choices")
        return found

    def nearest(self, question: str) -> tuple[str, ...]:
        """The records that share most with `question`, however little."""
        ranked = self._ranked(self._telling(words_of(question)))
        return tuple(record_id for _, record_id in ranked[:MOST_CHOICES])

    def _telling(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words that say what is asked about, each once."""
        return tuple(dict.fromkeys(word for word in words if word not in self._stop))

    def _is_enough(self, asked: tuple[str, ...], record_id: str) -> bool:
        """One word is enough for a brief where it is a name by itself: "sehwan", not "hospital"."""
        near = self._known(asked[0])
        return len(asked) > 1 or any(record_id in self._short_names.find((word,)) for word in near)

    def _ranked(self, asked: tuple[str, ...]) -> list[tuple[float, str]]:
        """Records by the share of what was asked that they cover, best first."""
        known = [self._known(word) for word in asked]
        total = sum(
            max((self._weight[word] for word in near), default=self._rare) for near in known
        )
        covered: Counter[str] = Counter()
        for near in known:
            best: Counter[str] = Counter()
            for word, likeness in near.items():
                for record_id, importance in self._records_with(word):
                    score = self._weight[word] * likeness * importance
                    best[record_id] = max(best[record_id], score)  # type: ignore[assignment]
            covered.update(best)
        return sorted(
            ((share / total, i) for i, share in covered.items()), key=lambda x: (-x[0], x[1])
        )

    def _known(self, word: str) -> dict[str, float]:
        """Known words that `word` may be meant for, and how alike each is."""
        known = word in self._weight
        if len(word) < 4 or word.isdigit():
            return {word: 1.0} if known else {}
        scorer = DamerauLevenshtein.normalized_similarity
        least = VARIANT if known else SPELLING
        near = process.extract(word, self._vocabulary, scorer=scorer, score_cutoff=least, limit=4)
        return {found: likeness for found, likeness, _ in near if not found.isdigit()}

    def _records_with(self, word: str) -> Iterator[tuple[str, float]]:
        for record_id, known in self._records.items():
            if importance := known.get(word):
                yield record_id, importance


class _Names:
    """Record ids by the words of a name, however these are joined: "lej alami", "LeJ-Alami"."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = {}

    def add(self, name: tuple[str, ...], record_id: str) -> None:
        ids = self._ids.setdefault("".join(name), [])
        if record_id not in ids:
            ids.append(record_id)

    def find(self, name: tuple[str, ...]) -> list[str]:
        return self._ids.get("".join(name), []) if name else []


def _weighted_words(record: Record, library: Library) -> Iterator[tuple[str, float]]:
    """What a record can be asked by: its names, and less so its place, date, people and text."""
    telling = [*(words_of(name) for name in record.names()), words_of(record.id)]
    also = [words_of(without_citations(text)) for text in _texts(record, library)]
    importance = {word: 0.8 for words in also for word in words}
    importance |= {word: 1.0 for words in telling for word in words}
    yield from importance.items()


def _texts(record: Record, library: Library) -> Iterator[str]:
    texts = [record.summary]
    if isinstance(record, Attack):
        yield f"{record.date:%Y %B %d}"
        yield record.place.province
        texts += [record.place.name, record.victims]
        for claim in record.claims:
            yield from library.organisation(claim.by).names()
    for text in texts:
        yield text.en
        yield text.ur or ""


def _finding(ranked: list[tuple[float, str]]) -> Finding:
    likely = [(score, record_id) for score, record_id in ranked if score >= LIKELY]
    if not likely:
        return Finding("none", confidence=round(ranked[0][0], 3) if ranked else 0.0)
    first = likely[0][0]
    leads = len(likely) == 1 or first - likely[1][0] >= MARGIN
    outcome: Outcome = "answer" if first >= SURE and leads else "choices"
    ids = tuple(record_id for _, record_id in likely[:MOST_CHOICES])
    return Finding(outcome, ids, round(min(first, 1.0), 3))
