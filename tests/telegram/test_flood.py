"""One chat that writes faster than it can be answered."""

from contextlib import suppress

import pytest

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.adapters.telegram import handlers
from bot.commands.desk import Desk

pytestmark = pytest.mark.usefixtures("fewer", "bot")

FLOOD = 30


@pytest.fixture
def fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A smaller allowance, before the bot starts: the real one takes long to use up."""
    assert handlers.MOST_IN_CHAT > FLOOD
    monkeypatch.setattr(handlers, "MOST_IN_CHAT", FLOOD)


async def said(standin: Standin, user: User, count: int) -> list[str]:
    """The next `count` messages to them, after which it is quiet."""
    texts = [(await standin.wait_for(user)).text for _ in range(count)]
    await standin.stays_quiet(user, 1.0)
    return texts


async def test_twenty_messages_pass(standin: Standin, reader: User) -> None:
    for _ in range(20):
        reader.says("/about")
    assert len({*await said(standin, reader, 20)}) == 1


async def test_a_flood_is_told_once_and_then_met_with_silence(
    standin: Standin, reader: User, desk: Desk
) -> None:
    for _ in range(FLOOD + 15):
        reader.says("/about")
    *answers, last = await said(standin, reader, FLOOD + 1)
    assert desk.say("en", "flood", seconds=10) not in answers
    assert last == desk.say("en", "flood", seconds=10)
    other = standin.world.add_user(1003, "Other")
    other.says("/about")
    await standin.wait_for(other)


async def test_presses_count_like_messages(standin: Standin, reader: User) -> None:
    reader.says("/attack sehwan-2017")
    brief = await standin.wait_for(reader)
    for _ in range(FLOOD):
        standin.world.press(reader, brief, "about")
    with suppress(TimeoutError):
        while True:
            await standin.wait_for(reader, timeout=2.0)
    reader.says("/about")
    await standin.stays_quiet(reader, 1.0)


async def test_a_switched_off_group_is_not_told_either(standin: Standin, reader: User) -> None:
    group = standin.world.add_group(-1002000000001, title="Group")
    group.set_bot("administrator")
    admin = standin.world.add_user(3001, "Administrator")
    group.add(admin, status="administrator")
    admin.says("/off", chat=group)
    await standin.wait_for(group)
    for _ in range(FLOOD + 5):
        reader.says("/about", chat=group)
    await standin.stays_quiet(group, 1.0)


async def test_talk_among_people_is_no_flood(standin: Standin, reader: User) -> None:
    group = standin.world.add_group(-1002000000001, title="Group")
    group.set_bot("administrator")
    for number in range(FLOOD + 5):
        reader.says(f"and another thing, {number}", chat=group)
    reader.says("/groups", chat=group)
    await standin.wait_for(group, "Which group")
