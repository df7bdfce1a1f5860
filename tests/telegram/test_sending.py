"""What reaches Telegram, and what it tells of chats, over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta

import pytest
from telegram import Bot

from bot.adapters.playground.server import Standin
from bot.adapters.telegram.transport import SendingRequest
from bot.core.channels import Address, Kind, Look, Reach, Right
from bot.core.errors import Refused, TryLater
from bot.core.replies import Poll, Reply, plain
from tests.telegram.test_transport import messenger_of

NEWS, GROUP = -1001000000009, -1002000000009
QUIZ = Poll("How many?", ("One", "Two"), 1, "Two.")


@pytest.fixture
async def bot(standin: Standin) -> AsyncIterator[Bot]:
    url = f"{standin.url}/bot"
    async with Bot(standin.token, base_url=url, request=SendingRequest()) as bot:
        yield bot


@pytest.mark.parametrize("reply", [plain("Hello"), Reply((), poll=QUIZ)])
async def test_a_post_lands_in_its_topic(standin: Standin, bot: Bot, reply: Reply) -> None:
    forum = standin.world.add_group(GROUP, forum=True)
    topic = forum.opens_topic(standin.world.add_user(1, "Admin"), "News")
    sent = await messenger_of(bot).send(f"{GROUP}/{topic}", reply)
    assert forum.history[sent]["message_thread_id"] == topic
    with pytest.raises(Refused, match="thread not found"):
        await messenger_of(bot).send(f"{GROUP}/{topic + 100}", reply)


async def test_a_target_that_is_no_chat_is_refused_with_its_name(bot: Bot) -> None:
    with pytest.raises(Refused, match="news is no chat"):
        await messenger_of(bot).send("news", plain("Hello"))


async def test_a_group_that_became_another_is_refused_and_not_in_doubt(
    standin: Standin, bot: Bot
) -> None:
    standin.world.add_group(GROUP)
    why = "Bad Request: group chat was upgraded to a supergroup chat"
    standin.fail_next("sendMessage", 400, why, migrate_to_chat_id=-1009)
    with pytest.raises(Refused, match="-1009"):
        await messenger_of(bot).send(str(GROUP), plain("Hello"))


async def test_a_429_holds_up_its_chat_and_no_other(standin: Standin, bot: Bot) -> None:
    standin.world.add_channel(NEWS)
    standin.world.add_channel(NEWS - 1)
    messenger = messenger_of(bot)
    standin.fail_next("sendMessage", 429, "Too Many Requests: retry after 9", retry_after=9)
    with pytest.raises(TryLater):
        await messenger.send(str(NEWS), plain("One"))
    with pytest.raises(TryLater) as later:
        await messenger.send(str(NEWS), plain("One"))
    assert timedelta(seconds=8) < later.value.wait <= timedelta(seconds=9)
    assert len(standin.calls("sendMessage")) == 1, "the second was not even tried"
    await messenger.send(str(NEWS - 1), plain("Other"))


async def test_an_answer_waits_as_long_as_telegram_asks(standin: Standin, bot: Bot) -> None:
    reader = standin.world.add_user(1, "Reader", started=True)
    standin.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    messenger = messenger_of(bot)
    await asyncio.gather(*(messenger.answer(1, plain(str(n))) for n in range(3)))
    assert sorted(each.text for each in reader.private_chat.messages) == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("bot_is", "rights", "seen"),
    [
        ("administrator", None, {Right.POST, Right.EDIT, Right.PIN}),
        ("administrator", {"can_post_messages"}, {Right.POST}),
        ("administrator", set(), set()),
    ],
)
async def test_rights_in_a_channel(
    standin: Standin, bot: Bot, bot_is: str, rights: Iterable[str] | None, seen: set[Right]
) -> None:
    standin.world.add_channel(NEWS, "wazahat_x", title="News", bot=bot_is, rights=rights)
    look = await messenger_of(bot).look(Address("@wazahat_x"))
    assert look == Look(NEWS, "News", Kind.CHANNEL, "wazahat_x", rights=frozenset(seen))
    assert look.reach is (Reach.OK if Right.POST in seen else Reach.MISSING)


@pytest.mark.parametrize("bot_is", ["member", "left", "kicked"])
async def test_a_public_channel_of_others_is_not_ours(
    standin: Standin, bot: Bot, bot_is: str
) -> None:
    standin.world.add_channel(NEWS, "wazahat_x", bot=bot_is)
    look = await messenger_of(bot).look(Address("@wazahat_x"))
    assert look is None or look.reach is Reach.GONE


async def test_rights_in_groups(standin: Standin, bot: Bot) -> None:
    messenger, world = messenger_of(bot), standin.world
    world.add_group(GROUP, title="Forum", forum=True, bot="administrator")
    assert await messenger.look(Address(GROUP)) == Look(
        GROUP, "Forum", Kind.FORUM, rights=frozenset(Right)
    )
    world.add_group(GROUP - 1, title="Group")
    member = await messenger.look(Address(GROUP - 1))
    assert member is not None
    assert member.rights == {Right.POST, Right.EDIT}
    assert await messenger.look(Address(GROUP - 2)) is None


async def test_a_silenced_group_is_one_without_the_right_to_post(
    standin: Standin, bot: Bot
) -> None:
    group = standin.world.add_group(GROUP)
    silenced = type(group.bot_member())("member", silenced=True)
    group.members[standin.world.bot.id] = silenced
    look = await messenger_of(bot).look(Address(GROUP))
    assert look is not None
    assert look.reach is Reach.MISSING


async def test_people_and_strangers_are_no_channels(standin: Standin, bot: Bot) -> None:
    standin.world.add_user(1, "Reader", started=True)
    for chat in (1, 404, "@nobody_here"):
        assert await messenger_of(bot).look(Address(chat)) is None
