"""Corrections as Telegram sees them, and as moderators make them on their phones."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from telegram import Bot

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.adapters.telegram.messenger import TelegramMessenger
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.transport import SendingRequest
from bot.adapters.telegram.uploads import Uploads
from bot.core.drawings import Drawing, FactCard
from bot.core.errors import Refused, TryLater
from bot.core.records import Language
from bot.core.replies import Button, Photo, Reply, plain
from bot.settings import Settings
from db.engine import make_engine
from db.unit_of_work import units_of_work
from tests.playground.images import png
from tests.telegram.conftest import READER
from tests.telegram.test_process import until
from tests.telegram.test_transport import not_opened

GROUP = -1002000000003
CARD = FactCard("en", "Old", "", (), "alt", (), ())


@pytest.fixture
async def messenger(standin: Standin) -> AsyncIterator[TelegramMessenger]:
    async def draw(drawing: Drawing) -> bytes:
        return png(4, len(drawing.title))

    url = f"{standin.url}/bot"
    async with Bot(standin.token, base_url=url, request=SendingRequest()) as bot:
        yield TelegramMessenger(bot, Uploads(draw, not_opened, bot.id), Pace(0, 0))


async def test_a_text_is_edited_with_its_buttons_and_twice_is_as_good_as_once(
    standin: Standin, messenger: TelegramMessenger, channel: Chat
) -> None:
    sent = await messenger.send(str(channel.id), plain("Old"))
    right = plain("Right").with_buttons([Button("More", start="b_sehwan-2017")])
    for _ in range(2):
        await messenger.amend(str(channel.id), sent, right)
    assert [each.text for each in channel.messages] == ["Right"]
    assert channel.last.labels == ["More"]
    assert len(standin.calls("editMessageText")) == 2, "the second was not modified"


async def test_what_is_not_ours_or_not_there_is_refused(
    standin: Standin, messenger: TelegramMessenger
) -> None:
    group = standin.world.add_group(GROUP)
    theirs = standin.world.add_user(READER, "Reader").says("Hello", chat=group)
    with pytest.raises(Refused, match="can't be edited"):
        await messenger.amend(str(GROUP), theirs.id, plain("Right"))
    with pytest.raises(Refused, match="not found"):
        await messenger.amend(str(GROUP), theirs.id + 7, plain("Right"))
    with pytest.raises(Refused, match=r"(?i)message_id_invalid"):
        await messenger.amend_inline("nothing", plain("Right"))
    sent = await messenger.send(str(GROUP), plain("Right"), under=theirs.id)
    assert group.history[sent]["reply_to_message"]["message_id"] == theirs.id
    await messenger.send(str(GROUP), plain("Right"), under=theirs.id + 7)
    assert "reply_to_message" not in group.last


async def test_a_drawing_is_replaced_by_the_new_one_with_its_words(
    standin: Standin, messenger: TelegramMessenger, channel: Chat
) -> None:
    other = standin.world.add_channel(channel.id - 1)
    old, new = replace(CARD, title="Old"), replace(CARD, title="A new one")
    sent = [
        await messenger.send(str(each.id), Reply(plain("Old").blocks, picture=old))
        for each in (channel, other)
    ]
    for each, number in zip((channel, other), sent, strict=True):
        right = Reply(plain("Right").blocks, picture=new)
        await messenger.amend(str(each.id), number, right)
    assert [chat.last["photo"][-1]["height"] for chat in (channel, other)] == [9, 9]
    assert channel.last["photo"][-1]["file_id"] == other.last["photo"][-1]["file_id"]
    assert channel.last.text == "Right"
    assert len(channel.messages) == 1


async def test_an_uploaded_picture_stays_and_its_words_change(
    standin: Standin, messenger: TelegramMessenger, channel: Chat
) -> None:
    sent = await messenger.send(str(channel.id), Reply(plain("Old").blocks, picture=CARD))
    file_id = channel.last["photo"][-1]["file_id"]
    right = Reply(plain("Right").blocks, picture=Photo(file_id, "A lamp"))
    await messenger.amend(str(channel.id), sent, right)
    assert (channel.last.text, channel.last["photo"][-1]["file_id"]) == ("Right", file_id)
    assert standin.calls("editMessageMedia") == []


async def test_a_429_to_an_edit_holds_up_its_chat(
    standin: Standin, messenger: TelegramMessenger, channel: Chat
) -> None:
    sent = await messenger.send(str(channel.id), plain("Old"))
    why = "Too Many Requests: retry after 9"
    standin.fail_next("editMessageText", 429, why, retry_after=9)
    for _ in range(2):
        with pytest.raises(TryLater):
            await messenger.amend(str(channel.id), sent, plain("Right"))
    assert len(standin.calls("editMessageText")) == 1, "the second was not even tried"


async def test_a_moderator_corrects_own_words_by_buttons_in_urdu(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    group, reader = standin.world.add_group(GROUP), standin.world.add_user(READER, "Reader")
    reader.says("/start")
    author.says(f"/compose now | @wazahat_news, {GROUP}, {READER} | It was in 2016.")
    asked = await standin.wait_for(reviewer, "waits for your review")
    reviewer.presses(asked, "Approve")
    await standin.wait_for(author, "sent: 3")
    group.remove(group.last)
    author.speaks("ur")
    author.says("/post 1")
    shown = await standin.wait_for(author, "sent: 3")
    author.presses(shown, "تصحیح کیجیے")
    question = await standin.wait_for(author, "کیا غلط تھا")
    author.says("The year was wrong.\nIt was in 2017.", reply_to=question)
    ready = await standin.wait_for(author, "جتنے پیغام بدلیں گے: 3")
    author.presses(ready, "جائزے کے لیے بھیجیے")
    asked = await standin.wait_for(reviewer, "/post 2")
    reviewer.presses(asked, "Approve")
    report = await standin.wait_for(author, "/post 2 is done", timeout=10)
    assert "sent: 3" in report.text
    assert f"{GROUP}: sent: as a message of its own" in report.text
    assert await standin.wait_for(reviewer, "/post 2 is done")
    for chat in (channel, group, reader.private_chat):
        assert chat.last.text.startswith("Corrected ")
        assert chat.last.text.endswith("The year was wrong.\n\nIt was in 2017.")
    assert (len(channel.messages), len(group.messages)) == (1, 1)
    reader.says("/corrections")
    assert "The year was wrong." in (await standin.wait_for(reader, "A post")).text


async def test_only_cards_that_staff_send_are_kept(
    standin: Standin, author: User, reader: User, settings: Settings
) -> None:
    for person in (reader, author):
        query = person.types_inline("sehwan-2017")
        [first, *_] = (await standin.results_of(query)).ids
        person.chooses(query, first, standin.world.chats[author.id])
    engine = make_engine(settings.database_url)
    new_uow = units_of_work(engine)

    def kept() -> dict[Language, int]:
        with new_uow(reading=True) as uow:
            return uow.inline_cards.languages_of("sehwan-2017")

    await until(lambda: bool(kept()))
    engine.dispose()
    assert kept() == {"en": 1}
