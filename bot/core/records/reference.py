"""What the records lean on: help lines, calendar days, hashtags, word lists."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.core.records.base import Id, Line, Model, Review, Sources, Text

LONGEST_UNCHECKED = dt.timedelta(days=90)
"""How long a help line may go without somebody checking it."""


class HelpLine(Model):
    """Somebody to turn to. `checked_on` is when, and `checked_by` how, it was last looked at.

    `contact` is the number or name alone; `how` says in words what to do with it.
    """

    name: Text
    contact: Line
    how: Text | None = None
    purpose: Text
    run_by: Text
    hours: Text | None = None
    languages: tuple[Line, ...] = ()
    cost: Text | None = None
    confidential: Text | None = None
    kind: Literal["emergency", "counselling", "reporting", "advice"]
    offered: bool = True
    checked_on: dt.date
    checked_by: Literal["call", "website", "press"]
    caution: Text | None = None
    sources: Sources


class CalendarDay(Model):
    """A day that posts keep to: the same in every year, of the Hijri year, or a movable feast.

    The last two have a `predicted` date for the next time. A Hijri day is good to about two days
    until an admin has confirmed it after moon-sighting.
    """

    name: Text
    kind: Literal["national", "international", "religious", "festival", "commemoration"]
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    hijri_month: Annotated[int, Field(ge=1, le=12)] | None = None
    hijri_day: Annotated[int, Field(ge=1, le=30)] | None = None
    predicted: dt.date | None = None
    records: tuple[Id, ...] = ()
    forbids: tuple[Line, ...] = ()
    note: Text | None = None
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _one_rule(self) -> "CalendarDay":
        rules = ((self.month, self.day), (self.hijri_month, self.hijri_day))
        given = [rule for rule in rules if any(rule)]
        if len(given) > 1 or not all(all(rule) for rule in given):
            raise ValueError("give month and day, or hijri_month and hijri_day, each whole")
        if not given and self.predicted is None:
            raise ValueError("give month and day, hijri_month and hijri_day, or a predicted date")
        if self.month and self.day:
            dt.date(2024, self.month, self.day)  # raises for 31 February
        return self


class Hashtag(Model):
    """A registered hashtag. `reviewed` tells who looked for what else it is used for."""

    language: Literal["en", "ur", "roman"]
    note: Text | None = None
    reviewed: Review | None = None


Words = dict[Literal["en", "ur", "roman"], tuple[Annotated[str, Field(min_length=1)], ...]]
"""A word list: lines of words or phrases in English, Urdu script and Roman Urdu."""
