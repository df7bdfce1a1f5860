"""`python -m tests.bench.posts`: ten thousand scheduled posts and three years of history.

Milliseconds of every list and of the clock's look when nothing is due, best and median of some
rounds, on a SQLite file and, with `TEST_DATABASE_URL` set, on that server's database (which has to
be empty). The limits are those of the product: 100 ms a list, 50 ms a look.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert

from bot.core.ports import NewUow
from bot.core.posts import DeliveryState, Draft, PostState, default_buttons
from bot.core.replies import Block, Span
from bot.core.schedule import Once
from bot.jobs.waiting import let_through
from db.engine import make_engine
from db.tables import ApprovalRow, DeliveryRow, PostRow, RevisionRow
from db.unit_of_work import units_of_work
from db.upgrade import upgrade
from tests.fakes.people import AUTHOR, REVIEWER

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Karachi")
SCHEDULED, DAYS, A_DAY = 10_000, 3 * 365, 5
TARGETS = ("@news", "@urdu", "@youth")
AT_ONCE = 5_000
ROUNDS = 15
RECORDS = sorted(each.stem for each in Path("content/attacks").glob("*.yaml"))
CAMPAIGN, OF_CAMPAIGN = "rozana-roshni", 15
"""Every so manieth post is of it: a thousand of all."""
WORDS = (
    "school book road river clinic teacher winter market library bridge garden village train bread",
    "music harvest doctor poem window lamp neighbour kitchen student match orchard letter craft",
    "tea station museum painter festival courtyard well nurse carpenter mountain field story song",
)


@dataclass(frozen=True)
class Shape:
    """How posts lie in time and over channels: each goes to three of them."""

    name: str
    apart: timedelta
    channels: tuple[str, ...]

    def targets(self, number: int) -> tuple[str, ...]:
        return tuple(self.channels[(number + n) % len(self.channels)] for n in range(len(TARGETS)))


CROWD = Shape("a crowd in 3 channels", timedelta(minutes=5), TARGETS)
SPREAD = Shape(
    "40 channels, 3 years ahead",
    timedelta(minutes=157),
    tuple(f"@channel_{number:02}" for number in range(40)),
)
SHAPES = (CROWD, SPREAD)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{folder}/posts.db", os.environ.get("TEST_DATABASE_URL")]
        for url in filter(None, urls):
            engine = make_engine(url)
            upgrade(engine)
            fill(engine)
            size = f", {Path(f'{folder}/posts.db').stat().st_size >> 20} MB"
            say(f"{engine.dialect.name}: {SCHEDULED} scheduled, {DAYS} days{size}")
            for what, run in works(units_of_work(engine)):
                took = sorted(in_milliseconds(run) for _ in range(ROUNDS))
                say(f"  {what:24} best {took[0]:6.1f} ms  median {statistics.median(took):6.1f} ms")
            engine.dispose()


def fill(
    engine: Engine, scheduled: int = SCHEDULED, days: int = DAYS, shape: Shape = CROWD
) -> None:
    """Posts to come, one at each step of the shape, and posts that went out on each day before."""
    to_come = ((PostState.SCHEDULED, shape.apart * n) for n in range(1, scheduled + 1))
    gone = (
        (PostState.FAILED if number % 50 == 0 else PostState.SENT, -timedelta(days=day))
        for day in range(days, 0, -1)
        for number in range(A_DAY)
    )
    numbered = enumerate([*gone, *to_come], 1)
    write(engine, ((number, state, NOW + span) for number, (state, span) in numbered), shape)


def write(
    engine: Engine, posts: Iterable[tuple[int, PostState, datetime]], shape: Shape = CROWD
) -> None:
    """Posts by number, state and the moment they are for, each approved where it has to be."""
    with engine.begin() as connection:
        rows: dict[Any, list[dict[str, Any]]] = {
            table: [] for table in (PostRow, RevisionRow, ApprovalRow, DeliveryRow)
        }
        for number, state, due_at in posts:
            for table, row in _rows(number, state, due_at, shape.targets(number)):
                rows[table].append(row)
        for table, ready in rows.items():
            for at in range(0, len(ready), AT_ONCE):
                connection.execute(insert(table), ready[at : at + AT_ONCE])


def _rows(
    number: int, state: PostState, due_at: datetime, targets: tuple[str, ...]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    words = Random(number).choices(" ".join(WORDS).split(), k=60)  # the same in each run
    said = ". ".join(" ".join(words[at : at + 10]).capitalize() for at in range(0, 60, 10))
    draft = Draft(
        blocks=(Block((Span(f"Post {number}: {said}."),)),),
        targets=targets,
        schedule=Once(at=due_at, zone=ZONE),
        type="service",
        buttons=default_buttons("service", record=False),
        record_id=RECORDS[number % len(RECORDS)],
        campaign=CAMPAIGN if number % OF_CAMPAIGN == 0 else None,
        seq=1 if number % OF_CAMPAIGN == 0 else None,
    )
    at = due_at - timedelta(days=2)
    look_at = due_at if state in (PostState.SCHEDULED, PostState.REVIEW) else None
    head = {"id": number, "author": AUTHOR, "state": state, "created_at": at, "reason": ""}
    yield PostRow, {**head, "revision": 1, "look_at": look_at}
    of = {"post_id": number, "at": at}
    written = {"number": 1, "writer": AUTHOR, "draft": draft.model_dump_json()}
    named = {"record_id": draft.record_id, "campaign": draft.campaign}
    yield RevisionRow, {**of, **written, **named}
    if state in (PostState.DRAFT, PostState.REVIEW):
        return
    by = {"revision": 1, "reviewer": REVIEWER, "fingerprint": draft.fingerprint}
    yield ApprovalRow, {**of, **by}
    ended = DeliveryState.PENDING if look_at else DeliveryState.SENT
    key = f"{due_at.astimezone(ZONE):%Y-%m-%d %H:%M}"
    for target in targets:
        row = {"post_id": number, "occurrence": key, "target": target}
        when = {"due_at": due_at, "not_before": due_at, "revision": 1, "attempts": 1}
        yield DeliveryRow, {**row, **when, "state": ended, "reason": "", "untold": False}


def works(new_uow: NewUow) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is measured: the lists, one post, and each part of the clock's look."""
    last = A_DAY * DAYS + SCHEDULED

    def listed(*states: PostState) -> Callable[[], object]:
        return lambda: _in(new_uow, lambda uow: uow.posts.listed(states, 20))

    for state in PostState:
        yield f"/posts {state}", listed(state)
    yield "/posts", listed(PostState.REVIEW, PostState.SCHEDULED, PostState.FAILED)
    yield "/post N", lambda: _in(new_uow, lambda uow: (uow.posts.get(9), uow.deliveries.tally(9)))
    yield "/post (the last)", lambda: _in(new_uow, lambda uow: uow.posts.get(last))
    yield "posts of a record", lambda: _in(new_uow, lambda uow: uow.posts.using(RECORDS[:1]))
    day = NOW + timedelta(days=14)
    yield "a day of /calendar", lambda: _in(new_uow, lambda uow: a_day(uow, day))
    yield "series of /calendar", lambda: _in(new_uow, lambda uow: uow.posts.repeating(500))
    yield "posts kept to days", lambda: _in(new_uow, lambda uow: uow.posts.kept_to_days())
    yield "a look of the clock", lambda: _in(new_uow, look)


def a_day(uow: Any, day: datetime) -> None:
    """What a day of the month asks, of which there are thirty."""
    rows = uow.deliveries.due_between(day, day + timedelta(days=1), 24)
    uow.posts.drafts({row.post_id for row in rows})


def look(uow: Any) -> None:
    """What planner, sender, reporter and alarm ask when nothing is due."""
    uow.posts.to_plan(NOW, 50)
    uow.deliveries.expire(NOW)
    some = let_through(uow, NOW)
    uow.deliveries.lease("bench", NOW, NOW, 20, some)
    uow.posts.over(NOW, 100)
    uow.posts.stale(NOW, 100)
    uow.deliveries.troubled(100)
    uow.deliveries.next_due(some)


def _in(new_uow: NewUow, work: Callable[[Any], object]) -> object:
    with new_uow() as uow:
        return work(uow)


def in_milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
