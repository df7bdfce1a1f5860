"""The calendar over HTTP, against the stand-in: a month, a day, and a date that moves a post."""

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram.test_composing import Phone

WORDS = {
    "en": ("As text", "‹ The month", "is confirmed for", "Confirm date: Ramadan begins"),
    "ur": ("تحریری صورت میں", "‹ مہینہ", "تصدیق ہو گئی", "تاریخ کی تصدیق: رمضان المبارک کا آغاز"),
}


@pytest.mark.parametrize("language", ["en", "ur"])
async def test_a_month_a_day_and_a_date_that_moves_a_waiting_post(
    standin: Standin, author: User, reviewer: User, channel: Chat, language: str
) -> None:
    as_text, back, confirmed, confirm = WORDS[language]
    author.says("/compose on ramadan 10:00 | @wazahat_news | Welcome")
    await standin.wait_for(author, "/post 1")
    reviewer.presses(await standin.wait_for(reviewer, "waits for your review"), "Approve")
    await standin.wait_for(author, "/post 1")
    author.says(f"/language {language}")
    await standin.wait_for(author)
    phone = Phone(standin, author)
    month = await phone.says("/calendar 2027-02")
    assert month["photo"] and any(label.startswith("9") for label in month.labels)
    await phone.presses(as_text)
    shown = phone.shown
    await phone.presses(next(label for label in shown.labels if label.startswith("9")))
    assert "/post 1" in phone.shown.text and phone.shown.id == shown.id
    await phone.presses(back, confirm)
    moved = next(label for label in phone.shown.labels if label.startswith(("Wed", "بدھ")))
    await phone.presses(moved)
    assert confirmed in phone.shown.text and "/post 1" in phone.shown.text
    account = await phone.says("/post 1")
    assert "2027-02-10 10:00" in account.text and "pending: 1" in account.text
    await phone.says("/calendar 2027-02-10")
    assert "10:00" in phone.shown.text and "?" not in phone.shown.text.split("/post 1")[1]
