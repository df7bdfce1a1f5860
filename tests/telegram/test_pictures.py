"""Pictures and quiz polls on Telegram: drawn once, uploaded once, from then on sent by id."""

from asyncio import sleep, timeout

import pytest
from telegram import Bot

from bot.adapters.content_files import Content
from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.adapters.telegram import uploads
from bot.adapters.telegram.messenger import TelegramMessenger
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.transport import SendingRequest
from bot.adapters.telegram.uploads import Uploads
from bot.core.drawings import Drawing
from bot.core.errors import OutsideError
from bot.core.ports import NewUow
from bot.core.records import Quiz
from tests.db.dump import dump
from tests.fakes.people import Chat
from tests.playground.images import png
from tests.telegram.conftest import RunningBot

QUIZ = "quiz-article-and-record"
SLOW = 30
"""Seconds for a first picture: the process that draws has to start."""


async def pictured(standin: Standin, reader: User, text: str) -> Message:
    reader.says(text)
    return await standin.wait_for(reader, lambda message: "photo" in message, timeout=SLOW)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("language", ["en", "ur"])
async def test_each_kind_of_picture_is_sent_with_its_words(
    standin: Standin, reader: User, language: str
) -> None:
    reader.speaks(language)
    card = await pictured(standin, reader, "/picture sehwan-2017")
    assert (card["photo"][-1]["width"], card["photo"][-1]["height"]) == (1080, 1350)
    for text in ("/tolls sehwan-2017", "/map", "/timeline 2016 picture"):
        shown = await pictured(standin, reader, text)
        assert shown["photo"][-1]["width"] == 1080
        assert len(shown.text) > 40
        assert any(each["type"] == "text_link" for each in shown.entities)


@pytest.mark.usefixtures("bot")
async def test_the_button_of_a_brief_sends_the_picture_below_it(
    standin: Standin, reader: User
) -> None:
    reader.says("/attack sehwan-2017")
    brief = await standin.wait_for(reader)
    reader.presses(brief, "picture sehwan-2017")
    picture = await standin.wait_for(reader, lambda each: "photo" in each, timeout=SLOW)
    assert picture.id > brief.id
    reader.presses(picture, "attack sehwan-2017")
    back = await standin.wait_for(reader, lambda each: each.id > picture.id)
    assert back.text == brief.text


async def test_a_picture_is_uploaded_once_even_over_a_restart(
    standin: Standin, running_bot: RunningBot, reader: User
) -> None:
    async with running_bot():
        first = await pictured(standin, reader, "/picture sehwan-2017")
        again = await pictured(standin, reader, "/picture sehwan-2017")
    async with running_bot():
        later = await pictured(standin, reader, "/picture sehwan-2017")
    ids = {each["photo"][-1]["file_id"] for each in (first, again, later)}
    assert len(ids) == 1
    uploaded, *by_id = [call.params.get("photo") for call in standin.calls("sendPhoto")]
    assert not isinstance(uploaded, str) or uploaded.startswith("attach://")
    assert by_id == [*ids] * 2


@pytest.mark.usefixtures("bot")
async def test_an_id_that_telegram_forgot_is_uploaded_again(standin: Standin, reader: User) -> None:
    await pictured(standin, reader, "/picture sehwan-2017")
    standin.fail_next("sendPhoto", 400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert "photo" in await pictured(standin, reader, "/picture sehwan-2017")
    assert len(standin.calls("sendPhoto")) == 3


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("language", ["en", "ur"])
async def test_a_quiz_is_taken_to_its_end(
    standin: Standin, reader: User, content: Content, language: str
) -> None:
    [quiz] = [each for each in content.library.of(Quiz) if each.id == QUIZ]
    reader.speaks(language)
    reader.says(f"/quiz {QUIZ}")
    for number, question in enumerate(quiz.questions, 1):
        asked = await standin.wait_for(reader, lambda each: "poll" in each)
        poll = asked["poll"]
        assert (poll["type"], poll["is_anonymous"]) == ("quiz", True)
        assert len(poll["options"]) == len(question.options)
        reader.votes(asked, 0)
        reader.presses(asked, f"quiz {QUIZ} {number} sources")
        sources = await standin.wait_for(reader, lambda each: "poll" not in each)
        assert any(each["type"] == "text_link" for each in sources.entities)
        reader.presses(asked, f"quiz {QUIZ} {number + 1}")
    end = await standin.wait_for(reader, lambda each: "poll" not in each)
    assert any(each["type"] == "text_link" for each in end.entities)


async def test_where_nothing_can_be_drawn_the_words_are_sent(
    standin: Standin, reader: User, say: Chat
) -> None:
    async def draw(_: Drawing) -> bytes:
        raise OutsideError("the process that draws pictures was killed")

    standin.world.add_user(1007, "Another reader", started=True)
    url = f"{standin.url}/bot"
    async with Bot(standin.token, base_url=url, request=SendingRequest()) as bot:
        messenger = TelegramMessenger(bot, Uploads(draw, say.desk.new_uow, bot.id), Pace(0, 0))
        await messenger.answer(1007, say(None, "/picture sehwan-2017"))
    told = standin.world.chats[1007].last
    assert "photo" not in told
    assert "70 to 90 or more" in told.text
    assert "attack sehwan-2017" in [button.get("callback_data") for button in told.buttons]


@pytest.mark.usefixtures("bot")
async def test_four_who_ask_at_once_make_one_upload(standin: Standin) -> None:
    readers = [standin.world.add_user(1100 + n, f"Reader {n}") for n in range(4)]
    for reader in readers:
        reader.says("/picture sehwan-2017")
    for reader in readers:
        await standin.wait_for(reader, lambda each: "photo" in each, timeout=SLOW)
    sent = [call.params.get("photo") for call in standin.calls("sendPhoto")]
    assert len(sent) == 4
    assert len({each for each in sent if isinstance(each, str) and "attach" not in each}) == 1
    assert sum(not isinstance(each, str) or "attach" in each for each in sent) == 1


@pytest.mark.usefixtures("bot")
async def test_an_upload_that_fails_leaves_the_next_to_another(standin: Standin) -> None:
    readers = [standin.world.add_user(1100 + n, f"Reader {n}") for n in range(2)]
    for reader in readers:
        reader.says("/start")
        await standin.wait_for(reader)
    standin.fail_next("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    for reader in readers:
        reader.says("/picture sehwan-2017")
    sent = await standin.until(lambda: standin.calls("sendPhoto")[1:], timeout=SLOW)
    assert len(sent) == 1


async def test_a_picture_is_drawn_anew_when_the_drawing_code_changed(
    standin: Standin, running_bot: RunningBot, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for drawn_by in ("this", "another"):
        monkeypatch.setattr(uploads, "version", lambda name=drawn_by: name)
        async with running_bot():
            await pictured(standin, reader, "/picture sehwan-2017")
    assert not any(
        isinstance(photo, str) and not photo.startswith("attach://")
        for photo in (call.params.get("photo") for call in standin.calls("sendPhoto"))
    )


async def test_pictures_are_remembered_on_every_kind_of_database(
    standin: Standin, new_uow: NewUow, say: Chat
) -> None:
    drawn: list[Drawing] = []

    async def draw(drawing: Drawing) -> bytes:
        drawn.append(drawing)
        return png(40, 40)

    standin.world.add_user(1007, "Another reader", started=True)
    url = f"{standin.url}/bot"
    async with Bot(standin.token, base_url=url, request=SendingRequest()) as bot, timeout(SLOW):
        for _ in range(2):
            messenger = TelegramMessenger(bot, Uploads(draw, new_uow, bot.id), Pace(0, 0))
            await messenger.answer(1007, say(None, "/picture sehwan-2017"))
            while not dump(new_uow):
                await sleep(0.05)
    assert len(drawn) == 1
