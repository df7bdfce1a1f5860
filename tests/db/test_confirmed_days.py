"""Dates that admins confirm: kept, followed by what is planned; and who was told what."""

from datetime import date, datetime, timedelta

import pytest

from bot.core.ports import NewUow
from bot.core.posts import DeliveryState, Draft, Event, Post
from bot.core.records import CalendarDay
from bot.core.schedule import Calendar, NotASchedule, read_schedule
from bot.core.sighting import confirm, take_back
from tests.db.drafts import KARACHI, approved, attempt, deliveries, did, draft, leased, repeating
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, OTHER, REVIEWER

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EID = CalendarDay.model_validate(
    {"name": {"en": "Eid"}, "kind": "religious", "hijri_month": 10, "hijri_day": 1}
)
FIXED = CalendarDay.model_validate(
    {"name": {"en": "Minorities"}, "kind": "national", "month": 8, "day": 11}
)
CALENDAR = Calendar({"eid": EID, "minorities": FIXED})
[EXPECTED] = [each for _, each in CALENDAR.between(date(2027, 1, 1), date(2027, 6, 1))]
EVENING = EXPECTED.date - DAY
BEFORE = datetime(EVENING.year, EVENING.month, EVENING.day, 14, tzinfo=NOON.tzinfo)
"""The evening before the expected day, when the moon is looked for."""


def on_eid(when: str = "on eid 09:00", *targets: str) -> Draft:
    schedule = read_schedule(when, NOON, KARACHI, CALENDAR)
    return draft(*targets, schedule=schedule)


def waiting(new_uow: NewUow, of: Draft) -> Post:
    """Scheduled long before its day."""
    with new_uow() as uow:
        post = uow.posts.add(AUTHOR, of, NOON)
        for event, person in ((Event.SUBMIT, AUTHOR), (Event.APPROVE, REVIEWER)):
            post = did(uow, post, attempt(event, person, calendar=CALENDAR))
        uow.commit()
    return post


def confirmed(new_uow: NewUow, day: date, now: datetime = BEFORE) -> tuple[int, ...]:
    """The posts that moved."""
    with new_uow() as uow:
        done = confirm(uow, CALENDAR, "eid", day, AUTHOR, now)
        uow.commit()
    return tuple(post.id for post in done.posts)


def due(new_uow: NewUow, post: Post) -> list[tuple[str, DeliveryState]]:
    """When each row is due on the wall, and its state."""
    rows = deliveries(new_uow, post)
    return [(f"{row.due_at.astimezone(KARACHI):%m-%d %H:%M}", row.state) for row in rows]


def on(day: date, time: str = "09:00") -> str:
    return f"{day:%m-%d} {time}"


def test_a_confirmed_date_is_kept_changed_and_taken_back(new_uow: NewUow) -> None:
    year = EXPECTED.year
    for day in (EXPECTED.date, EXPECTED.date + DAY):
        confirmed(new_uow, day)
        with new_uow() as uow:
            assert uow.confirmed_days.all() == {("eid", year): day}
    with new_uow() as uow:
        assert take_back(uow, CALENDAR, "eid", year, AUTHOR, BEFORE)
        assert take_back(uow, CALENDAR, "eid", year, AUTHOR, BEFORE) is None
        uow.commit()
    with new_uow() as uow:
        assert uow.confirmed_days.all() == {}
        noted = [entry.what for entry in uow.audit.page(f"day eid/{year}", 0, 9)]
    assert noted == ["day.unconfirmed", "day.confirmed", "day.confirmed"]


@pytest.mark.parametrize(("day_id", "away"), [("eid", 9), ("minorities", 0), ("nothing", 0)])
def test_a_date_that_cannot_be_is_refused_and_changes_nothing(
    new_uow: NewUow, day_id: str, away: int
) -> None:
    with new_uow() as uow, pytest.raises(NotASchedule):
        confirm(uow, CALENDAR, day_id, EXPECTED.date + away * DAY, AUTHOR, BEFORE)
    with new_uow() as uow:
        assert uow.confirmed_days.all() == {} and uow.audit.count("") == 0


def test_a_post_waits_for_its_day_and_is_planned_by_the_confirmation(new_uow: NewUow) -> None:
    post = waiting(new_uow, on_eid("on eid 09:00", "@one", "@two"))
    daily = approved(new_uow, of=repeating(), now=NOON)
    assert due(new_uow, post) == []
    before = due(new_uow, daily)
    sighted = EXPECTED.date + DAY
    assert confirmed(new_uow, sighted) == (post.id,)
    assert due(new_uow, post) == [(on(sighted), DeliveryState.PENDING)] * 2
    assert due(new_uow, daily) == before


def test_what_is_planned_moves_with_its_day_all_times_of_it(new_uow: NewUow) -> None:
    post = waiting(new_uow, on_eid("on eid 09:00,18:00"))
    confirmed(new_uow, EXPECTED.date)
    keys = [row.occurrence for row in deliveries(new_uow, post)]
    for day in (EXPECTED.date + 2 * DAY, EXPECTED.date - DAY):
        confirmed(new_uow, day)
        times = [(on(day, time), DeliveryState.PENDING) for time in ("09:00", "18:00")]
        assert due(new_uow, post) == times
    assert [row.occurrence for row in deliveries(new_uow, post)] == keys


def test_what_is_taken_back_waits_again_and_comes_again(new_uow: NewUow) -> None:
    post = waiting(new_uow, on_eid())
    confirmed(new_uow, EXPECTED.date)
    with new_uow() as uow:
        take_back(uow, CALENDAR, "eid", EXPECTED.year, AUTHOR, BEFORE)
        uow.commit()
    [row] = deliveries(new_uow, post)
    assert row.state is DeliveryState.CANCELLED and "not confirmed" in row.reason
    confirmed(new_uow, EXPECTED.date + DAY)
    assert due(new_uow, post) == [(on(EXPECTED.date + DAY), DeliveryState.PENDING)]


def test_what_was_sent_is_not_sent_again_on_another_date(new_uow: NewUow) -> None:
    post = waiting(new_uow, on_eid())
    confirmed(new_uow, EXPECTED.date)
    at = datetime.combine(EXPECTED.date, NOON.timetz())
    with new_uow() as uow:
        [row] = uow.deliveries.lease("one", at, at + HOUR, 9)
        assert uow.deliveries.begin(row.id, "one", at, at + HOUR)
        uow.deliveries.record(row.id, "one", DeliveryState.SENT, message_id=5)
        uow.commit()
    confirmed(new_uow, EXPECTED.date + DAY, at)
    assert due(new_uow, post) == [(on(EXPECTED.date), DeliveryState.SENT)]
    assert leased(new_uow) == []


def test_of_several_who_tell_one_person_one_does(new_uow: NewUow) -> None:
    soon = NOON + HOUR
    with new_uow() as uow:
        assert uow.notices.claim(AUTHOR, "next", NOON, soon)
        assert not uow.notices.claim(AUTHOR, "next", NOON, soon)
        assert uow.notices.claim(OTHER, "next", NOON, soon)
        assert uow.notices.claim(AUTHOR, "last", NOON, NOON)
        uow.commit()
    with new_uow() as uow:
        assert not uow.notices.claim(AUTHOR, "next", soon, soon)
        assert uow.notices.claim(AUTHOR, "next", soon + HOUR, soon + 2 * HOUR)
        uow.notices.give_back(OTHER, "next")
        assert uow.notices.told("next") == {AUTHOR: soon + 2 * HOUR}


def test_who_wants_no_notices_is_remembered_until_they_do_or_go(new_uow: NewUow) -> None:
    with new_uow() as uow:
        for person in (AUTHOR, AUTHOR, OTHER):
            uow.notices.want(person, wanted=False)
        assert uow.notices.unwanted_by() == {AUTHOR, OTHER}
        uow.notices.want(AUTHOR, wanted=True)
        uow.notices.claim(OTHER, "next", NOON, NOON)
        uow.notices.keep_only({AUTHOR})
        assert uow.notices.unwanted_by() == set() and uow.notices.told("next") == {}


def test_rows_of_a_span_come_in_order_and_without_cancelled_ones(new_uow: NewUow) -> None:
    late = approved(new_uow, due_at=NOON + 2 * HOUR)
    early = approved(new_uow, "@one", "@two", due_at=NOON + HOUR)
    gone = approved(new_uow, due_at=NOON + HOUR)
    with new_uow() as uow:
        did(uow, gone, attempt(Event.CANCEL))
        uow.commit()
    with new_uow() as uow:
        rows = uow.deliveries.due_between(NOON, NOON + 3 * HOUR, 9)
        assert [row.post_id for row in rows] == [early.id, early.id, late.id]
        assert rows == [*uow.deliveries.of(early.id), *uow.deliveries.of(late.id)]
        assert len(uow.deliveries.due_between(NOON, NOON + 3 * HOUR, 2)) == 2
        assert uow.deliveries.due_between(NOON, NOON + HOUR, 9) == []
        assert uow.posts.drafts([late.id]) == {late.id: late.draft}
