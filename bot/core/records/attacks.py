"""The kinds of record that `content/` holds: one model a kind, a YAML file a record."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Language = Literal["en", "ur"]
Status = Literal["established", "claimed", "disputed", "unknown"]


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


class Record(Model):
    """What every kind has.

    `shared_aliases` are names that other records may carry too: the bot then asks which is meant.
    `article` says what the source article states and what the record states, where they differ.
    """

    id: Id
    name: Text
    aliases: Names = ()
    shared_aliases: Names = ()
    summary: Text
    article: Text | None = None
    related: Annotated[tuple[Id, ...], AfterValidator(_no_repeats)] = ()
    as_of: dt.date
    review_by: dt.date
    reviewed: dict[Language, Review] = {}

    def names(self) -> tuple[str, ...]:
        """Every name that means this record and, if not shared, no other."""
        translated = (self.name.ur,) if self.name.ur else ()
        return (self.name.en, *translated, *self.aliases, *self.shared_aliases)

    def is_due_for_review(self, today: dt.date) -> bool:
        return today > self.review_by


class Organisation(Record):
    """A group or institution. `branch_of` names the body it is a province or branch of."""

    kind: Literal[
        "armed group",
        "sectarian organisation",
        "religious institution",
        "de facto authority",
        "counter-messaging centre",
    ]
    branch_of: Id | None = None
    grew_from: Id | None = None
    origin: Text | None = None
    harm: Text | None = None
    ties: tuple[Text, ...] = ()
    today: Text | None = None
    listed: tuple[Text, ...] = ()
    disputed: Text | None = None
    caution: Text | None = None


class Place(Model):
    """Where it happened. Coordinates are those of the place, good to about `within_km`."""

    name: Text
    province: Literal[
        "Azad Kashmir",
        "Balochistan",
        "Gilgit-Baltistan",
        "Islamabad",
        "Khyber Pakhtunkhwa",
        "Punjab",
        "Sindh",
    ]
    lat: Annotated[float, Field(ge=23, le=38)]
    lon: Annotated[float, Field(ge=60, le=78)]
    within_km: Annotated[float, Field(gt=0, le=100)]


class Toll(Model):
    """One count by one source. `high` is missing where the source gives one figure.

    `at_least` keeps the source's own "at least" or "more than". Attackers who died are counted
    apart by good sources; `attackers` says what this one did.
    """

    of: Literal["killed", "injured"]
    low: Annotated[int, Field(ge=0)]
    high: Annotated[int, Field(ge=0)] | None = None
    at_least: bool = False
    by: Text
    attackers: Literal["included", "excluded", "not stated"]
    as_of: dt.date | None = None
    note: Text | None = None
    sources: Sources

    @model_validator(mode="after")
    def _in_order(self) -> "Toll":
        if self.high is not None and self.high <= self.low:
            raise ValueError(f"high ({self.high}) must be above low ({self.low}), or left out")
        return self


class Claim(Model):
    """A claim of responsibility: somebody said "we did it". It proves nothing by itself."""

    by: Id
    date: dt.date | None = None
    through: Text
    sources: Sources


class Attribution(Model):
    """Somebody other than the claimant says who did it, or what is known of who did it.

    `overtaken` marks a first suspicion that later accounts replaced: told, but no longer counted.
    """

    to: tuple[Id, ...] = ()
    by: Text
    kind: Literal["court", "official", "analyst", "press"]
    date: dt.date | None = None
    says: Text
    overtaken: bool = False
    sources: Sources


class Responsibility(Model):
    """The status in one word, and why in one sentence with its sources."""

    status: Status
    why: Text


class Attack(Record):
    """One attack: what happened, the tolls by source, and who says who did it."""

    date: dt.date
    place: Place
    victims: Text
    tolls: Annotated[tuple[Toll, ...], Field(min_length=1)]
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    responsibility: Responsibility
    disputed: Text | None = None
    aftermath: tuple[Text, ...] = ()

    def toll_range(self, of: Literal["killed", "injured"]) -> tuple[int, int, bool] | None:
        """Lowest and highest count of any source, and whether the highest is "at least"."""
        counts = [
            (toll.high or toll.low, toll.at_least, toll.low) for toll in self.tolls if toll.of == of
        ]
        if not counts:
            return None
        high, at_least, _ = max(counts)
        return min(low for *_, low in counts), high, at_least


KINDS: dict[str, type[Record]] = {"organisations": Organisation, "attacks": Attack}
"""The folders of `content/` that hold one record a file, and the model of each."""
