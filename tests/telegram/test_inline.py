"""Inline mode: `@bot words` in any chat, the card sent there, and its correction in place."""

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
def group(standin: Standin) -> Chat:
    return standin.world.add_group(-1002000000002, title="Family")


async def sent(standin: Standin, reader: User, words: str, group: Chat) -> Message:
    """The best card for the words, sent to the group by the reader."""
    query = reader.types_inline(words, chat=group)
    offered = await standin.results_of(query)
    return reader.chooses(query, offered.ids[0], group)


@pytest.mark.parametrize(("language", "shown"), [("en", "Sehwan"), ("ur", "سیہون")])
async def test_a_card_carries_its_sources_and_a_keyboard(
    standin: Standin, reader: User, group: Chat, language: str, shown: str
) -> None:
    reader.speaks(language)
    card = await sent(standin, reader, "sehwan", group)
    assert shown in card.text
    assert any(each["type"] == "text_link" for each in card.entities)
    assert f"@{standin.world.bot.username}" in card.text
    read, renew = card.buttons
    assert read["url"].endswith("?start=b_sehwan-2017")
    assert renew["callback_data"] == f"inline sehwan-2017 {language}"
    assert card["via_bot"]["id"] == standin.world.bot.id
    await standin.stays_quiet(group)


async def test_a_card_is_renewed_in_place_in_its_own_language(
    standin: Standin, reader: User, group: Chat
) -> None:
    reader.speaks("ur")
    card = await sent(standin, reader, "sehwan", group)
    other = standin.world.add_user(1006, "Another reader", language="en")
    press = other.presses(card, "inline sehwan-2017 ur")
    assert await standin.answer_to(press) is not None
    await standin.until(lambda: standin.calls("editMessageText"))
    [edit] = standin.calls("editMessageText")
    assert edit.params.text("inline_message_id")
    assert group.last.text == card.text


async def test_without_words_there_is_something_to_read(standin: Standin, reader: User) -> None:
    offered = await standin.results_of(reader.types_inline(""))
    assert 5 <= len(offered.ids) <= 50
    assert offered.button is not None


async def test_results_are_not_kept_for_long_nor_shown_to_others(
    standin: Standin, reader: User
) -> None:
    await standin.results_of(reader.types_inline("quetta"))
    [answer] = standin.calls("answerInlineQuery")
    assert answer.params.integer("cache_time") <= 60
    assert answer.params.flag("is_personal")


async def test_a_cry_for_help_is_offered_help_and_no_brief(standin: Standin, reader: User) -> None:
    offered = await standin.results_of(reader.types_inline("i want to kill myself"))
    assert offered.ids == ["support"]


async def test_the_way_to_the_private_chat_greets(standin: Standin, reader: User) -> None:
    offered = await standin.results_of(reader.types_inline("x"))
    assert offered.button is not None
    reader.says(f"/start {offered.button['start_parameter']}")
    assert "Welcome" in (await standin.wait_for(reader)).text
