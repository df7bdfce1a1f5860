"""Channels as moderators manage them, on a desk with chats to look at."""

from dataclasses import replace

import pytest

from bot.commands.channels import MOST_OFFERED, place_changed, topic_named
from bot.commands.desk import Desk
from bot.commands.targets import resolve
from bot.core.channels import Address, Channel, ForumTopic, Kind, Look, NoTarget, Right, Use
from bot.core.errors import NotSent
from bot.core.records import Language
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat, actions

ALL = frozenset(Right)
NEWS = Look(-1001, "News", Kind.CHANNEL, "News_Channel", rights=ALL)
FORUM = Look(-1002, "Forum", Kind.FORUM, rights=ALL)
MUTE = replace(NEWS, rights=frozenset({Right.EDIT}))
GONE = replace(NEWS, present=False, rights=frozenset())


class Platform:
    """Chats that can be looked at, unless it is down."""

    def __init__(self, *looks: Look) -> None:
        self.looks = {look.chat_id: look for look in looks}
        self.down = False
        self.asked = 0

    def __call__(self, address: Address) -> Look | None:
        self.asked += 1
        if self.down:
            raise NotSent("down")
        found = address.among(Channel(look, NOON) for look in self.looks.values())
        return found.look if found else None


@pytest.fixture
def platform() -> Platform:
    return Platform(NEWS, FORUM)


@pytest.fixture
def desk(desk: Desk, platform: Platform) -> Desk:
    return replace(desk, look=platform)


def known(desk: Desk) -> list[Channel]:
    with desk.new_uow() as uow:
        return uow.channels.all()


def changed(desk: Desk, look: Look, by: str = READER, administrator: bool = True) -> list[str]:
    """Whom a change of our place is told to, and in which words."""
    reply = place_changed(look, by, desk, administrator=administrator)
    return [f"{person}: {notice.text}" for person, notice in reply.notices]


def test_a_channel_is_offered_to_every_moderator_and_enabled_by_the_button(
    desk: Desk, say: Chat
) -> None:
    told = place_changed(NEWS, READER, desk, administrator=True).notices
    assert [person for person, _ in told] == [AUTHOR, REVIEWER]
    offer = told[0][1]
    assert "@News_Channel" in offer.text
    assert "post messages, edit messages, pin messages" in offer.text
    assert actions(offer)[0] == "channels enable -1001"
    done = say.press(AUTHOR, actions(offer)[0])
    assert "is enabled" in done.text
    [channel] = known(desk)
    assert (channel.use, channel.enabled_by) == (Use.ENABLED, AUTHOR)
    with desk.new_uow() as uow:
        [entry] = uow.audit.page("channel -1001", 0, 5)
    assert (entry.what, entry.person) == ("channel.enabled", AUTHOR)


def test_a_group_that_a_reader_uses_is_nobodys_business(desk: Desk) -> None:
    group = replace(FORUM, kind=Kind.SUPERGROUP)
    assert changed(desk, group, administrator=False) == []
    assert known(desk) == []
    assert len(changed(desk, group, by=AUTHOR, administrator=False)) == 2


def test_offers_of_strangers_do_not_fill_the_list(desk: Desk) -> None:
    for number in range(MOST_OFFERED + 5):
        changed(desk, replace(NEWS, chat_id=-number - 1, username=None))
    assert len(known(desk)) == MOST_OFFERED
    assert changed(desk, replace(NEWS, chat_id=-999), by=AUTHOR)


@pytest.mark.parametrize("look", [MUTE, GONE])
def test_loss_is_told_once_and_return_offers_to_go_on(desk: Desk, say: Chat, look: Look) -> None:
    say(AUTHOR, "/channels enable @news_channel")
    assert "wait and are not tried" in changed(desk, look)[0]
    assert changed(desk, look) == []
    listed = say(AUTHOR, "/channels").text
    assert "Its posts wait." in listed
    assert ("Missing: post messages" in listed) == look.present
    told = place_changed(NEWS, READER, desk, administrator=True).notices
    assert len(told) == 2
    assert [button.label for button in told[0][1].buttons[0]] == ["Go on", "Check rights"]
    assert "paused" in say(AUTHOR, "/channels").text
    assert "is enabled" in say.press(REVIEWER, actions(told[0][1])[0]).text


def test_an_offer_that_is_withdrawn_is_forgotten(desk: Desk) -> None:
    changed(desk, NEWS)
    changed(desk, GONE)
    assert known(desk) == []


def test_typed_names_equal_the_buttons(desk: Desk, say: Chat) -> None:
    assert "is enabled" in say(AUTHOR, "/channels enable @NEWS_channel").text
    assert "is disabled" in say(AUTHOR, "/channels disable t.me/news_channel").text
    assert "is enabled" in say(AUTHOR, "/channels enable -1001").text
    assert [each.use for each in known(desk)] == [Use.ENABLED]


def test_rights_are_looked_at_now(desk: Desk, say: Chat, platform: Platform) -> None:
    say(AUTHOR, "/channels enable @news_channel")
    platform.looks[-1001] = MUTE
    checked = say.press(AUTHOR, "channels check -1001")
    assert "Missing: post messages" in checked.text
    assert [person for person, _ in checked.notices] == [REVIEWER]
    assert "may not post there" in say(AUTHOR, "/channels enable -1001").text
    del platform.looks[-1001]
    assert "I am not in it" in say(AUTHOR, "/channels check @news_channel").text


def test_what_cannot_be_enabled_says_what_to_do(say: Chat, platform: Platform) -> None:
    assert "Make me an administrator" in say(AUTHOR, "/channels enable @nobody_here").text
    assert "Write a channel as @name" in say(AUTHOR, "/channels enable news").text
    assert "Write a channel as @name" in say(AUTHOR, "/channels enable 42").text
    assert "/channels enable @your_channel" in say(AUTHOR, "/channels what").text
    platform.down = True
    assert "try again" in say(AUTHOR, "/channels enable @other_channel").text


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_list_is_told_in_each_language(desk: Desk, say: Chat, language: Language) -> None:
    assert say(AUTHOR, "/channels", language).text == desk.say(language, "channels.none").strip()
    changed(desk, NEWS)
    changed(desk, FORUM)
    topic_named(ForumTopic(-1002, 45, "خبریں"), desk)
    say(AUTHOR, "/channels enable -1001", language)
    listed = say(AUTHOR, "/channels", language)
    for part in ("News", "@News_Channel", "-1002/45", "خبریں", "2001"):
        assert part in listed.text
    for key in ("channels.state.enabled", "channels.state.offered", "channels.kind.forum"):
        assert desk.say(language, key) in listed.text
    assert {"channels disable -1001", "channels enable -1002"} <= set(actions(listed))


def test_long_lists_have_pages(desk: Desk, say: Chat) -> None:
    for number in range(12):
        changed(desk, replace(NEWS, chat_id=-number - 1, username=None, title=f"C{number:02}"))
    first = say(AUTHOR, "/channels")
    assert "channels p2" in actions(first)
    assert "C11" in say.press(AUTHOR, "channels p2").text
    assert "C11" not in first.text


def test_readers_have_no_channels(say: Chat) -> None:
    for line in ("/channels", "/channels enable @news_channel"):
        assert "do not know" in say(READER, line).text


def test_a_topic_of_a_forum_that_nobody_knows_is_not_kept(desk: Desk) -> None:
    topic_named(ForumTopic(-5, 45, "News"), desk)
    with desk.new_uow() as uow:
        assert uow.channels.topics() == []


@pytest.mark.parametrize("text", ["@news_channel", "-1001", "https://t.me/News_Channel"])
def test_every_name_of_a_channel_is_one_target(desk: Desk, text: str) -> None:
    assert resolve(text, desk) == "-1001"


def test_what_is_known_is_not_asked_for_again(desk: Desk, platform: Platform) -> None:
    assert {resolve("@news_channel", desk) for _ in range(3)} == {"-1001"}
    assert platform.asked == 1
    assert [each.use for each in known(desk)] == [Use.OFFERED]


def test_topics_and_people_are_targets(desk: Desk, platform: Platform) -> None:
    assert resolve("t.me/c/1/45", replace(desk, look=Platform(replace(FORUM, chat_id=-1001)))) == (
        "-1001/45"
    )
    assert resolve("-1002/45", desk) == "-1002/45"
    platform.asked = 0
    assert resolve("42", desk) == "42"
    assert platform.asked == 0


def test_where_telegram_cannot_be_asked_the_name_is_taken_as_it_is(
    desk: Desk, platform: Platform
) -> None:
    platform.down = True
    assert resolve("@news_channel", desk) == "@news_channel"


@pytest.mark.parametrize(
    ("text", "look", "key"),
    [
        ("news", NEWS, "target.unclear"),
        ("@nobody_here", NEWS, "target.unknown"),
        ("@news_channel", GONE, "target.unknown"),
        ("@news_channel", MUTE, "target.rights"),
        ("@news_channel/45", NEWS, "target.no-topics"),
    ],
)
def test_what_is_no_target_says_what_to_do(desk: Desk, text: str, look: Look, key: str) -> None:
    with pytest.raises(NoTarget) as refused:
        resolve(text, replace(desk, look=Platform(look)))
    assert refused.value.key == key
    for language in desk.languages:
        assert "⁨" in desk.say(language, key, **refused.value.values)


def test_disabled_and_paused_channels_are_no_targets(
    desk: Desk, say: Chat, platform: Platform
) -> None:
    say(AUTHOR, "/channels enable -1001")
    platform.looks[-1001] = MUTE
    changed(desk, MUTE)
    platform.looks[-1001] = NEWS
    with pytest.raises(NoTarget, match="paused"):
        resolve("-1001", desk)
    say(AUTHOR, "/channels disable -1001")
    with pytest.raises(NoTarget, match="disabled"):
        resolve("-1001", desk)


def test_a_role_that_is_gone_decides_nothing_more(desk: Desk, say: Chat) -> None:
    say(AUTHOR, "/grant 5 moderator")
    assert "is enabled" in say("telegram:5", "/channels enable -1001").text
    with desk.new_uow() as uow:  # as another process would, of which this one has not heard
        uow.roles.revoke("telegram:5")
        uow.commit()
    assert "do not know" in say("telegram:5", "/channels disable -1001").text
    assert [each.use for each in known(desk)] == [Use.ENABLED]
