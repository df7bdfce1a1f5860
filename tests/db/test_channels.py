"""Channels and topics of forums in the database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.channels import Channel, ForumTopic, Kind, Look, Right, Use
from bot.core.ports import NewUow
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR

LOOK = Look(
    -1001000000001,
    "Wazahat خبریں",
    Kind.CHANNEL,
    "Wazahat_News",
    rights=frozenset({Right.POST, Right.EDIT}),
)
CHANNEL = Channel(LOOK, NOON)


def kept(new_uow: NewUow, *channels: Channel) -> None:
    with new_uow() as uow:
        for channel in channels:
            uow.channels.put(channel)
        uow.commit()


def everything(new_uow: NewUow) -> list[Channel]:
    with new_uow() as uow:
        return uow.channels.all()


@pytest.mark.parametrize(
    "channel",
    [
        CHANNEL,
        CHANNEL.enabled(AUTHOR, NOON - timedelta(days=1)),
        replace(CHANNEL, look=replace(LOOK, username=None, rights=frozenset())),
        replace(CHANNEL, look=replace(LOOK, present=False, rights=frozenset()), use=Use.PAUSED),
        replace(CHANNEL, look=replace(LOOK, kind=Kind.FORUM)).disabled(),
    ],
)
def test_a_channel_comes_back_as_it_was(new_uow: NewUow, channel: Channel) -> None:
    kept(new_uow, channel)
    with new_uow() as uow:
        assert uow.channels.get(channel.chat_id) == channel
        assert uow.channels.all() == [channel]
        assert uow.channels.get(-5) is None


def test_what_is_kept_again_takes_the_place_of_what_was(new_uow: NewUow) -> None:
    kept(new_uow, CHANNEL, CHANNEL.enabled(AUTHOR, NOON), CHANNEL.disabled())
    assert everything(new_uow) == [CHANNEL.disabled()]


def test_a_name_belongs_to_one_chat(new_uow: NewUow) -> None:
    heir = replace(CHANNEL, look=replace(LOOK, chat_id=-1009, username="wazahat_news", title="B"))
    kept(new_uow, CHANNEL, heir)
    assert [each.look.username for each in everything(new_uow)] == ["wazahat_news", None]


def test_topics_go_with_their_forum(new_uow: NewUow) -> None:
    kept(new_uow, CHANNEL)
    with new_uow() as uow:
        uow.channels.name_topic(ForumTopic(LOOK.chat_id, 45, "News"))
        uow.channels.name_topic(ForumTopic(LOOK.chat_id, 7, "Questions"))
        uow.channels.name_topic(ForumTopic(LOOK.chat_id, 45, "خبریں"))
        uow.commit()
        assert [(t.target, t.name) for t in uow.channels.topics()] == [
            (f"{LOOK.chat_id}/7", "Questions"),
            (f"{LOOK.chat_id}/45", "خبریں"),
        ]
        uow.channels.remove(LOOK.chat_id)
        uow.commit()
        assert uow.channels.topics() == []
        assert uow.channels.all() == []
