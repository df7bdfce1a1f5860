"""Inline mode: typed, answered over HTTP, chosen, pressed and edited."""

from typing import Any

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.playground.images import png

KEYS = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
LATE = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def article(number: Any = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>Brief</b>", "parse_mode": "HTML"}
    base = {"type": "article", "id": number, "title": "A brief", "input_message_content": content}
    return base | more


async def test_what_is_typed_reaches_the_bot(
    standin: Standin, reader: User, group: Chat, result: Any
) -> None:
    assert (await result("getMe"))["supports_inline_queries"] is True
    reader.types_inline("sehwan")
    reader.types_inline("sehwan", offset="50", chat=group)
    alone, there = (update["inline_query"] for update in standin.world.updates)
    assert (alone["query"], alone["offset"], alone["chat_type"]) == ("sehwan", "", "sender")
    assert (there["offset"], there["chat_type"]) == ("50", "supergroup")
    assert alone["from"]["id"] == reader.id
    with pytest.raises(ValueError, match="256"):
        reader.types_inline("x" * 257)
    standin.world.inline.enabled = False
    assert (await result("getMe"))["supports_inline_queries"] is False
    with pytest.raises(ValueError, match="no inline mode"):
        reader.types_inline("sehwan")


async def test_an_answer_is_offered_once(
    standin: Standin, reader: User, refused: Any, result: Any
) -> None:
    query = reader.types_inline("sehwan")
    button = {"text": "Ask in private", "start_parameter": "inline-1_a"}
    results = [article("1"), article("2", description="x")]
    answer = {"inline_query_id": query.id, "results": results}
    assert await result("answerInlineQuery", **answer, next_offset="2", button=button) is True
    offered = await standin.results_of(query)
    assert (offered.ids, offered.next_offset, offered.button) == (["1", "2"], "2", button)
    assert await refused("answerInlineQuery", **answer) == LATE


async def test_old_and_unknown_queries_are_refused(reader: User, refused: Any, clock: Any) -> None:
    query = reader.types_inline("sehwan")
    assert await refused("answerInlineQuery", inline_query_id="7", results=[]) == LATE
    clock.now += 16
    assert await refused("answerInlineQuery", inline_query_id=query.id, results=[]) == LATE


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"results": "["}, "can't parse inline query results JSON object"),
        ({"results": None}, "expected an Array of InlineQueryResult"),
        ({"results": [article(str(n)) for n in range(51)]}, "too many inline query results"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_EMPTY"),
        ({"results": [article("و" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [article(7)]}, "can't parse InlineQueryResult: Can't find field \"id\""),
        ({"results": [{"id": "1"}]}, "can't parse InlineQueryResult: Can't find field \"type\""),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(type="hologram")]}, "is unsupported for the inline query result"),
        ({"results": [article(input_message_content=None)]}, "message content is not specified"),
        ({"results": [article(input_message_content={"message_text": ""})]}, "text is empty"),
        (
            {"results": [article(input_message_content={"message_text": "x" * 4097})]},
            "MESSAGE_TOO_LONG",
        ),
        (
            {
                "results": [
                    article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})
                ]
            },
            "can't parse InlineQueryResult: Can't parse entities: Can't find end tag",
        ),
        (
            {
                "results": [
                    article(
                        reply_markup={
                            "inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]
                        }
                    )
                ]
            },
            "BUTTON_DATA_INVALID",
        ),
        ({"results": [article(reply_markup={"force_reply": True})]}, "inline keyboard expected"),
        (
            {"results": [{"type": "photo", "id": "1", "photo_file_id": "unknown"}]},
            "wrong file identifier/HTTP URL specified",
        ),
        ({"next_offset": "و" * 33}, "NEXT_OFFSET_INVALID"),
        ({"cache_time": -1}, "cache_time must not be negative"),
        ({"button": {"text": "Go"}}, "can't use empty start_parameter"),
        ({"button": {"start_parameter": "a"}}, "it needs a text"),
        ({"button": {"text": "Go", "start_parameter": "x" * 65}}, "too long start_parameter"),
        ({"button": {"text": "Go", "start_parameter": "a b"}}, "unallowed characters in start_"),
    ],
)
async def test_answers_are_checked(
    params: dict[str, Any], why: str, reader: User, refused: Any
) -> None:
    query = reader.types_inline("x")
    answer = {"inline_query_id": query.id, "results": [article()], **params}
    assert why in await refused("answerInlineQuery", **answer)
    assert query.answer is None


async def test_the_longest_answer_passes(reader: User, result: Any) -> None:
    query = reader.types_inline("x")
    content = {"message_text": "x" * 4096}
    results = [article(f"{n:064}", input_message_content=content) for n in range(50)]
    answer = {"inline_query_id": query.id, "results": results, "next_offset": "x" * 64}
    assert await result("answerInlineQuery", **answer, cache_time=0) is True


async def test_what_is_chosen_is_said_by_the_reader(
    standin: Standin, reader: User, group: Chat, result: Any
) -> None:
    query = reader.types_inline("sehwan", chat=group)
    results = [article("plain"), article("keyed", reply_markup=KEYS)]
    await result("answerInlineQuery", inline_query_id=query.id, results=results)
    standin.world.updates.clear()
    plain, keyed = reader.chooses(query, "plain"), reader.chooses(query, "keyed")
    assert (plain.text, plain["from"]["id"], plain.chat_id) == ("Brief", reader.id, group.id)
    assert plain["via_bot"]["id"] == standin.world.bot.id
    assert (plain.apart.inline_id, "inline_message_id" in keyed) == ("", False)
    chosen = [u["chosen_inline_result"] for u in standin.world.updates if "message" not in u]
    assert "inline_message_id" not in chosen[0]
    assert chosen[1]["inline_message_id"] == keyed.apart.inline_id
    assert (chosen[1]["result_id"], chosen[1]["query"]) == ("keyed", "sehwan")
    with pytest.raises(LookupError, match="no result 'other'"):
        reader.chooses(query, "other")


async def test_without_feedback_the_bot_hears_of_no_choice(
    standin: Standin, reader: User, result: Any
) -> None:
    standin.world.inline.feedback = False
    query = reader.types_inline("sehwan")
    await result("answerInlineQuery", inline_query_id=query.id, results=[article()])
    reader.chooses(query, "1")
    assert not any("chosen_inline_result" in update for update in standin.world.updates)


async def test_inline_messages_are_pressed_and_edited_by_their_id(
    standin: Standin, reader: User, group: Chat, result: Any, refused: Any
) -> None:
    group.set_bot("left")
    query = reader.types_inline("sehwan", chat=group)
    results = [article(reply_markup=KEYS)]
    await result("answerInlineQuery", inline_query_id=query.id, results=results)
    message = reader.chooses(query, "1")
    reader.presses(message, "More")
    press = standin.world.updates[-1]["callback_query"]
    assert (press["inline_message_id"], "message" in press) == (message.apart.inline_id, False)
    where = {"inline_message_id": message.apart.inline_id}
    assert await result("editMessageText", **where, text="Edited", reply_markup=KEYS) is True
    assert group.last.text == "Edited"
    why = await refused("editMessageText", **where, text="Edited", reply_markup=KEYS)
    assert why.startswith("Bad Request: message is not modified")
    assert await result("editMessageReplyMarkup", **where) is True
    assert group.last.buttons == []
    why = await refused("editMessageText", inline_message_id="unknown", text="x")
    assert why == "Bad Request: MESSAGE_ID_INVALID"


async def test_a_known_picture_can_be_offered_and_put_in_place(
    standin: Standin, reader: User, upload: Any, result: Any
) -> None:
    reader.says("/start")
    _, body = await upload("sendPhoto", {"photo": png(6, 4)}, chat_id=1001)
    photo = body["result"]["photo"][0]["file_id"]
    query = reader.types_inline("card")
    card = {"type": "photo", "id": "1", "photo_file_id": photo, "caption": "A card"}
    results = [card | {"reply_markup": KEYS}, article("2", reply_markup=KEYS)]
    await result("answerInlineQuery", inline_query_id=query.id, results=results)
    first, second = reader.chooses(query, "1"), reader.chooses(query, "2")
    assert (first["photo"][0]["width"], first.text) == (6, "A card")
    media = {"type": "photo", "media": photo}
    where = {"inline_message_id": second.apart.inline_id}
    assert await result("editMessageMedia", **where, media=media) is True
    assert reader.private_chat.last["photo"] == first["photo"]
    media["media"] = "attach://new"
    _, body = await upload("editMessageMedia", {"new": png(2, 2)}, **where, media=media)
    assert body["description"] == "Bad Request: invalid message content specified"


async def test_a_message_via_the_bot_passes_privacy_mode(
    standin: Standin, reader: User, group: Chat, channel: Chat, result: Any
) -> None:
    query = reader.types_inline("sehwan", chat=group)
    await result("answerInlineQuery", inline_query_id=query.id, results=[article()])
    reader.chooses(query, "1")
    assert standin.world.updates[-1]["message"]["via_bot"]["id"] == standin.world.bot.id
    reader.chooses(query, "1", chat=channel)
    assert standin.world.updates[-1]["channel_post"]["sender_chat"]["id"] == channel.id
