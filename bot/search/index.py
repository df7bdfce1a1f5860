"""Find the record that a question is about, and say how sure that is."""

from array import array
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from bot.core.finding import NOTHING, Field, Finding, Outcome
from bot.core.letters import words_of
from bot.core.library import Library
from bot.search.asking import LISTS, Asking
from bot.search.entries import COUNTRY, MAIN, Reader, at, joined_short, led_to
from bot.search.filters import MONTHS, Filters, is_year
from bot.search.meanings import MEANINGS, Meanings, Said
from bot.search.phrases import lines_of
from bot.search.ranking import Question, Ranked, Ranking
from bot.search.tables import Tables

SURE, LIKELY = 0.66, 0.15
MARGIN = 0.06
WHOLE = 0.88
SHORTEST_WHOLE = 7
"""Confidence above which one brief is the answer, above which some are offered; by how much the
first must lead; how alike a whole question of at least that many letters must be to a name.
Measured on `tests/search`."""

CLOSE = 0.4
"""The least share of one of its names that must be asked for before a brief is sent."""

MOST_CHOICES, MOST_ATTACKS = 5, 10


class Index:
    """What every record can be found by. Immutable, and asked from any thread.

    Built from the index `before`, it reads only the records that changed since.
    """

    def __init__(
        self, library: Library, stop_words: Iterable[str], before: "Index | None" = None
    ) -> None:
        lists = {name: library.lexicons.get(name, {}) for name in (*LISTS, MEANINGS)}
        self._lists = (lists, frozenset(stop_words))
        if before and before._lists == self._lists:
            self._asking: Asking = before._asking
            self._reader: Reader = before._reader
            self._stop: frozenset[str] = before._stop
            tables = before._tables
        else:
            meanings = Meanings(lines_of(lists, MEANINGS))
            self._asking = Asking(lists)
            self._stop = _stop_words(self._lists[1], self._asking.attacks, meanings)
            self._reader, tables = Reader(self._stop, meanings, self._asking.field), Tables()
        self._tables: Tables = tables.changed(library, self._reader)
        self._ranking = Ranking(self._tables)
        self._filters = Filters(self._tables, self._stop, self._asking.elsewhere)

    def find(self, question: str) -> Finding:
        """What `question` is about; `none` where the records do not cover what it asks.

        It is compared and forgotten: nothing of it is kept.
        """
        words = words_of(question)
        meant = self._meant(words)
        field = self._asking.field(words)
        if not self._called(words, meant):
            if concern := self._asking.concern(words):
                return Finding("none", concern=concern)
            if self._asking.is_no_question(words):
                return NOTHING
        return replace(self._about(words, meant, field), field=field)

    def nearest(self, question: str) -> tuple[str, ...]:
        """The records that share most with `question`, however little."""
        meant = self._meant(words_of(question))
        asked = self._reader.telling(meant)
        return (
            self._ids(self._ranking.of(Question(meant, asked), 0.0)[:MOST_CHOICES]) if asked else ()
        )

    def _meant(self, words: Said) -> Said:
        """What the words mean, and words that nobody knows what they are misspelt from."""
        meanings = self._reader.meanings
        meant = meanings.of_question(_spelt(words))
        if all(map(self._knows, meant)):
            return meant
        known = [word if self._knows(word) else meanings.nearest(word) for word in meant]
        return meanings.of_question(tuple(known))

    def _knows(self, word: str) -> bool:
        known = word in self._stop or word in self._asking.decisive
        return known or self._ranking.knows(word)

    def _about(self, words: Said, meant: Said, field: Field | None) -> Finding:
        if whole := self._called(words, meant):
            return self._named([*whole])
        asked = self._reader.telling(meant)
        filtered = self._filtered(words, meant)
        if filtered and len(filtered.ids) > 1 and not self._asking.listed.isdisjoint(words):
            return filtered
        short = self._tables.short_names.having(joined_short(asked)) if asked else ()
        named = frozenset(number for number in short if self._asks_for(number, field))
        if filtered and filtered.ids and not named:
            return filtered
        found = self._covering(meant, asked, field, named) if asked else NOTHING
        if filtered and not named:  # by something that no attack has
            return replace(found, outcome="choices") if found.ids else NOTHING
        return found if found.confidence >= SURE else self._named_almost(words) or found

    def _called(self, words: Said, meant: Said) -> "array[int]":
        """The records whose name the whole question is."""
        names = self._tables.names
        return names.having("".join(words)) or names.having("".join(meant))

    def _covering(
        self, meant: Said, asked: Said, field: Field | None, named: frozenset[int]
    ) -> Finding:
        """The records that have most of what is asked; a brief only where one is sure."""
        question = Question(meant, asked, self._asking.kinds(meant), named)
        ranked = self._ranking.of(question, LIKELY / 2)
        found = _finding([(each.score, self._id(each.number)) for each in ranked])
        if ranked and ranked[0].number in named:
            return found
        if found.outcome == "answer" and not self._is_enough(asked, ranked[0], field):
            return replace(found, outcome="choices")
        return found

    def _asks_for(self, number: int, field: Field | None) -> bool:
        """Whether the record may tell what is asked: "why isis failed" does not tell when."""
        fields = self._tables.entries[number].fields
        return not field or not fields or field in fields

    def _filtered(self, words: Said, meant: Said) -> Finding | None:
        """The attacks of a year, month, place or group, where nothing else is asked."""
        dated = any(is_year(word) or word in MONTHS for word in meant)
        if not dated and self._asking.attacks.isdisjoint(words):
            return None
        wanted = self._filters.in_question(meant)
        if wanted == [] and not self._asking.listed.isdisjoint(words):
            wanted = [[at(COUNTRY)]]  # "recent attacks"
        if not wanted:
            return None
        ids, number = self._filters.attacks(wanted, MOST_ATTACKS)
        if not ids:
            return NOTHING
        alone = number == 1 and len(wanted) > 1
        return Finding("answer" if alone else "choices", tuple(ids), 1.0)

    def _named_almost(self, words: Said) -> Finding | None:
        """What the whole question names but for a letter or two."""
        joined = "".join(words)
        if len(joined) < SHORTEST_WHOLE:
            return None
        near = self._tables.name_spellings.near(joined, WHOLE)
        if not near:
            return None
        best = max(near, key=lambda name: near[name])
        return self._named([*self._tables.names.having(best)], near[best])

    def _named(self, numbers: list[int], likeness: float = 1.0) -> Finding:
        """Records that share a name: main kinds first, then those that others lead to most."""
        entries, marks = self._tables.entries, self._tables.marks

        def order(number: int) -> tuple[bool, int]:
            record = entries[number].record
            return not isinstance(record, MAIN), -len(marks.having(led_to(record.id)))

        return _finding([(likeness, self._id(number)) for number in sorted(numbers, key=order)])

    def _is_enough(self, asked: Said, first: Ranked, field: Field | None) -> bool:
        """Whether the record has what tells one matter from another: years, places elsewhere.

        One word is enough for a brief where it is a name by itself: "sehwan", not "hospital".
        """
        number, ranking = first.number, self._ranking
        decisive = (w for w in asked if is_year(w) or w in self._asking.decisive)
        if not all(ranking.has(number, word) for word in decisive):
            return False
        if first.closeness < CLOSE or not self._asks_for(number, field):
            return False
        return len(asked) > 1 or ranking.is_name(number, asked[0])

    def _id(self, number: int) -> str:
        return self._tables.entries[number].record.id

    def _ids(self, ranked: Iterable[Ranked]) -> Said:
        return tuple(self._id(each.number) for each in ranked)


def _stop_words(
    lines: Iterable[str], attacks: frozenset[str], meanings: Meanings
) -> frozenset[str]:
    """Words that a question is asked with, and those that stand for them."""
    stop = attacks.union(*map(words_of, lines))
    return stop.union(*(meanings.of((word,)) for word in stop))


def _spelt(words: Said) -> Said:
    """The words, with three letters or more that stand alone as one word: "t t p" is "ttp"."""
    said: list[str] = []
    for alone, run in groupby(words, key=lambda word: len(word) == 1 and word.isalpha()):
        letters = [*run]
        said += ["".join(letters)] if alone and len(letters) > 2 else letters
    return tuple(said)


def _finding(ranked: list[tuple[float, str]]) -> Finding:
    likely = [(score, record_id) for score, record_id in ranked if score >= LIKELY]
    if not likely:
        return Finding("none", confidence=round(ranked[0][0], 3) if ranked else 0.0)
    first = likely[0][0]
    leads = len(likely) == 1 or first - likely[1][0] >= MARGIN
    outcome: Outcome = "answer" if first >= SURE and leads else "choices"
    ids = tuple(record_id for _, record_id in likely[:MOST_CHOICES])
    return Finding(outcome, ids, round(min(first, 1.0), 3))
