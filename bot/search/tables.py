"""All that an index holds; shared with the next one as far as nothing changed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bot.core.library import Library
from bot.search.entries import Entry, Keys, Reader, same_entry
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

    def changed(self, library: Library, reader: Reader) -> "Tables":
        """The tables of `library`; only the records that changed are read."""
        entries: dict[int, Entry] = {}
        come: dict[int, Keys] = {}
        above = self.above
        for record in library.records.values():
            number = self.numbers.get(record.id, -1)
            if same := same_entry(self.entries.get(number), record, library):
                entries[number] = same
            else:
                entries[above], come[above] = reader.read(record, library)
                above += 1
        left = self.entries.keys() - entries.keys()
        gone = {number: reader.read_again(self.entries[number]) for number in left}
        tables = {
            name: getattr(self, name).changed(_each(gone, name), _each(come, name))
            for name in Keys._fields
        }
        telling = tables["telling"]
        lost = {w for keys in gone.values() for w in keys.telling if w not in telling}
        new = {w for keys in come.values() for w in keys.telling if w not in self.telling}
        return Tables(
            entries=entries,
            numbers={entry.record.id: number for number, entry in entries.items()},
            above=above,
            spellings=self.spellings.changed(lost, new),
            **tables,
        )


def _each(keys: dict[int, Keys], name: str) -> dict[int, frozenset[str]]:
    return {number: getattr(of, name) for number, of in keys.items()}
