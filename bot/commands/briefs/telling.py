"""What every brief is laid out with: labelled parts, cited prose, dates, names, its ending."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bot.commands.citing import Citing, labelled, lines
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.core.finding import Field
from bot.core.records import Language, Record, Text
from bot.core.replies import Block, Span
from bot.core.text import is_rtl, isolate


class Piece(NamedTuple):
    """A part of a brief. What is not on its front has a card of its own, opened by this name."""

    name: str
    blocks: tuple[Block, ...]


class Layout(NamedTuple):
    """How a kind of record is told.

    `pieces` come in the order in which sources are numbered. `front` names those of the first card,
    `aside` those of none; `first` says which pieces answer a question about one field.
    """

    pieces: Callable[["Telling", Any], Iterator[Piece]]
    front: tuple[str, ...]
    aside: tuple[str, ...] = ()
    first: Mapping[Field, tuple[str, ...]] = {}


class Telling:
    """One brief being laid out in one language; numbers its sources as it goes.

    `untranslated` says whether something had to be told in English instead.
    """

    def __init__(self, desk: Desk, language: Language) -> None:
        self.desk = desk
        self.language: Language = language
        self.citing = Citing(desk.library.sources)
        self.untranslated = False

    def say(self, key: str, **values: object) -> str:
        return self.desk.say(self.language, key, **values)

    def own(self, text: Text) -> str:
        """The text in the reader's language, or in English where nobody has translated it yet."""
        self.untranslated |= getattr(text, self.language) is None
        return text.in_language(self.language)

    def isolated(self, text: str) -> str:
        """Latin text so wrapped that it does not turn round what stands beside it."""
        return isolate(text) if self.language == "ur" and not is_rtl(text) else text

    def name(self, record_id: str) -> str:
        return self.own(self.desk.library.records[record_id].name)

    def join(self, parts: Iterable[str]) -> str:
        return self.say("join.comma").join(parts)

    def prose(self, text: Text) -> tuple[Span, ...]:
        return self.citing.prose(self.own(text))

    def paragraph(self, text: Text) -> Block:
        return Block(self.prose(text))

    def part(self, key: str, text: Text | None, *, quotation: bool = False) -> Iterator[Block]:
        """A labelled part, where the record has it."""
        if text is not None:
            yield labelled(self.say(key), self.prose(text), quotation=quotation)

    def parts(
        self, key: str, texts: tuple[Text, ...], *, quotation: bool = False
    ) -> Iterator[Block]:
        if texts:
            yield lines(self.say(key), map(self.prose, texts), quotation=quotation)

    def title(self, record: Record, below: str, *, italic: bool = False) -> Block:
        """The record's name, and a line under it."""
        return Block((Span(self.own(record.name), bold=True), Span("\n" + below, italic=italic)))

    def ending(self, record: Record, *, untranslated: bool | None = None) -> Block:
        """How fresh the brief is, and what a reader should know about its text.

        `untranslated`: something of it is told in English; by default, anything told so far.
        """
        untranslated = self.untranslated if untranslated is None else untranslated
        day = date_in(record.as_of, self.desk, self.language)
        notes = [self.say("record.as-of", date=day)]
        if record.corrections:
            latest = max(each.date for each in record.corrections)
            corrected = date_in(latest, self.desk, self.language)
            notes.append(self.say("record.corrected", date=corrected))
        if record.on_hold:
            why = "".join(span.text for span in self.prose(record.on_hold))
            notes.insert(0, self.say("record.on-hold", why=why))
        if record.is_due_for_review(self.desk.today()):
            notes.append(self.say("record.overdue"))
        if untranslated:
            notes.append(self.say("record.untranslated"))
        if self.language not in record.reviewed:
            notes.append(self.say("record.unreviewed"))
        return Block((Span(" ".join(notes), italic=True),))


def piece(name: str, *blocks: Iterable[Block] | Block) -> Piece:
    """A piece of the given blocks; without any it counts as missing."""
    told = (each for part in blocks for each in ((part,) if isinstance(part, Block) else part))
    return Piece(name, tuple(told))
