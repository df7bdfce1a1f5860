"""The immutable snapshot of everything that can be answered."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.core.prose import cited
from bot.core.records import Attack, Model, Organisation, Record, Source, Text
from bot.core.responsibility import derived_status

Fault = tuple[Record, tuple[str | int, ...], str]


class Library:
    """Records by id, and the sources that they cite. Ids are unique across kinds."""

    def __init__(self, records: Iterable[Record], sources: Mapping[str, Source]) -> None:
        listed = tuple(records)
        self.records = MappingProxyType({record.id: record for record in listed})
        self.sources = MappingProxyType(dict(sources))
        self._twice = [record for record in listed if self.records[record.id] is not record]

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """In the order of their English names."""
        found = (record for record in self.records.values() if isinstance(record, Organisation))
        return tuple(sorted(found, key=lambda each: each.name.en.casefold()))

    @property
    def attacks(self) -> tuple[Attack, ...]:
        """Latest first."""
        found = (record for record in self.records.values() if isinstance(record, Attack))
        return tuple(sorted(found, key=lambda each: each.date, reverse=True))

    def get(self, record_id: str) -> Record | None:
        return self.records.get(record_id)

    def organisation(self, record_id: str) -> Organisation:
        """The organisation that another record refers to; references were checked at loading."""
        found = self.records[record_id]
        assert isinstance(found, Organisation)  # noqa: S101  # faults() refuses anything else
        return found

    def attacks_of(self, organisation: str) -> tuple[Attack, ...]:
        """Attacks that it claimed or that somebody attributes to it, latest first."""
        return tuple(a for a in self.attacks if organisation in _named(a))

    def same_body(self, one: str, other: str) -> bool:
        """Whether one of the two is the other, or a branch or province of it."""
        return one in self._lineage(other) or other in self._lineage(one)

    def _lineage(self, organisation: str) -> tuple[str, ...]:
        line = [organisation]
        while (above := self._branch_of(line[-1])) and above not in line:
            line.append(above)
        return tuple(line)

    def _branch_of(self, organisation: str) -> str | None:
        found = self.records.get(organisation)
        return found.branch_of if isinstance(found, Organisation) else None

    def faults(self) -> Iterator[Fault]:
        """What no single file can show: broken references, names that mean two things, statuses."""
        for record in self._twice:
            yield (
                record,
                ("id",),
                f"a record of another kind is named {record.id!r} too; rename one file",
            )
        yield from self._name_faults()
        for record in self.records.values():
            yield from self._citation_faults(record)
            yield from self._reference_faults(record)
            if isinstance(record, Attack):
                yield from self._status_faults(record)

    def _name_faults(self) -> Iterator[Fault]:
        owner: dict[str, Record] = {}
        for record in self.records.values():
            for name in {name.casefold() for name in record.names()}:
                other = owner.setdefault(name, record)
                if other is not record and not (_shares(record, name) and _shares(other, name)):
                    yield (
                        record,
                        ("aliases",),
                        f"{name!r} is a name of {other.id} too; drop one,"
                        " or list it in both under shared_aliases",
                    )

    def _citation_faults(self, record: Record) -> Iterator[Fault]:
        for field, source in _source_ids(record):
            if source not in self.sources:
                yield (
                    record,
                    field,
                    f"cites {source!r}, which sources.yaml lacks; add it there or mend the id",
                )

    def _reference_faults(self, record: Record) -> Iterator[Fault]:
        for field, other in _references(record):
            if other not in self.records:
                yield record, field, f"names {other!r}, and no record has that id"
            elif field[0] != "related" and not isinstance(self.records[other], Organisation):
                yield record, field, f"names {other!r}, which is not an organisation"

    def _status_faults(self, attack: Attack) -> Iterator[Fault]:
        derived = derived_status(attack, self.same_body)
        if attack.responsibility.status != derived:
            yield (
                attack,
                ("responsibility", "status"),
                f"{attack.responsibility.status!r}, but the claims and attributions make it"
                f" {derived!r}; mend either",
            )


def _shares(record: Record, name: str) -> bool:
    return name in {alias.casefold() for alias in record.shared_aliases}


def _named(attack: Attack) -> set[str]:
    return {claim.by for claim in attack.claims} | {
        to for each in attack.attributions for to in each.to
    }


def _references(record: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for at, other in enumerate(record.related):
        yield ("related", at), other
    if isinstance(record, Organisation):
        for field in ("branch_of", "grew_from"):
            if other := getattr(record, field):
                yield (field,), other
    if isinstance(record, Attack):
        for at, claim in enumerate(record.claims):
            yield ("claims", at, "by"), claim.by
        for at, attribution in enumerate(record.attributions):
            for other in attribution.to:
                yield ("attributions", at, "to"), other


def _source_ids(
    value: object, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every source id in a record, with the field that holds it."""
    if isinstance(value, Text):
        for language in ("en", "ur"):
            yield from (((*at, language), each) for each in cited(getattr(value, language) or ""))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _source_ids(each, (*at, number))
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            if name == "sources":
                yield from (((*at, name), each) for each in getattr(value, name))
            else:
                yield from _source_ids(getattr(value, name), (*at, name))
