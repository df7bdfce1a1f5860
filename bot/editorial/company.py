"""What a post is in the company of: the others of its channels and of its campaign."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from bot.core.ports import Grounds, UnitOfWork
from bot.core.posts import Delivery, Post
from bot.core.schedule import NotASchedule, Occurrence
from bot.editorial.going import Going, Planned
from bot.editorial.planning import PlannedPost


def around(
    channels: Sequence[str],
    first: datetime,
    last: datetime,
    uow: UnitOfWork,
    grounds: Grounds,
    planned: Planned,
) -> Iterator[PlannedPost]:
    """What went to these channels, or is to go there, from `first` to `last`.

    Posts that are in memory as the rules read them are not read from the database again.
    """
    rows = {_key(each): each for each in uow.deliveries.around(channels, first, last)}
    library = grounds.library
    new = {
        each.post_id
        for each in rows.values()
        if planned.recalled(each.post_id, each.revision, library) is None
    }
    posts = {each.id: each for each in uow.posts.several(new)}
    for row in rows.values():
        yield from _of_row(row, posts, grounds, planned)
    for post in uow.posts.going_on():
        for each in coming(post, grounds, last):
            for channel in set(post.draft.targets) & set(channels):
                if (post.id, channel, each.key) not in rows and each.at >= first:
                    yield planned(Going(post, channel, each.at, each.key), library)


def of_campaign(
    name: str, uow: UnitOfWork, grounds: Grounds, planned: Planned
) -> Iterator[PlannedPost]:
    """The posts of a campaign, without their channels: those come from `around`."""
    for post in uow.posts.of_campaign(name):
        yield planned(Going(post, "", post.draft.due_at or post.created_at), grounds.library)


def coming(post: Post, grounds: Grounds, last: datetime) -> Iterator[Occurrence]:
    """Its times up to `last` that are to come or not too late; none where a day is unknown."""
    after = post.draft.missed_until(grounds.now)
    try:
        yield from takewhile(
            lambda each: each.at <= last, post.draft.coming(grounds.calendar, after)
        )
    except NotASchedule:
        return


def _of_row(
    row: Delivery, posts: dict[int, Post], grounds: Grounds, planned: Planned
) -> Iterator[PlannedPost]:
    known = planned.recalled(row.post_id, row.revision, grounds.library)
    if known is None and (post := posts.get(row.post_id)):
        known = planned(Going(post, row.target, row.due_at), grounds.library)
    if known:
        yield replace(known, channel=row.target, at=row.due_at, occurrence=row.occurrence)


def _key(row: Delivery) -> tuple[int, str, str]:
    return row.post_id, row.target, row.occurrence
