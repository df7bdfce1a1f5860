"""Attacks: what happened, the tolls by source, and who says who did it."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.core.records.base import Id, Model, Record, Sources, Text

HIGHEST = 1_000_000
"""A toll above this is a slip of the keyboard."""

Status = Literal["established", "claimed", "disputed", "unknown"]


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
    low: Annotated[int, Field(ge=0, le=HIGHEST)]
    high: Annotated[int, Field(ge=0, le=HIGHEST)] | None = None
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

    def named(self) -> frozenset[str]:
        """The organisations that claimed it or that somebody attributes it to."""
        attributed = (to for each in self.attributions for to in each.to)
        return frozenset((*(claim.by for claim in self.claims), *attributed))

    def toll_range(self, of: Literal["killed", "injured"]) -> tuple[int, int, bool] | None:
        """Lowest and highest count of any source, and whether the highest is "at least"."""
        counts = [
            (toll.high or toll.low, toll.at_least, toll.low) for toll in self.tolls if toll.of == of
        ]
        if not counts:
            return None
        high, at_least, _ = max(counts)
        return min(low for *_, low in counts), high, at_least
