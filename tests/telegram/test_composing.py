"""Composing by buttons, over HTTP, against the stand-in: in English, in Urdu, over a restart."""

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram.conftest import AUTHOR, REVIEWER, RunningBot
from tests.telegram.phone import Phone

ENGLISH = {
    "text": ("Text", "Find a record"),
    "record": "Safoora",
    "targets": ("Where to",),
    "back": "‹ The draft",
    "time": ("When", "Choose a day", "›"),
    "repeat": ("How often", "Weekly", "How often", "When it ends", "5 times"),
    "picture": ("Picture", "Fact card"),
    "preview": "Preview",
    "submit": "Submit for review",
    "in review": "is in review",
    "once": ("How often", "Once", "When", "Now"),
}
URDU = {
    "text": ("متن", "ریکارڈ ڈھونڈیے"),
    "record": "صفورا",
    "targets": ("کہاں",),
    "back": "‹ مسودہ",
    "time": ("کب", "دن چنیے", "›"),
    "repeat": ("کتنی بار", "ہر ہفتے", "کتنی بار", "سلسلے کا اختتام", "5 بار"),
    "picture": ("تصویر", "حقائق کا کارڈ"),
    "preview": "پیشگی جھلک",
    "submit": "جائزے کے لیے بھیجیے",
    "in review": "جائزے میں ہے",
    "once": ("کتنی بار", "ایک بار", "کب", "ابھی"),
}


@pytest.mark.parametrize(("code", "words"), [("en", ENGLISH), ("ur", URDU)])
async def test_a_post_is_made_by_buttons_over_a_restart(
    standin: Standin,
    running_bot: RunningBot,
    channel: Chat,
    code: str,
    words: dict[str, str | tuple[str, ...]],
) -> None:
    author = Phone(standin, standin.world.add_user(AUTHOR, "Moderator", language=code))
    reviewer = standin.world.add_user(REVIEWER, "Second moderator")
    async with running_bot():
        for user in (author.user, reviewer):
            user.says("/start")
            await standin.wait_for(user)
        author.user.says("/channels enable @wazahat_news")
        await standin.wait_for(author.user)
        await author.says("/compose")
        await author.presses(*words["text"])
        await author.answers("safoora-goth-2015")
        await author.presses(str(words["record"]))
        await author.presses(*words["targets"])
    async with running_bot():
        chosen = await author.presses("Channel")
        assert any("✅" in label for label in chosen.labels)
        await author.presses(str(words["back"]), *words["time"])
        await author.presses("12", "18:00")
        shown = await author.presses(*words["repeat"])
        assert "18:00" in shown.text and "5" in shown.text
        await author.presses(*words["picture"])
        author.user.presses(author.shown, str(words["preview"]))
        author.shown = await standin.wait_for(author.user)
        previewed = await standin.wait_for(author.user)
        assert "photo" in previewed and not channel.messages
        await author.presses(*words["once"])
        submitted = await author.presses(str(words["submit"]))
        asked = await standin.wait_for(reviewer, "waits for your review")
        assert words["in review"] in submitted.text
        reviewer.presses(asked, "Approve")
        sent = await standin.wait_for(channel)
        assert sent["photo"] and sent.text == previewed.text


async def test_two_on_one_draft_and_the_slower_one_is_told(
    standin: Standin, author: User, reviewer: User
) -> None:
    first, second = Phone(standin, author), Phone(standin, reviewer)
    await first.says("/compose")
    await first.presses("Text", "Write it")
    await first.answers("Words of the first.")
    await first.presses("When")
    await second.says("/posts drafts")
    await second.presses("1", "When", "Tomorrow")
    told = await first.presses("In an hour")
    assert "was changed at" in told.text and "09:00" in told.text
    await first.presses("Text", "Write it")
    shown = await first.answers("Other words.")
    assert "Other words." in shown.text


async def test_a_longer_message_becomes_a_post(standin: Standin, author: User) -> None:
    phone = Phone(standin, author)
    text = "A long message that somebody sent to the moderator.\n\nIt has two parts."
    await phone.says(text)
    shown = await phone.presses("Make a post of it")
    assert "A long message" in shown.text
    await phone.presses("Preview")
    preview = await standin.wait_for(author)
    assert (
        preview.text == "A long message that somebody sent to the moderator.\n\nIt has two parts."
    )


async def test_an_answer_to_any_message_with_compose_takes_its_words(
    standin: Standin, author: User
) -> None:
    said = author.says("Remember the people")
    await standin.wait_for(author)
    author.says("/compose", reply_to=said)
    assert "Remember the people" in (await standin.wait_for(author)).text


async def test_a_draft_returned_is_mended_and_submitted_again(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    author.says("/compose now | @wazahat_news | Text")
    await standin.wait_for(author, "is in review")
    await standin.wait_for(reviewer, "waits for your review")
    reviewer.says("/return 1 Say when")
    await standin.wait_for(author, "Say when")
    phone = Phone(standin, author)
    await phone.says("/posts drafts")
    opened = await phone.presses("1")
    assert "Say when" in opened.text
    await phone.presses("Text", "Write it")
    await phone.answers("Better text")
    await phone.presses("Submit for review")
    asked = await standin.wait_for(reviewer, "waits for your review")
    reviewer.presses(asked, "Approve")
    assert (await standin.wait_for(channel)).text == "Better text"


async def test_a_forwarded_message_is_offered_as_a_post_to_moderators_alone(
    standin: Standin, author: User, reader: User
) -> None:
    reader.says("/start")
    await standin.wait_for(reader)
    origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
    for user in (author, reader):
        chat = user.private_chat
        fields = {"text": "Kind words", "forward_origin": origin}
        chat.hear(chat.put({"from": user.json()}, fields))
    offered = await standin.wait_for(author, "become a post")
    assert "Make a post of it" not in (await standin.wait_for(reader)).labels
    for _ in range(2):
        standin.world.press(author, offered, "take")
    assert "Draft /post 1 " in (await standin.wait_for(author, "Kind words")).text
    author.says("/posts drafts")
    assert (await standin.wait_for(author, "– draft –")).labels == ["1"]


async def test_a_test_reaches_the_named_chat_and_no_enabled_one(
    standin: Standin, author: User, channel: Chat
) -> None:
    tests = standin.world.add_channel(-1001000000008, "wazahat_tests", title="Tests")
    author.says("/channels enable @wazahat_news")
    await standin.wait_for(author, "is enabled")
    phone = Phone(standin, author)
    await phone.says("/compose")
    await phone.presses("Text", "Write it")
    await phone.answers("Is it well said?")
    await phone.presses("Test")
    assert "does not go to" in (await phone.answers("@wazahat_news")).text
    await phone.presses("Test")
    await phone.answers("@wazahat_tests")
    await standin.wait_for(tests, "not published")
    assert (await standin.wait_for(tests)).text == "Is it well said?"
    assert not channel.messages
