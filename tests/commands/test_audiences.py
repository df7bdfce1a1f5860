"""Subscribers as moderators name them: counted before, accounted for after, never listed."""

from collections.abc import Callable

import pytest

from bot.commands.audiences import followed, signed
from bot.commands.desk import Desk
from bot.commands.subscribing import topics
from bot.core.audiences import audience_of
from bot.core.posts import DeliveryState, Post
from bot.core.records import Language
from bot.core.replies import Reply
from bot.core.spreading import spread
from tests.db.drafts import draft
from tests.db.dump import dump
from tests.fakes.clock import FakeClock
from tests.fakes.people import AUTHOR, OTHER, READER, REVIEWER, Chat, actions, buttons

CAMPAIGN, KIND = "pehle-jaanch", "prebunk"
LONG = "subscribers:" + "a" * 40


def post(desk: Desk, number: int = 1) -> Post:
    with desk.new_uow() as uow:
        found = uow.posts.get(number)
    assert found is not None
    return found


def sent_to(desk: Desk, *ends: DeliveryState) -> None:
    """Post 1 on its way to its subscribers, each with such an end."""
    with desk.new_uow() as uow:
        now, until = desk.clock(), desk.clock().replace(year=2027)
        [row] = uow.deliveries.lease("test", now, until, 1)
        found = uow.posts.get(1)
        assert found is not None
        assert spread(uow, row, found, "test", followed(found.draft, desk), (), now)
        rows = uow.deliveries.lease("test", now, until, len(ends))
        for each, end in zip(rows, ends, strict=True):
            uow.deliveries.record(each.id, "test", end, message_id=1, reason="in words")
        uow.commit()


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("subscribers", "subscribers"),
        (" Subscribers ", "subscribers"),
        ("subscribers:prebunk", "subscribers:prebunk"),
        ("SUBSCRIBERS: Prebunk", "subscribers:prebunk"),
    ],
)
def test_what_names_subscribers(written: str, understood: str) -> None:
    assert str(audience_of(written)) == understood


@pytest.mark.parametrize("other", ["@subscribers", "subscriber", "subscribers:", "42", "x"])
def test_what_does_not(other: str) -> None:
    assert audience_of(other) is None


@pytest.mark.parametrize("language", ["en", "ur"])
def test_who_is_meant_is_said_with_how_many(say: Chat, desk: Desk, language: Language) -> None:
    say(READER, "/subscribe")
    say(OTHER, f"/subscribe {KIND}")
    targets = f"subscribers, Subscribers:{KIND}, subscribers:{CAMPAIGN}"
    told = say(AUTHOR, f"/compose +10m | {targets} | hello", language).text
    assert desk.say(language, "target.subscribers", number="2") in told
    assert f"subscribers:{KIND}" in told
    assert desk.say(language, f"follow.{KIND}") in told
    assert f"subscribers:{CAMPAIGN}" in told
    assert post(desk).draft.targets == (
        "subscribers",
        f"subscribers:{KIND}",
        f"subscribers:{CAMPAIGN}",
    )
    assert desk.say("en", "target.subscribers", number="2") in say(AUTHOR, "/post 1").text


def test_many_are_counted_with_a_comma(say: Chat, desk: Desk) -> None:
    assert desk.say("en", "target.subscribers", number=f"{1204:,}") == "subscribers: 1,204 now"
    assert "subscribers: 0 now" in say(AUTHOR, "/compose +10m | subscribers | hello").text


def test_an_unknown_topic_is_told_with_the_nearest(say: Chat, desk: Desk) -> None:
    told = say(AUTHOR, "/compose +10m | subscribers:prebunks | hello").text
    assert "subscribers:prebunk" in told
    assert "not lost" in told
    with desk.new_uow() as uow:
        assert uow.posts.get(1) is None


def test_a_campaign_is_for_who_follows_its_kind_and_a_kind_for_who_follows_the_campaign(
    desk: Desk,
) -> None:
    kind = next(k for k, ids in topics(desk).items() if CAMPAIGN in ids)
    about = draft("@channel", f"subscribers:{CAMPAIGN}", f"subscribers:{kind}", campaign=CAMPAIGN)
    both = frozenset({CAMPAIGN, kind})
    assert followed(about, desk) == {
        f"subscribers:{CAMPAIGN}": both,
        f"subscribers:{kind}": both,
    }
    assert followed(draft(f"subscribers:{kind}"), desk) == {f"subscribers:{kind}": {kind}}


def test_the_approval_binds_to_the_words_and_not_to_the_people(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose +10m | subscribers | hello")
    before = post(desk).draft.fingerprint
    say(READER, "/subscribe")
    assert post(desk).draft.fingerprint == before
    assert draft("subscribers").fingerprint != draft(f"subscribers:{KIND}").fingerprint


def test_the_composer_offers_subscribers_as_a_toggle(say: Chat, desk: Desk) -> None:
    say(READER, "/subscribe")
    say(AUTHOR, "/compose")
    offered = say.press(AUTHOR, "draft 1 1 targets")
    [toggle] = [each for each in buttons(offered) if each.label == "▫️ subscribers: 1 now"]
    chosen = say.press(AUTHOR, toggle)
    assert post(desk).draft.targets == ("subscribers",)
    [toggle] = [each for each in buttons(chosen) if each.label == "✅ subscribers: 1 now"]
    say.press(AUTHOR, toggle)
    assert post(desk).draft.targets == ()


def test_a_long_topic_still_fits_into_a_button(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose")
    with desk.new_uow() as uow:
        found = post(desk)
        wanted = found.draft.model_copy(update={"targets": ("@channel", LONG)})
        uow.posts.revise(found, AUTHOR, wanted, desk.clock())
        uow.commit()
    shown = say.press(AUTHOR, "draft 1 2 targets")
    assert all(len(each.encode()) <= 64 for each in actions(shown))
    [toggle] = [each for each in buttons(shown) if LONG in each.label]
    say.press(AUTHOR, toggle)
    assert post(desk).draft.targets == ("@channel",)


@pytest.fixture
def sending(say: Chat, desk: Desk, clock: FakeClock) -> Callable[..., Reply]:
    """What /post 1 says after three subscribers got these ends."""

    def sending(*ends: DeliveryState) -> Reply:
        for number in range(len(ends)):
            say(f"telegram:731000100{number}", "/subscribe")
        say(AUTHOR, "/compose +1m | subscribers | hello")
        say(REVIEWER, "/approve 1")
        clock.forward(minutes=1)
        sent_to(desk, *ends)
        return say(AUTHOR, "/post 1")

    return sending


def test_the_account_counts_people_and_names_none(sending: Callable[..., Reply]) -> None:
    ends = (DeliveryState.SENT, DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.UNKNOWN)
    told = sending(*ends).text
    assert "sent: 2\n" in told
    assert "refused: 1\n" in told
    assert "1 subscriber refused\n" in told
    assert "1 subscriber unknown\n" in told
    assert "731000100" not in told


def test_those_it_did_not_surely_reach_are_sent_to_again(
    say: Chat, desk: Desk, sending: Callable[..., Reply]
) -> None:
    shown = sending(DeliveryState.SENT, DeliveryState.REFUSED, *[DeliveryState.UNKNOWN] * 2)
    [again] = [each for each in buttons(shown) if each.label == "Send again: 2 subscribers"]
    reply = say.press(AUTHOR, again)
    assert reply.reschedules
    told = say(AUTHOR, "/post 1").text
    assert "pending: 2\n" in told
    assert "refused: 1\n" in told
    assert say.press(AUTHOR, again).text == desk.say("en", "resend.unknown")


def test_who_refused_is_not_sent_to_again(say: Chat, sending: Callable[..., Reply]) -> None:
    shown = sending(DeliveryState.REFUSED)
    assert not any("resend" in each for each in actions(shown))
    assert say(AUTHOR, "/resend 1 readers").text == say.desk.say("en", "resend.unknown")


def test_a_reader_s_copy_leads_to_the_end_of_the_subscription(say: Chat, desk: Desk) -> None:
    say(READER, "/subscribe")
    copy = signed(Reply(draft().blocks), draft(), desk)
    [end, about] = buttons(copy)
    assert say(READER, f"/start {end.start}").text == desk.say("en", "unsubscribe.done")
    assert desk.say("en", "about.what") in say(READER, f"/start {about.start}").text


def test_forgetme_takes_a_reader_out_of_what_was_sent(
    say: Chat, desk: Desk, sending: Callable[..., Reply]
) -> None:
    person = "telegram:7310001001"
    before = sending(*[DeliveryState.SENT] * 3).text
    say(person, "/unsubscribe")
    assert "7310001001" in dump(desk.new_uow)
    told = say(person, "/forgetme").text
    assert desk.say("en", "forgetme.deliveries", n=1) in told
    assert "7310001001" not in dump(desk.new_uow)
    assert say(AUTHOR, "/post 1").text.replace(": 2 now", ": 3 now") == before
    assert say(person, "/forgetme").text == desk.say("en", "forgetme.nothing")
