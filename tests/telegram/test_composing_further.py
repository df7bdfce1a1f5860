"""The composer's further steps over HTTP, by buttons alone, in Urdu, with the second moderator."""

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram.phone import Phone


async def test_a_memorial_that_repeats_loses_a_time_and_becomes_a_template_in_urdu(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    author.speaks("ur")
    phone = Phone(standin, author)
    await phone.says("/channels enable @wazahat_news")
    await phone.says("/compose")
    await phone.presses("متن", "ریکارڈ ڈھونڈیے")
    await phone.answers("safoora-goth-2015")
    await phone.presses("صفورا", "مزید ترتیبات", "پوسٹ کی قسم", "یادِ رفتگاں")
    assert "دو افراد کی منظوری" in phone.shown.text
    await phone.presses("مزید ترتیبات", "تاخیر ہو تو", "ہم سے پوچھیے", "مزید ترتیبات", "‹ مسودہ")
    await phone.presses("کہاں", "Channel", "‹ مسودہ", "کب", "کل 09:00", "کتنی بار", "روزانہ")
    await phone.presses("جائزے کے لیے بھیجیے")
    asked = await standin.wait_for(reviewer, "waits for your review")
    reviewer.presses(asked, "Approve")
    await standin.wait_for(reviewer, "/post 1")
    await phone.says("/post 1")
    assert phone.shown.labels == ["الگ الگ اوقات", "اسی سے نئی پوسٹ"]
    listed = await phone.presses("الگ الگ اوقات")
    first, second, *_ = listed.labels
    await phone.presses(second, "یہ وقت چھوڑ دیجیے")
    assert "دوبارہ منظور" in phone.shown.text
    again = await standin.wait_for(reviewer, "waits for your review")
    assert first in again.text and second not in again.text
    await phone.says("/post 1")
    copy = await phone.presses("اسی سے نئی پوسٹ")
    assert "⁨/post 2⁩" in copy.text and "یادِ رفتگاں" in copy.text
    assert not channel.messages


async def test_a_link_preview_is_shown_only_where_it_was_turned_on(
    standin: Standin, author: User
) -> None:
    phone = Phone(standin, author)
    await phone.says("/compose")
    await phone.presses("Text", "Write it")
    await phone.answers("Read https://example.org")
    await phone.presses("Preview")
    without = await standin.wait_for(author)
    phone.user.presses(phone.shown, "More settings")
    phone.shown = await standin.wait_for(author, "Type: Service")
    assert "Better leave it off" in (await phone.presses("Link preview")).text
    await phone.presses("‹ The draft", "Preview")
    shown = await standin.wait_for(author)
    assert without.text == shown.text
    assert without["link_preview_options"] == {"is_disabled": True}
    assert "link_preview_options" not in shown
