"""What every record is made of: strict models, text per language, sources, review."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Language = Literal["en", "ur"]


class Model(BaseModel):
    """Strict, so that YAML's `no`, `012` and unquoted dates cannot pass for text."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Text(Model):
    """One statement in each language it has been written in; English is never missing."""

    en: Annotated[str, Field(min_length=1)]
    ur: Annotated[str, Field(min_length=1)] | None = None

    def in_language(self, language: Language) -> str:
        """The statement in `language`, or in English where nobody has translated it yet."""
        return getattr(self, language) or self.en

    def by_language(self) -> Iterator[tuple[Language, str]]:
        """The languages it has been written in, and the statement in each."""
        yield "en", self.en
        if self.ur is not None:
            yield "ur", self.ur


class Review(Model):
    """Who read the text of one language against its sources, and when."""

    by: Line
    date: dt.date


class Source(Model):
    """Where a reader can check a statement.

    `origin` is the body whose reporting it is, where that is not the publisher: two copies of one
    wire report are one source. `url` is missing only for what is not on the web.
    """

    title: Line
    publisher: Line
    origin: Line | None = None
    url: HttpUrl | None = None
    published: Line | None = None
    kind: Line = "news"
    note: str | None = None


Sources = Annotated[tuple[Id, ...], Field(min_length=1)]


def _no_repeats(names: tuple[str, ...]) -> tuple[str, ...]:
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"listed twice: {', '.join(sorted(twice))}")
    return names


Names = Annotated[tuple[Line, ...], AfterValidator(_no_repeats)]


class Waiver(Model):
    """Why a warning of the editorial lint does not hold for this record."""

    rule: Annotated[str, Field(pattern=r"^[A-Z][0-9]$")]
    reason: Annotated[str, Field(min_length=10, max_length=300)]


class Correction(Model):
    """What was wrong in what readers were told, since when it is right, and what holds now."""

    date: dt.date
    text: Text


class Record(Model):
    """What every kind has.

    `shared_aliases` are names that other records may carry too: the bot then asks which is meant.
    `asked` are ways in which people ask for it, in any script; never shown to readers.
    `article` says what the source article states and what the record states, where they differ.
    `corrections` are what was wrong here and has been put right, for readers to see. `on_hold` says
    why no post may use it for now; its readers are told that it is being checked.
    """

    id: Id
    name: Text
    aliases: Names = ()
    shared_aliases: Names = ()
    asked: Names = ()
    summary: Text
    article: Text | None = None
    related: Annotated[tuple[Id, ...], AfterValidator(_no_repeats)] = ()
    as_of: dt.date
    review_by: dt.date
    on_hold: Text | None = None
    reviewed: dict[Language, Review] = {}
    waivers: tuple[Waiver, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @model_validator(mode="after")
    def _as_of_its_corrections(self) -> "Record":
        latest = max((each.date for each in self.corrections), default=self.as_of)
        if latest > self.as_of:
            raise ValueError(f"as_of ({self.as_of}) must not be before a correction ({latest})")
        return self

    def names(self) -> tuple[str, ...]:
        """Every name that means this record and, if not shared, no other."""
        translated = (self.name.ur,) if self.name.ur else ()
        return (self.name.en, *translated, *self.aliases, *self.shared_aliases)

    def shares(self, name: str) -> bool:
        """Whether it grants others the (case-folded) name too."""
        return any(alias.casefold() == name for alias in self.shared_aliases)

    def is_due_for_review(self, today: dt.date) -> bool:
        return today > self.review_by
