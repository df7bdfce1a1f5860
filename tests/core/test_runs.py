"""The state of a started campaign, which its posts tell, and the day it is said to begin on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.content_files import Content
from bot.core.laying import suggested_day
from bot.core.posts import Draft, Event, Post, PostState, Revision
from bot.core.records import Campaign
from bot.core.replies import Block, Span
from bot.core.runs import Run, RunState, bar, first_day, progress, state_of
from bot.core.schedule import Calendar, Once

ZONE = ZoneInfo("Asia/Karachi")
FIRST = datetime(2026, 12, 1, 13, tzinfo=UTC)
BEFORE, LATER = FIRST - timedelta(days=1), FIRST + timedelta(hours=1)
RUN = Run(1, "baat-karo", "telegram:2001", BEFORE, written_at=BEFORE)
DRAFT, REVIEW, SCHEDULED = PostState.DRAFT, PostState.REVIEW, PostState.SCHEDULED
PAUSED, SENT, FAILED = PostState.PAUSED, PostState.SENT, PostState.FAILED
CANCELLED = PostState.CANCELLED


def series(*states: PostState) -> list[Post]:
    """A post a day in these states."""
    return [post(number, state, FIRST + (number - 1) * timedelta(days=1))
            for number, state in enumerate(states, 1)]  # fmt: skip


def post(number: int, state: PostState, at: datetime | None) -> Post:
    schedule = Once(at=at, zone=ZONE) if at else None
    draft = Draft(blocks=(Block((Span("Text"),)),), targets=("@one",), schedule=schedule, run=1)
    revision = Revision(1, "telegram:2001", BEFORE, draft)
    return Post(number, "telegram:2001", state, BEFORE, revision, frozenset({"telegram:2001"}))


@pytest.mark.parametrize(
    ("states", "now", "state"),
    [
        ((), BEFORE, RunState.DRAFT),
        ((DRAFT, SCHEDULED), BEFORE, RunState.DRAFT),
        ((REVIEW, SCHEDULED), BEFORE, RunState.REVIEW),
        ((SCHEDULED, DRAFT), BEFORE, RunState.APPROVED),
        ((SCHEDULED, SCHEDULED), LATER, RunState.RUNNING),
        ((SENT, REVIEW), LATER, RunState.RUNNING),
        ((CANCELLED, REVIEW), BEFORE, RunState.REVIEW),
        ((SENT, FAILED, CANCELLED), LATER, RunState.ENDED),
        ((CANCELLED, CANCELLED), BEFORE, RunState.ENDED),
    ],
)
def test_the_posts_tell_the_state(
    states: tuple[PostState, ...], now: datetime, state: RunState
) -> None:
    assert state_of(RUN, series(*states), now) is state


def test_what_is_kept_goes_before_what_is_derived() -> None:
    posts = series(SCHEDULED)
    assert state_of(replace(RUN, paused_at=BEFORE), posts, LATER) is RunState.PAUSED
    assert state_of(replace(RUN, cancelled_at=BEFORE), posts, LATER) is RunState.CANCELLED
    closed = replace(RUN, report="Done", paused_at=BEFORE)
    assert state_of(closed, series(SENT), LATER) is RunState.REPORTED


def test_the_first_day_is_that_of_the_wall() -> None:
    late = datetime(2026, 12, 1, 18, 59, tzinfo=UTC)  # still the first of December in Karachi
    posts = [
        post(1, REVIEW, FIRST),
        post(2, REVIEW, late),
        post(3, REVIEW, late + timedelta(0, 60)),
    ]
    assert [each.id for each in first_day(posts)] == [1, 2]
    undated = [post(1, REVIEW, None), post(2, REVIEW, None)]
    assert first_day(undated) == tuple(undated)


@pytest.mark.parametrize(
    ("states", "number", "key"),
    [
        ((REVIEW, REVIEW), 1, None),
        ((REVIEW, REVIEW), 2, "run.first-day"),
        ((DRAFT, REVIEW), 2, "run.first-day"),
        ((SCHEDULED, REVIEW), 2, None),
        ((CANCELLED, REVIEW), 2, None),
    ],
)
def test_the_first_day_is_approved_first(
    states: tuple[PostState, ...], number: int, key: str | None
) -> None:
    posts = series(*states)
    found = bar(RUN, posts[number - 1], posts, Event.APPROVE)
    assert (found.key if found else None) == key


@pytest.mark.parametrize("event", [Event.APPROVE, Event.RESUME, Event.RETRY])
def test_nothing_of_a_stopped_campaign_becomes_scheduled(event: Event) -> None:
    posts = series(PAUSED)
    for field in ("paused", "cancelled"):
        stopped = replace(RUN, **{f"{field}_at": BEFORE})
        found = bar(stopped, posts[0], posts, event)
        assert found
        assert found.key == f"run.{field}"


def test_progress_counts_each_post_once() -> None:
    done = progress(series(DRAFT, REVIEW, SCHEDULED, PAUSED, SENT, FAILED, CANCELLED))
    counts = (done.drafts, done.review, done.approved, done.sent, done.failed, done.all)
    assert counts == (1, 1, 2, 1, 1, 6)


@pytest.mark.parametrize(
    ("name", "today", "day"),
    [
        ("baat-karo", "2026-11-30", "2027-10-08"),
        ("chaal-pehchano", "2026-11-15", "2026-11-16"),
        ("chaal-pehchano", "2026-11-16", "2027-11-16"),
        ("uski-awaz", "2026-11-30", "2027-03-08"),
        ("hamein-yaad-hai", "2026-11-30", "2027-08-21"),
    ],
)
def test_the_day_that_a_file_names_is_found(
    name: str, today: str, day: str, content: Content
) -> None:
    campaign = content.library.records[name]
    assert isinstance(campaign, Campaign)
    calendar = Calendar(content.library.calendar)
    found = suggested_day(campaign, calendar, date.fromisoformat(today))
    assert found == date.fromisoformat(day)
