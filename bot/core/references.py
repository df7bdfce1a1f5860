"""What no single file can show: references that lead nowhere, names that mean two things."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.core.faults import Field, Flaw
from bot.core.library import Library
from bot.core.prose import cited
from bot.core.records import Attack, Campaign, Event, Model, Organisation, Record, Text
from bot.core.responsibility import derived_status


class Links(NamedTuple):
    """A record's names, case-folded, and what it leans on: sources, and with their fields records,
    organisations and days.

    Gathered once a record, since a set of thousands is checked after every change of one.
    """

    names: frozenset[str]
    sources: frozenset[str]
    records: tuple[tuple[Field, str], ...]
    organisations: tuple[tuple[Field, str], ...]
    days: tuple[tuple[Field, str], ...]


def links_of(record: Record, text: str) -> Links:
    """The links of a record that was read from `text`."""
    return Links(
        frozenset(name.casefold() for name in record.names()),
        frozenset(cited(text)).union(*_lists_of_sources(record), _escaped(record, text)),
        tuple(_records(record)),
        tuple(_organisations(record)),
        tuple(_days(record)),
    )


def link_flaws(record: Record, links: Links, library: Library) -> Iterator[Flaw]:
    """References of one record that lead nowhere, and a status that does not follow."""
    if not library.sources.keys() >= links.sources:
        for field, source in _sources(record, ()):
            if source not in library.sources:
                yield _no_source(field, source)
    for field, other in links.records:
        if other not in library.records:
            yield _no_record(field, other)
    for field, other in links.organisations:
        if other not in library.records:
            yield _no_record(field, other)
        elif not isinstance(library.records[other], Organisation):
            yield Flaw(
                field, "unknown-record", f"{other!r} is not an organisation", "name one that is"
            )
    for field, day in links.days:
        if day not in library.calendar:
            yield Flaw(
                field, "unknown-day", f"calendar.yaml has no {day!r}", "add it or mend the id"
            )
    if isinstance(record, Attack) and (flaw := _status(record, library)):
        yield flaw


def shared_flaws(
    records: Iterable[tuple[Record, Links]], library: Library
) -> Iterator[tuple[Record, Flaw]]:
    """Ids and names that two records have, told for the second of them."""
    owner: dict[str, Record] = {}
    for record, links in records:
        if library.records[record.id] is not record:
            yield (
                record,
                Flaw(
                    ("id",), "id-taken", f"another kind has a {record.id!r} too", "rename one file"
                ),
            )
            continue
        for name in links.names:
            other = owner.setdefault(name, record)
            if other is not record and not (record.shares(name) and other.shares(name)):
                yield (
                    record,
                    Flaw(
                        _field_of(name, record),
                        "name-taken",
                        f"{name!r} is a name of {other.id} too",
                        "drop one, or list it in both under shared_aliases",
                    ),
                )


def _field_of(name: str, record: Record) -> Field:
    """Where the record has the (case-folded) name."""
    if record.name.en.casefold() == name:
        return ("name", "en")
    for field in ("aliases", "shared_aliases"):
        for at, each in enumerate(getattr(record, field)):
            if each.casefold() == name:
                return (field, at)
    return ("name", "ur")


def unknown_sources(field: Field, sources: Iterable[str], library: Library) -> Iterator[Flaw]:
    """The same for what is no record: help lines and calendar days."""
    yield from (_no_source(field, each) for each in sources if each not in library.sources)


def unknown_records(field: Field, records: Iterable[str], library: Library) -> Iterator[Flaw]:
    yield from (_no_record(field, each) for each in records if each not in library.records)


def _no_source(field: Field, source: str) -> Flaw:
    return Flaw(
        field, "unknown-source", f"sources.yaml has no {source!r}", "add it there or mend the id"
    )


def _no_record(field: Field, other: str) -> Flaw:
    return Flaw(
        field, "unknown-record", f"no record has the id {other!r}", "add the record or mend the id"
    )


def _status(attack: Attack, library: Library) -> Flaw | None:
    derived, stated = derived_status(attack, library.same_body), attack.responsibility.status
    if stated == derived or not all(_is_traceable(each, library) for each in attack.named()):
        return None
    message = f"{stated!r}, but the claims and attributions make it {derived!r}"
    return Flaw(("responsibility", "status"), "status", message, "mend the one that is wrong")


def _is_traceable(organisation: str, library: Library) -> bool:
    """Whether the library has it and every body above it; else their absence is the fault."""
    passed: set[str] = set()
    while organisation not in passed:
        found = library.records.get(organisation)
        if not isinstance(found, Organisation):
            return False
        passed.add(organisation)
        organisation = found.branch_of or organisation
    return True


def _days(record: Record) -> Iterator[tuple[Field, str]]:
    if isinstance(record, Campaign) and record.calendar:
        yield ("calendar",), record.calendar


def _records(record: Record) -> Iterator[tuple[Field, str]]:
    yield from ((("related", at), other) for at, other in enumerate(record.related))
    if isinstance(record, Campaign):
        for at, pillar in enumerate(record.pillars):
            yield from ((("pillars", at, "records"), other) for other in pillar.records)
        for at, post in enumerate(record.posts):
            if post.record:
                yield ("posts", at, "record"), post.record


def _organisations(record: Record) -> Iterator[tuple[Field, str]]:
    if isinstance(record, Organisation):
        above = (("branch_of", record.branch_of), ("grew_from", record.grew_from))
        yield from (((field,), other) for field, other in above if other)
    elif isinstance(record, Event):
        yield from ((("organisations", at), each) for at, each in enumerate(record.organisations))
    elif isinstance(record, Attack):
        for at, claim in enumerate(record.claims):
            yield ("claims", at, "by"), claim.by
        for at, attribution in enumerate(record.attributions):
            yield from ((("attributions", at, "to"), other) for other in attribution.to)


def _escaped(record: Record, text: str) -> Iterator[str]:
    """What it cites, where the text may write a citation in escapes: "[@\\x61-source]"."""
    return (source for _, source in _sources(record, ())) if "\\" in text else iter(())


def _lists_of_sources(record: Record) -> Iterator[tuple[str, ...]]:
    if isinstance(record, Attack):
        for told in (record.tolls, record.claims, record.attributions):
            yield from (each.sources for each in told)


def _sources(value: object, at: Field) -> Iterator[tuple[Field, str]]:
    """Every source id in a record, with the field that holds it."""
    if isinstance(value, Text):
        for language, said in value.by_language():
            yield from (((*at, language), each) for each in cited(said))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _sources(each, (*at, number))
    elif isinstance(value, Model):
        for name, each in value:
            if name == "sources":
                yield from (((*at, name), source) for source in each)
            elif not isinstance(each, str):
                yield from _sources(each, (*at, name))
