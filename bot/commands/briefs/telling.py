"""What every brief is laid out with: labelled parts, cited prose, dates, names, its ending."""

from collections.abc import Iterable, Iterator

from bot.commands.citing import Citing, labelled, lines
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.core.records import Language, Record, Text
from bot.core.replies import Block, Span


class Telling:
    """One brief being laid out in one language; numbers its sources as it goes."""

    def __init__(self, desk: Desk, language: Language) -> None:
        self.desk = desk
        self.language: Language = language
        self.citing = Citing(desk.library.sources)

    def say(self, key: str, **values: object) -> str:
        return self.desk.say(self.language, key, **values)

    def own(self, text: Text) -> str:
        """The text in the reader's language, or in English where nobody has translated it yet."""
        return text.in_language(self.language)

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

    def ending(self, record: Record) -> Block:
        """How fresh the brief is, and what a reader should know about its text."""
        day = date_in(record.as_of, self.desk, self.language)
        notes = [self.say("record.as-of", date=day)]
        if record.is_due_for_review(self.desk.today()):
            notes.append(self.say("record.overdue"))
        if self.language != "en" and getattr(record.summary, self.language) is None:
            notes.append(self.say("record.untranslated"))
        elif self.language not in record.reviewed:
            notes.append(self.say("record.unreviewed"))
        return Block((Span(" ".join(notes), italic=True),))
