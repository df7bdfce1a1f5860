"""Posts to work with: short ways to write and approve them."""

from datetime import datetime, timedelta

from bot.core.ports import NewUow
from bot.core.posts import Delivery, Draft, Post
from bot.core.replies import Block, Span
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER

HELLO = (Block((Span("Hello ", bold=True), Span("there", url="https://example.org/?a=1&b=2"))),)


def draft(
    *targets: str,
    author: str = AUTHOR,
    due_at: datetime | None = NOON,
    origin: str | None = None,
) -> Draft:
    return Draft(author, HELLO, targets or ("@channel",), due_at, "sehwan-2017", origin)


def added(new_uow: NewUow, *targets: str, due_at: datetime | None = NOON) -> Post:
    with new_uow() as uow:
        post = uow.posts.add(draft(*targets, due_at=due_at), NOON - timedelta(hours=1))
        uow.commit()
    return post


def approved(new_uow: NewUow, *targets: str, due_at: datetime | None = NOON) -> Post:
    post = added(new_uow, *targets, due_at=due_at)
    with new_uow() as uow:
        assert uow.posts.approve(post.id, REVIEWER, post.draft.fingerprint, NOON)
        uow.commit()
        found = uow.posts.get(post.id)
    assert found is not None
    return found


def deliveries(new_uow: NewUow, post: Post) -> list[Delivery]:
    with new_uow() as uow:
        return uow.deliveries.of(post.id)


def leased(new_uow: NewUow, owner: str = "one", limit: int = 10) -> list[Delivery]:
    """What `owner` gets to send at noon, with a lease of 30 seconds."""
    with new_uow() as uow:
        found = uow.deliveries.lease(owner, NOON, NOON + timedelta(seconds=30), limit)
        uow.commit()
    return found
