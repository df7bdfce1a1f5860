"""Find the record that a question is about, and say how sure that is."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from bot.core.finding import Finding, Outcome
from bot.core.letters import words_of
from bot.core.library import Library
from bot.search.entries import MAIN, entry_of, same_entry
from bot.search.postings import Tables

SURE, LIKELY = 0.66, 0.5
MARGIN = 0.08
SPELLING, VARIANT, WHOLE = 0.7, 0.8, 0.9
SHORTEST_WHOLE = 8
"""Confidence above which one brief is the answer, above which some are offered; by how much the
first must lead; how alike (Damerau-Levenshtein) a misspelt word must be to a known one, and a known
one to its variants; how alike a whole question of at least that many letters must be to a name.
Measured on `tests/search/questions.yaml`."""

MOST_CHOICES = 5


class Index:
    """Words of every record, weighted by how few records have them. Immutable.

    Built from the index `before`, it reads only the records that changed since.
    """

    def __init__(
        self, library: Library, stop_words: Iterable[str], before: "Index | None" = None
    ) -> None:
        self._stop = frozenset(word for line in stop_words for word in words_of(line))
        self._tables: Tables = (
            before._tables if before and before._stop == self._stop else Tables({})
        )
        old = self._tables
        entries = {
            record.id: same_entry(old.entries.get(record.id), record, library)
            or entry_of(record, library, self._telling)
            for record in library.records.values()
        }
        gone = [each for i, each in old.entries.items() if entries.get(i) is not each]
        come = [each for i, each in entries.items() if old.entries.get(i) is not each]
        self._tables = Tables(
            entries,
            old.names.changed(gone, come, lambda entry: entry.names),
            old.short_names.changed(gone, come, lambda entry: entry.short_names),
            old.words.changed(gone, come, lambda entry: entry.words),
        )
        self._rare = 1 + math.log(1 + len(entries))
        self._weight = {
            word: self._rare - math.log(len(having)) for word, having in self._tables.words.items()
        }
        self._vocabulary = tuple(self._weight)

    def find(self, question: str) -> Finding:
        """What `question` is about; `none` where the records do not cover what it asks."""
        words = words_of(question)
        asked = self._telling(words)
        if named := self._named(words, asked):
            return _finding([(1.0, record_id) for record_id in self._main_first(named)])
        if not asked:
            return Finding("none")
        found = _finding(self._ranked(asked))
        if found.outcome == "answer" and self._is_enough(asked, found.ids[0]):
            return found
        if misspelt := self._named_almost(words):
            return misspelt
        return replace(found, outcome="choices") if found.outcome == "answer" else found

    def _named(self, words: tuple[str, ...], asked: tuple[str, ...]) -> list[str]:
        """The records whose name the whole question is, or is but for the words of asking."""
        names = self._tables.names.get("".join(words), {}) if words else {}
        return list(names or (self._tables.short_names.get("".join(asked), {}) if asked else {}))

    def _named_almost(self, words: tuple[str, ...]) -> Finding | None:
        """What the whole question names but for a letter or two."""
        joined, names = "".join(words), self._tables.names
        if len(joined) < SHORTEST_WHOLE:
            return None
        scorer = Levenshtein.normalized_similarity
        near = process.extractOne(joined, names.keys(), scorer=scorer, score_cutoff=WHOLE)
        if near is None:
            return None
        return _finding([(near[1], each) for each in self._main_first(list(names[near[0]]))])

    def _main_first(self, ids: list[str]) -> list[str]:
        """Records that share a name: main kinds first, then those that others lead to most."""
        if len(ids) == 1:
            return ids
        records = [entry.record for entry in self._tables.entries.values()]
        led_to = Counter(other for record in records for other in record.related)
        kinds = {each.id: not isinstance(each, MAIN) for each in records if each.id in ids}
        return sorted(ids, key=lambda each: (kinds[each], -led_to[each]))

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
        return len(asked) > 1 or any(
            record_id in self._tables.short_names.get(word, ()) for word in near
        )

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
                for record_id, importance in self._tables.words[word].items():
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


def _finding(ranked: list[tuple[float, str]]) -> Finding:
    likely = [(score, record_id) for score, record_id in ranked if score >= LIKELY]
    if not likely:
        return Finding("none", confidence=round(ranked[0][0], 3) if ranked else 0.0)
    first = likely[0][0]
    leads = len(likely) == 1 or first - likely[1][0] >= MARGIN
    outcome: Outcome = "answer" if first >= SURE and leads else "choices"
    ids = tuple(record_id for _, record_id in likely[:MOST_CHOICES])
    return Finding(outcome, ids, round(min(first, 1.0), 3))
