"""Which records have a word; shared from one index to the next as far as nothing changed."""

from collections.abc import Callable
from typing import NamedTuple

from bot.search.entries import Entry


class Postings(dict[str, dict[str, float]]):
    """The records that have a word, and how much it tells of each. Never changed, only copied."""

    def changed(
        self, gone: list[Entry], come: list[Entry], keys: Callable[[Entry], dict[str, float]]
    ) -> "Postings":
        was = {entry.record.id: keys(entry) for entry in gone}
        now = {entry.record.id: keys(entry) for entry in come}
        after, own = Postings(self), set[str]()
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


class Tables(NamedTuple):
    """All that an index holds; shared with the next one as far as nothing changed."""

    entries: dict[str, Entry]
    names: Postings = Postings()
    short_names: Postings = Postings()
    words: Postings = Postings()
