"""Rows ahead of time, for posts that go out again and again."""

from datetime import datetime, timedelta

import pytest

from bot.core.planning import HORIZON
from bot.core.ports import NewUow
from bot.core.posts import DeliveryState, Draft, Event, Post, PostState
from bot.core.records import CalendarDay
from bot.core.schedule import Calendar, NotASchedule, read_schedule
from bot.jobs.plan import AT_ONCE, Planner
from tests.db.drafts import (
    KARACHI,
    NO_DAYS,
    approved,
    attempt,
    deliveries,
    did,
    draft,
    repeating,
)
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.people import AUTHOR, REVIEWER

EID = CalendarDay.model_validate(
    {
        "name": {"en": "Eid al-Fitr"},
        "kind": "festival",
        "hijri_month": 10,
        "hijri_day": 1,
        "note": {"en": "The date depends on the moon."},
        "sources": (),
    }
)


@pytest.fixture
def planner(sqlite_uow: NewUow, clock: FakeClock) -> Planner:
    return Planner(sqlite_uow, lambda: NO_DAYS, clock)


def times(new_uow: NewUow, post: Post) -> list[datetime]:
    return sorted({row.due_at for row in deliveries(new_uow, post)})


def days(*numbers: int) -> list[datetime]:
    return [NOON + timedelta(days=number) for number in numbers]


async def test_approval_plans_as_far_as_the_horizon(sqlite_uow: NewUow) -> None:
    post = approved(sqlite_uow, of=repeating("@one", "@two", when="daily 17:00,05:00"), now=NOON)
    half = timedelta(hours=12)
    assert times(sqlite_uow, post) == [NOON + half, NOON + 2 * half, NOON + 3 * half]
    assert len(deliveries(sqlite_uow, post)) == 6


@pytest.mark.parametrize("when", ["monthly 15 17:00", "yearly 05-13 17:00"])
async def test_the_next_time_is_planned_however_far_it_is(sqlite_uow: NewUow, when: str) -> None:
    post = approved(sqlite_uow, of=repeating(when=when), now=NOON)
    [planned] = times(sqlite_uow, post)
    assert planned > NOON + HORIZON


async def test_planning_goes_on_day_by_day_and_repeats_nothing(
    sqlite_uow: NewUow, planner: Planner, clock: FakeClock
) -> None:
    post = approved(sqlite_uow, of=repeating(), now=NOON)
    assert times(sqlite_uow, post) == days(1)
    for _ in range(6):
        clock.forward(hours=12)
        for _ in range(2):
            await planner.plan_ahead()
    assert times(sqlite_uow, post) == days(1, 2, 3, 4)


async def test_two_planners_make_each_row_once(sqlite_uow: NewUow, clock: FakeClock) -> None:
    post = approved(sqlite_uow, of=repeating(), now=NOON)
    clock.forward(days=1)
    for _ in range(2):
        await Planner(sqlite_uow, lambda: NO_DAYS, clock).plan_ahead()
    assert times(sqlite_uow, post) == days(1, 2)


async def test_what_fell_due_while_nothing_ran_is_planned_to_be_accounted_for(
    sqlite_uow: NewUow, planner: Planner, clock: FakeClock
) -> None:
    post = approved(sqlite_uow, of=repeating(), now=NOON)
    clock.forward(days=10)
    await planner.plan_ahead()
    assert times(sqlite_uow, post) == days(*range(1, 12))


async def test_a_series_that_ends_has_nothing_left_to_plan(
    sqlite_uow: NewUow, planner: Planner, clock: FakeClock
) -> None:
    post = approved(sqlite_uow, of=repeating(when="daily 17:00 x3"), now=NOON)
    for _ in range(5):
        clock.forward(days=1)
        await planner.plan_ahead()
    assert times(sqlite_uow, post) == days(1, 2, 3)
    with sqlite_uow() as uow:
        assert uow.posts.planned_until(post.id) is None


async def test_one_look_plans_a_bounded_number_of_posts(
    sqlite_uow: NewUow, planner: Planner, clock: FakeClock
) -> None:
    posts = [approved(sqlite_uow, of=repeating(), now=NOON) for _ in range(AT_ONCE + 1)]
    clock.forward(days=1)
    await planner.plan_ahead()
    planned = [times(sqlite_uow, post) == days(1, 2) for post in posts]
    assert planned.count(True) == AT_ONCE
    await planner.plan_ahead()
    assert times(sqlite_uow, posts[-1]) == days(1, 2)


async def test_a_paused_post_is_planned_no_further_and_resumed_from_now(
    sqlite_uow: NewUow, planner: Planner, clock: FakeClock
) -> None:
    post = approved(sqlite_uow, of=repeating(), now=NOON)
    with sqlite_uow() as uow:
        did(uow, post, attempt(Event.PAUSE))
        uow.commit()
    clock.forward(days=5, hours=1)
    await planner.plan_ahead()
    with sqlite_uow() as uow:
        did(uow, post, attempt(Event.RESUME, now=clock()))
        uow.commit()
    rows = {row.due_at: row.state for row in deliveries(sqlite_uow, post)}
    assert rows == {days(1)[0]: DeliveryState.CANCELLED, days(6)[0]: DeliveryState.PENDING}


def on_eid() -> Draft:
    schedule = read_schedule("on eid-al-fitr 09:00", NOON, KARACHI, Calendar({"eid-al-fitr": EID}))
    return draft(schedule=schedule)


async def test_a_day_that_nobody_has_confirmed_waits_and_is_planned_once_it_is(
    sqlite_uow: NewUow, clock: FakeClock
) -> None:
    calendar = Calendar({"eid-al-fitr": EID})
    planner = Planner(sqlite_uow, lambda: calendar, clock)
    post = scheduled(sqlite_uow, on_eid(), calendar)
    assert deliveries(sqlite_uow, post) == []
    kept = next(calendar.coming("eid-al-fitr", NOON.date()))
    clock.now = datetime.combine(kept.date, NOON.timetz()) - timedelta(days=2)
    await planner.plan_ahead()
    assert deliveries(sqlite_uow, post) == []
    sighted = kept.date + timedelta(days=1)
    with sqlite_uow() as uow:
        uow.confirmed_days.put("eid-al-fitr", kept.year, sighted, AUTHOR, clock())
        uow.commit()
    clock.forward(hours=1)
    await planner.plan_ahead()
    [row] = deliveries(sqlite_uow, post)
    assert row.due_at.astimezone(KARACHI).date() == sighted


async def test_a_day_that_is_gone_from_the_calendar_holds_up_no_other_post(
    sqlite_uow: NewUow, clock: FakeClock
) -> None:
    calendar = Calendar({"eid-al-fitr": EID})
    scheduled(sqlite_uow, on_eid(), calendar)
    daily = approved(sqlite_uow, of=repeating(), now=NOON)
    clock.forward(days=400)
    await Planner(sqlite_uow, lambda: NO_DAYS, clock).plan_ahead()
    assert len(times(sqlite_uow, daily)) > 2
    with pytest.raises(NotASchedule):
        NO_DAYS.day("eid-al-fitr")


async def test_what_is_planned_moves_with_a_day_that_the_file_moves(
    sqlite_uow: NewUow, clock: FakeClock
) -> None:
    def kept_on(day: int) -> Calendar:
        told = {"name": {"en": "Day"}, "kind": "national", "month": 12, "day": day}
        return Calendar({"the-day": CalendarDay.model_validate(told)})

    calendar = kept_on(1)
    planner = Planner(sqlite_uow, lambda: calendar, clock)
    schedule = read_schedule("on the-day 17:00,18:00", NOON, KARACHI, calendar)
    post = scheduled(sqlite_uow, draft(schedule=schedule), calendar)
    hour = timedelta(hours=1)
    for day in (1, 6, 2):
        calendar = kept_on(day)
        for _ in range(2):
            await planner.plan_ahead()
        at = NOON + timedelta(days=day)
        assert times(sqlite_uow, post) == [at, at + hour]
    assert len(deliveries(sqlite_uow, post)) == 2


async def test_a_confirmation_of_another_process_is_followed_at_the_next_look(
    sqlite_uow: NewUow, clock: FakeClock
) -> None:
    calendar = Calendar({"eid-al-fitr": EID})
    planner = Planner(sqlite_uow, lambda: calendar, clock)
    post = scheduled(sqlite_uow, on_eid(), calendar)
    kept = next(calendar.coming("eid-al-fitr", NOON.date()))
    clock.now = datetime.combine(kept.date, NOON.timetz()) - timedelta(days=1)
    await planner.plan_ahead()
    for days_later in (1, 0):
        sighted = kept.date + timedelta(days=days_later)
        with sqlite_uow() as uow:
            uow.confirmed_days.put("eid-al-fitr", kept.year, sighted, AUTHOR, clock())
            uow.commit()
        await planner.plan_ahead()
        [at] = times(sqlite_uow, post)
        assert at.astimezone(KARACHI).date() == sighted


def scheduled(new_uow: NewUow, of: Draft, calendar: Calendar) -> Post:
    with new_uow() as uow:
        post = uow.posts.add(AUTHOR, of, NOON)
        post = did(uow, post, attempt(Event.SUBMIT, calendar=calendar))
        post = did(uow, post, attempt(Event.APPROVE, REVIEWER, calendar=calendar))
        uow.commit()
    assert post.state is PostState.SCHEDULED
    return post
