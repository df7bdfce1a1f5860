"""A record as a brief that fits a phone: what is known first, long parts folded, sources linked."""

from collections.abc import Iterable, Iterator
from typing import Literal

from bot.commands.citing import Citing, labelled, lines
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.core.records import (
    Attack,
    Attribution,
    Claim,
    Language,
    Organisation,
    Place,
    Record,
    Text,
    Toll,
)
from bot.core.replies import Block, Button, Reply, Span

MOST_RELATED = 6
COUNTED: tuple[Literal["killed", "injured"], ...] = ("killed", "injured")


def brief(record: Record, desk: Desk, language: Language) -> Reply:
    """The brief on a record, with buttons for its sources and for what is related."""
    telling = _Telling(desk, language)
    blocks = telling.whole(record)
    sources = Button(
        desk.say(language, "button.sources", n=len(telling.citing.cited)), f"sources {record.id}"
    )
    related = (button_for(desk.library.records[each], language) for each in record.related)
    return Reply(blocks).with_buttons([sources], *pairs([*related][:MOST_RELATED]))


def post_of(record: Record, desk: Desk, language: Language) -> tuple[Block, ...]:
    """A record as an awareness post: what happened, the toll and who did it, each with sources."""
    telling = _Telling(desk, language)
    heading, summary = telling.heading(record)[0], telling.paragraph(record.summary)
    told = (*telling.counts(record), telling.status(record)) if isinstance(record, Attack) else ()
    return (heading, summary, *told, telling.as_of(record))


def sources_of(record: Record, desk: Desk, language: Language) -> Reply:
    """The sources of a brief by number, with a way back."""
    telling = _Telling(desk, language)
    telling.whole(record)  # numbers them as the brief does
    title = Span(desk.say(language, "sources.title", name=record.name.in_language(language)), True)
    rows = [
        (
            Span(f"\n{number}. "),
            Span(source.title, url=str(source.url) if source.url else None),
            Span(f" ({', '.join(filter(None, (source.publisher, source.published)))})"),
        )
        for number, source in telling.citing.cited
    ]
    block = Block((title, *(span for row in rows for span in row)))
    return Reply((block,)).with_buttons(
        [Button(desk.say(language, "button.back"), command_for(record))]
    )


def command_for(record: Record) -> str:
    """The command line that opens a record's brief."""
    return f"{'attack' if isinstance(record, Attack) else 'group'} {record.id}"


def button_for(record: Record, language: Language) -> Button:
    return Button(record.name.in_language(language), command_for(record))


def pairs(buttons: list[Button]) -> list[list[Button]]:
    """Two buttons a row where both labels are short, else one."""
    rows: list[list[Button]] = []
    for button in buttons:
        room = rows and len(rows[-1]) == 1 and len(rows[-1][0].label + button.label) <= 36
        if room:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def range_in(low: int, high: int, at_least: bool, desk: Desk, language: Language) -> str:
    """A toll over all sources: `43 to 47`, `52`, `70 to 90 or more`."""
    key = ("toll.one" if low == high else "toll.range") + (".open" if at_least else "")
    return desk.say(language, key, low=low, high=high)


class _Telling:
    """One brief being laid out in one language; numbers sources as it goes."""

    def __init__(self, desk: Desk, language: Language) -> None:
        self.desk = desk
        self.language: Language = language
        self.citing = Citing(desk.library.sources)

    def say(self, key: str, **values: object) -> str:
        return self.desk.say(self.language, key, **values)

    def name(self, organisation: str) -> str:
        return self.desk.library.organisation(organisation).name.in_language(self.language)

    def paragraph(self, text: Text) -> Block:
        return Block(self.citing.prose(text.in_language(self.language)))

    def part(self, key: str, text: Text | None, *, quotation: bool = False) -> Iterator[Block]:
        """A labelled part, where the record has it."""
        if text is not None:
            prose = self.citing.prose(text.in_language(self.language))
            yield labelled(self.say(key), prose, quotation=quotation)

    def parts(
        self, key: str, texts: tuple[Text, ...], *, quotation: bool = False
    ) -> Iterator[Block]:
        if texts:
            rows = (self.citing.prose(text.in_language(self.language)) for text in texts)
            yield lines(self.say(key), rows, quotation=quotation)

    def whole(self, record: Record) -> tuple[Block, ...]:
        """The brief from its title to its date."""
        if isinstance(record, Attack):
            body = self.attack(record)
        elif isinstance(record, Organisation):
            body = self.organisation(record)
        else:
            raise TypeError(f"no brief is laid out for {type(record).__name__}")
        return (*self.heading(record), *body, self.ending(record))

    def heading(self, record: Record) -> tuple[Block, ...]:
        spans = [Span(record.name.in_language(self.language), bold=True)]
        if isinstance(record, Attack):
            day = date_in(record.date, self.desk, self.language)
            spans.append(Span(f"\n{day} · {self.where(record.place)}"))
        elif isinstance(record, Organisation):
            spans.append(Span(f"\n{self.say('kind.' + record.kind)}", italic=True))
        return (Block(tuple(spans)),)

    def attack(self, attack: Attack) -> Iterator[Block]:
        yield self.paragraph(attack.summary)
        yield from self.part("attack.victims", attack.victims)
        yield from self.counts(attack)
        if attack.claims:
            yield lines(self.say("attack.claims"), map(self.claim, attack.claims))
        yield self.status(attack)
        yield lines(self.say("attack.tolls"), map(self.toll, attack.tolls), quotation=True)
        if attack.attributions:
            rows = map(self.attribution, attack.attributions)
            yield lines(self.say("attack.attributions"), rows, quotation=True)
        yield from self.part("record.disputed", attack.disputed, quotation=True)
        yield from self.parts("attack.aftermath", attack.aftermath, quotation=True)
        yield from self.part("record.article", attack.article, quotation=True)

    def organisation(self, group: Organisation) -> Iterator[Block]:
        yield self.paragraph(group.summary)
        yield from self.part("record.caution", group.caution)
        yield from self.part("group.harm", group.harm)
        yield from self.part("group.today", group.today)
        yield from self.part("group.origin", group.origin, quotation=True)
        yield from self.parts("group.ties", group.ties, quotation=True)
        yield from self.parts("group.listed", group.listed, quotation=True)
        yield from self.part("record.disputed", group.disputed, quotation=True)
        yield from self.part("record.article", group.article, quotation=True)

    def counts(self, attack: Attack) -> Iterator[Block]:
        """Killed and injured as ranges over all sources."""
        spans: list[Span] = []
        for of in COUNTED:
            counted = attack.toll_range(of)
            if counted:
                gap = "  ·  " if spans else ""
                spans += [
                    Span(gap + self.say(f"counts.{of}") + " ", bold=True),
                    Span(self.range(*counted)),
                ]
        yield Block(tuple(spans))

    def where(self, place: Place) -> str:
        """The place and its province, unless the place names that already."""
        name = place.name.in_language(self.language)
        province = self.say(f"province.{place.province}")
        return name if name.endswith(province) else self.join((name, province))

    def join(self, parts: Iterable[str]) -> str:
        return self.say("join.comma").join(parts)

    def range(self, low: int, high: int, at_least: bool) -> str:
        return range_in(low, high, at_least, self.desk, self.language)

    def toll(self, toll: Toll) -> Iterator[Span]:
        count = self.range(toll.low, toll.high or toll.low, toll.at_least)
        said = [toll.by.in_language(self.language)]
        if toll.as_of:
            said.append(date_in(toll.as_of, self.desk, self.language))
        if toll.attackers != "not stated":
            said.append(self.say(f"toll.attackers.{toll.attackers}"))
        yield Span(f"{count} {self.say('toll.' + toll.of)}: {self.join(said)}")
        if toll.note:
            yield Span(f" ({toll.note.in_language(self.language)})")
        yield from self.citing.numbers(toll.sources)

    def claim(self, claim: Claim) -> Iterator[Span]:
        said = [claim.through.in_language(self.language)]
        if claim.date:
            said.append(date_in(claim.date, self.desk, self.language))
        yield Span(f"{self.name(claim.by)}: {self.join(said)}")
        yield from self.citing.numbers(claim.sources)

    def attribution(self, attribution: Attribution) -> Iterator[Span]:
        to = self.join(map(self.name, attribution.to)) or self.say("attack.no-group")
        by = attribution.by.in_language(self.language)
        kind = self.say(f"attribution.{attribution.kind}")
        if attribution.overtaken:
            kind = self.join((kind, self.say("attribution.overtaken")))
        yield Span(f"{to}: {by} ({kind}){self.say('join.stop')}")
        yield from self.citing.prose(attribution.says.in_language(self.language))

    def status(self, attack: Attack) -> Block:
        held = attack.responsibility
        prose = self.citing.prose(held.why.in_language(self.language))
        return labelled(self.say(f"status.{held.status}"), prose)

    def as_of(self, record: Record) -> Block:
        day = date_in(record.as_of, self.desk, self.language)
        return Block((Span(self.say("record.as-of", date=day), italic=True),))

    def ending(self, record: Record) -> Block:
        """How fresh the brief is, and what a reader should know about its text."""
        notes = [self.as_of(record).text]
        if record.is_due_for_review(self.desk.today()):
            notes.append(self.say("record.overdue"))
        if self.language != "en" and getattr(record.summary, self.language) is None:
            notes.append(self.say("record.untranslated"))
        elif self.language not in record.reviewed:
            notes.append(self.say("record.unreviewed"))
        return Block((Span(" ".join(notes), italic=True),))
