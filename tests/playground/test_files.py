"""Pictures and files that the bot sends, edits and fetches, over HTTP."""

from typing import Any

import aiohttp
import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.flood import Flood
from bot.adapters.playground.images import size_of
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.playground.images import jpeg, png

HERE = {"chat_id": 1001}
SAME = "Bad Request: message is not modified: specified new message content and reply markup"


@pytest.fixture(autouse=True)
def started(reader: User) -> None:
    reader.says("/start")


@pytest.fixture
async def photo(upload: Any) -> dict[str, Any]:
    """The message of a picture with a caption."""
    _, body = await upload("sendPhoto", {"photo": png(40, 30)}, **HERE, caption="A card")
    return dict(body["result"])


@pytest.mark.parametrize(
    ("raw", "size"),
    [
        (png(3, 2), (3, 2)),
        (jpeg(640, 480), (640, 480)),
        (b"GIF89a", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (jpeg(1, 1)[:-6], None),
        (b"", None),
    ],
)
def test_sizes_are_read_from_the_first_bytes(raw: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(raw) == size


async def test_a_picture_is_sent_and_sent_again_by_its_id(
    photo: dict[str, Any], upload: Any, result: Any, reader: User
) -> None:
    [size] = photo["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (40, 30, len(png(40, 30)))
    assert (photo["caption"], "text" in photo) == ("A card", False)
    again = await result("sendPhoto", **HERE, photo=size["file_id"])
    assert again["photo"] == [size]
    assert "caption" not in again
    files = {"card": png(40, 30)}
    _, body = await upload("sendPhoto", files, **HERE, photo="attach://card")
    assert body["result"]["photo"][0]["file_unique_id"] == size["file_unique_id"]
    _, body = await upload("sendPhoto", {"photo": png(41, 30)}, **HERE)
    assert body["result"]["photo"][0]["file_unique_id"] != size["file_unique_id"]


async def test_captions_carry_what_texts_carry(upload: Any, reader: User) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Sources", "callback_data": "s"}]]}
    _, body = await upload(
        "sendPhoto",
        {"photo": png(2, 2)},
        **HERE,
        caption="<b>" + "x" * 1023 + "</b>&lt;",
        parse_mode="HTML",
        show_caption_above_media=True,
        protect_content=True,
        reply_markup=keyboard,
        reply_parameters={"message_id": 1},
    )
    sent = body["result"]
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1023}]
    assert sent["show_caption_above_media"] is sent["has_protected_content"] is True
    assert sent["reply_markup"] == keyboard
    assert sent["reply_to_message"]["message_id"] == 1


@pytest.mark.parametrize(
    ("raw", "params", "why"),
    [
        (b"no picture", {}, "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"", {}, "Bad Request: file must be non-empty"),
        (jpeg(5000, 5001), {}, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (jpeg(21, 1), {}, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (png(0, 5), {}, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (png(2, 2), {"caption": "x" * 1025}, "Bad Request: message caption is too long"),
        (png(2, 2), {"caption": "🕊" * 513}, "Bad Request: message caption is too long"),
        (png(2, 2), {"caption": "<b>", "parse_mode": "HTML"}, "can't parse entities"),
        (png(2, 2), {"chat_id": 404}, "Bad Request: chat not found"),
    ],
)
async def test_pictures_are_checked(
    raw: bytes, params: dict[str, Any], why: str, upload: Any
) -> None:
    status, body = await upload("sendPhoto", {"photo": raw}, **{**HERE, **params})
    assert status == 400
    assert why in body["description"]


async def test_a_picture_may_have_ten_megabytes(upload: Any) -> None:
    full = png(1, 1).ljust(10 * 1024 * 1024, b"\0")
    status, _ = await upload("sendPhoto", {"photo": full}, **HERE)
    assert status == 200
    _, body = await upload("sendPhoto", {"photo": full + b"\0"}, **HERE)
    told = "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes"
    assert body["description"] == f"Bad Request: {told}"


async def test_the_largest_pictures_pass(upload: Any) -> None:
    for raw in (jpeg(5000, 5000), jpeg(20, 1), jpeg(1, 20)):
        status, body = await upload("sendPhoto", {"photo": raw}, **HERE)
        assert status == 200, body


async def test_ids_must_be_known_and_of_the_kind(photo: dict[str, Any], refused: Any) -> None:
    [size] = photo["photo"]
    wrong = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await refused("sendPhoto", **HERE, photo="nothing") == wrong
    assert await refused("sendPhoto", **HERE, photo=size["file_unique_id"]) == wrong
    missing = "Bad Request: there is no photo in the request"
    assert await refused("sendPhoto", **HERE) == missing
    assert await refused("sendPhoto", **HERE, photo="attach://card") == missing
    why = await refused("sendDocument", **HERE, document=size["file_id"])
    assert why == "Bad Request: can't use file of type Photo as Document"
    why = await refused("sendPhoto", **HERE, photo="https://example.org/a.png")
    assert why == "Bad Request: failed to get HTTP URL content"


async def test_what_was_sent_can_be_fetched(
    photo: dict[str, Any], standin: Standin, session: aiohttp.ClientSession, result: Any
) -> None:
    file = await result("getFile", file_id=photo["photo"][0]["file_id"])
    root = f"{standin.url}/file/bot{standin.token}"
    async with session.get(f"{root}/{file['file_path']}") as answer:
        assert await answer.read() == png(40, 30)
    elsewhere = file["file_path"].replace("photos", "documents")
    for url in (f"{root}/{elsewhere}", f"{standin.url}/file/bot1:wrong/{file['file_path']}"):
        async with session.get(url) as answer:
            assert answer.status == 404


async def test_files_are_sent_with_their_names(upload: Any, result: Any, refused: Any) -> None:
    _, body = await upload("sendDocument", {"document": b"id: x\n"}, **HERE, caption="A pack")
    document = body["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("document.bin", 6)
    assert (document["mime_type"], body["result"]["caption"]) == (
        "application/octet-stream",
        "A pack",
    )
    again = await result("sendDocument", **HERE, document=document["file_id"])
    assert again["document"] == document
    why = await refused("sendDocument", **HERE)
    assert why == "Bad Request: there is no document in the request"


async def test_captions_are_edited(photo: dict[str, Any], refused: Any, result: Any) -> None:
    where = {**HERE, "message_id": photo["message_id"]}
    why = await refused("editMessageText", **where, text="x")
    assert why == "Bad Request: there is no text in the message to edit"
    same = await refused("editMessageCaption", **where, caption="<i></i>A card", parse_mode="HTML")
    assert same.startswith(SAME)
    edited = await result("editMessageCaption", **where, caption="<i>New</i>", parse_mode="HTML")
    assert (edited["caption"], edited["photo"]) == ("New", photo["photo"])
    why = await refused("editMessageCaption", **where, caption="x" * 1025)
    assert why == "Bad Request: MEDIA_CAPTION_TOO_LONG"
    assert "caption" not in await result("editMessageCaption", **where)
    text = await result("sendMessage", **HERE, text="words")
    why = await refused("editMessageCaption", **HERE, message_id=text["message_id"], caption="x")
    assert why == "Bad Request: there is no caption in the message to edit"


async def test_pictures_take_the_place_of_pictures_and_texts(
    photo: dict[str, Any], upload: Any, refused: Any, result: Any
) -> None:
    where = {**HERE, "message_id": photo["message_id"]}
    media = {"type": "photo", "media": "attach://new", "caption": "<b>B</b>", "parse_mode": "HTML"}
    _, body = await upload("editMessageMedia", {"new": png(9, 9)}, **where, media=media)
    assert (body["result"]["photo"][0]["width"], body["result"]["caption"]) == (9, "B")
    same = {"type": "photo", "media": body["result"]["photo"][0]["file_id"], "caption": "<b>B</b>"}
    why = await refused("editMessageMedia", **where, media={**same, "parse_mode": "HTML"})
    assert why.startswith(SAME)
    text = await result("sendMessage", **HERE, text="words #tag")
    where["message_id"] = text["message_id"]
    edited = await result("editMessageMedia", **where, media={**same, "caption": "now"})
    assert (edited["caption"], "text" in edited, "entities" in edited) == ("now", False, False)


@pytest.mark.parametrize(
    ("media", "why"),
    [
        (None, "media is not specified"),
        ("{", "can't parse input media JSON object"),
        ({"type": "hologram"}, "can't parse InputMedia"),
        ({"type": "photo"}, "media not found"),
        ({"type": "photo", "media": "attach://none"}, "media not found"),
        ({"type": "photo", "media": "unknown"}, "wrong file identifier/HTTP URL specified"),
    ],
)
async def test_new_media_are_checked(
    photo: dict[str, Any], media: Any, why: str, refused: Any
) -> None:
    where = {**HERE, "message_id": photo["message_id"]}
    assert why in await refused("editMessageMedia", **where, media=media)


async def test_a_silenced_bot_may_not_send_pictures(group: Chat, upload: Any) -> None:
    group.members[group.world.bot.id] = group.bot_member().__class__(silenced=True)
    _, body = await upload("sendPhoto", {"photo": png(2, 2)}, chat_id=group.id)
    assert body["description"] == "Bad Request: not enough rights to send photos to the chat"


async def test_pictures_polls_and_files_count_for_flood_control(
    photo: dict[str, Any], standin: Standin, ask: Any
) -> None:
    file_id = photo["photo"][0]["file_id"]
    where = {**HERE, "message_id": photo["message_id"]}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("sendPhoto", {**HERE, "photo": file_id}),
        ("sendDocument", {**HERE, "document": "unknown"}),
        ("sendPoll", {**HERE, "question": "?", "options": ["a", "b"]}),
        ("editMessageMedia", {**where, "media": {"type": "photo", "media": file_id}}),
        ("editMessageCaption", {**where, "caption": "again"}),
    ]
    for method, params in calls:
        standin.limit(Flood(overall=1))
        assert (await ask("sendMessage", **HERE, text="x"))[0] == 200
        assert (await ask(method, **params))[0] == 429, method
        standin.limit(Flood(overall=1))
        await ask(method, **params)
        assert (await ask("sendMessage", **HERE, text="x"))[0] == 429, method


async def test_calls_keep_a_picture_sent_to_many_once(upload: Any, standin: Standin) -> None:
    for _ in range(2):
        await upload("sendPhoto", {"photo": png(7, 7)}, **HERE)
    first, second = (call.params["photo"] for call in standin.calls("sendPhoto"))
    assert first.content == png(7, 7)
    assert first is second
