"""Random actions by five people over the whole life of posts: what must never happen does not.

A real SQLite database, the real planner, sender and reporter; the platform and the clock are fakes.
Everything that arrives is judged by a record of its own of who wrote and who approved what.
"""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import event

from bot.core import spreading
from bot.core.audiences import reader_in
from bot.core.errors import ChatGone, DeliveryError, Refused, TryLater
from bot.core.people import PersonId, Role
from bot.core.ports import NewUow, UnitOfWork
from bot.core.posting import act, edit, resend, resend_to_readers, write
from bot.core.posts import Attempt, DeliveryState, Draft, Event, Post, PostState
from bot.core.replies import Block, Reply, Span
from bot.core.schedule import IfMissed, Schedule, read_schedule
from bot.core.subscriptions import Subscription
from db.engine import make_engine
from db.unit_of_work import units_of_work
from tests.db.drafts import KARACHI, NO_DAYS
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.jobs.workers import Worker, worker

PEOPLE: dict[PersonId, Role] = {
    "telegram:1": Role.READER,
    "telegram:2": Role.MODERATOR,
    "telegram:3": Role.MODERATOR,
    "telegram:4": Role.ADMIN,
    "telegram:5": Role.OWNER,
}
MOST_POSTS = 5
READERS = ("101", "102", "103")
"""Readers who subscribe and leave; their chats are as good as named by `subscribers`."""

TARGETS = ("@one", "@two", "@three", "subscribers")
ASKED = ("@one", "@two", "@three", *READERS)
WHENS = ("now", "+5m", "+2h", "daily 18:00", "daily 17:30,19:00 x3", "mon,wed 18:00")
EVENTS = (Event.SUBMIT, Event.RETURN, Event.PAUSE, Event.RESUME, Event.CANCEL)
TROUBLES = (
    Refused("no rights"),
    ChatGone("blocked"),
    DeliveryError("timed out"),
    TryLater(timedelta(minutes=3)),
)

person = st.sampled_from(sorted(PEOPLE, reverse=True))
moderator = st.sampled_from([each for each, role in PEOPLE.items() if role > Role.READER])
order = st.permutations(sorted(PEOPLE))
delicate = st.sampled_from([False, False, True])
minutes = st.sampled_from([6, 1, 20, 45, 200, 24 * 60])
targets = st.sets(st.sampled_from(TARGETS), min_size=1)
number = st.integers(0, MOST_POSTS - 1)


@dataclass
class Arrival:
    post_id: int
    text: str
    target: str
    held: bool
    wanted: bool


class WatchedMessenger(FakeMessenger):
    """Notes everything that arrives, with the post that says it is."""

    def __init__(self, is_held: Callable[[], bool], follows: Callable[[str], bool]) -> None:
        super().__init__()
        self.arrived: list[Arrival] = []
        self._is_held, self._follows = is_held, follows

    async def send(self, target: str, reply: Reply) -> int:
        message_id = await super().send(target, reply)
        post_id = int(reply.text.split()[0])
        wanted = target.startswith("@") or self._follows(target)
        self.arrived.append(Arrival(post_id, reply.text, target, self._is_held(), wanted))
        return message_id


@dataclass
class Truth:
    """What we know of a post by having done it: nothing is read back from the database."""

    author: PersonId
    writers: set[PersonId] = field(default_factory=set)
    text: str = ""
    targets: tuple[str, ...] = ()
    needs: int = 1
    approved_by: set[PersonId] = field(default_factory=set)
    stopped: bool = True


@settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
class LifeOfPosts(RuleBasedStateMachine):
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="wazahat-life-"))
        self.engine = make_engine(f"sqlite:///{shutil.copy(self.template, self.folder / 'db')}")
        event.listen(self.engine, "connect", _hurry)
        self.new_uow: NewUow = units_of_work(self.engine)
        self.clock = FakeClock()
        self.loop = asyncio.new_event_loop()
        self.held = False
        self.following: set[str] = set()
        self.messenger = WatchedMessenger(lambda: self.held, lambda chat: chat in self.following)
        self.worker: Worker = worker("this", self.new_uow, self.messenger, self.clock)
        self.posts: dict[int, Truth] = {}
        self.judged = self.counted = 0
        self.texts = 0

    def teardown(self) -> None:
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()
        self.engine.dispose()
        shutil.rmtree(self.folder)

    @initialize(when=st.sampled_from(WHENS), order=order)
    def first(self, when: str, order: list[PersonId]) -> None:
        for chat in READERS[1:]:
            self._subscribe_or_leave(chat)
        self.write("telegram:2", when, set(TARGETS), False, IfMissed.SEND, order, 1)

    @rule(
        by=moderator,
        when=st.sampled_from(WHENS),
        to=targets,
        delicate=delicate,
        missed=st.sampled_from(IfMissed),
        order=order,
        minutes=minutes,
    )
    def write(
        self,
        by: PersonId,
        when: str,
        to: set[str],
        delicate: bool,
        missed: IfMissed,
        order: list[PersonId],
        minutes: int,
    ) -> None:
        """A post in review, which three people try to approve in any order; then time passes."""
        if len(self.posts) == MOST_POSTS:
            return
        new = len(self.posts) + 1
        draft = self._draft(new, when, to, delicate, missed)
        with self.new_uow() as uow:
            post = write(uow, by, draft, self._attempt(Event.SUBMIT, by), "")
            uow.commit()
        assert post.id == new
        self.posts[new] = Truth(by)
        self._written(new, by, draft)
        self._decide(by, new, Event.SUBMIT)
        self._approve(new, order)
        self._pass_time(minutes, busy=True)

    def _approve(self, of: int, order: list[PersonId]) -> None:
        for by in order[:3]:
            self._decide(by, of, Event.APPROVE)

    @rule(by=person, of=number, what=st.sampled_from(EVENTS))
    def decide(self, by: PersonId, of: int, what: Event) -> None:
        self._decide(by, self._one(of), what)

    @rule(by=person, of=number)
    def approve_what_was_shown_before(self, by: PersonId, of: int) -> None:
        self._decide(by, self._one(of), Event.APPROVE, seen="0" * 16)

    def _decide(self, by: PersonId, of: int, event: Event, seen: str = "") -> None:
        with self.new_uow() as uow:
            before = self._get(uow, of)
            done = act(uow, of, self._attempt(event, by, comment="why", seen=seen))
            uow.commit()
        if not isinstance(done, Post):
            return
        truth = self.posts[of]
        if event is Event.APPROVE:
            assert before.state is PostState.REVIEW
            truth.approved_by.add(by)
            truth.stopped = done.state is not PostState.SCHEDULED
        elif event is Event.RESUME:
            truth.stopped = False
        else:
            truth.stopped = True
            if event is Event.RETURN:
                truth.approved_by.clear()

    @rule(
        by=person,
        of=number,
        when=st.sampled_from(WHENS),
        to=targets,
        delicate=delicate,
        order=order,
        minutes=minutes,
    )
    def edit(
        self,
        by: PersonId,
        of: int,
        when: str,
        to: set[str],
        delicate: bool,
        order: list[PersonId],
        minutes: int,
    ) -> None:
        """Somebody edits; others may approve before it is submitted again, or after."""
        of = self._one(of)
        if not self._edit(by, of, when, to, delicate):
            return
        self._approve(of, order)
        self._pass_time(minutes, busy=True)
        self._decide(by, of, Event.SUBMIT)
        self._approve(of, order)

    def _edit(self, by: PersonId, of: int, when: str, to: set[str], delicate: bool) -> bool:
        draft = self._draft(of, when, to, delicate, IfMissed.SEND)
        with self.new_uow() as uow:
            done = edit(uow, of, self._attempt(Event.EDIT, by), draft)
            uow.commit()
        if isinstance(done, Post):
            self._written(of, by, draft)
        return isinstance(done, Post)

    @rule(by=person, of=number)
    def resend(self, by: PersonId, of: int) -> None:
        """A person looked and has every target tried again that the post did not surely reach."""
        of = self._one(of)
        with self.new_uow() as uow:
            for row in uow.deliveries.tally(of).problems:
                if isinstance(resend(uow, row, self._attempt(Event.RETRY, by)), Post):
                    self.posts[of].stopped = False
            if isinstance(resend_to_readers(uow, of, self._attempt(Event.RETRY, by)), Post):
                self.posts[of].stopped = False
            uow.commit()

    @rule(minutes=minutes, busy=st.sampled_from([True, False]))
    def pass_time(self, minutes: int, busy: bool) -> None:
        """With the worker at its work all the while, or while it was down."""
        self._pass_time(minutes, busy=busy)

    def _pass_time(self, minutes: int, *, busy: bool) -> None:
        until = self.clock() + timedelta(minutes=minutes)
        while busy and (due := self._next_due()) and due < until:
            self.clock.now = max(due, self.clock())
            self._run(self.worker.run())
            if self._next_due() == due:
                break  # it waits for the end of a hold
        self.clock.now = until
        self._run(self.worker.run())

    def _next_due(self) -> datetime | None:
        with self.new_uow() as uow:
            return uow.deliveries.next_due()

    @rule(chat=st.sampled_from(READERS))
    def subscribe_or_leave(self, chat: str) -> None:
        self._subscribe_or_leave(chat)

    def _subscribe_or_leave(self, chat: str) -> None:
        with self.new_uow() as uow:
            if chat in self.following:
                uow.subscribers.remove(reader_in(chat))
            else:
                new = Subscription(reader_in(chat), (), "en", self.clock().date())
                uow.subscribers.follow(new)
            uow.commit()
        self.following ^= {chat}

    @rule(chat=st.sampled_from(READERS), of=number)
    def leave_while_it_is_sent(self, chat: str, of: int) -> None:
        """Rows are leased, and readers may have theirs, when one of them comes or goes."""
        self.clock.now = max(self._next_due() or self.clock(), self.clock())
        leased = [] if self.held else self.worker.sender._lease()
        self._subscribe_or_leave(chat)
        for row in leased:
            self._run(self.worker.sender._deliver(row))

    @rule(to=st.sampled_from(ASKED), trouble=st.sampled_from(TROUBLES))
    def trouble(self, to: str, trouble: Exception) -> None:
        self.messenger.fail(to, trouble)

    @rule(by=moderator, minutes=minutes)
    def hold_for(self, by: PersonId, minutes: int) -> None:
        self._hold_or_release(by)
        self._pass_time(minutes, busy=True)
        self._hold_or_release(by)

    def _hold_or_release(self, by: PersonId) -> None:
        with self.new_uow() as uow:
            hold = uow.holds.active()
            if hold is None:
                uow.holds.place(by, "an attack", self.clock())
            else:
                uow.holds.lift(hold.number, self.clock())
            uow.commit()
        self.held = not self.held

    @rule(by=person, of=number, event=st.sampled_from([Event.CANCEL, Event.PAUSE, Event.EDIT]))
    def act_while_it_is_sent(self, by: PersonId, of: int, event: Event) -> None:
        """Somebody acts when rows are leased and none has begun."""
        of, now = self._one(of), max(self._next_due() or self.clock(), self.clock())
        self.clock.now = now
        with self.new_uow() as uow:
            leased = [] if self.held else uow.deliveries.lease("this", now, now + timedelta(1), 20)
            uow.commit()
        if event is Event.EDIT:
            self._edit(by, of, "+5m", {"@one"}, False)
        else:
            self._decide(by, of, event)
        for row in leased:
            self._run(self.worker.sender._deliver(row))

    def _judge(self) -> None:
        """What arrived just now, by what is known of its post at this moment."""
        for each in self.messenger.arrived[self.judged :]:
            truth = self.posts[each.post_id]
            assert not each.held, "during a hold"
            assert not truth.stopped, "unapproved, or stopped by somebody"
            assert each.text == truth.text, "changed after approval"
            named = each.target if each.target.startswith("@") else "subscribers"
            assert named in truth.targets, "to a target that nobody approved"
            assert each.wanted, "to a reader who does not follow it"
            assert len(truth.approved_by - truth.writers) >= truth.needs, "by too few others"
        self.judged = len(self.messenger.arrived)

    @invariant()
    def nothing_arrived_twice(self) -> None:
        """Each occurrence has a row a target, and each arrival a row that says so."""
        if self.counted == len(self.messenger.arrived):
            return
        self.counted = len(self.messenger.arrived)
        with self.new_uow() as uow:
            rows = [row for of in self.posts for row in uow.deliveries.of(of)]
        keys = Counter((row.post_id, row.occurrence, row.target) for row in rows)
        assert all(count == 1 for count in keys.values())
        sent = Counter((row.post_id, row.target) for row in rows if row.state is DeliveryState.SENT)
        assert sent == Counter((each.post_id, each.target) for each in self.messenger.arrived)

    def _draft(self, of: int, when: str, to: set[str], delicate: bool, missed: IfMissed) -> Draft:
        self.texts += 1
        schedule: Schedule | None = read_schedule(when, self.clock(), KARACHI, NO_DAYS)
        return Draft(
            blocks=(Block((Span(f"{of} version {self.texts}"),)),),
            targets=tuple(sorted(to)),
            schedule=schedule,
            scripture=delicate,
            if_missed=missed,
        )

    def _written(self, of: int, by: PersonId, draft: Draft) -> None:
        truth = self.posts[of]
        truth.writers.add(by)
        truth.text, truth.targets = draft.blocks[0].text, draft.targets
        truth.needs = 2 if draft.scripture else 1
        truth.approved_by.clear()
        truth.stopped = True

    def _attempt(self, event: Event, by: PersonId, **more: Any) -> Attempt:
        return Attempt(event, self.clock(), NO_DAYS, by, role=PEOPLE[by], **more)

    def _one(self, number: int) -> int:
        """A post that there is."""
        return 1 + number % len(self.posts)

    def _get(self, uow: UnitOfWork, of: int) -> Post:
        found = uow.posts.get(of)
        assert found is not None
        return found

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self.loop.run_until_complete(work)
        self._judge()


def _hurry(connection: Any, _: Any) -> None:
    """No power cut is part of this."""
    connection.execute("PRAGMA synchronous=OFF").close()


def test_nothing_goes_out_unapproved_changed_held_or_twice(
    upgraded_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "PAGE", 2)
    LifeOfPosts.template = upgraded_file
    case = LifeOfPosts.TestCase()
    case.runTest()
