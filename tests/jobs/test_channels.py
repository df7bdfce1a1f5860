"""Posts on their way to channels that may have been lost, disabled, or never heard of."""

import pytest

from bot.core.channels import Address, Channel, Kind, Look, Right
from bot.core.errors import NotSent, Refused, TryLater
from bot.core.ports import NewUow
from bot.core.replies import plain
from bot.jobs.channels import ToChannels
from tests.fakes.clock import NOON
from tests.fakes.messenger import FakeMessenger
from tests.fakes.people import AUTHOR

LOOK = Look(-1001, "News", Kind.CHANNEL, "News_Channel", rights=frozenset({Right.POST}))
MUTE = Look(-1001, "News", Kind.CHANNEL, "News_Channel")
ENABLED = Channel(LOOK, NOON).enabled(AUTHOR, NOON)
HELLO = plain("Hello")


class Platform(FakeMessenger):
    """A messenger that tells of its one channel, unless it cannot be asked."""

    found: Look | None = MUTE
    down = False

    async def look(self, address: Address) -> Look | None:
        if self.down:
            raise NotSent("down")
        return self.found


class Sending:
    """`ToChannels` with what it stands between."""

    def __init__(self, new_uow: NewUow) -> None:
        self.platform = Platform()
        self.noticed: list[Look] = []
        self.messenger = ToChannels(self.platform, self.platform, new_uow, self._notice)
        self._new_uow = new_uow

    def knows(self, channel: Channel) -> None:
        with self._new_uow() as uow:
            uow.channels.put(channel)
            uow.commit()

    async def _notice(self, look: Look) -> None:
        self.noticed.append(look)


@pytest.fixture
def sending(sqlite_uow: NewUow) -> Sending:
    return Sending(sqlite_uow)


@pytest.mark.parametrize("target", ["@news_channel", "-1001", "@unheard_of", "-1002/45", "42"])
async def test_what_may_get_posts_gets_them(sending: Sending, target: str) -> None:
    sending.knows(ENABLED)
    assert await sending.messenger.send(target, HELLO) == 101
    assert sending.platform.targets == [target]


async def test_a_channel_that_nobody_enabled_yet_gets_approved_posts(sending: Sending) -> None:
    sending.knows(Channel(LOOK, NOON))
    await sending.messenger.send("-1001", HELLO)
    assert sending.platform.targets == ["-1001"]


@pytest.mark.parametrize("target", ["@news_channel", "-1001", "-1001/45"])
async def test_a_paused_channel_is_not_tried_and_its_posts_wait(
    sending: Sending, target: str
) -> None:
    sending.knows(ENABLED.seen(MUTE, NOON)[0].seen(LOOK, NOON)[0])
    with pytest.raises(TryLater):
        await sending.messenger.send(target, HELLO)
    assert sending.platform.asked == []


async def test_a_disabled_channel_is_refused_untried(sending: Sending) -> None:
    sending.knows(ENABLED.disabled())
    with pytest.raises(Refused, match=r"@News_Channel was disabled; .*/channels"):
        await sending.messenger.send("-1001", HELLO)
    assert sending.platform.asked == []


@pytest.mark.parametrize("found", [MUTE, None])
async def test_a_known_channel_that_refuses_is_looked_at(
    sending: Sending, found: Look | None
) -> None:
    sending.knows(ENABLED)
    sending.platform.found = found
    sending.platform.fail("-1001", Refused("need administrator rights"))
    with pytest.raises(Refused):
        await sending.messenger.send("-1001", HELLO)
    [noticed] = sending.noticed
    assert noticed.rights == frozenset()
    assert noticed.present == (found is not None)


async def test_a_refusal_stays_one_where_the_channel_cannot_be_looked_at(sending: Sending) -> None:
    sending.knows(ENABLED)
    sending.platform.down = True
    sending.platform.fail("-1001", Refused("no"))
    with pytest.raises(Refused):
        await sending.messenger.send("-1001", HELLO)
    assert sending.noticed == []


async def test_a_post_that_cannot_be_sent_now_says_nothing_of_the_channel(sending: Sending) -> None:
    sending.knows(ENABLED)
    sending.platform.fail("-1001", NotSent("down"))
    with pytest.raises(NotSent):
        await sending.messenger.send("-1001", HELLO)
    assert sending.noticed == []
