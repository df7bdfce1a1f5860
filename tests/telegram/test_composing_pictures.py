"""Photos on their way from a moderator's phone into a channel, over HTTP, against the stand-in."""

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.playground.images import png
from tests.telegram.phone import Phone

ALT = "Women light lamps at a shrine"
HIDDEN = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}


async def test_a_photo_goes_out_with_its_words_and_buttons(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    phone = Phone(standin, author)
    await phone.says("/channels enable @wazahat_news")
    await phone.says("/compose")
    await phone.presses("Text", "Write it")
    await phone.answers("They were remembered.")
    await phone.presses("Picture", "Send a photo")
    assert "Say what the picture shows" in (await phone.shows(png(40, 30))).text
    await phone.answers(ALT)
    await phone.presses("Where to", "Channel", "‹ The draft", "Preview")
    preview = await standin.wait_for(author)
    await phone.presses("Submit for review")
    asked = await standin.wait_for(reviewer, "waits for your review")
    assert "photo" in asked
    reviewer.presses(asked, "Approve")
    sent = await standin.wait_for(channel)
    assert sent["photo"] == preview["photo"] and sent.text == preview.text
    assert "They were remembered." in sent.text and ALT in sent.text
    assert sent.labels == ["More", "Share", "Get help", "Something wrong?"]


async def test_a_photo_that_telegram_forgot_is_refused_with_what_to_do(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    phone = Phone(standin, author)
    author.shows(png(40, 30), "They were remembered.", forward_origin=HIDDEN)
    phone.shown = await standin.wait_for(author, "become a post")
    await phone.presses("Make a post of it")
    await phone.answers(ALT)
    await phone.presses("Where to", "Type it")
    await phone.answers("@wazahat_news")
    await phone.presses("‹ The draft", "Submit for review")
    asked = await standin.wait_for(reviewer, "waits for your review")
    gone = "Bad Request: wrong file identifier/HTTP URL specified"
    standin.fail_next("sendPhoto", 400, gone)
    reviewer.presses(asked, "Approve")
    told = await standin.wait_for(author, "refused: Telegram no longer has its picture")
    assert "use the post as a template" in told.text and not channel.messages
    standin.fail_next("sendPhoto", 400, gone)
    author.says("/post 1")
    shown = await standin.wait_for(author, "They were remembered.")
    assert "photo" not in shown


async def test_an_album_a_video_and_a_file_are_told_what_to_do(
    standin: Standin, author: User, reader: User
) -> None:
    for width in (40, 41, 42):
        author.shows(png(width, 30), media_group_id="7")
    await standin.wait_for(author, "Send the one that you want by itself")
    video = {"file_id": "v", "file_unique_id": "w", "width": 1, "height": 1, "duration": 1}
    chat = author.private_chat
    chat.hear(chat.put({"from": author.json()}, {"video": video}))
    first = await standin.wait_for(author)
    assert "no video" in first.text  # and not twice more what to do with an album
    author.sends("shrine.png", png(40, 30))
    assert "as a photo, not as a file" in (await standin.wait_for(author)).text
    reader.shows(png(40, 30), "What happened at Sehwan?")
    assert "Sehwan" in (await standin.wait_for(reader)).text
