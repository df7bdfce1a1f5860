"""Following what the bot sends, and ending that."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from bot.commands.desk import Desk
from bot.commands.subscribing import topics
from bot.core.library import Library
from bot.core.records import Campaign, Language
from bot.core.subscriptions import Subscription
from tests.db.dump import dump
from tests.fakes.people import OTHER, READER, Chat, actions, buttons

CAMPAIGN, KIND = "pehle-jaanch", "service"


def followed(desk: Desk) -> tuple[str, ...] | None:
    """The topics that the reader follows; empty for everything, None for nothing."""
    with desk.new_uow() as uow:
        held = uow.subscribers.of(READER)
    return held.topics if held else None


def test_bare_subscribe_means_everything(say: Chat, desk: Desk) -> None:
    told = say(READER, "/subscribe").text
    assert "subscribed to: everything" in told
    with desk.new_uow() as uow:
        assert uow.subscribers.of(READER) == Subscription(READER, (), "en", date(2026, 11, 30))


@pytest.mark.parametrize("language", ["en", "ur"])
def test_what_is_kept_and_how_to_end_it_is_said(say: Chat, desk: Desk, language: Language) -> None:
    told = say(READER, "/subscribe", language).text
    day = "30 November 2026" if language == "en" else "30 نومبر 2026"
    assert desk.say(language, "subscribe.kept", day=day) in told
    assert "/unsubscribe" in told


def test_a_person_has_one_row_with_what_was_said(say: Chat, desk: Desk) -> None:
    for line in ("/subscribe", "/subscribe", "/subscribe prebunk", "/subscribe"):
        say(READER, line)
    assert dump(desk.new_uow) == f"('{READER}', '', 'en', datetime.date(2026, 11, 30))"


def test_topics_are_the_kinds_of_campaigns_and_their_campaigns(desk: Desk) -> None:
    campaigns = [each for kind in topics(desk).values() for each in kind]
    assert sorted(campaigns) == sorted(each.id for each in desk.library.of(Campaign))
    assert CAMPAIGN in topics(desk)[KIND]
    assert len({desk.say("ur", f"follow.{kind}") for kind in topics(desk)}) == 7


def test_single_topics_are_picked_with_buttons(say: Chat, desk: Desk) -> None:
    offered = say(READER, "/subscribe")
    assert set(actions(offered)) == {"unsubscribe", *(f"subscribe {t}" for t in topics(desk))}
    say.press(READER, "subscribe prebunk")
    picked = say.press(READER, f"subscribe {CAMPAIGN}")
    assert followed(desk) == (CAMPAIGN, "prebunk")
    ticked = [button for button in buttons(picked) if button.label.startswith("✓")]
    assert {b.action for b in ticked} == {"unsubscribe prebunk", f"unsubscribe {CAMPAIGN}"}
    assert "Check Before You Share" in picked.text
    say.press(READER, "unsubscribe prebunk")
    assert followed(desk) == (CAMPAIGN,)
    assert "everything" in say.press(READER, "subscribe").text
    assert followed(desk) == ()


def test_every_button_fits_a_telegram_button(say: Chat) -> None:
    assert all(len(action.encode()) <= 64 for action in actions(say(READER, "/subscribe")))


@pytest.mark.parametrize(
    "line", ["prebunk service", "PREBUNK, Service", "service,prebunk", " service \n prebunk "]
)
def test_several_topics_are_named_at_once(say: Chat, desk: Desk, line: str) -> None:
    say(READER, f"/subscribe {line}")
    assert followed(desk) == ("prebunk", "service")


@pytest.mark.parametrize("topic", ["sehwan-2017", "everything", "<b>\u202e", "x" * 400, "%", "ur"])
@pytest.mark.parametrize("command", ["subscribe", "unsubscribe"])
def test_an_unknown_topic_changes_nothing(say: Chat, desk: Desk, command: str, topic: str) -> None:
    say(READER, "/subscribe service")
    reply = say(READER, f"/{command} prebunk {topic}")
    assert "no topic" in reply.text
    assert "subscribe prebunk" in actions(reply)
    assert "\u202e" not in reply.text
    assert followed(desk) == ("service",)


def test_unsubscribing_ends_it_at_once(say: Chat, desk: Desk) -> None:
    say(READER, "/subscribe")
    say(OTHER, "/subscribe")
    assert "no longer" in say(READER, "/unsubscribe").text
    assert READER not in dump(desk.new_uow)
    assert OTHER in dump(desk.new_uow)
    assert "not subscribed" in say(READER, "/unsubscribe").text


def test_one_kind_less_than_everything_is_all_the_others(say: Chat, desk: Desk) -> None:
    say(READER, "/subscribe")
    say(READER, "/unsubscribe prebunk")
    assert set(followed(desk) or ()) == {*topics(desk)} - {"prebunk"}


@pytest.mark.parametrize("before", ["", KIND, f"{KIND} prebunk"])
def test_a_campaign_less_is_all_the_others_of_its_kind(desk: Desk, before: str) -> None:
    records = desk.library.records
    another = records[CAMPAIGN].model_copy(update={"id": "another"})
    library = Library([*records.values(), another], desk.library.sources)
    say = Chat(replace(desk, library=library))
    say(READER, f"/subscribe {before}")
    kinds = {*(before.split() or topics(desk))} - {KIND}
    for _ in range(2):
        say(READER, f"/unsubscribe {CAMPAIGN}")
        others = {*topics(say.desk)[KIND]} - {CAMPAIGN}
        assert {*(followed(desk) or ())} == kinds | others
    assert "another" in others


def test_a_kind_and_its_campaign_are_given_up_together(say: Chat, desk: Desk) -> None:
    say(READER, f"/subscribe {KIND} prebunk")
    say(READER, f"/unsubscribe {KIND} {CAMPAIGN}")
    assert followed(desk) == ("prebunk",)


def test_without_its_last_topic_a_subscription_ends(say: Chat, desk: Desk) -> None:
    say(READER, "/subscribe prebunk service")
    assert "no longer" in say(READER, "/unsubscribe prebunk service").text
    assert dump(desk.new_uow) == ""


def test_a_campaign_that_is_no_more_can_still_be_left(say: Chat, desk: Desk) -> None:
    with desk.new_uow() as uow:
        uow.subscribers.follow(Subscription(READER, ("gone", "service"), "en", desk.today()))
        uow.commit()
    assert "gone" in say(READER, "/subscribe service").text
    say(READER, "/unsubscribe gone")
    assert followed(desk) == ("service",)


def test_two_presses_at_once_are_both_kept(say: Chat, desk: Desk) -> None:
    kinds = list(topics(desk))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda topic: say.press(READER, f"subscribe {topic}"), kinds))
    assert followed(desk) == tuple(sorted(kinds))
