"""How a correction is carried out, and how each row of it ends."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.core.errors import DeliveryError, NotSent, Refused, TryLater
from bot.core.ports import NewUow
from bot.core.posting import resend
from bot.core.posts import DeliveryState, Event, Post, PostState
from bot.core.replies import Reply
from bot.jobs.deliver import LEASE
from tests.db.corrections import RIGHT, corrected, sent
from tests.db.drafts import attempt, deliveries
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.people import AUTHOR, REVIEWER
from tests.jobs.workers import Worker, worker


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def sender(sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock) -> Worker:
    return worker("this", sqlite_uow, messenger, clock)


def states(new_uow: NewUow, post: Post) -> list[DeliveryState]:
    return [row.state for row in deliveries(new_uow, post)]


def state_of(new_uow: NewUow, post: Post) -> PostState:
    with new_uow() as uow:
        found = uow.posts.get(post.id)
    assert found is not None
    return found.state


async def test_each_message_is_edited_and_nothing_is_sent(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = corrected(sqlite_uow, sent(sqlite_uow, "@one", "@two"))
    await sender.run()
    assert sorted(which for which, _ in messenger.edited) == ["@one 101", "@two 102"]
    assert {reply.blocks for _, reply in messenger.edited} == {RIGHT}
    assert messenger.asked == []
    assert states(sqlite_uow, post) == [DeliveryState.SENT] * 2
    assert state_of(sqlite_uow, post) is PostState.SENT
    assert {person for person, _ in messenger.told} == {AUTHOR, REVIEWER}


async def test_where_no_edit_is_possible_it_goes_under_the_old_message_and_is_listed(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = corrected(sqlite_uow, sent(sqlite_uow, "@one"))
    messenger.fail("@one 101", Refused("message can't be edited"))
    await sender.run()
    assert messenger.targets == ["@one"]
    assert messenger.answered == {101: 101}
    with sqlite_uow() as uow:
        [row] = uow.deliveries.tally(post.id).replaced
    assert (row.state, row.reason) == (DeliveryState.SENT, "message can't be edited")


async def test_where_neither_works_both_reasons_are_given_and_a_person_tries_again(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = corrected(sqlite_uow, sent(sqlite_uow, "@one"))
    messenger.fail("@one 101", Refused("message to edit not found"))
    messenger.fail("@one", Refused("bot was kicked"))
    await sender.run()
    [row] = deliveries(sqlite_uow, post)
    assert row.state is DeliveryState.REFUSED
    assert "message to edit not found" in row.reason
    assert "bot was kicked" in row.reason
    with sqlite_uow() as uow:
        resend(uow, row, attempt(Event.RETRY))
        uow.commit()
    await sender.run()
    assert [which for which, _ in messenger.edited] == ["@one 101"]
    assert states(sqlite_uow, post) == [DeliveryState.SENT]


@pytest.mark.parametrize(
    "error", [TryLater(timedelta(seconds=3)), NotSent("no connection"), DeliveryError("timed out")]
)
async def test_an_edit_of_which_nobody_can_tell_is_done_again(
    sender: Worker,
    messenger: FakeMessenger,
    sqlite_uow: NewUow,
    clock: FakeClock,
    error: DeliveryError,
) -> None:
    post = corrected(sqlite_uow, sent(sqlite_uow, "@one"))
    messenger.fail("@one 101", error)
    await sender.run()
    assert states(sqlite_uow, post) == [DeliveryState.PENDING]
    clock.now += timedelta(seconds=5)
    await sender.run()
    assert states(sqlite_uow, post) == [DeliveryState.SENT]
    assert messenger.asked == []


async def test_a_message_of_which_nobody_can_tell_is_not_sent_again(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = corrected(sqlite_uow, sent(sqlite_uow, "@one"))
    messenger.fail("@one 101", Refused("message to edit not found"))
    messenger.fail("@one", DeliveryError("timed out"))
    await sender.run()
    clock.now += timedelta(minutes=1)
    await sender.run()
    assert messenger.asked == ["@one"]
    assert states(sqlite_uow, post) == [DeliveryState.UNKNOWN]


async def test_a_message_that_has_to_wait_goes_out_later_without_another_try_to_edit(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = corrected(sqlite_uow, sent(sqlite_uow, "@one"))
    messenger.fail("@one 101", Refused("need administrator rights in the channel chat"))
    messenger.fail("@one", TryLater(timedelta(seconds=3)))
    await sender.run()
    clock.now += timedelta(seconds=3)
    await sender.run()
    assert messenger.edited == []
    assert messenger.targets == ["@one"]
    assert messenger.answered == {101: 101}
    [row] = deliveries(sqlite_uow, post)
    assert (row.state, row.replaced) == (DeliveryState.SENT, True)
    assert row.reason == "need administrator rights in the channel chat"


async def test_after_a_crash_in_the_middle_an_edit_is_done_again_by_another(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = corrected(sqlite_uow, sent(sqlite_uow, "@one", "@two"))
    messenger.hold("@one 101")  # done, and the answer never came
    dying = asyncio.create_task(sender.run())
    async with asyncio.timeout(2):
        while len(messenger.edited) < 2 or DeliveryState.SENT not in states(sqlite_uow, post):
            await asyncio.sleep(0.01)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    assert states(sqlite_uow, post)[0] is DeliveryState.SENDING
    clock.now += LEASE
    other = FakeMessenger()
    await worker("other", sqlite_uow, other, clock).run()
    assert [which for which, _ in other.edited] == ["@one 101"]
    assert states(sqlite_uow, post) == [DeliveryState.SENT] * 2


class HeldMeanwhile(FakeMessenger):
    """Somebody stops everything while an edit is under way."""

    def __init__(self, new_uow: NewUow) -> None:
        super().__init__()
        self._new_uow = new_uow

    async def amend(self, target: str, message_id: int, reply: Reply) -> None:
        with self._new_uow() as uow:
            uow.holds.lock()
            uow.holds.place(REVIEWER, "stop", NOON)
            uow.commit()
        await super().amend(target, message_id, reply)


async def test_a_hold_that_comes_between_lets_no_new_message_out(
    sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = corrected(sqlite_uow, sent(sqlite_uow, "@one"))
    messenger = HeldMeanwhile(sqlite_uow)
    messenger.fail("@one 101", Refused("message can't be edited"))
    await worker("this", sqlite_uow, messenger, clock).run()
    assert messenger.asked == []
    assert states(sqlite_uow, post) == [DeliveryState.PENDING]


async def test_inline_cards_are_edited_by_their_own_ids_or_listed(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    for card in ("card-one", "card-two"):
        with sqlite_uow() as uow:
            uow.inline_cards.keep(card, "sehwan-2017", "en", AUTHOR, date(2026, 11, 22))
            uow.commit()
    post = corrected(sqlite_uow, None)
    messenger.fail("card-two", Refused("MESSAGE_ID_INVALID"))
    await sender.run()
    assert [which for which, _ in messenger.edited] == ["card-one"]
    assert messenger.asked == []
    rows = deliveries(sqlite_uow, post)
    assert [(row.state, row.reason) for row in rows] == [
        (DeliveryState.SENT, ""),
        (DeliveryState.REFUSED, "MESSAGE_ID_INVALID"),
    ]


async def test_a_card_that_was_forgotten_meanwhile_is_left_alone(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    with sqlite_uow() as uow:
        uow.inline_cards.keep("card-one", "sehwan-2017", "en", AUTHOR, date(2026, 11, 22))
        uow.commit()
    post = corrected(sqlite_uow, None)
    with sqlite_uow() as uow:
        uow.inline_cards.forget(AUTHOR)
        uow.commit()
    await sender.run()
    assert messenger.edited == []
    assert states(sqlite_uow, post) == [DeliveryState.REFUSED]
