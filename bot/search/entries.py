"""What each record can be found by."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.core.letters import words_of
from bot.core.library import Library
from bot.core.prose import without_citations
from bot.core.records import Attack, Organisation, Record

MAIN = (Attack, Organisation)
"""What people mostly ask about; other kinds come after these where both would do."""

Telling = Callable[[tuple[str, ...]], tuple[str, ...]]


class Entry(NamedTuple):
    """What one record is found by. Names are joined words: "lej alami" is "LeJ-Alami"."""

    record: Record
    leans_on: tuple[Record, ...]
    names: dict[str, float]
    short_names: dict[str, float]
    words: dict[str, float]


def entry_of(record: Record, library: Library, telling: Telling) -> Entry:
    """The entry of a record; `telling` leaves out the words that questions are asked with."""
    names = [words_of(name) for name in record.names()]
    # "Sehwan attack" is "sehwan" too, but "IS-K" is no "k".
    short = [telling(name) for name in names] if isinstance(record, Attack) else names
    return Entry(
        record,
        _leans_on(record, library),
        {"".join(name): 1.0 for name in names if name},
        {"".join(name): 1.0 for name in short if name},
        dict(_weighted_words(record, library)),
    )


def same_entry(entry: Entry | None, record: Record, library: Library) -> Entry | None:
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
