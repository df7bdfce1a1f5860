"""Notices of what goes out next and of the last, and reminders of days that wait for a date."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core.months import Entry, Waiting
from bot.core.people import PersonId, Role
from bot.core.plan_rules import PlanRules
from bot.core.ports import NewUow
from bot.core.posting import act
from bot.core.posts import Attempt, Event, Post
from bot.core.replies import Reply, plain
from bot.core.schedule import Calendar
from bot.jobs.notify import Around, Notifier
from tests.db.drafts import approved
from tests.db.test_confirmed_days import BEFORE, CALENDAR, EXPECTED, confirmed, on_eid, waiting
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.people import AUTHOR, OTHER, REVIEWER
from tests.jobs.workers import worker

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def next_out(_: PersonId, entries: Sequence[Entry]) -> Reply:
    return plain("next " + " ".join(f"{each.post_id}" for each in entries))


def reminder(_: PersonId, waits: Waiting) -> Reply:
    return plain(f"{waits.day_id} {waits.year} {waits.posts}")


AROUND = Around(
    (AUTHOR, REVIEWER),
    (AUTHOR,),
    Calendar({}),
    PlanRules(),
    next_out,
    lambda _: plain("last"),
    reminder,
)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def notifier(sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock) -> Notifier:
    return Notifier(sqlite_uow, messenger, clock, lambda: AROUND)


def told(messenger: FakeMessenger) -> list[tuple[PersonId, str]]:
    """What was told since the last look."""
    found = [(person, reply.text) for person, reply in messenger.told]
    messenger.told.clear()
    return found


async def test_everybody_is_told_once_an_hour_before(
    new_uow: NewUow, messenger: FakeMessenger, clock: FakeClock
) -> None:
    notifier = Notifier(new_uow, messenger, clock, lambda: AROUND)
    approved(new_uow, "@one", "@two", due_at=NOON + 2 * HOUR)
    clock.forward(minutes=59)
    await notifier.notify()
    assert told(messenger) == []
    clock.forward(minutes=1)
    await asyncio.gather(notifier.notify(), replace(notifier).notify())
    await notifier.notify()
    assert sorted(told(messenger)) == [(AUTHOR, "next 1"), (REVIEWER, "next 1")]


async def test_many_posts_are_one_message_for_each_span(
    notifier: Notifier, sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock
) -> None:
    for number in range(1, 31):
        approved(sqlite_uow, due_at=NOON + number * 5 * MINUTE, now=NOON - HOUR)
    for _ in range(20):
        await notifier.notify()
        clock.forward(minutes=5)
    mine = [text for person, text in told(messenger) if person == AUTHOR]
    spans = (range(1, 14), range(14, 27), range(27, 31))
    assert mine == [f"next {' '.join(map(str, some))}" for some in spans]


async def test_who_wants_none_gets_none_and_who_cannot_be_told_is_tried_again(
    notifier: Notifier, sqlite_uow: NewUow, messenger: FakeMessenger
) -> None:
    approved(sqlite_uow, due_at=NOON + HOUR)
    with sqlite_uow() as uow:
        uow.notices.want(REVIEWER, wanted=False)
        uow.commit()
    messenger.deaf = True
    await notifier.notify()
    messenger.deaf = False
    await notifier.notify()
    assert told(messenger) == [(AUTHOR, "next 1")]


async def test_the_last_is_told_when_nothing_is_scheduled_any_more(
    notifier: Notifier, sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock
) -> None:
    for minutes in (5, 10):
        approved(sqlite_uow, due_at=NOON + minutes * MINUTE, now=NOON - HOUR)
    work = worker("one", sqlite_uow, FakeMessenger(), clock)
    await notifier.notify()
    clock.forward(minutes=5)
    await work.run()
    await notifier.notify()
    assert told(messenger) == [(AUTHOR, "next 1 2"), (REVIEWER, "next 1 2")]
    clock.forward(minutes=5)
    await work.run()
    for _ in range(2):
        await notifier.notify()
    assert told(messenger) == [(AUTHOR, "last"), (REVIEWER, "last")]


async def test_it_is_not_the_last_where_another_is_paused(
    notifier: Notifier, sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock
) -> None:
    approved(sqlite_uow, due_at=NOON, now=NOON)
    later = approved(sqlite_uow, due_at=NOON + 5 * HOUR, now=NOON)
    with sqlite_uow() as uow:
        paused = Attempt(Event.PAUSE, NOON, Calendar({}), AUTHOR, Role.MODERATOR, comment="wait")
        assert isinstance(act(uow, later.id, paused), Post)
        uow.commit()
    await worker("one", sqlite_uow, FakeMessenger(), clock).run()
    await notifier.notify()
    assert told(messenger) == []


async def test_a_last_of_long_ago_is_no_news(
    notifier: Notifier, sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock
) -> None:
    approved(sqlite_uow)
    await worker("one", sqlite_uow, FakeMessenger(), clock).run()
    clock.forward(hours=2)
    await notifier.notify()
    assert told(messenger) == []


async def test_during_a_hold_nothing_is_said_to_go_out(
    notifier: Notifier, sqlite_uow: NewUow, messenger: FakeMessenger
) -> None:
    approved(sqlite_uow, due_at=NOON + HOUR)
    with sqlite_uow() as uow:
        uow.holds.place(AUTHOR, "a rumour", NOON)
        uow.commit()
    await notifier.notify()
    assert told(messenger) == []


@pytest.mark.parametrize(("before", "reminded"), [(4, False), (3, True), (0, True)])
async def test_admins_are_reminded_of_a_day_that_posts_wait_for(
    notifier: Notifier,
    sqlite_uow: NewUow,
    messenger: FakeMessenger,
    clock: FakeClock,
    before: int,
    reminded: bool,
) -> None:
    notifier = replace(notifier, around=lambda: replace(AROUND, calendar=CALENDAR))
    post = waiting(sqlite_uow, on_eid())
    clock.now = datetime.combine(EXPECTED.date, NOON.timetz()) - timedelta(days=before)
    for _ in range(2):
        await notifier.notify()
    words = f"eid {EXPECTED.year} ({post.id},)"
    assert told(messenger) == ([(AUTHOR, words)] if reminded else [])


async def test_no_reminder_of_a_day_that_is_confirmed_or_that_nothing_waits_for(
    notifier: Notifier, sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock
) -> None:
    notifier = replace(notifier, around=lambda: replace(AROUND, calendar=CALENDAR))
    clock.now = BEFORE
    await notifier.notify()
    waiting(sqlite_uow, on_eid())
    confirmed(sqlite_uow, EXPECTED.date)
    await notifier.notify()
    assert [text for _, text in told(messenger) if text.startswith("eid")] == []
    assert OTHER not in dict(told(messenger))


async def test_what_was_approved_just_before_its_time_is_no_news(
    notifier: Notifier, sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock
) -> None:
    approved(sqlite_uow, due_at=NOON + 5 * MINUTE, now=NOON)
    await notifier.notify()
    clock.forward(minutes=5)
    await worker("one", sqlite_uow, FakeMessenger(), clock).run()
    await notifier.notify()
    assert told(messenger) == []
