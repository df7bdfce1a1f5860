"""Posts to work with: short ways to write and approve them."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.people import PersonId, Role
from bot.core.ports import NewUow, UnitOfWork
from bot.core.posting import act, edit
from bot.core.posts import Attempt, Delivery, Draft, Event, Post, Refusal
from bot.core.replies import Block, Span
from bot.core.schedule import Calendar, Once, read_schedule
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER

HELLO = (Block((Span("Hello ", bold=True), Span("there", url="https://example.org/?a=1&b=2"))),)
KARACHI = ZoneInfo("Asia/Karachi")
NO_DAYS = Calendar({})


def at(moment: datetime | None) -> Once | None:
    return Once(at=moment, zone=KARACHI) if moment else None


def draft(*targets: str, due_at: datetime | None = NOON, **more: Any) -> Draft:
    told = {"record_id": "sehwan-2017", "schedule": at(due_at), **more}
    return Draft(blocks=HELLO, targets=targets or ("@channel",), **told)


def repeating(*targets: str, when: str = "daily 17:00", now: datetime = NOON, **more: Any) -> Draft:
    return draft(*targets, schedule=read_schedule(when, now, KARACHI, NO_DAYS), **more)


def attempt(
    event: Event, by: PersonId | None = AUTHOR, now: datetime = NOON, **more: Any
) -> Attempt:
    role = Role.READER if by is None else Role.MODERATOR
    given = {"calendar": NO_DAYS, "role": role, **more}
    return Attempt(event, now, person=by, **given)


def did(uow: UnitOfWork, post: Post, tried: Attempt, anew: Draft | None = None) -> Post:
    """The post after what had to be possible."""
    done = edit(uow, post.id, tried, anew) if anew else act(uow, post.id, tried)
    assert not isinstance(done, Refusal), done
    return done


def added(
    new_uow: NewUow, *targets: str, due_at: datetime | None = NOON, of: Draft | None = None
) -> Post:
    """In review, since an hour before noon or before its time, if that is sooner."""
    wanted = of or draft(*targets, due_at=due_at)
    before = min(NOON, wanted.due_at or NOON) - timedelta(hours=1)
    with new_uow() as uow:
        post = uow.posts.add(AUTHOR, wanted, before)
        post = did(uow, post, attempt(Event.SUBMIT, now=before))
        uow.commit()
    return post


def approved(
    new_uow: NewUow,
    *targets: str,
    due_at: datetime | None = NOON,
    of: Draft | None = None,
    now: datetime | None = None,
) -> Post:
    """At noon, or in time where it is due before."""
    post = added(new_uow, *targets, due_at=due_at, of=of)
    in_time = now or min(NOON, post.draft.due_at or NOON)
    with new_uow() as uow:
        post = did(uow, post, attempt(Event.APPROVE, REVIEWER, in_time))
        uow.commit()
    return post


def deliveries(new_uow: NewUow, post: Post) -> list[Delivery]:
    with new_uow() as uow:
        return uow.deliveries.of(post.id)


def leased(new_uow: NewUow, owner: str = "one", limit: int = 10) -> list[Delivery]:
    """What `owner` gets to send at noon, with a lease of 30 seconds."""
    with new_uow() as uow:
        found = uow.deliveries.lease(owner, NOON, NOON + timedelta(seconds=30), limit)
        uow.commit()
    return found
