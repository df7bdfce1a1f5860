"""Channels over HTTP, against the stand-in: offered, enabled, posted to, lost and given back."""

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram.test_posting import approved, composed

NEWS, FORUM = -1001000000007, -1002000000007


async def listed(standin: Standin, who: User, part: str) -> str:
    who.says("/channels")
    return (await standin.wait_for(who, part)).text


async def test_a_channel_from_its_offer_to_its_loss_and_back(
    standin: Standin, author: User, reviewer: User, reader: User
) -> None:
    channel = standin.world.add_channel(NEWS, "wazahat_urdu", title="وضاحت", bot="left")
    channel.set_bot("administrator", by=reader)
    offer = await standin.wait_for(author, "@wazahat_urdu")
    assert "post messages, edit messages" in offer.text
    await standin.wait_for(reviewer, "May posts go there?")
    author.presses(offer, "Enable")
    await standin.wait_for(author, "@wazahat_urdu⁩ is enabled")

    post = await composed(standin, author, f"now | {NEWS} | By its number")
    await approved(standin, reviewer, post)
    assert (await standin.wait_for(channel)).text == "By its number"

    channel.set_bot("administrator", rights={"can_edit_messages"}, by=reader)
    lost = await standin.wait_for(author, "wait and are not tried")
    assert "Missing: post messages" in lost.text
    await standin.wait_for(reviewer, "wait and are not tried")
    channel.set_bot("member", by=reader)
    author.says("/channels check @wazahat_urdu")
    assert "Its posts wait." in (await standin.wait_for(author, "I am not in it")).text

    channel.set_bot("administrator", by=reader)
    back = await standin.wait_for(author, "shall they go on?")
    assert "paused" in await listed(standin, reviewer, "@wazahat_urdu")
    author.presses(back, "Go on")
    await standin.wait_for(author, "is enabled")
    post = await composed(standin, author, "now | @wazahat_urdu | By its name")
    await approved(standin, reviewer, post)
    assert (await standin.wait_for(channel)).text == "By its name"


async def test_posts_to_a_lost_channel_are_not_tried(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    author.says("/channels enable @wazahat_news")
    await standin.wait_for(author, "is enabled")
    post = await composed(standin, author, "+2s | @wazahat_news | Later")
    await approved(standin, reviewer, post)
    channel.set_bot("left", by=author)
    await standin.wait_for(author, "wait and are not tried")
    tried = len(standin.calls("sendMessage"))
    await standin.stays_quiet(channel, 2.5)
    to_it = [each for each in standin.calls("sendMessage")[tried:] if each.params["chat_id"] < 0]
    assert to_it == []
    author.says(f"/post {post}")
    assert "pending: 1" in (await standin.wait_for(author, f"/post {post}: scheduled")).text


async def test_a_channel_that_refuses_is_looked_at_and_paused(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    author.says("/channels enable @wazahat_news")
    await standin.wait_for(author, "is enabled")
    channel.set_bot("administrator", rights={"can_edit_messages"})  # and nobody tells the bot
    post = await composed(standin, author, "now | @wazahat_news | Text")
    await approved(standin, reviewer, post)
    await standin.wait_for(author, "wait and are not tried")
    await standin.wait_for(reviewer, "wait and are not tried")


async def test_topics_of_a_forum_are_learnt_and_shown_as_targets(
    standin: Standin, author: User
) -> None:
    forum = standin.world.add_group(FORUM, title="Forum", bot="left", forum=True)
    forum.set_bot("member", by=author)
    offer = await standin.wait_for(author, "group with topics")
    topic = forum.opens_topic(author, "خبریں")
    author.presses(offer, "Enable")
    enabled = await standin.wait_for(author, "is enabled")
    assert f"{FORUM}/{topic}" in enabled.text
    assert "خبریں" in enabled.text


async def test_a_reader_is_offered_nothing(standin: Standin, author: User, reader: User) -> None:
    group = standin.world.add_group(FORUM, title="Family", bot="left")
    group.set_bot("member", by=reader)
    await standin.stays_quiet(author)
    reader.says("/channels")
    assert "do not know" in (await standin.wait_for(reader)).text
