"""A row for each reader of an audience, page by page."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.audiences import Followed, chat_of
from bot.core.ports import UnitOfWork
from bot.core.posts import Delivery, DeliveryState, Post
from bot.core.subscriptions import Subscription

PAGE = 200
"""Readers who get their rows in one transaction. The next page waits until most of these are sent,
so that the rows that are open are few, however many subscribe."""

NOBODY = "nobody follows it"


Versions = Sequence[tuple[Post, Followed]]
"""Posts with the same message in other languages, and whom their targets mean."""


def spread(
    uow: UnitOfWork,
    row: Delivery,
    post: Post,
    owner: str,
    followed: Followed,
    others: Versions,
    now: datetime,
) -> bool:
    """Write the next page of the audience that `row` stands for; the owner's row then waits for the
    page after it, or is gone. False where its lease is lost: then nothing may be committed.

    Who is meant by one of the `others`, the versions in other languages, and reads its language is
    left to that one.
    """
    page = uow.subscribers.page(followed[row.target], row.spread_to, PAGE)
    mine = [each for each in page if not _is_told_by_another(each, post, others)]
    versions = [version.id for version, _ in others]
    uow.deliveries.give(row, [chat_of(each.person) for each in mine], versions, now)
    if len(page) == PAGE:
        return uow.deliveries.go_on(row, owner, page[-1].person, now)
    if uow.deliveries.reaches_readers(row):
        return uow.deliveries.given(row, owner)
    return uow.deliveries.record(row.id, owner, DeliveryState.SKIPPED, reason=NOBODY)


def _is_told_by_another(reader: Subscription, post: Post, others: Versions) -> bool:
    return reader.language != post.draft.language and any(
        version.draft.language == reader.language and any(map(reader.follows, followed.values()))
        for version, followed in others
    )
