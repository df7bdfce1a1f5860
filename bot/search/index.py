"""Find the record that a question is about, and say how sure that is."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from bot.core.library import Library
from bot.core.prose import without_citations
from bot.core.records import Attack, Organisation, Record
from bot.search.words import words_of

Outcome = Literal["answer", "choices", "none"]

SURE, LIKELY = 0.66, 0.5
MARGIN = 0.08
SPELLING, VARIANT, WHOLE = 0.7, 0.8, 0.9
SHORTEST_WHOLE = 8
"""Confidence above which one brief is the answer, above which some are offered; by how much the
first must lead; how alike (Damerau-Levenshtein) a misspelt word must be to a known one, and a known
one to its variants; how alike a whole question of at least that many letters must be to a name.
Measured on `tests/search/questions.yaml`."""

MOST_CHOICES = 5
MAIN = (Attack, Organisation)
"""What people mostly ask about; other kinds come after these where both would do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question is about: record ids, best first, and how sure the first is (0 to 1)."""

    outcome: Outcome
    ids: tuple[str, ...] = ()
    confidence: float = 0.0


class Index:
    """Words of every record, weighted by how few records have them. Immutable.

    Built from the index `before`, it reads only the records that changed since.
    """

    def __init__(
        self, library: Library, stop_words: Iterable[str], before: "Index | None" = None
    ) -> None:
        self._stop = frozenset(word for line in stop_words for word in words_of(line))
        self._tables: _Tables = (
            before._tables if before and before._stop == self._stop else _Tables({})
        )
        old = self._tables
        entries = {
            record.id: _same(old.entries.get(record.id), record, library)
            or self._entry(record, library)
            for record in library.records.values()
        }
        gone = [each for i, each in old.entries.items() if entries.get(i) is not each]
        come = [each for i, each in entries.items() if old.entries.get(i) is not each]
        self._tables = _Tables(
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
        entries = self._tables.entries
        return sorted(ids, key=lambda each: not isinstance(entries[each].record, MAIN))

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

    def _entry(self, record: Record, library: Library) -> "_Entry":
        names = [words_of(name) for name in record.names()]
        # "Sehwan attack" is "sehwan" too, but "IS-K" is no "k".
        short = [self._telling(n) for n in names] if isinstance(record, Attack) else names
        return _Entry(
            record,
            _leans_on(record, library),
            {"".join(name): 1.0 for name in names if name},
            {"".join(name): 1.0 for name in short if name},
            dict(_weighted_words(record, library)),
        )


class _Entry(NamedTuple):
    """What one record is found by. Names are joined words: "lej alami" is "LeJ-Alami"."""

    record: Record
    leans_on: tuple[Record, ...]
    names: dict[str, float]
    short_names: dict[str, float]
    words: dict[str, float]


class _Postings(dict[str, dict[str, float]]):
    """The records that have a word, and how much it tells of each. Never changed, only copied."""

    def changed(
        self, gone: list[_Entry], come: list[_Entry], keys: Callable[[_Entry], dict[str, float]]
    ) -> "_Postings":
        was = {entry.record.id: keys(entry) for entry in gone}
        now = {entry.record.id: keys(entry) for entry in come}
        after, own = _Postings(self), set[str]()
        for record_id in was.keys() | now.keys():
            before, later = was.get(record_id, {}), now.get(record_id, {})
            for word in before.keys() | later.keys():
                if before.get(word) == later.get(word):
                    continue
                if word not in own:
                    own.add(word)
                    after[word] = dict(after.get(word, {}))
                if word in later:
                    after[word][record_id] = later[word]
                else:
                    del after[word][record_id]
        for word in own:
            if not after[word]:
                del after[word]
        return after


class _Tables(NamedTuple):
    """All that an index holds; shared with the next one as far as nothing changed."""

    entries: dict[str, _Entry]
    names: _Postings = _Postings()
    short_names: _Postings = _Postings()
    words: _Postings = _Postings()


def _same(entry: _Entry | None, record: Record, library: Library) -> _Entry | None:
    """The entry, if neither the record nor what it leans on was read anew."""
    if entry is None or entry.record is not record:
        return None
    same = all(library.records.get(each.id) is each for each in entry.leans_on)
    return entry if same else None


def _leans_on(record: Record, library: Library) -> tuple[Record, ...]:
    claims = record.claims if isinstance(record, Attack) else ()
    return tuple(library.organisation(claim.by) for claim in claims)


def _weighted_words(record: Record, library: Library) -> Iterator[tuple[str, float]]:
    """What a record can be asked by: its names, and less so its place, date, people and text."""
    main = isinstance(record, MAIN)
    of_name, of_text = (1.0, 0.8) if main else (0.9, 0.6)
    telling = [*(words_of(name) for name in record.names()), words_of(record.id)]
    also = [words_of(without_citations(text)) for text in _texts(record, library)]
    importance = {word: of_text for words in also for word in words}
    importance |= {word: of_name for words in telling for word in words}
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
