"""What stands in a calendar of posts, and what does not."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.agenda import AHEAD, BACK, Engagement, Key, engagements, may_have_gone_out, slots
from bot.core.posts import NOW, Draft, Post, PostState, Revision
from bot.core.records import CalendarDay
from bot.core.schedule import Calendar, read_schedule
from tests.db.drafts import NO_DAYS, draft
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR

KARACHI = ZoneInfo("Asia/Karachi")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EID = {"name": {"en": "Eid"}, "kind": "religious", "hijri_month": 10, "hijri_day": 1}
DAYS = {"eid": CalendarDay.model_validate(EID)}


def post(of: Draft, state: PostState = PostState.SCHEDULED, number: int = 1) -> Post:
    revision = Revision(1, AUTHOR, NOON - DAY, of)
    return Post(number, AUTHOR, state, NOON - DAY, revision, frozenset({AUTHOR}))


def again(when: str, calendar: Calendar = NO_DAYS, start: datetime = NOON - 2 * DAY) -> Draft:
    return draft(schedule=read_schedule(when, start, KARACHI, calendar))


def in_calendar(
    *posts: Post, went_out: dict[Key, datetime] | None = None, calendar: Calendar = NO_DAYS
) -> list[Engagement]:
    found = list(slots(posts, calendar, NOON - BACK, NOON + AHEAD))
    return list(engagements(posts, found, went_out or {}, NOON))


def test_a_post_in_review_is_tentative_and_an_approved_one_is_not() -> None:
    waits = post(draft(due_at=NOON + HOUR), PostState.REVIEW, 1)
    ready = post(draft(due_at=NOON + 2 * HOUR), PostState.SCHEDULED, 2)
    assert [(each.post.id, each.tentative) for each in in_calendar(ready, waits)] == [
        (1, True),
        (2, False),
    ]


@pytest.mark.parametrize(
    "state", [PostState.DRAFT, PostState.PAUSED, PostState.CANCELLED, PostState.SENT]
)
def test_nothing_is_to_come_of_a_post_in_another_state(state: PostState) -> None:
    assert in_calendar(post(draft(due_at=NOON + HOUR), state)) == []


def test_what_is_past_is_there_where_it_went_out_and_else_not() -> None:
    daily = post(again("daily 17:00"))
    went = {(1, "2026-11-29 17:00"): NOON - DAY}
    found = in_calendar(daily, went_out=went)
    past = [each for each in found if each.at < NOON]
    assert [(each.at, each.sent) for each in past] == [(NOON - DAY, True)]
    assert found[1].at == NOON
    assert not found[1].sent


def test_what_went_out_before_a_pause_stays() -> None:
    paused = post(again("daily 17:00"), PostState.PAUSED)
    [found] = in_calendar(paused, went_out={(1, "2026-11-29 17:00"): NOON - DAY})
    assert found.sent


def test_what_is_due_and_not_yet_out_stays_as_long_as_it_may_go_out() -> None:
    late, too_late = (post(draft(due_at=NOON - timedelta(minutes=m))) for m in (20, 40))
    assert len(in_calendar(late)) == 1
    assert in_calendar(too_late) == []


def test_what_was_sent_at_once_stands_where_it_was_due() -> None:
    at_once = post(draft(due_at=None), PostState.SENT)
    assert in_calendar(at_once) == []
    [found] = in_calendar(at_once, went_out={(1, NOW): NOON - HOUR})
    assert (found.at, found.sent) == (NOON - HOUR, True)
    assert in_calendar(at_once, went_out={(1, NOW): NOON - BACK - HOUR}) == []


def test_a_year_ahead_is_shown_and_no_more() -> None:
    weekly = in_calendar(post(again("mon 17:00")))
    assert len(weekly) == 53
    assert max(each.at for each in weekly) <= NOON + AHEAD
    assert len({each.key for each in weekly}) == 53


def test_a_day_that_waits_for_the_moon_is_tentative_and_keeps_its_key() -> None:
    calendar = Calendar(DAYS)
    expects = post(again("on eid 18:00", calendar))
    [expected] = in_calendar(expects, calendar=calendar)
    assert expected.tentative
    year = int(expected.key.split("/")[1][:4])
    day: date = expected.at.astimezone(KARACHI).date()
    sighted = Calendar(DAYS, {("eid", year): day + DAY})
    [confirmed] = in_calendar(expects, calendar=sighted)
    assert (confirmed.key, confirmed.at) == (expected.key, expected.at + DAY)
    assert not confirmed.tentative


def test_a_post_whose_day_is_gone_hides_no_other() -> None:
    lost = post(again("on eid 18:00", Calendar(DAYS)), number=1)
    other = post(draft(due_at=NOON + HOUR), number=2)
    assert [each.post.id for each in in_calendar(lost, other)] == [2]


def test_what_is_past_may_have_gone_out() -> None:
    posts = [post(again("daily 17:00")), post(draft(due_at=None), number=2)]
    past = slots(posts, NO_DAYS, NOON - BACK, NOON)
    assert may_have_gone_out(posts, past) == [
        (2, NOW),
        *((1, f"2026-11-{day} 17:00") for day in (29, 30)),
    ]
