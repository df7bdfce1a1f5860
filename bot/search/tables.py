"""All that an index holds; shared with the next one as far as nothing changed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bot.core.garbage import nothing_to_throw_away
from bot.core.library import Library
from bot.search.entries import Entry, Keys, Reader, same_entry
from bot.search.postings import Change, Postings
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
    asked: Postings = Postings()
    told: Postings = Postings()
    marks: Postings = Postings()
    spellings: Spellings = Spellings()
    name_spellings: Spellings = Spellings()

    def changed(self, library: Library, reader: Reader) -> "Tables":
        """The tables of `library`; only the records that changed are read."""
        with nothing_to_throw_away():
            return self._changed(library, reader)

    def _changed(self, library: Library, reader: Reader) -> "Tables":
        entries: dict[int, Entry] = {}
        changes = {name: Change(getattr(self, name)) for name in Keys._fields}
        words, names = set[str](), set[str]()
        above = self.above
        for record in library.records.values():
            number = self.numbers.get(record.id, -1)
            if same := same_entry(self.entries.get(number), record, library):
                entries[number] = same
                continue
            entries[above], keys = reader.read(record, library)
            words |= keys.telling | keys.asked
            names |= keys.names
            for name, change in changes.items():
                change.add(above, getattr(keys, name))
            above += 1
        for number in self.entries.keys() - entries.keys():
            keys = reader.read_again(self.entries[number])
            words |= keys.telling | keys.asked
            names |= keys.names
            for name, change in changes.items():
                change.drop(number, getattr(keys, name))
        made = {name: change.made() for name, change in changes.items()}
        return Tables(
            entries=entries,
            numbers={entry.record.id: number for number, entry in entries.items()},
            above=above,
            spellings=self.spellings.changed(
                *_differing(words, (self.telling, self.asked), (made["telling"], made["asked"]))
            ),
            name_spellings=self.name_spellings.changed(
                *_differing(names, (self.names,), (made["names"],)), by_sound=False
            ),
            **made,
        )


def _differing(
    words: set[str], before: tuple[Postings, ...], after: tuple[Postings, ...]
) -> tuple[set[str], set[str]]:
    """Of some words those that nobody has any more, and those that nobody had."""
    had = set[str]().union(*(words & table.keys() for table in before))
    have = set[str]().union(*(words & table.keys() for table in after))
    return had - have, have - had
