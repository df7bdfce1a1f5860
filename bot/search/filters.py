"""Questions that ask for attacks by year, month, place or group: "attacks in Quetta 2016"."""

from array import array
from calendar import month_name
from collections.abc import Iterator
from heapq import nlargest

from bot.core.records import Attack, Organisation
from bot.search.entries import at, by
from bot.search.tables import Tables

MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
LONGEST_NAME = 5
"""Words of a group's name that are looked at together."""

Alternatives = list[str]
"""Marks of which an attack has at least one."""


def is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


class Filters:
    """Looks for what attacks are filtered by."""

    def __init__(self, tables: Tables, stop: frozenset[str], elsewhere: frozenset[str]) -> None:
        """`stop` are words to pass over, `elsewhere` places where no attack need be known."""
        self._tables, self._stop, self._elsewhere = tables, stop, elsewhere

    def in_question(self, meant: tuple[str, ...]) -> list[Alternatives] | None:
        """What these words filter by; nothing if they also say something else."""
        dates: dict[str, Alternatives] = {}
        wanted: list[Alternatives] = []
        place = 0
        while place < len(meant):
            word = meant[place]
            groups, length = self._groups_at(meant, place)
            if groups:
                wanted.append(groups)
            elif mark := _date_mark(word):
                dates.setdefault(mark.split()[0], []).append(mark)
            elif word not in self._stop:
                if not (found := self._place(word)):
                    return None
                wanted.append(found)
            place += length
        if "day" in dates and "month" not in dates:
            return None
        return [*map(_whole_range, dates.values()), *wanted]

    def attacks(self, wanted: list[Alternatives], most: int) -> tuple[list[str], int]:
        """The attacks that have every mark, claimed ones and late ones first; and their number."""
        either = [self._any_of(marks) for marks in wanted]
        either.sort(key=len)
        found = sorted(set(either[0]).intersection(*either[1:]))
        entries = self._tables.entries
        first = nlargest(most, found, key=lambda n: _order(entries[n].record, wanted))
        return [entries[number].record.id for number in first], len(found)

    def _any_of(self, marks: Alternatives) -> "array[int]":
        lists = [self._tables.marks.having(mark) for mark in marks]
        return lists[0] if len(lists) == 1 else array("I", sorted(set().union(*lists)))

    def _groups_at(self, meant: tuple[str, ...], place: int) -> tuple[Alternatives, int]:
        """The groups that a name beginning here means, and its length in words."""
        for length in range(min(LONGEST_NAME, len(meant) - place), 0, -1):
            if length == 1 and meant[place] in self._stop:
                continue
            named = self._tables.names.having("".join(meant[place : place + length]))
            if ids := list(self._groups(named)):
                return ids, length
        return [], 1

    def _groups(self, named: "array[int]") -> Iterator[str]:
        for number in named:
            record = self._tables.entries[number].record
            if isinstance(record, Organisation):
                yield by(record.id)

    def _place(self, word: str) -> Alternatives:
        known = at(word)
        if known in self._tables.marks or word in self._elsewhere:
            return [known]
        near = self._tables.spellings.near(word, 0.8) if word not in self._tables.telling else {}
        return [at(other) for other in near if at(other) in self._tables.marks][:1]


def _date_mark(word: str) -> str:
    if is_year(word):
        return f"year {word}"
    if word in MONTHS:
        return f"month {MONTHS[word]}"
    return f"day {int(word)}" if word.isdecimal() and len(word) < 3 else ""


def _whole_range(marks: Alternatives) -> Alternatives:
    """Two years stand for those between them too."""
    kind, first = marks[0].split()
    if kind != "year" or len(marks) != 2:
        return marks
    years = sorted((int(first), int(marks[1].split()[1])))
    return [f"year {year}" for year in range(years[0], years[1] + 1)]


def _order(record: object, wanted: list[Alternatives]) -> tuple[bool, object]:
    assert isinstance(record, Attack)  # noqa: S101  # nothing else has such marks
    marks = {mark for each in wanted for mark in each}
    return any(by(claim.by) in marks for claim in record.claims), record.date
