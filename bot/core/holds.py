"""The switch that stops every queue, and what it takes to lift it."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.audit import canonical
from bot.core.people import PersonId
from bot.core.schedule import Step

SOON = timedelta(hours=24)
"""How far ahead whoever lifts a hold has to look."""


@dataclass(frozen=True, slots=True)
class Held:
    """One call of the switch; no person: the operator, by restoring a backup."""

    number: int
    person: PersonId | None
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """The hold in force: all calls that joined in it, the first one first."""

    calls: tuple[Held, ...]

    @property
    def number(self) -> int:
        """That of the latest call, so that a hold which another joined has a new one."""
        return self.calls[-1].number


@dataclass(frozen=True, slots=True)
class Queued:
    """What waits of one revision of a post at one time, in how many chats."""

    post_id: int
    revision: int
    at: datetime
    chats: int


@dataclass(frozen=True, slots=True)
class Queue:
    """What lifting a hold would let go: at once, not any more, and within a day."""

    due: tuple[Queued, ...] = ()
    stale: tuple[Queued, ...] = ()
    upcoming: tuple[Queued, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What a release binds to: these revisions, in these chats, at these times."""
        exact = [
            [[each.post_id, each.revision, each.at.isoformat(), each.chats] for each in part]
            for part in (self.due, self.stale, self.upcoming)
        ]
        return hashlib.sha256(canonical(exact).encode()).hexdigest()


def queue_of(waiting: Iterable[Queued], step: Callable[[Queued], Step]) -> Queue:
    """`waiting` in its order, by the step that the sender would take."""
    steps = [(step(each), each) for each in waiting]
    return Queue(
        due=tuple(each for next_, each in steps if next_ is Step.SEND),
        stale=tuple(each for next_, each in steps if next_ in (Step.SKIP, Step.ASK)),
        upcoming=tuple(each for next_, each in steps if next_ is Step.WAIT),
    )


@dataclass(frozen=True, slots=True)
class Release:
    """An admin's request to lift a hold, and who was shown the queue as its fingerprint has it."""

    hold: int
    person: PersonId
    queue: str
    shown_to: tuple[PersonId, ...]
