"""The real python-telegram-bot polls the stand-in as it would poll Telegram."""

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputMediaPhoto,
    InputTextMessageContent,
)
from telegram.constants import ParseMode, PollType
from telegram.error import Forbidden, RetryAfter, TimedOut
from telegram.ext import Application

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.playground.images import png


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


async def test_pictures_are_sent_by_bytes_by_id_and_edited(
    standin: Standin, app: Application, reader: User
) -> None:
    reader.says("/start")
    await standin.wait_for(reader)
    first = await app.bot.send_photo(1001, png(8, 6), caption="<b>A</b>", parse_mode="HTML")
    assert (first.photo[-1].width, first.caption, first.effective_attachment) == (
        8,
        "A",
        first.photo,
    )
    again = await app.bot.send_photo(1001, first.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == first.photo[-1].file_unique_id
    file = await again.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == png(8, 6)
    edited = await first.edit_media(InputMediaPhoto(png(9, 6), caption="B"))
    assert edited is not True
    assert (edited.photo[-1].width, edited.caption) == (9, "B")
    document = await app.bot.send_document(1001, b"id: x", filename="pack.yaml")
    assert document.document
    assert document.document.file_name == "pack.yaml"


async def test_a_quiz_is_sent_answered_and_stopped(
    standin: Standin, app: Application, reader: User
) -> None:
    reader.says("/start")
    await standin.wait_for(reader)
    sent = await app.bot.send_poll(
        1001, "Which?", ["a", "b"], type=PollType.QUIZ, correct_option_ids=[1], explanation="Since"
    )
    assert sent.poll
    assert sent.poll.correct_option_ids == (1,)
    reader.votes(await standin.wait_for(reader), "b")
    poll = await app.bot.stop_poll(1001, sent.message_id)
    assert (poll.is_closed, poll.total_voter_count, poll.options[1].voter_count) == (True, 1, 1)


async def test_an_inline_query_is_answered_chosen_and_edited(
    standin: Standin, app: Application, reader: User, group: Chat
) -> None:
    query = reader.types_inline("sehwan", chat=group)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
    content = InputTextMessageContent("<b>Brief</b>", parse_mode=ParseMode.HTML)
    results = [InlineQueryResultArticle("1", "A brief", content, reply_markup=keyboard)]
    button = InlineQueryResultsButton("Ask in private", start_parameter="inline")
    await app.bot.answer_inline_query(query.id, results, next_offset="", button=button)
    assert (await standin.results_of(query)).ids == ["1"]
    message = reader.chooses(query, "1")
    press = reader.presses(message, "More")
    assert (await standin.answer_to(press)).text == "Here is more"
    # The small bot edits the message of the press, which it knows by the inline id alone.
    edited = await standin.wait_for(group, lambda sent: sent.id == message.id)
    assert (edited.text, edited.buttons) == ("More", [])
