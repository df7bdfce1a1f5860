"""In groups: quiet unless addressed, short, and switched off by whoever runs the group."""

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin

pytestmark = pytest.mark.usefixtures("bot")

GROUP = -1002000000001


@pytest.fixture
def group(standin: Standin) -> Chat:
    """A group in which the bot hears everything, as an administrator does."""
    group = standin.world.add_group(GROUP, title="Group")
    group.set_bot("administrator")
    return group


@pytest.fixture
def manager(standin: Standin, group: Chat) -> User:
    manager = standin.world.add_user(1005, "Who runs the group")
    group.add(manager, status="administrator")
    return manager


def name(standin: Standin) -> str:
    return f"@{standin.world.bot.username}"


async def answered(standin: Standin, group: Chat, question: Message) -> Message:
    """The answer, which stands under what was asked."""
    answer = await standin.wait_for(group)
    assert answer["reply_to_message"]["message_id"] == question.id
    return answer


async def test_people_among_themselves_are_left_alone(
    standin: Standin, reader: User, group: Chat
) -> None:
    reader.says("what about the sehwan bombing?", chat=group)
    reader.says("/help@some_other_bot", chat=group)
    reader.says("ask @some_other_bot about sehwan", chat=group)
    await standin.stays_quiet(group)


async def test_a_mention_a_command_and_a_reply_are_answered_shortly(
    standin: Standin, reader: User, group: Chat
) -> None:
    for text in (f"{name(standin)} sehwan bombing", f"/attack{name(standin)} sehwan-2017"):
        answer = await answered(standin, group, reader.says(text, chat=group))
        assert "Sehwan" in answer.text
        assert answer.labels == ["Read on in private"]
        assert answer.buttons[0]["url"].endswith("?start=b_sehwan-2017")
    reply = reader.says("safoora goth", chat=group, reply_to=answer)
    assert "Safoora" in (await answered(standin, group, reply)).text


async def test_a_long_list_is_cut_and_goes_on_in_private(
    standin: Standin, reader: User, group: Chat
) -> None:
    answer = await answered(standin, group, reader.says("/attacks", chat=group))
    assert len(answer.text) < 800
    assert answer.buttons[-1]["url"].endswith("?start=attacks")
    reader.says("/start attacks")
    assert len((await standin.wait_for(reader)).buttons) > len(answer.buttons)


async def test_a_choice_is_made_in_the_group(standin: Standin, reader: User, group: Chat) -> None:
    asked = reader.says(f"{name(standin)} jundallah", chat=group)
    choices = await answered(standin, group, asked)
    reader.presses(choices, "Jundullah (Pakistan)")
    told = await standin.wait_for(group, "As of")
    assert told.id == choices.id
    assert told.labels == ["Read on in private"]


async def test_who_runs_the_group_switches_it_off_and_on(
    standin: Standin, reader: User, manager: User, group: Chat
) -> None:
    reader.says("/off", chat=group)
    assert "administrator" in (await standin.wait_for(group)).text
    manager.says("/off", chat=group)
    await standin.wait_for(group)
    reader.says(f"{name(standin)} sehwan", chat=group)
    reader.says("/on", chat=group)
    await standin.stays_quiet(group)
    group.says_anonymously("/on")
    await standin.wait_for(group)
    reader.says(f"{name(standin)} sehwan", chat=group)
    assert "Sehwan" in (await standin.wait_for(group)).text


async def test_a_channel_that_speaks_in_the_group_does_not_run_it(
    standin: Standin, group: Chat, channel: Chat
) -> None:
    group.says_as_channel(channel, "/off")
    assert "administrator" in (await standin.wait_for(group)).text


async def test_moderators_work_in_private_only(standin: Standin, author: User, group: Chat) -> None:
    author.says(f"/posts{name(standin)}", chat=group)
    assert "private" in (await standin.wait_for(group)).text
