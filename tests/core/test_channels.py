"""What a chat is called, and what a look at it changes."""

from dataclasses import replace

import pytest

from bot.core.channels import Address, Channel, Kind, Look, Right, Turn, Use, address_of
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR

LOOK = Look(-1001, "News", Kind.CHANNEL, "News_Channel", rights=frozenset({Right.POST}))
MUTE = replace(LOOK, rights=frozenset({Right.EDIT}))
GONE = replace(LOOK, present=False, rights=frozenset())


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("@news_channel", Address("@news_channel")),
        (" @news_channel/45 ", Address("@news_channel", 45)),
        ("-1001234/45", Address(-1001234, 45)),
        ("42", Address(42)),
        ("t.me/news_channel", Address("@news_channel")),
        ("https://t.me/news_channel/45", Address("@news_channel", 45)),
        ("https://t.me/c/1234567/45", Address(-1001234567, 45)),
    ],
)
def test_a_chat_is_named_in_several_ways(text: str, address: Address) -> None:
    assert address_of(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "news_channel", "@", "@a", "-1/0", "@news/x", "t.me/c/news/1", "t.me/@news_channel"],
)
def test_what_is_no_chat(text: str) -> None:
    assert address_of(text) is None


@pytest.mark.parametrize("name", ["@NEWS_channel", "-1001"])
def test_name_and_number_are_one_channel(name: str) -> None:
    channel, address = Channel(LOOK, NOON), address_of(name)
    assert address is not None
    assert address.among([channel]) is channel
    assert address.among([Channel(replace(LOOK, chat_id=-2, username=None), NOON)]) is None


@pytest.mark.parametrize("look", [MUTE, GONE])
def test_a_lost_channel_is_paused_once_and_comes_back_by_a_person_alone(look: Look) -> None:
    enabled = Channel(LOOK, NOON).enabled(AUTHOR, NOON)
    lost, turn = enabled.seen(look, NOON)
    assert (lost.use, turn, lost.takes_posts) == (Use.PAUSED, Turn.LOST, False)
    assert lost.seen(look, NOON) == (lost, None)
    back, turn = lost.seen(LOOK, NOON)
    assert (back.use, turn, back.takes_posts) == (Use.PAUSED, Turn.BACK, False)
    assert back.seen(LOOK, NOON) == (back, None)
    assert back.enabled(AUTHOR, NOON).takes_posts


def test_only_the_right_to_post_stops_posts() -> None:
    enabled = Channel(LOOK, NOON).enabled(AUTHOR, NOON)
    assert enabled.missing == (Right.EDIT,)
    assert enabled.seen(LOOK, NOON) == (enabled, None)
    assert Channel(MUTE, NOON).missing == (Right.POST,)


def test_a_disabled_channel_says_nothing_of_its_rights() -> None:
    disabled = Channel(LOOK, NOON).disabled()
    lost, turn = disabled.seen(GONE, NOON)
    assert (lost.use, turn) == (Use.DISABLED, None)
    assert lost.seen(LOOK, NOON)[1] is None


@pytest.mark.parametrize("text", ["@channel", "@a_b_1", "-1001234567890", "42"])
def test_channels_and_chat_ids_are_targets(text: str) -> None:
    assert address_of(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "@abc", "@1abcd", "channel", "t.me/x", "@a b c d", "--1", "1.5", "+42",
        "@" + "a" * 33, "9" * 17, "٤٢", "@channel\nx", "@چینل_یک",
    ],
)  # fmt: skip
def test_anything_else_is_no_target(text: str) -> None:
    assert address_of(text) is None
