"""The row that every target of a post has for every time it goes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


OPEN = frozenset({DeliveryState.PENDING, DeliveryState.LEASED, DeliveryState.SENDING})
"""States that a delivery does not end in."""

PROBLEMS = (DeliveryState.UNKNOWN, DeliveryState.REFUSED, DeliveryState.SKIPPED)
"""Ends that people are told of."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One post to one target at one time, and what became of it.

    `occurrence` is the key of that time in the schedule, `revision` what is or was sent. `again_at`
    is when a person had it sent again. Of a correction, `original` is the message that it changes,
    and `replaced` says that a message of its own is or was sent in place of the edit.
    """

    id: int
    post_id: int
    target: str
    state: DeliveryState
    due_at: datetime
    message_id: int | None = None
    reason: str = ""
    occurrence: str = ""
    revision: int = 1
    again_at: datetime | None = None
    original: int | None = None
    replaced: bool = False

    @property
    def wanted_at(self) -> datetime:
        """What its lateness is counted from."""
        return self.again_at or self.due_at

    @property
    def is_inline(self) -> bool:
        """Whether `original` is the number of an inline card that somebody of the staff sent."""
        return self.target.startswith(INLINE)


INLINE = "inline:"
"""Begins the target of what is known by the number of an inline card."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of ours that stands somewhere; it has no number where it is not known whether it
    was sent. `key` tells it from others of its target."""

    target: str
    key: str
    number: int | None


AGAIN = frozenset(PROBLEMS)
"""Ends after which a person, and nobody else, may have it sent again."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a post so far: rows by state, the next times, and the latest problems.

    `replaced` are those of a correction that went out as messages of their own.
    """

    counts: Mapping[DeliveryState, int]
    coming: tuple[datetime, ...] = ()
    problems: tuple[Delivery, ...] = ()
    replaced: tuple[Delivery, ...] = ()
