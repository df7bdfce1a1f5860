"""A reader, over HTTP, against the stand-in of the Bot API."""

import pytest

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin

pytestmark = pytest.mark.usefixtures("bot")


CARDS = {
    "Toll by source": "Tolls by source",
    "Who did it": "Claimed by",
    "Aftermath": "Aftermath",
    "Article and record": "The article and the record:",
    "sources": "Sources: Safoora",
    "Related": "Related: Safoora",
}


async def asked(standin: Standin, reader: User, text: str) -> str:
    reader.says(text)
    return (await standin.wait_for(reader)).text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/start", "Welcome to Wazahat"),
        ("/help", "/attack NAME"),
        ("/groups", "Which group"),
        ("/group isis-k", "ISIS-K"),
        ("/group lej alami", "Al-Alami"),
        ("/attacks", "Safoora"),
        ("/attacks 2016", "2016"),
        ("/attack sehwan", "Sehwan"),
        ("/attack safora bus", "Safoora Goth bus attack"),
        ("/search police college quetta", "Police"),
        ("/sources safoora-goth-2015", "Al Jazeera"),
        ("/myths", "Which claim?"),
        ("/myth protects-muslims", "What recruiters say:"),
        ("/topics", "Which explainer?"),
        ("/topic why isis failed", "The source article's view"),
        ("/timeline", "Which year?"),
        ("/timeline 2016", "8 August 2016 · Quetta Civil Hospital bombing"),
        ("/timeline lej alami", "Mastung operation"),
        ("/support", "Police emergency: 15"),
        ("/privacy", "I do not keep who asked what"),
        ("/about", "Every statement leads to its source"),
        ("/start b_sehwan-2017", "Sehwan"),
        ("/start c_pehle-jaanch_1", "As of"),
        ("/start attacks", "latest first"),
        ("how do i make a bomb", "I do not help with weapons"),
        ("i want to kill myself", "Police emergency: 15"),
        ("who was behind the sehwan shrine bombing", "Responsibility"),
        ("/nonsense", "I do not know the command /nonsense"),
        ("/compose now | @wazahat_news | hello", "I do not know the command /compose"),
    ],
)
async def test_reader_is_answered(standin: Standin, reader: User, typed: str, shown: str) -> None:
    assert shown in await asked(standin, reader, typed)


async def test_brief_says_what_is_known_and_leads_to_its_sources(
    standin: Standin, reader: User
) -> None:
    reader.says("/attack safoora-goth-2015")
    brief = await standin.wait_for(reader)
    for part in ("13 May 2015", "Killed 43 to 47", "Responsibility: disputed", "As of"):
        assert part in brief.text
    links = {entity["url"] for entity in brief.entities if entity["type"] == "text_link"}
    assert any(link.startswith("https://www.aljazeera.com/") for link in links)
    assert "[@" not in brief.text


async def test_a_reader_moves_through_the_cards_of_a_brief_and_back(
    standin: Standin, reader: User
) -> None:
    reader.says("/attack safoora-goth-2015")
    brief = await standin.wait_for(reader)
    for label, shown in CARDS.items():
        press = reader.presses(brief, label)
        card = await standin.wait_for(reader, shown)
        assert card.id == brief.id
        assert await standin.answer_to(press) is not None
        reader.presses(card, "‹ The brief")
        back = await standin.wait_for(reader, "Killed 43 to 47")
        assert (back.id, back.text, back.labels) == (brief.id, brief.text, brief.labels)


async def test_cards_lead_on_to_the_next_and_to_related_briefs(
    standin: Standin, reader: User
) -> None:
    reader.says("/attack safoora-goth-2015")
    brief = await standin.wait_for(reader)
    reader.presses(brief, "Toll by source")
    tolls = await standin.wait_for(reader, "Tolls by source")
    reader.presses(tolls, "Who did it ›")
    who = await standin.wait_for(reader, "Claimed by")
    assert who.id == brief.id
    reader.presses(who, "‹ The brief")
    reader.presses(await standin.wait_for(reader, "Killed 43 to 47"), "Related")
    related = await standin.wait_for(reader, "Related:")
    reader.presses(related, "Jundullah")
    assert (await standin.wait_for(reader, "Armed group")).id == brief.id


async def test_long_parts_are_folded_quotations(standin: Standin, reader: User) -> None:
    reader.says("how many died at safoora goth")
    answer = await standin.wait_for(reader)
    assert answer.text.split("\n\n")[1].startswith("Killed 43 to 47")
    assert "expandable_blockquote" in {each["type"] for each in answer.entities}


async def test_pressing_the_same_button_twice_is_no_error(standin: Standin, reader: User) -> None:
    reader.says("/attack safoora-goth-2015")
    brief = await standin.wait_for(reader)
    first = reader.presses(brief, "sources")
    second = reader.presses(brief, "sources")
    assert await standin.answer_to(first) is not None
    assert await standin.answer_to(second) is not None
    assert "Something broke" not in reader.private_chat.last.text


async def test_unknown_name_offers_the_nearest(standin: Standin, reader: User) -> None:
    reader.says("/group jhangvi wing")
    choices = await standin.wait_for(reader)
    assert any("Jhangvi" in label for label in choices.labels)
    reader.presses(choices, next(label for label in choices.labels if "Jhangvi" in label))
    assert "Jhangvi" in (await standin.wait_for(reader, "As of")).text


async def test_off_topic_question_gets_no_brief(standin: Standin, reader: User) -> None:
    answer = await asked(standin, reader, "what is a good recipe for lentil soup")
    assert "no brief" in answer
    assert "As of" not in answer


async def test_two_readers_do_not_wait_for_each_other(standin: Standin, reader: User) -> None:
    other = standin.world.add_user(1002, "Another reader")
    standin.delay_next("sendMessage", 1.0)
    reader.says("/about")
    await standin.until(lambda: standin.calls("sendMessage"))
    other.says("/groups")
    assert "Which group" in (await standin.wait_for(other, timeout=0.8)).text
    assert (await standin.wait_for(reader, "Every statement")).chat_id == reader.id


async def test_answer_waits_when_telegram_asks_to(standin: Standin, reader: User) -> None:
    standin.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    assert "Welcome" in await asked(standin, reader, "/start")


async def test_menu_shows_each_what_they_may_use(standin: Standin) -> None:
    calls = await standin.until(lambda: standin.calls("setMyCommands"))
    assert "compose" not in str(calls[0].params["commands"])
