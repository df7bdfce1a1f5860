"""The real python-telegram-bot polls the stand-in as it would poll Telegram."""

import pytest
from telegram.error import Forbidden, RetryAfter, TimedOut
from telegram.ext import Application

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin


async def test_a_conversation(standin: Standin, app: Application, reader: User) -> None:
    reader.says("/start")
    welcome = await standin.wait_for(reader)
    assert (welcome.text, welcome.labels) == ("Welcome", ["More"])
    press = reader.presses(welcome, "More")
    assert (await standin.answer_to(press)).text == "Here is more"
    edited = await standin.wait_for(reader, "More")
    assert (edited.id, edited.entities[0]["type"]) == (welcome.id, "italic")
    reader.says("کیا معلوم ہے؟")
    assert (await standin.wait_for(reader)).text == "You said: کیا معلوم ہے؟"


async def test_groups_and_channels(
    standin: Standin, app: Application, reader: User, group: Chat, channel: Chat
) -> None:
    reader.says("small talk", chat=group)
    reader.says("/start", chat=group)
    assert (await standin.wait_for(group)).text == "Welcome"
    channel.posts("From the desk")
    assert (await standin.wait_for(channel)).text == "You said: From the desk"
    await app.bot.send_message("@wazahat_demo", "A post")
    assert (await standin.wait_for(channel)).text == "A post"


async def test_objects_are_read_by_the_library(
    standin: Standin, app: Application, reader: User, channel: Chat
) -> None:
    bot = app.bot
    assert (await bot.get_chat(channel.id)).username == "wazahat_demo"
    member = await bot.get_chat_member(channel.id, bot.id)
    assert getattr(member, "can_post_messages", False)
    assert len(await bot.get_chat_administrators(channel.id)) == 1
    assert await bot.set_my_commands([("start", "Begin")])
    [command] = await bot.get_my_commands()
    assert command.command == "start"
    assert (await bot.get_webhook_info()).url == ""


async def test_errors_are_the_librarys_own(
    standin: Standin, app: Application, reader: User
) -> None:
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await app.bot.send_message(1001, "x")
    standin.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    with pytest.raises(RetryAfter):
        await app.bot.send_message(1001, "x")
    standin.hang_next("sendMessage", taken=False)
    with pytest.raises(TimedOut):
        await app.bot.send_message(1001, "x", read_timeout=0.2)


async def test_the_bot_survives_a_break(standin: Standin, app: Application, reader: User) -> None:
    await standin.go_down()
    await standin.come_back()
    reader.says("/start")
    assert (await standin.wait_for(reader, timeout=10)).text == "Welcome"
