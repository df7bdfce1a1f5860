"""`python -m tests.bench.commands`: whole commands with ten thousand scheduled posts.

Milliseconds from what a moderator types or presses to the reply, the first time in a process and
the best and median of the rounds after it, on a SQLite file in two shapes: a crowd, in which each
channel has a post every five minutes, and as many posts over forty channels and three years. The
content is the shipped one; nothing is drawn or sent. The limits are those of the product; what is
over its limit is marked.
"""

import asyncio
import gc
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from pydantic import SecretStr

from bot.adapters.content_files.serving import Serving
from bot.adapters.web.calendar import calendar_file
from bot.app import content_folder, make_desk
from bot.app.clockwork import around
from bot.app.running import GARBAGE
from bot.commands.agenda import agenda_behind
from bot.commands.desk import Desk
from bot.core.feeds import hash_of
from bot.core.posts import PostState
from bot.core.replies import Reply
from bot.jobs.notify import Notifier
from bot.jobs.plan import Planner
from bot.jobs.report import Reporter
from bot.settings import Settings
from db.engine import make_engine
from db.unit_of_work import units_of_work
from db.upgrade import upgrade
from tests.bench.posts import (
    A_DAY,
    CAMPAIGN,
    DAYS,
    NOW,
    SCHEDULED,
    SHAPES,
    Shape,
    fill,
    in_milliseconds,
    look,
    say,
    write,
)
from tests.fakes.messenger import FakeMessenger
from tests.fakes.people import AUTHOR, REVIEWER, Chat

ROUNDS = 10
A_COMMAND, A_LOOK = 100, 50
"""Milliseconds that each may take."""

OWNERS = tuple(int(each.partition(":")[2]) for each in (AUTHOR, REVIEWER))
LAST = A_DAY * DAYS + SCHEDULED
IN_DRAFT, IN_REVIEW = range(LAST + 1, LAST + 30), range(LAST + 30, LAST + 60)
DAY = timedelta(days=1)


def main() -> None:
    serving = Serving(content_folder(Settings.model_fields["content_dir"].default))
    for shape in SHAPES:
        with tempfile.TemporaryDirectory() as folder:
            measure(f"sqlite:///{folder}/posts.db", shape, serving)


def measure(url: str, shape: Shape, serving: Serving) -> None:
    settings = Settings(
        token=SecretStr("1:bench"), owners=OWNERS, listen="127.0.0.1:8080", database_url=url
    )
    engine = make_engine(url)
    upgrade(engine)
    fill(engine, shape=shape)
    waiting = [(n, PostState.DRAFT) for n in IN_DRAFT] + [(n, PostState.REVIEW) for n in IN_REVIEW]
    write(engine, ((n, state, NOW + 14 * DAY) for n, state in waiting), shape)
    desk = replace(make_desk(settings, serving, units_of_work(engine)), clock=lambda: NOW)
    with desk.new_uow() as uow:
        uow.feeds.give(AUTHOR, hash_of("secret"), NOW)
        uow.commit()
    gc.collect()
    gc.freeze()  # as the bot does at its start
    gc.set_threshold(GARBAGE)
    say(f"{shape.name}: {SCHEDULED} scheduled, {DAYS} days gone")
    for works, limit in ((commands(desk), A_COMMAND), (looks(desk), A_LOOK)):
        for what, run in works:
            tell(what, run, limit)
    engine.dispose()


def tell(what: str, run: Callable[[], object], limit: int) -> None:
    first, *took = (in_milliseconds(run) for _ in range(ROUNDS + 1))
    median = statistics.median(took)
    over = f"  over {limit} ms" if median > limit else ""
    say(f"  {what:28} first {first:7.1f}  best {min(took):6.1f}  median {median:6.1f}{over}")


def commands(desk: Desk) -> Iterator[tuple[str, Callable[[], object]]]:
    chat = Chat(desk)
    drafts, reviews = iter(IN_DRAFT), iter(IN_REVIEW)
    day = f"{NOW + 14 * DAY:%Y-%m-%d}"

    def typed(line: str) -> tuple[str, Callable[[], object]]:
        return line, lambda: chat(AUTHOR, line)

    def pressed(what: str, action: str) -> tuple[str, Callable[[], object]]:
        return what, lambda: chat.press(AUTHOR, action)

    for which in ("", " drafts", " review", " upcoming", " stuck", " sent"):
        yield typed(f"/posts{which}")
    yield typed(f"/post {LAST - SCHEDULED // 2}")
    yield pressed("a draft", f"draft {IN_DRAFT[-1]}")
    yield pressed("its preview", f"draft {IN_DRAFT[-1]} 1 preview")
    yield pressed("its check", f"draft {IN_DRAFT[-1]} 1 check")
    yield "submit a draft", lambda: _did(chat(AUTHOR, f"/submit {next(drafts)}"), "in review")
    yield "/approve N", lambda: _did(chat(REVIEWER, f"/approve {next(reviews)}"), "is approved")
    yield typed("/calendar")
    yield pressed("its text", f"calendar month {day[:7]}")
    yield pressed("a day of it", f"calendar {day}")
    yield typed("/campaigns")
    yield typed(f"/campaign {CAMPAIGN}")
    yield typed("/results")
    yield typed(f"/results {CAMPAIGN}")
    yield typed("/channels")
    yield typed("/status")
    yield "the feed", lambda: _fetched(desk)
    yield typed("/hold a rumour is being looked into")
    yield typed("/release")


def looks(desk: Desk) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the clock does when nothing is due."""
    messenger = FakeMessenger()
    planner = Planner(desk.new_uow, lambda: desk.calendar, desk.clock)
    reporter = Reporter(
        desk.new_uow, messenger, desk.clock, _untold, lambda: desk.calendar, desk.people
    )
    notifier = Notifier(desk.new_uow, messenger, desk.clock, lambda: around(desk))
    yield "clock: planner", lambda: asyncio.run(planner.plan_ahead())
    yield "clock: reporter", lambda: asyncio.run(reporter.report())
    yield "clock: notifier", lambda: asyncio.run(notifier.notify())

    def looked() -> None:
        with desk.new_uow() as uow:
            look(uow)

    yield "clock: what each asks", looked


def _untold(*_: object) -> Reply:
    raise AssertionError("nothing is due, so nothing is told")


def _did(reply: Reply, sign: str) -> None:
    assert sign in reply.text, reply.text


def _fetched(desk: Desk) -> bytes:
    agenda = agenda_behind("secret", desk)
    assert agenda is not None
    return calendar_file(agenda)


if __name__ == "__main__":
    main()
