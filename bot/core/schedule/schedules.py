"""Schedules as data: kept in the database as JSON, and bound by an approval in that form."""

from datetime import UTC, date, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, Field, NaiveDatetime, TypeAdapter

from bot.core.records.base import Model
from bot.core.schedule.rules import Rule

MOST_COUNTED = 1000
MOST_CHANGES = 200


def _whole_minutes(at: Any) -> Any:
    if at.tzinfo or at.second or at.microsecond:
        raise ValueError(f"{at} must be a whole minute on the wall, without a zone")
    return at


def _in_order(times: tuple[time, ...]) -> tuple[time, ...]:
    return tuple(sorted(set(times)))


def _no_repeats(changes: tuple["Change", ...]) -> tuple["Change", ...]:
    slots = [change.slot for change in changes]
    if twice := {slot for slot in slots if slots.count(slot) > 1}:
        raise ValueError(f"changed twice: {', '.join(sorted(twice))}")
    return tuple(sorted(changes, key=lambda change: change.slot))


Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
Minute = Annotated[time, AfterValidator(_whole_minutes)]


class Change(Model):
    """A single occurrence that goes out at another moment, or, without one, not at all.

    `slot` is the key of the `Occurrence`, which no change and no confirmation alters.
    """

    slot: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}(/[12][0-9]{3})? [0-2][0-9]:[0-5][0-9]$")]
    to: Moment | None = None


class Once(Model):
    """A single moment; the zone is the one it was written in."""

    kind: Literal["once"] = "once"
    at: Moment
    zone: ZoneInfo


class Repeating(Model):
    """A rule's days at times on the wall of a zone, from `start` (on the same wall) on.

    `until` is the last day, `count` the number of occurrences with those that were changed; the
    series ends with what comes first. Times and changes are in order however they were given.
    """

    kind: Literal["repeating"] = "repeating"
    rule: Rule
    times: Annotated[tuple[Minute, ...], Field(min_length=1), AfterValidator(_in_order)]
    zone: ZoneInfo
    start: Annotated[NaiveDatetime, AfterValidator(_whole_minutes)]
    until: date | None = None
    count: Annotated[int, Field(ge=1, le=MOST_COUNTED)] | None = None
    changes: Annotated[
        tuple[Change, ...], Field(max_length=MOST_CHANGES), AfterValidator(_no_repeats)
    ] = ()

    def with_changes(self, changes: tuple[Change, ...]) -> "Repeating":
        """The same with these changes; of more than may be kept the latest by their slots stay."""
        kept = _no_repeats(changes)[-MOST_CHANGES:]
        return self.model_copy(update={"changes": kept})


Schedule = Once | Repeating
_READER: TypeAdapter[Schedule] = TypeAdapter(Annotated[Schedule, Field(discriminator="kind")])


def to_json(schedule: Schedule) -> str:
    """The same text for equal schedules, so that a hash of it binds to every part."""
    return schedule.model_dump_json()


def from_json(text: str) -> Schedule:
    """What `to_json` was given. Raises pydantic's `ValidationError` for anything else."""
    return _READER.validate_json(text)
