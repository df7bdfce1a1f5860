"""A reader, over HTTP, against the stand-in of the Bot API."""

import pytest

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin

pytestmark = pytest.mark.usefixtures("bot")


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
        ("/myth protects muslims", "What recruiters say:"),
        ("/topics", "Which explainer?"),
        ("/topic why isis failed", "The source article's view"),
        ("/timeline", "Which year?"),
        ("/timeline 2016", "8 August 2016 · Quetta Civil Hospital bombing"),
        ("/timeline lej alami", "Mastung operation"),
        ("/support", "Police emergency: 15"),
        ("/privacy", "I do not keep who asked what"),
        ("/about", "Every statement leads to its source"),
        ("/start b_sehwan-2017", "Sehwan"),
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
    for part in ("13 May 2015", "Killed 43 to 47", "Claimed by", "Jundullah", "disputed", "As of"):
        assert part in brief.text
    links = {entity["url"] for entity in brief.entities if entity["type"] == "text_link"}
    assert any(link.startswith("https://www.aljazeera.com/") for link in links)
    assert "[@" not in brief.text


async def test_buttons_edit_the_message_in_place_and_lead_back(
    standin: Standin, reader: User
) -> None:
    reader.says("/attack safoora-goth-2015")
    brief = await standin.wait_for(reader)
    press = reader.presses(brief, "sources")
    sources = await standin.wait_for(reader, "Sources: Safoora")
    assert sources.id == brief.id
    assert await standin.answer_to(press) is not None
    reader.presses(sources, "Back")
    back = await standin.wait_for(reader, "Killed 43 to 47")
    assert back.id == brief.id
    assert back.text == brief.text
    reader.presses(back, "Jundullah")
    related = await standin.wait_for(reader, "Armed group")
    assert related.id == brief.id


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


async def test_bot_is_quiet_in_groups_unless_a_command_is_for_it(
    standin: Standin, reader: User
) -> None:
    group = standin.world.add_group(-1002000000001, title="Group")
    group.set_bot("administrator")
    reader.says("what about the sehwan bombing?", chat=group)
    reader.says("/help@some_other_bot", chat=group)
    await standin.stays_quiet(group)
    reader.says(f"/attack@{standin.world.bot.username} sehwan-2017", chat=group)
    assert "Sehwan" in (await standin.wait_for(group)).text


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
