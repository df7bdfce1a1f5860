"""Deliveries ahead of time: the rows of the occurrences that a schedule names."""

from datetime import datetime, timedelta

from bot.core.ports import UnitOfWork
from bot.core.posts import NOW, Post
from bot.core.schedule import BAND, Calendar

HORIZON = timedelta(hours=36)
"""How far ahead occurrences have their rows; the next one always has, however far it is."""

AT_ONCE = 50
"""Occurrences of one post that one transaction plans."""

AN_HOUR = timedelta(hours=1)
"""Until the next look at a day that somebody has yet to confirm."""


def plan(uow: UnitOfWork, post: Post, calendar: Calendar, after: datetime, now: datetime) -> None:
    """Plan what comes later than `after`, and note when to look at the post again.

    Planning the same again changes nothing. A day that nobody has confirmed waits; once it is over
    for sure it is planned where it was expected, so that it ends as skipped and is told of.
    Raises `NotASchedule` where the calendar lacks a day.
    """
    if post.draft.corrects is not None:
        uow.deliveries.plan_edits(post, uow.corrections.messages(post.draft), now)
        return uow.posts.planned(post.id, None, now)
    if post.draft.schedule is None:
        uow.deliveries.plan(post, NOW, now)
        return uow.posts.planned(post.id, None, now)
    until = after
    for number, each in enumerate(post.draft.coming(calendar, after)):
        if number == AT_ONCE:
            return uow.posts.planned(post.id, until, now)
        if each.due_at is None and each.at + BAND > now:
            return uow.posts.planned(post.id, until, max(now + AN_HOUR, each.at - BAND - HORIZON))
        if each.at > now + HORIZON and until > now:
            return uow.posts.planned(post.id, until, min(until, each.at - HORIZON))
        uow.deliveries.plan(post, each.key, each.at)
        until = each.at
    return uow.posts.planned(post.id, None, max(until, now))
