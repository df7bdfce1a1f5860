"""Posts that were sent, and corrections of them: short ways to have some."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from bot.core.ports import NewUow
from bot.core.posts import Corrects, Delivery, DeliveryState, Draft, Post
from bot.core.replies import Block, Span
from tests.db.drafts import approved, draft, leased
from tests.fakes.clock import NOON

LEASE = dt.timedelta(seconds=30)
RIGHT = (Block((Span("Corrected: it was 72."),)),)


def sent(new_uow: NewUow, *targets: str, state: DeliveryState = DeliveryState.SENT) -> Post:
    """A post whose messages have the numbers 101, 102 ... at their targets, or ended so."""
    post = approved(new_uow, *targets)
    end(new_uow, leased(new_uow, limit=1000), state)
    return post


def end(
    new_uow: NewUow,
    rows: Sequence[Delivery],
    state: DeliveryState = DeliveryState.SENT,
    first: int = 101,
) -> None:
    with new_uow() as uow:
        for number, row in enumerate(rows, start=first):
            assert uow.deliveries.begin(row.id, "one", NOON, NOON + LEASE)
            known = number if state is DeliveryState.SENT else None
            assert uow.deliveries.record(row.id, "one", state, message_id=known)
        uow.commit()


def correction(post: Post | None, **more: Any) -> Draft:
    corrects = Corrects(post=post.id if post else None, day=dt.date(2026, 11, 22), what="The toll.")
    told = {"type": "correction", "corrects": corrects, "grace_minutes": 1440, **more}
    targets = post.draft.targets if post else ("inline",)
    return draft(*targets, due_at=None, **told).model_copy(update={"blocks": RIGHT})


def corrected(new_uow: NewUow, post: Post | None, **more: Any) -> Post:
    """An approved correction of the post."""
    return approved(new_uow, of=correction(post, **more))
