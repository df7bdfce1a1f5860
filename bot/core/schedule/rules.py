"""The days that a repeating schedule keeps to: one model a kind of rule."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from bot.core.records.base import Id, Model

Weekday = Annotated[int, Field(ge=0, le=6)]
"""Monday is 0."""


def _in_order(weekdays: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(weekdays)))


class Daily(Model):
    kind: Literal["daily"] = "daily"


class Weekly(Model):
    """Some weekdays of each, or of every n-th, week; weeks begin on Monday, that of the start."""

    kind: Literal["weekly"] = "weekly"
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1), AfterValidator(_in_order)]
    every: Annotated[int, Field(ge=1, le=52)] = 1


class MonthlyOnDay(Model):
    """A day of the month; in a month without it, the month's last day."""

    kind: Literal["monthly"] = "monthly"
    day: Annotated[int, Field(ge=1, le=31)]


class MonthlyOnWeekday(Model):
    """The n-th Friday of the month, say, or the last (-1); no fifth, as many months lack it."""

    kind: Literal["monthly on weekday"] = "monthly on weekday"
    nth: Literal[1, 2, 3, 4, -1]
    weekday: Weekday


class Yearly(Model):
    """A day of the year; 29 February is the 28th in a year without it."""

    kind: Literal["yearly"] = "yearly"
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]

    @model_validator(mode="after")
    def _is_a_day(self) -> "Yearly":
        date(2024, self.month, self.day)  # raises for 31 April
        return self


class AroundDay(Model):
    """So many days after a day of the calendar, before it if negative, on it if none."""

    kind: Literal["around day"] = "around day"
    day: Id
    days: Annotated[int, Field(ge=-180, le=180)] = 0


Rule = Annotated[
    Daily | Weekly | MonthlyOnDay | MonthlyOnWeekday | Yearly | AroundDay,
    Field(discriminator="kind"),
]
