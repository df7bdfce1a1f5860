"""Posts, and the row that every target of a post has."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.core.people import PersonId
from bot.core.replies import Block

GRACE = timedelta(minutes=30)
"""How late a post may still go out. Later it is skipped, and reported."""

_TARGET = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}|-?[1-9][0-9]{0,15}")


class PostState(StrEnum):
    """A post is born in review; it is `sent` or `failed` when no target waits any more."""

    DRAFT = "draft"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


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


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to be sent. No `due_at`: as soon as it is approved."""

    author: PersonId
    blocks: tuple[Block, ...]
    targets: tuple[str, ...]
    due_at: datetime | None
    record_id: str | None = None
    origin: str | None = None

    @property
    def fingerprint(self) -> str:
        """The hash that an approval binds to: exact text, targets and time."""
        exact = {
            "blocks": [asdict(block) for block in self.blocks],
            "targets": self.targets,
            "due_at": self.due_at.astimezone(UTC).isoformat() if self.due_at else None,
        }
        return hashlib.sha256(json.dumps(exact, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Post:
    """A draft with its number and what became of it. `approved` is the fingerprint approved."""

    id: int
    draft: Draft
    state: PostState
    created_at: datetime
    approved: str | None = None
    approver: PersonId | None = None
    reason: str = ""

    def is_too_late(self, now: datetime) -> bool:
        """Whether its time is so long gone that it would go out stale."""
        return self.draft.due_at is not None and now - self.draft.due_at > GRACE

    @property
    def may_go_out(self) -> bool:
        """Whether what would be sent is what somebody else approved."""
        by_other = self.approver is not None and self.approver != self.draft.author
        return (
            by_other
            and self.state is PostState.SCHEDULED
            and self.approved == self.draft.fingerprint
        )


@dataclass(frozen=True, slots=True)
class Delivery:
    """One post to one target at one time, and what became of it."""

    id: int
    post_id: int
    target: str
    state: DeliveryState
    due_at: datetime
    message_id: int | None = None
    reason: str = ""


def is_target(text: str) -> bool:
    """Whether `text` can be a chat: `@channel` or a numeric chat id."""
    return _TARGET.fullmatch(text) is not None
