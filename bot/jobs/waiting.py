"""What may go out now: all that is due, or during a hold what an admin let through it."""

from collections.abc import Collection
from datetime import datetime

from bot.core.ports import UnitOfWork

DUE_AT_ONCE = 200
"""Due posts that are looked at during a hold."""


def let_through(uow: UnitOfWork, now: datetime) -> Collection[int] | None:
    """The posts that may go out; None for any."""
    if uow.holds.active() is None:
        return None
    due = uow.deliveries.due_posts(now, DUE_AT_ONCE)
    return [post_id for post_id in due if uow.holds.allows(post_id)]
