"""What the page may ask, and who may ask at all."""

from typing import Any

import aiohttp
import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.pages import FILES, Pane, Seat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.playground.images import png


@pytest.fixture
def laid_out(standin: Standin, reader: User, channel: Chat) -> Standin:
    seats = (Seat(1001, "Reader", 1001),)
    standin.page.layout = (Pane("Reader", seats), Pane("Channel", (Seat(channel.id, "Channel"),)))
    return standin


@pytest.mark.parametrize("path", [*FILES, "/playground/state"])
async def test_answers_are_locked_down_and_hold_no_token(
    laid_out: Standin, session: aiohttp.ClientSession, path: str
) -> None:
    async with session.get(laid_out.url + path) as answer:
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        body = await answer.text()
    assert laid_out.token not in body
    assert "innerHTML" not in body


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "attacker.example"},
        {"Origin": "https://attacker.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/playground/state", "/playground/events"])
async def test_a_foreign_page_is_turned_away(
    laid_out: Standin, session: aiohttp.ClientSession, headers: dict[str, str], path: str
) -> None:
    async with session.get(laid_out.url + path, headers=headers) as answer:
        assert answer.status == 403
    say = {"user": 1001, "chat": 1001, "text": "x"}
    async with session.post(f"{laid_out.url}/playground/say", json=say, headers=headers) as answer:
        assert answer.status == 403
    assert not laid_out.world.updates


async def test_only_seats_speak_and_only_in_json(
    laid_out: Standin, session: aiohttp.ClientSession, channel: Chat
) -> None:
    laid_out.world.add_user(1002, "Moderator")
    url = f"{laid_out.url}/playground/say"
    for user, chat in ((1002, 1002), (1001, channel.id), (None, channel.id)):
        async with session.post(url, json={"user": user, "chat": chat, "text": "x"}) as answer:
            assert answer.status == 403
    async with session.post(url, data={"user": 1001, "chat": 1001, "text": "x"}) as answer:
        assert answer.status == 415
    async with session.post(url, json={"user": 1001, "chat": 1001, "text": " "}) as answer:
        assert answer.status == 400
    async with session.post(url, json={"user": 1001, "chat": 1001, "text": "/start"}) as answer:
        assert answer.status == 200
    assert len(laid_out.world.updates) == 1


async def test_state_and_stream_go_together(
    laid_out: Standin, session: aiohttp.ClientSession, reader: User, result: Any
) -> None:
    async with session.get(f"{laid_out.url}/playground/state") as answer:
        state = await answer.json()
    assert [pane["title"] for pane in state["panes"]] == ["Reader", "Channel"]
    reader.says("/start")
    laid_out.world.add_user(1005, "Stranger").says("not shown")
    events = f"{laid_out.url}/playground/events"
    async with session.get(events, params={"after": state["after"]}) as answer:
        assert (await answer.content.readline()).startswith(b"retry")
        await answer.content.readline()
        assert (await answer.content.readline()).startswith(b"id: ")
        assert b'"/start"' in await answer.content.readline()
    async with session.get(events, params={"after": "other-7"}) as answer:
        lines = [await answer.content.readline() for _ in range(4)]
    assert b"reset" in lines[3]


async def test_without_a_layout_everyone_has_a_place(
    standin: Standin, session: aiohttp.ClientSession, reader: User, channel: Chat
) -> None:
    standin.world.add_user(1002, "Moderator")
    async with session.get(f"{standin.url}/playground/state") as answer:
        state = await answer.json()
    assert [pane["title"] for pane in state["panes"]] == ["Reader", "Moderator", "Wazahat"]


async def test_a_stale_button_is_refused_kindly(
    laid_out: Standin, session: aiohttp.ClientSession, reader: User
) -> None:
    reader.says("/start")
    press = {"user": 1001, "chat": 1001, "message": 1, "row": 0, "column": 0}
    async with session.post(f"{laid_out.url}/playground/press", json=press) as answer:
        assert answer.status == 400
        assert "gone" in (await answer.json())["error"]


async def test_files_are_posted_as_they_are_by_those_who_sit_there(
    laid_out: Standin, session: aiohttp.ClientSession, channel: Chat
) -> None:
    url = f"{laid_out.url}/playground/send"
    told = {"user": "1001", "chat": "1001", "name": "a.yaml", "caption": "", "reply": "0"}
    raw = {"Content-Type": "application/octet-stream"}
    for headers, params, status in (
        ({"Content-Type": "text/plain"}, told, 415),
        (raw | {"Origin": "https://attacker.example"}, told, 403),
        (raw, told | {"chat": str(channel.id)}, 403),
        (raw, told | {"user": "me"}, 400),
        (raw, told, 200),
    ):
        async with session.post(url, params=params, data=b"id: x", headers=headers) as answer:
            assert answer.status == status
    async with session.post(url, params=told, data=b"", headers=raw) as answer:
        assert (await answer.json())["error"] == "Bad Request: file must be non-empty"
    assert len(laid_out.world.updates) == 1


async def test_a_picture_is_posted_as_a_photo_unless_it_is_none(
    laid_out: Standin, session: aiohttp.ClientSession, reader: User
) -> None:
    url, raw = f"{laid_out.url}/playground/send", {"Content-Type": "application/octet-stream"}
    told = {"user": reader.id, "chat": reader.id, "caption": "A shrine", "name": "shrine.png"}
    async with session.post(url, params=told, data=png(40, 30), headers=raw) as answer:
        assert answer.status == 200
    sent = reader.private_chat.last
    assert (sent["photo"][0]["width"], sent["caption"]) == (40, "A shrine")
    async with session.post(url, params=told, data=b"no picture", headers=raw) as answer:
        assert (await answer.json())["error"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_a_file_of_a_person_is_saved_and_never_run(
    laid_out: Standin, session: aiohttp.ClientSession, reader: User
) -> None:
    sent = reader.sends("page.html", b"<script>alert(1)</script>")
    file_id = sent["document"]["file_id"]
    async with session.get(f"{laid_out.url}/playground/file/{file_id}") as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with session.get(f"{laid_out.url}/playground/file/unknown") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("order", "more", "why"),
    [
        ("vote", {"message": 1, "options": [0]}, "holds no poll"),
        ("vote", {"message": 9, "options": [0]}, "gone"),
        ("inline", {"text": "x" * 257}, "at most 256 characters"),
        ("choose", {"query": "7", "result": "1"}, "type the words again"),
        ("language", {"language": "xx"}, "en, ur"),
    ],
)
async def test_orders_are_refused_in_words(
    laid_out: Standin,
    session: aiohttp.ClientSession,
    reader: User,
    order: str,
    more: dict[str, Any],
    why: str,
) -> None:
    reader.says("/start")
    body = {"user": 1001, "chat": 1001, **more}
    async with session.post(f"{laid_out.url}/playground/{order}", json=body) as answer:
        assert answer.status == 400
        assert why in (await answer.json())["error"]
    async with session.post(f"{laid_out.url}/playground/nothing", json=body) as answer:
        assert answer.status == 404


async def test_a_reply_in_a_group_reaches_a_bot_in_privacy_mode(
    standin: Standin, session: aiohttp.ClientSession, reader: User, group: Chat, result: Any
) -> None:
    sent = await result("sendMessage", chat_id=group.id, text="A brief")
    say = {"user": 1001, "chat": group.id, "text": "this is wrong"}
    url = f"{standin.url}/playground/say"
    for reply in (None, sent["message_id"]):
        async with session.post(url, json=say | {"reply": reply}) as answer:
            assert answer.status == 200
    [update] = standin.world.updates
    assert update["message"]["reply_to_message"]["message_id"] == sent["message_id"]


async def test_a_selective_force_reply_is_for_whom_it_answers(
    standin: Standin, session: aiohttp.ClientSession, reader: User, group: Chat, result: Any
) -> None:
    question = reader.says("/wrong", chat=group)
    for selective in (True, False):
        await result(
            "sendMessage",
            chat_id=group.id,
            text="What is wrong?",
            reply_parameters={"message_id": question.id},
            reply_markup={"force_reply": True, "selective": selective},
        )
    async with session.get(f"{standin.url}/playground/state") as answer:
        shown = (await answer.json())["chats"][str(group.id)]
    assert [message["asks"]["whom"] for message in shown[1:]] == [reader.id, None]
