"""Where Telegram refuses, over HTTP, in its words."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.flood import Flood
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin


def keys(*labels: str, **action: str) -> dict[str, Any]:
    action = action or {"callback_data": "x"}
    return {"inline_keyboard": [[{"text": label, **action}] for label in labels]}


async def test_token_and_method_must_be_known(
    standin: Standin, session: aiohttp.ClientSession, refused: Any
) -> None:
    async with session.get(f"{standin.url}/bot1:wrong/getMe") as answer:
        assert answer.status == 401
        body = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        assert await answer.json() == body
    assert await refused("getNothing") == "Not Found"


async def test_parameters_come_in_every_way(
    standin: Standin, session: aiohttp.ClientSession, reader: User
) -> None:
    reader.says("/start")
    url = f"{standin.url}/bot{standin.token}/SENDmessage"
    params = {"chat_id": "1001", "text": "سلام", "unheard_of": "1"}
    multipart = aiohttp.FormData(params)
    multipart.add_field("file", b"x", filename="x.txt")
    for way in ({"params": params}, {"data": params}, {"json": params}, {"data": multipart}):
        async with session.post(url, **way) as answer:
            assert (await answer.json())["result"]["text"] == "سلام"
    async with session.get(url, params=params) as answer:
        assert answer.status == 200
    async with session.post(url, data=b"{", headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 400


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({}, "Bad Request: message text is empty"),
        ({"text": " \n"}, "Bad Request: text must be non-empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "🕊" * 2049}, "Bad Request: message is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": 404}, "Bad Request: chat not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": keys("a", callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys("a", callback_data="و" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys("a", callback_data="")}, "Text buttons are unallowed"),
        ({"text": "x", "reply_markup": keys("a", url="nowhere")}, "BUTTON_URL_INVALID"),
        ({"text": "x", "reply_markup": keys(" ")}, "button text must be non-empty"),
        ({"text": "x", "reply_markup": keys("a", url="a.b", callback_data="c")}, "exactly one of"),
        ({"text": "x", "reply_markup": keys(*"a" * 101)}, "reply markup is too long"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_messages_are_checked(
    params: dict[str, Any], why: str, reader: User, refused: Any
) -> None:
    reader.says("/start")
    assert why in await refused("sendMessage", **{"chat_id": 1001, **params})


async def test_the_longest_message_passes(reader: User, result: Any) -> None:
    reader.says("/start")
    text = "<b>" + "x" * 4095 + "</b>&lt;"
    sent = await result("sendMessage", chat_id=1001, text=text, parse_mode="HTML")
    assert len(sent["text"]) == 4096


async def test_reply_and_preview_are_kept(reader: User, result: Any) -> None:
    question = reader.says("/start")
    options = {"is_disabled": True}
    reply = {"message_id": question.id}
    sent = await result(
        "sendMessage", chat_id=1001, text="x", reply_parameters=reply, link_preview_options=options
    )
    assert sent["link_preview_options"] == options
    assert sent["reply_to_message"]["message_id"] == question.id


async def test_people_are_written_to_only_as_they_wish(reader: User, refused: Any) -> None:
    why = await refused("sendMessage", chat_id=1001, text="x")
    assert why == "Forbidden: bot can't initiate conversation with a user"
    reader.says("/start")
    reader.blocks_bot()
    why = await refused("sendMessage", chat_id=1001, text="x")
    assert why == "Forbidden: bot was blocked by the user"


@pytest.mark.parametrize(
    ("bot", "rights", "why"),
    [
        ("administrator", {"can_edit_messages"}, "Bad Request: need administrator rights in the "),
        ("member", (), "Bad Request: need administrator rights in the channel chat"),
        ("left", (), "Forbidden: bot is not a member of the channel chat"),
        ("kicked", (), "Forbidden: bot was kicked from the channel chat"),
    ],
)
async def test_channels_ask_for_rights(
    channel: Chat, bot: str, rights: set[str], why: str, refused: Any, result: Any
) -> None:
    sent = await result("sendMessage", chat_id="@Wazahat_Demo", text="x")
    assert "from" not in sent
    assert sent["sender_chat"]["id"] == channel.id
    channel.set_bot(bot, rights)
    assert why in await refused("sendMessage", chat_id="@wazahat_demo", text="x")


async def test_edits_show_and_are_checked(reader: User, refused: Any, result: Any) -> None:
    question = reader.says("/start")
    sent = await result("sendMessage", chat_id=1001, text="one", reply_markup=keys("a"))
    where = {"chat_id": 1001, "message_id": sent["message_id"]}
    edited = await result("editMessageText", **where, text="<b>two</b>", parse_mode="HTML")
    assert (edited["text"], edited["edit_date"]) == ("two", 1_800_000_000)
    assert "reply_markup" not in edited
    same = "Bad Request: message is not modified: specified new message content and reply markup "
    why = await refused("editMessageText", **where, text="<b>two</b>", parse_mode="HTML")
    assert why.startswith(same)
    assert (await refused("editMessageReplyMarkup", **where)).startswith(same)
    keyed = await result("editMessageReplyMarkup", **where, reply_markup=keys("b"))
    assert keyed["text"] == "two"
    why = await refused("editMessageText", **where, text="x" * 4097)
    assert why == "Bad Request: MESSAGE_TOO_LONG"
    other = {"chat_id": 1001, "text": "x"}
    missing = "Bad Request: message to edit not found"
    assert await refused("editMessageText", **other, message_id=99) == missing
    why = await refused("editMessageText", **other, message_id=question.id)
    assert why == "Bad Request: message can't be edited"
    why = await refused("editMessageText", **other)
    assert why == "Bad Request: message identifier is not specified"


async def test_forms_are_read_as_browsers_write_them(
    standin: Standin, session: aiohttp.ClientSession, reader: User
) -> None:
    reader.says("/start")
    url = f"{standin.url}/bot{standin.token}/sendMessage"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body, text in (
        ("chat_id=1001&text=a+b%2Bc%26d%3De;f%23g&unheard_of=", "a b+c&d=e;f#g"),
        ("chat_id=7&chat_id=1001&text=%D8%A7%D9%85%D9%86%F0%9F%95%8A%", "امن🕊%"),
        ("chat_id=1001&text=a=b#c", "a=b#c"),
    ):
        async with session.post(url, data=body, headers=form) as answer:
            assert (await answer.json())["result"]["text"] == text


async def test_a_force_reply_is_kept_apart_from_the_message(
    standin: Standin, reader: User, result: Any, refused: Any
) -> None:
    reader.says("/start")
    asks = {"force_reply": True, "input_field_placeholder": "Why?"}
    sent = await result("sendMessage", chat_id=1001, text="?", reply_markup=asks)
    assert "reply_markup" not in sent
    message = await standin.wait_for(reader)
    assert message.apart.asks == asks
    where = {"chat_id": 1001, "message_id": message.id}
    why = await refused("editMessageText", **where, text="x", reply_markup=asks)
    assert why == "Bad Request: inline keyboard expected"
    await result("editMessageText", **where, text="x")
    assert reader.private_chat.last.apart.asks == asks


async def test_deleting(reader: User, refused: Any, result: Any) -> None:
    question = reader.says("/start")
    where = {"chat_id": 1001, "message_id": question.id}
    assert await result("deleteMessage", **where) is True
    assert await refused("deleteMessage", **where) == "Bad Request: message to delete not found"


async def test_a_press_is_answered_once_and_in_time(
    standin: Standin, reader: User, refused: Any, result: Any, clock: Any
) -> None:
    reader.says("/start")
    await result("sendMessage", chat_id=1001, text="?", reply_markup=keys("Yes"))
    message = await standin.wait_for(reader)
    late = "query is too old and response timeout expired or query ID is invalid"
    press = reader.presses(message, "Yes")
    long = await refused("answerCallbackQuery", callback_query_id=press.id, text="x" * 201)
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    await result("answerCallbackQuery", callback_query_id=press.id, text="Noted", show_alert=True)
    answer = await standin.answer_to(press)
    assert (answer.text, answer.alert) == ("Noted", True)
    assert late in await refused("answerCallbackQuery", callback_query_id=press.id)
    second = reader.presses(message, "Yes")
    clock.now += 61
    assert late in await refused("answerCallbackQuery", callback_query_id=second.id)


async def test_menus_are_kept_by_scope_and_language(refused: Any, result: Any) -> None:
    english = [{"command": "start", "description": "Begin"}]
    urdu = [{"command": "start", "description": "آغاز"}]
    private = {"type": "all_private_chats"}
    await result("setMyCommands", commands=english)
    await result("setMyCommands", commands=urdu, scope=private, language_code="ur")
    assert await result("getMyCommands") == english
    assert await result("getMyCommands", scope=private) == []
    assert await result("getMyCommands", scope=private, language_code="ur") == urdu
    await result("deleteMyCommands", scope=private, language_code="ur")
    assert await result("getMyCommands", scope=private, language_code="ur") == []


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ({"command": "Start", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "x" * 33, "description": "x"}, "command length must not exceed 32"),
        ({"command": "x", "description": ""}, "command description must be non-empty"),
        ({"command": "x", "description": "x" * 257}, "description length must not exceed 256"),
        ({"command": "x"}, "can't parse BotCommand"),
    ],
)
async def test_menu_entries_are_checked(command: dict[str, str], why: str, refused: Any) -> None:
    assert why in await refused("setMyCommands", commands=[command])


async def test_chats_and_their_members(
    standin: Standin, reader: User, channel: Chat, refused: Any, result: Any
) -> None:
    owner = standin.world.add_user(1009, "Owner")
    channel.add(owner, status="creator")
    assert await refused("getChat", chat_id=1001) == "Bad Request: chat not found"
    chat = await result("getChat", chat_id="@wazahat_demo")
    assert (chat["id"], chat["type"], chat["title"]) == (channel.id, "channel", "Wazahat")
    me = (await result("getMe"))["id"]
    member = await result("getChatMember", chat_id=channel.id, user_id=me)
    assert (member["status"], member["can_post_messages"]) == ("administrator", True)
    member = await result("getChatMember", chat_id=channel.id, user_id=1001)
    assert member["status"] == "left"
    admins = await result("getChatAdministrators", chat_id=channel.id)
    assert {admin["status"] for admin in admins} == {"administrator", "creator"}
    assert await result("getChatMemberCount", chat_id=channel.id) == 2
    channel.set_bot("member")
    why = await refused("getChatMember", chat_id=channel.id, user_id=1001)
    assert why == "Bad Request: member list is inaccessible"


async def test_chat_actions(reader: User, refused: Any, result: Any) -> None:
    reader.says("/start")
    assert await result("sendChatAction", chat_id=1001, action="typing") is True
    why = await refused("sendChatAction", chat_id=1001, action="dancing")
    assert why == "Bad Request: wrong parameter action in request"


async def test_updates_are_confirmed_by_offset(reader: User, result: Any) -> None:
    for word in ("one", "two", "three"):
        reader.says(word)
    assert [u["update_id"] for u in await result("getUpdates", limit=2)] == [1, 2]
    assert [u["update_id"] for u in await result("getUpdates", offset=-1)] == [3]
    assert await result("getUpdates", offset=4) == []
    await result("getUpdates", allowed_updates=["callback_query"])
    reader.says("four")
    assert await result("getUpdates") == []
    await result("getUpdates", allowed_updates=[])
    reader.says("five")
    [update] = await result("getUpdates")
    assert update["message"]["text"] == "five"
    await result("deleteWebhook", drop_pending_updates=True)
    assert await result("getUpdates") == []


async def test_a_long_poll_ends_with_the_update(reader: User, result: Any) -> None:
    poll = asyncio.create_task(result("getUpdates", timeout=10))
    await asyncio.sleep(0.1)
    assert not poll.done()
    reader.says("hello")
    async with asyncio.timeout(1):
        assert len(await poll) == 1


async def test_the_older_of_two_polls_is_ended(standin: Standin, ask: Any, reader: User) -> None:
    older = asyncio.create_task(ask("getUpdates", timeout=10))
    await asyncio.sleep(0.1)
    newer = asyncio.create_task(ask("getUpdates", timeout=10))
    status, body = await older
    assert status == 409
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    reader.says("hello")
    assert (await newer)[0] == 200


async def test_flood_control_says_when_to_come_back(
    standin: Standin, reader: User, channel: Chat, ask: Any, clock: Any
) -> None:
    reader.says("/start")
    standin.limit(Flood(overall=3, per_chat=2))
    codes = [(await ask("sendMessage", chat_id=1001, text="x"))[0] for _ in range(3)]
    assert codes == [200, 200, 429]
    _, body = await ask("sendMessage", chat_id=1001, text="x")
    assert body["description"] == "Too Many Requests: retry after 1"
    assert body["parameters"] == {"retry_after": 1}
    assert (await ask("sendMessage", chat_id=channel.id, text="x"))[0] == 200
    assert (await ask("sendMessage", chat_id=channel.id, text="x"))[0] == 429
    clock.now += 1
    assert (await ask("sendMessage", chat_id=1001, text="x"))[0] == 200
    standin.limit(None)
    assert {(await ask("sendMessage", chat_id=1001, text="x"))[0] for _ in range(9)} == {200}


async def test_groups_have_a_limit_per_minute(
    standin: Standin, channel: Chat, ask: Any, clock: Any
) -> None:
    standin.limit(Flood(overall=None, group_minute=2))
    for _ in range(2):
        await ask("sendMessage", chat_id=channel.id, text="x")
    clock.now += 20
    _, body = await ask("sendMessage", chat_id=channel.id, text="x")
    assert body["parameters"] == {"retry_after": 40}
