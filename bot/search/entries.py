"""What each record can be found by."""

from calendar import month_name
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from bot.core.finding import Field
from bot.core.letters import words_of
from bot.core.library import Library
from bot.core.prose import without_citations
from bot.core.records import Attack, Event, Narrative, Organisation, Record, Text
from bot.search.meanings import Meanings, Said

MAIN = (Attack, Organisation)
"""What people mostly ask about; other kinds come after these where both would do."""

MOST_PLACES = 1000
"""Towns and provinces whose words are remembered while records are read."""

MONTH_NAMES = (*month_name,)

COUNTRY = "pakistan"
"""Where every attack is."""


class Entry(NamedTuple):
    """What is kept of one record: the words of each of its names and of each way to ask for it, and
    what the names ask for.

    "Why isis failed" does not tell when.
    """

    record: Record
    leans_on: tuple[Record, ...]
    spoken: tuple[Said, ...]
    fields: frozenset[Field]


class Keys(NamedTuple):
    """What one record is found by.

    `names`, one of them the id, and `short_names` are joined words: "lejalami" is "LeJ-Alami";
    those of a short name stand in the order of the alphabet. `telling` are the words of its names,
    `asked` those of the ways to ask for it, `told` those of its text. `marks` are what attacks are
    filtered by, and which records it leads to.
    """

    names: frozenset[str]
    short_names: frozenset[str]
    telling: frozenset[str]
    asked: frozenset[str]
    told: frozenset[str]
    marks: frozenset[str]


class Reader:
    """Reads records; leaves out the words that questions are asked with."""

    def __init__(
        self, stop: frozenset[str], meanings: Meanings, field: Callable[[Said], Field | None]
    ) -> None:
        self._stop, self.meanings, self._field = stop, meanings, field
        self._marks_of_place = lru_cache(MOST_PLACES)(self._marks_of)

    def telling(self, meant: Iterable[str]) -> Said:
        """The words that say what is asked about, each once."""
        return tuple(dict.fromkeys(word for word in meant if word not in self._stop))

    def read(self, record: Record, library: Library) -> tuple[Entry, Keys]:
        return self._read(record, _leans_on(record, library))

    def read_again(self, entry: Entry) -> Keys:
        """What a record was found by, which is not kept."""
        return self._read(entry.record, entry.leans_on)[1]

    def _read(self, record: Record, leans_on: tuple[Record, ...]) -> tuple[Entry, Keys]:
        written = [words_of(name) for name in record.names()]
        meant = [self.meanings.of(words) for words in written]
        spoken = {frozenset(name) - self._stop for name in meant}
        # "Sehwan attack" is "sehwan" too, but "IS-K" is no "k".
        short = map(frozenset, meant) if isinstance(record, Organisation) else spoken
        least = 1 if isinstance(record, MAIN) else 2
        asking = () if isinstance(record, MAIN) else map(self._field, written)
        asked = {self.meanings.of_question(words_of(line)) for line in record.asked}
        telling = self._words(record.id).union(*spoken)
        in_asked = frozenset().union(*asked) - self._stop
        told = map(self._words, _texts(record, leans_on))
        entry = Entry(
            record,
            leans_on,
            tuple(tuple(map(intern, dict.fromkeys(said))) for said in {*meant, *asked} if said),
            frozenset(filter(None, asking)),
        )
        return entry, Keys(
            frozenset(["".join(name) for name in (*written, *meant, words_of(record.id)) if name]),
            frozenset([joined_short(name) for name in short if len(name) >= least]),
            telling,
            in_asked - telling,
            frozenset().union(*told) - telling - in_asked,
            frozenset(self._marks(record)),
        )

    def _words(self, text: str) -> frozenset[str]:
        return frozenset(self.meanings.of(words_of(text))) - self._stop

    def _marks(self, record: Record) -> Iterator[str]:
        for other in record.related:
            yield led_to(other)
        if isinstance(record, Attack):
            yield at(COUNTRY)
            yield f"year {record.date.year}"
            yield f"month {record.date.month}"
            yield f"day {record.date.day}"
            yield from map(by, record.named())
            for place in _places(record):
                yield from self._marks_of_place(place)

    def _marks_of(self, place: str) -> frozenset[str]:
        return frozenset(map(at, self._words(place)))


def led_to(record_id: str) -> str:
    return f"to {record_id}"


def by(organisation: str) -> str:
    return f"by {organisation}"


def at(place: str) -> str:
    return f"at {place}"


def joined_short(words: Iterable[str]) -> str:
    return "".join(sorted(words))


def same_entry(entry: Entry | None, record: Record, library: Library) -> Entry | None:
    """The entry, if neither the record nor what it leans on was read anew."""
    if entry is None or entry.record is not record:
        return None
    same = all(library.records.get(each.id) is each for each in entry.leans_on)
    return entry if same else None


def _leans_on(record: Record, library: Library) -> tuple[Record, ...]:
    claims = record.claims if isinstance(record, Attack) else ()
    return tuple(library.organisation(claim.by) for claim in claims)


def _texts(record: Record, leans_on: Iterable[Record]) -> Iterator[str]:
    """Besides its names: its date, its place, whom it struck and its summary, in each language.

    What else it tells leads further away: of all that a brief says, little is what it is about.
    """
    texts: list[Text | None] = [record.summary]
    plain: list[str] = []
    if isinstance(record, Attack):
        plain += [_day(record.date), record.place.province]
        texts += [record.place.name, record.victims]
        plain += (name for claimant in leans_on for name in claimant.names())
    if isinstance(record, Event):
        plain.append(f"{record.date.year}" if record.precision == "year" else _day(record.date))
        texts.append(record.place)
    if isinstance(record, Narrative):
        texts.append(record.claim)
    written = [text for text in texts if text]
    yield without_citations("\n".join([*(text.en for text in written), *plain]))
    if urdu := [text.ur for text in written if text.ur]:
        yield without_citations("\n".join(urdu))


def _day(day: date) -> str:
    return f"{day.year} {MONTH_NAMES[day.month]} {day.day}"


def _places(attack: Attack) -> Iterator[str]:
    """The town, without what it was in the town, and the province."""
    yield attack.place.province
    yield attack.place.name.en.rpartition(",")[2]
    if attack.place.name.ur:
        yield attack.place.name.ur.rpartition("،")[2]
