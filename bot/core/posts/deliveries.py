"""The row that every target of a post has for every time it goes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.people import PersonId


class DeliveryKind(StrEnum):
    """To whom a row leads. That of an `audience` stands for its readers until each has a row of
    their own, and is gone then; it counts as no recipient."""

    CHAT = "chat"
    AUDIENCE = "audience"
    READER = "reader"


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

UNSUBSCRIBED = "unsubscribed"
"""Why a row was cancelled whose reader ended the subscription meanwhile."""

PROBLEMS = (DeliveryState.UNKNOWN, DeliveryState.REFUSED, DeliveryState.SKIPPED)
"""Ends that people are told of."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One post to one target at one time, and what became of it.

    `occurrence` is the key of that time in the schedule, `revision` what is or was sent. `again_at`
    is when a person had it sent again. Of a correction, `original` is the message that it changes,
    and `replaced` says that a message of its own is or was sent in place of the edit. `spread_to`
    is, while the readers of an audience get their rows, the last who has one.
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
    kind: DeliveryKind = DeliveryKind.CHAT
    spread_to: PersonId = ""

    @property
    def wanted_at(self) -> datetime:
        """What its lateness is counted from."""
        return self.again_at or self.due_at

    @property
    def is_inline(self) -> bool:
        """Whether `original` is the number of an inline card that somebody of the staff sent."""
        return self.target.startswith(INLINE)


CARDS = "inline"
"""The target of a correction of inline cards alone, whichever they are."""

INLINE = f"{CARDS}:"
"""Begins the target of what is known by the number of an inline card."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of ours that stands somewhere; it has no number where it is not known whether it
    was sent. `key` tells it from others of its target."""

    target: str
    key: str
    number: int | None
    kind: DeliveryKind = DeliveryKind.CHAT


REACHABLE = frozenset({DeliveryState.SKIPPED, DeliveryState.UNKNOWN})
"""Ends after which readers may have it sent again; who refused is no subscriber any more."""

AGAIN = frozenset(PROBLEMS)
"""Ends after which a person, and nobody else, may have it sent again."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a post so far: rows by state, the next times, and the latest problems.

    `replaced` are those of a correction that went out as messages of their own. Problems of readers
    are told by number alone, in `readers`.
    """

    counts: Mapping[DeliveryState, int]
    coming: tuple[datetime, ...] = ()
    problems: tuple[Delivery, ...] = ()
    replaced: tuple[Delivery, ...] = ()
    readers: Mapping[DeliveryState, int] = field(default_factory=dict)
