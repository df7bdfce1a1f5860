"""Confirming when a calendar day is, after moon-sighting: in one transaction with its audit."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.people import PersonId
from bot.core.planning import confirmed_in, replan
from bot.core.ports import UnitOfWork
from bot.core.posts import Post, PostState
from bot.core.schedule import Calendar


@dataclass(frozen=True, slots=True)
class Sighting:
    """What became of a confirmation: the year of the day it is about, and the posts that moved."""

    day_id: str
    year: int
    posts: tuple[Post, ...]


def confirm(
    uow: UnitOfWork, calendar: Calendar, day_id: str, date: date, person: PersonId, now: datetime
) -> Sighting:
    """Keep `date` for the day and move what is planned to it, also where it was confirmed before.

    Raises `NotASchedule` where the day needs no confirmation, or is expected on another date.
    """
    year = calendar.year_meant(day_id, date)
    before = confirmed_in(uow, calendar).confirmed.get((day_id, year))
    uow.confirmed_days.put(day_id, year, date, person, now)
    posts = follow_days(uow, calendar, now, day_id)
    replaced = str(before) if before else None
    about = f"day {day_id}/{year}"
    uow.audit.append(person, "day.confirmed", about, now, date=str(date), before=replaced)
    return Sighting(day_id, year, posts)


def take_back(
    uow: UnitOfWork, calendar: Calendar, day_id: str, year: int, person: PersonId, now: datetime
) -> Sighting | None:
    """Let the day wait for a confirmation again; None where it had none."""
    if not uow.confirmed_days.remove(day_id, year):
        return None
    posts = follow_days(uow, calendar, now, day_id)
    uow.audit.append(person, "day.unconfirmed", f"day {day_id}/{year}", now)
    return Sighting(day_id, year, posts)


def follow_days(
    uow: UnitOfWork, calendar: Calendar, now: datetime, day_id: str
) -> tuple[Post, ...]:
    """Replan the scheduled posts that keep to that day: these."""
    ids = [post_id for post_id, day in uow.posts.kept_to_days().items() if day == day_id]
    taken = [post for post in map(uow.posts.take, sorted(ids)) if post]
    posts = [post for post in taken if post.state is PostState.SCHEDULED]
    for post in posts:
        replan(uow, post, calendar, now)
    return tuple(posts)
