"""Deliveries ahead of time: the rows of the occurrences that a schedule names."""

from datetime import datetime, timedelta

from bot.core.ports import UnitOfWork
from bot.core.posts import NOW, Post
from bot.core.schedule import BAND, Calendar, occurrence_named

HORIZON = timedelta(hours=36)
"""How far ahead occurrences have their rows; the next one always has, however far it is."""

AT_ONCE = 50
"""Occurrences of one post that one transaction plans."""

UNCONFIRMED = "the date of its day is not confirmed"

AN_HOUR = timedelta(hours=1)
"""Until the next look at a day that somebody has yet to confirm."""


def plan(uow: UnitOfWork, post: Post, calendar: Calendar, after: datetime, now: datetime) -> None:
    """Plan what comes later than `after`, and note when to look at the post again.

    Planning the same again changes nothing. A day that nobody has confirmed waits; once it is over
    for sure it is planned where it was expected, so that it ends as skipped and is told of.
    What is confirmed is read here, in the transaction that plans.
    Raises `NotASchedule` where the calendar lacks a day.
    """
    if post.draft.corrects is not None:
        uow.deliveries.plan_edits(post, uow.corrections.messages(post.draft), now)
        return uow.posts.planned(post.id, None, now)
    calendar = confirmed_in(uow, calendar)
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


def confirmed_in(uow: UnitOfWork, calendar: Calendar) -> Calendar:
    """The calendar with what is confirmed as of this transaction."""
    return Calendar(calendar.days, uow.confirmed_days.all())


def replan(uow: UnitOfWork, post: Post, calendar: Calendar, now: datetime) -> None:
    """Bring a scheduled post in line with where its days are now, after some of them moved.

    Pending rows move with their occurrence; where its day is not confirmed any more, or gone, they
    are cancelled until it is again. What has begun or ended stays: nothing is sent twice.
    """
    calendar = confirmed_in(uow, calendar)
    for key, due_at in uow.deliveries.waiting(post.id).items():
        schedule = post.draft.schedule
        found = occurrence_named(key, schedule, calendar) if schedule else None
        if found is None or found.due_at is None:
            uow.deliveries.withdraw(post.id, key, UNCONFIRMED)
        elif found.due_at != due_at:
            uow.deliveries.plan(post, key, found.due_at)
    plan(uow, post, calendar, post.draft.missed_until(now), now)
