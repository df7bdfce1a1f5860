"""The immutable snapshot of everything that can be answered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from bot.core.plan_rules import PlanRules
from bot.core.records import (
    Attack,
    CalendarDay,
    Event,
    Hashtag,
    HelpLine,
    Organisation,
    Record,
    Source,
    Words,
)

R = TypeVar("R", bound=Record)
Dated = Attack | Event


class Library:
    """Records by id, the sources that they cite, and what else is kept beside them.

    Ids are unique across kinds. Whether references hold is for `bot.core.references` to say.
    """

    def __init__(
        self,
        records: Iterable[Record],
        sources: Mapping[str, Source],
        *,
        help_lines: Mapping[str, HelpLine] | None = None,
        calendar: Mapping[str, CalendarDay] | None = None,
        hashtags: Mapping[str, Hashtag] | None = None,
        lexicons: Mapping[str, Words] | None = None,
        plan_rules: PlanRules | None = None,
    ) -> None:
        self.records = MappingProxyType({record.id: record for record in records})
        self.sources = MappingProxyType(dict(sources))
        self.help_lines = MappingProxyType(dict(help_lines or {}))
        self.calendar = MappingProxyType(dict(calendar or {}))
        self.hashtags = MappingProxyType(dict(hashtags or {}))
        self.lexicons = MappingProxyType(dict(lexicons or {}))
        self.plan_rules = plan_rules or PlanRules()

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a kind, in the order of their English names."""
        return tuple(each for each in self._by_name if isinstance(each, kind))

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        return self.of(Organisation)

    @cached_property
    def attacks(self) -> tuple[Attack, ...]:
        """Latest first."""
        return tuple(sorted(self.of(Attack), key=lambda each: each.date, reverse=True))

    @cached_property
    def _by_name(self) -> tuple[Record, ...]:
        return tuple(sorted(self.records.values(), key=lambda each: each.name.en.casefold()))

    def get(self, record_id: str) -> Record | None:
        return self.records.get(record_id)

    def organisation(self, record_id: str) -> Organisation:
        """The organisation that another record refers to; references were checked at loading."""
        found = self.records[record_id]
        assert isinstance(found, Organisation)  # noqa: S101  # checked at loading
        return found

    def attacks_of(self, organisation: str) -> tuple[Attack, ...]:
        """Attacks that it claimed or that somebody attributes to it, latest first."""
        return tuple(self._attacks_of.get(organisation, ()))

    @cached_property
    def _attacks_of(self) -> Mapping[str, list[Attack]]:
        found = defaultdict[str, list[Attack]](list)
        for attack in self.attacks:
            for organisation in attack.named():
                found[organisation].append(attack)
        return found

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """Attacks and events, earliest first."""
        found: tuple[Dated, ...] = (*self.attacks, *self.of(Event))
        return tuple(sorted(found, key=lambda each: (each.date, each.id)))

    def dated_with(self, record_id: str) -> tuple[Dated, ...]:
        """Attacks and events that are this record, name it or relate to it, earliest first."""
        return tuple(self._dated_with.get(record_id, ()))

    @cached_property
    def _dated_with(self) -> Mapping[str, list[Dated]]:
        found = defaultdict[str, list[Dated]](list)
        for each in self.dated:
            named = each.named() if isinstance(each, Attack) else each.organisations
            for other in {each.id, *named, *each.related}:
                found[other].append(each)
        return found

    @cached_property
    def most_led_to(self) -> tuple[str, ...]:
        """Attacks and organisations by how many other records lead to each, most first."""
        led_to = Counter(other for each in self.records.values() for other in each.related)
        main = (*self.attacks, *self.organisations)
        return tuple(sorted((each.id for each in main), key=lambda each: (-led_to[each], each)))

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
