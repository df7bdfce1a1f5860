"""All that an index holds; shared with the next one as far as nothing changed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bot.core.library import Library
from bot.search.entries import Entry, Reader, same_entry
from bot.search.postings import Postings
from bot.search.spelling import Spellings


class Tables(NamedTuple):
    """Entries by number, the number of each record, and who has which word.

    A record that was read anew gets a new number, above all that there were.
    """

    entries: Mapping[int, Entry] = MappingProxyType({})
    numbers: Mapping[str, int] = MappingProxyType({})
    above: int = 0
    names: Postings = Postings()
    short_names: Postings = Postings()
    telling: Postings = Postings()
    told: Postings = Postings()
    marks: Postings = Postings()
    spellings: Spellings = Spellings()
    name_spellings: Spellings = Spellings()

    def changed(self, library: Library, reader: Reader) -> "Tables":
        """The tables of `library`; only the records that changed are read."""
        stay: dict[int, Entry] = {}
        come: dict[int, Entry] = {}
        above = self.above
        for record in library.records.values():
            number = self.numbers.get(record.id, -1)
            if same := same_entry(self.entries.get(number), record, library):
                stay[number] = same
            else:
                come[above] = reader.entry_of(record, library)
                above += 1
        gone = {number: entry for number, entry in self.entries.items() if number not in stay}
        entries = stay | come
        telling = self.telling.changed(*_keys(gone, come, "telling"))
        names = self.names.changed(*_keys(gone, come, "names"))
        return Tables(
            entries,
            {entry.record.id: number for number, entry in entries.items()},
            above,
            names,
            self.short_names.changed(*_keys(gone, come, "short_names")),
            telling,
            self.told.changed(*_keys(gone, come, "told")),
            self.marks.changed(*_keys(gone, come, "marks")),
            self.spellings.changed(*_differing(self.telling, telling, gone, come, "telling")),
            self.name_spellings.changed(*_differing(self.names, names, gone, come, "names")),
        )


Entries = dict[int, Entry]
Kept = dict[int, frozenset[str]]


def _keys(gone: Entries, come: Entries, what: str) -> tuple[Kept, Kept]:
    return _each(gone, what), _each(come, what)


def _each(entries: Entries, what: str) -> Kept:
    return {number: getattr(entry, what) for number, entry in entries.items()}


def _differing(
    before: Postings, after: Postings, gone: Entries, come: Entries, what: str
) -> tuple[set[str], set[str]]:
    """The words that nobody has any more, and those that nobody had."""
    lost = {word for entry in gone.values() for word in getattr(entry, what) if word not in after}
    new = {word for entry in come.values() for word in getattr(entry, what) if word not in before}
    return lost, new
