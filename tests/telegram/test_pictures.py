"""Pictures and quiz polls on Telegram: drawn once, uploaded once, from then on sent by id."""

import pytest
from telegram import Bot

from bot.adapters.content_files import Content
from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.adapters.telegram.messenger import TelegramMessenger
from bot.adapters.telegram.transport import SendingRequest
from bot.adapters.telegram.uploads import Uploads
from bot.core.drawings import Drawing
from bot.core.errors import OutsideError
from bot.core.records import Quiz
from tests.fakes.people import Chat
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
        messenger = TelegramMessenger(bot, Uploads(draw, say.desk.new_uow, bot.id))
        await messenger.answer(1007, say(None, "/picture sehwan-2017"))
    told = standin.world.chats[1007].last
    assert "photo" not in told
    assert "70 to 90 or more" in told.text
    assert "attack sehwan-2017" in [button.get("callback_data") for button in told.buttons]
