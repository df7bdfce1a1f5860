"""Entries and days of the calendar in the words of the person who plans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.commands.months.seen import KeptDay, Seen
from bot.commands.targets import named
from bot.core.months import Clash, Entry, Month
from bot.core.records import Language
from bot.core.schedule import WEEKDAYS
from bot.core.text import is_rtl, isolate

SHOWN_TARGETS = 3
CLASH = "⚠"
PERHAPS: dict[Language, str] = {"en": "?", "ur": "؟"}


@dataclass(frozen=True)
class Words:
    """`names` are those of channels, by target."""

    desk: Desk
    language: Language
    names: dict[str, str]

    def say(self, key: str, **values: object) -> str:
        return self.desk.say(self.language, key, **values)

    def isolated(self, text: str) -> str:
        """Latin text so wrapped that it does not turn round the Urdu beside it."""
        return isolate(text) if self.language == "ur" and not is_rtl(text) else text

    def month(self, month: Month) -> str:
        return f"{self.say(f'month.{month.number}')} {month.year}"

    def weekday(self, day: date) -> str:
        return self.say(f"weekday.{WEEKDAYS[day.weekday()]}")

    def day_named(self, day: date) -> str:
        """`Monday, 8 February 2027`"""
        return self.say("join.comma").join((self.weekday(day), self.written(day)))

    def written(self, day: date) -> str:
        return date_in(day, self.desk, self.language)

    def entry(self, entry: Entry) -> str:
        """`18:00 · @news · fact · scheduled`; where it is only expected, `18:00?`."""
        at = f"{entry.at.astimezone(self.desk.zone):%H:%M}"
        at += "" if entry.confirmed else PERHAPS[self.language]
        targets = [self.isolated(self.names.get(each, each)) for each in entry.targets]
        where = self.say("join.comma").join(targets[:SHOWN_TARGETS]) or "–"
        if more := len(targets) - SHOWN_TARGETS:
            where += f" +{more}" if more > 0 else ""
        kind = self.say(f"calendar.type.{entry.type.replace(' ', '-')}")
        state = self.say(f"calendar.state.{entry.state}")
        return f"{at} · {where} · {kind} · {state}"

    def kept(self, kept: KeptDay) -> str:
        """Its name; of an unconfirmed one also between which days it may be."""
        name = kept.day.name.in_language(self.language)
        if kept.confirmed:
            return name
        return self.say(
            "calendar.perhaps",
            name=name,
            first=self.written(kept.earliest),
            last=self.written(kept.latest),
        )

    def forbids(self, kept: KeptDay) -> str:
        types = (self.say(f"calendar.type.{each.replace(' ', '-')}") for each in kept.day.forbids)
        listed = self.say("join.comma").join(types)
        return self.say("calendar.forbids", types=listed) if listed else ""

    def clash(self, clash: Clash) -> str:
        about = self.isolated(clash.about)
        told = self.say(f"calendar.clash.{clash.key}", about=about) if about else ""
        return f"{CLASH} {told or self.say(f'calendar.clash.{clash.key}', about='–')}"

    def day(self, seen: Seen, day: date) -> Iterator[str]:
        """The lines of a day: what day it is, and what goes out; nothing for an empty one."""
        yield from (self.kept(each) for each in seen.kept(day) if each.at == day)
        for each in seen.on(day):
            marked = f" {CLASH}" if each.slot in seen.clashing else ""
            yield f"{self.entry(each)}{marked}"
        if day in seen.crowded:
            yield self.say("calendar.crowded")


def words_of(desk: Desk, language: Language, entries: Iterable[Entry]) -> Words:
    """Words that know the channels of these entries."""
    targets = sorted({target for each in entries for target in each.targets})
    return Words(desk, language, dict(zip(targets, named(targets, desk), strict=True)))
