"""Forums of the stand-in: topics, who hears of them, and where messages land."""

from typing import Any

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.flood import Flood
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin


@pytest.fixture
def forum(standin: Standin) -> Chat:
    return standin.world.add_group(-1002000000002, title="Forum", forum=True)


async def test_a_message_goes_into_a_topic_that_there_is(
    forum: Chat, reader: User, result: Any, refused: Any
) -> None:
    topic = forum.opens_topic(reader, "News")
    sent = await result("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    plain = await result("sendMessage", chat_id=forum.id, text="x")
    assert "message_thread_id" not in plain
    why = "Bad Request: message thread not found"
    wrong = {"chat_id": forum.id, "text": "x", "message_thread_id": topic + 77}
    assert await refused("sendMessage", **wrong) == why


async def test_chats_without_topics_take_no_thread(
    channel: Chat, group: Chat, reader: User, refused: Any
) -> None:
    for chat in (channel, group):
        why = await refused("sendMessage", chat_id=chat.id, text="x", message_thread_id=5)
        assert why == "Bad Request: message thread not found"
        with pytest.raises(ValueError, match="no forum"):
            chat.opens_topic(reader, "News")


async def test_a_reply_stands_in_the_topic_of_what_it_answers(
    forum: Chat, reader: User, result: Any
) -> None:
    topic = forum.opens_topic(reader, "News")
    first = await result("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic)
    under = {"message_id": first["message_id"]}
    reply = await result("sendMessage", chat_id=forum.id, text="y", reply_parameters=under)
    assert reply["message_thread_id"] == topic
    said = reader.says("z", forum, forum.history[reply["message_id"]])
    assert said["message_thread_id"] == topic


async def test_the_bot_hears_of_topics_and_of_the_forum(
    forum: Chat, reader: User, result: Any
) -> None:
    topic = forum.opens_topic(reader, "News")
    forum.renames_topic(reader, topic, "خبریں")
    opened, renamed = [each["message"] for each in await result("getUpdates")]
    assert opened["forum_topic_created"]["name"] == "News"
    assert renamed["forum_topic_edited"] == {"name": "خبریں"}
    assert opened["message_thread_id"] == renamed["message_thread_id"] == topic
    assert (await result("getChat", chat_id=forum.id))["is_forum"] is True
    with pytest.raises(LookupError, match="no topic"):
        forum.renames_topic(reader, topic + 1, "x")


async def test_name_and_number_of_a_chat_have_one_limit(
    standin: Standin, channel: Chat, ask: Any
) -> None:
    standin.limit(Flood(overall=None, per_chat=1))
    status, _ = await ask("sendMessage", chat_id=channel.id, text="x")
    assert status == 200
    status, body = await ask("sendMessage", chat_id="@wazahat_demo", text="x")
    assert (status, body["parameters"]["retry_after"]) == (429, 1)
