"""Readers who subscribed, and posts for them."""

from bot.core.audiences import Followed
from bot.core.ports import NewUow
from bot.core.posts import Delivery, DeliveryState, Post
from bot.core.records import Language
from bot.core.spreading import spread
from bot.core.subscriptions import Subscription
from tests.db.drafts import deliveries, leased
from tests.fakes.clock import NOON

EVERYONE: Followed = {"subscribers": frozenset()}


def subscribed(
    new_uow: NewUow, *numbers: int, topics: tuple[str, ...] = (), language: Language = "en"
) -> None:
    with new_uow() as uow:
        for number in numbers:
            wanted = Subscription(f"telegram:{number}", topics, language, NOON.date())
            uow.subscribers.follow(wanted)
        uow.commit()


def left(new_uow: NewUow, *numbers: int) -> None:
    with new_uow() as uow:
        for number in numbers:
            uow.subscribers.remove(f"telegram:{number}")
        uow.commit()


def spread_once(new_uow: NewUow, post: Post, followed: Followed = EVERYONE) -> list[Delivery]:
    """The rows of a post after one page of each of its audiences that is due."""
    for row in leased(new_uow):
        with new_uow() as uow:
            if row.target in followed:
                assert spread(uow, row, post, "one", followed, (), NOON)
            else:
                uow.deliveries.record(row.id, "one", DeliveryState.PENDING)
            uow.commit()
    return deliveries(new_uow, post)
