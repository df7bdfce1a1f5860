"""Missed times of posts that ask: the moderators decide, and what they decide is done."""

import asyncio

import pytest

from bot.commands.desk import Desk
from bot.commands.moderation import told_of
from bot.core.posts import Draft, Post, PostState, Tally
from bot.core.replies import Button, Reply
from bot.core.schedule import IfMissed
from bot.jobs.deliver import Sender
from bot.jobs.plan import Planner
from bot.jobs.report import Reporter
from tests.commands.composing import button, post
from tests.db.drafts import approved, deliveries, draft, repeating
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.people import AUTHOR, OTHER, READER, REVIEWER, Chat, buttons
from tests.jobs.workers import READERSHIP, Worker, message, stops

ONCE = draft("@one", "@two", if_missed=IfMissed.ASK)
DAILY = repeating("@one", "@two", if_missed=IfMissed.ASK)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def sender(desk: Desk, messenger: FakeMessenger, clock: FakeClock) -> Worker:
    """What the clock does, with another moderator to be asked."""
    uow = desk.new_uow

    def told(of: Post, tally: Tally, person: str) -> Reply:
        return told_of(desk, of, tally, person)

    def people() -> tuple[str, ...]:
        return (*desk.people(), OTHER)

    return Worker(
        Planner(uow, lambda: desk.calendar, clock),
        Sender("one", uow, messenger, clock, message, message, stops, asyncio.Event(), READERSHIP),
        Reporter(uow, messenger, clock, told, lambda: desk.calendar, people),
    )


async def asked(
    desk: Desk, sender: Worker, clock: FakeClock, messenger: FakeMessenger, of: Draft = ONCE
) -> Reply:
    """The question to the moderators, five minutes late."""
    approved(desk.new_uow, of=of)
    clock.forward(hours=0 if of is ONCE else 24, minutes=5)
    await sender.run()
    assert {person for person, _ in messenger.told} == {AUTHOR, REVIEWER, OTHER}
    return messenger.told[-1][1]


async def test_the_moderators_are_asked_and_nothing_is_sent(
    desk: Desk, sender: Worker, clock: FakeClock, messenger: FakeMessenger
) -> None:
    question = await asked(desk, sender, clock, messenger)
    assert "missed its time" in question.text and not messenger.sent
    assert [each.label for each in buttons(question)] == [
        "Send now: 2026-11-30 17:00",
        "Drop: 2026-11-30 17:00",
    ]
    assert all(len(each.action.encode()) <= 56 for each in buttons(question))


async def test_it_is_sent_to_all_its_targets_when_they_say_so(
    say: Chat, desk: Desk, sender: Worker, clock: FakeClock, messenger: FakeMessenger
) -> None:
    question = await asked(desk, sender, clock, messenger)
    clock.forward(hours=3)
    told = say.press(REVIEWER, button(question, "Send now"))
    assert "goes out now" in told.text and told.reschedules
    await sender.run()
    assert sorted(messenger.targets) == ["@one", "@two"]
    assert post(desk).state is PostState.SENT
    assert "decided already" in say.press(AUTHOR, button(question, "Drop")).text


@pytest.mark.parametrize("of", [ONCE, DAILY], ids=["once", "daily"])
async def test_what_was_dropped_is_not_sent_by_anybody(
    say: Chat,
    desk: Desk,
    sender: Worker,
    clock: FakeClock,
    messenger: FakeMessenger,
    of: Draft,
) -> None:
    question = await asked(desk, sender, clock, messenger, of)
    assert "is dropped" in say.press(AUTHOR, button(question, "Drop")).text
    assert "decided already" in say.press(REVIEWER, button(question, "Send now")).text
    gone = [row for row in deliveries(desk.new_uow, post(desk)) if row.due_at < clock()]
    assert {(str(row.state), row.reason) for row in gone} == {
        ("cancelled", "a moderator dropped it after its time was missed")
    }
    assert "is cancelled" not in say.press(REVIEWER, f"resend 1 ={gone[0].id}").text
    await sender.run()
    assert not messenger.sent
    assert post(desk).state is (PostState.FAILED if of is ONCE else PostState.SCHEDULED)
    assert "post.dropped" in say(AUTHOR, "/audit post 1").text


async def test_the_question_stands_below_the_post_too(
    say: Chat, desk: Desk, sender: Worker, clock: FakeClock, messenger: FakeMessenger
) -> None:
    question = await asked(desk, sender, clock, messenger, DAILY)
    shown = buttons(say(AUTHOR, "/post 1"))
    assert set(buttons(question)) <= set(shown)
    assert not [each for each in shown if each.action.startswith("resend")]


async def test_readers_and_forged_answers_change_nothing(
    say: Chat, desk: Desk, sender: Worker, clock: FakeClock, messenger: FakeMessenger
) -> None:
    question = await asked(desk, sender, clock, messenger)
    send: Button = button(question, "Send now")
    assert "I do not know" in say.press(READER, send).text
    for line in ("", "1", "1 =x send", "1 =1 burn", "2 =1 send", "1 =99 drop"):
        assert say(AUTHOR, f"/missed {line}").text
    assert {str(row.state) for row in deliveries(desk.new_uow, post(desk))} == {"skipped"}


async def test_a_post_that_does_not_ask_is_skipped_as_before(
    desk: Desk, sender: Worker, clock: FakeClock, messenger: FakeMessenger
) -> None:
    approved(desk.new_uow, of=ONCE.model_copy(update={"if_missed": IfMissed.SKIP}))
    clock.forward(minutes=5)
    await sender.run()
    assert {person for person, _ in messenger.told} == {AUTHOR, REVIEWER}
    assert all(each.action.startswith("resend") for each in buttons(messenger.told[0][1]))
