"""The hold, over HTTP, against the stand-in of the Bot API, while posts are due."""

import asyncio

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram.conftest import RunningBot
from tests.telegram.test_posting import approved, composed


async def test_a_hold_stops_what_is_due_until_two_people_lift_it(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    post = await composed(standin, author, "+2s | @wazahat_news | Held back")
    await approved(standin, reviewer, post)
    reviewer.says("/hold a rumour is about")
    await standin.wait_for(reviewer, "Everything is stopped")
    told = await standin.wait_for(author, "A hold was placed")
    assert "a rumour is about" in told.text
    await standin.stays_quiet(channel, 2.5)
    author.presses(told, "Lift the hold")
    shown = await standin.wait_for(author, "You begin to lift the hold")
    assert f"/post {post}" in shown.text
    asked = await standin.wait_for(reviewer, "wants to lift the hold")
    assert f"/post {post}" in asked.text
    await standin.stays_quiet(channel)
    reviewer.presses(asked, "Lift the hold")
    await standin.wait_for(reviewer, "The hold is lifted")
    assert (await standin.wait_for(channel, timeout=3)).text == "Held back"
    await standin.wait_for(author, "The hold is lifted")


async def test_a_hold_stops_what_is_going_out_within_a_second(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    """Posts go to one channel, one after the other; a hold comes when the first is out."""
    for number in range(6):
        author.says(f"/compose +6s | @wazahat_news | Number {number}")
        preview = await standin.wait_for(author, "is in review")
        post = int(preview.text.split()[1])
        await approved(standin, reviewer, post)
    await standin.wait_for(channel, timeout=8)
    reviewer.says("/hold stop")
    await standin.wait_for(reviewer, "Everything is stopped")
    await asyncio.sleep(1)
    out = len(channel.messages)
    await asyncio.sleep(3)
    assert len(channel.messages) == out < 6


async def test_an_old_release_button_does_not_lift_a_later_hold(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    reviewer.says("/hold first")
    await standin.wait_for(author, "A hold was placed")
    author.says("/release")
    old = await standin.wait_for(reviewer, "wants to lift the hold")
    data = old.button("Lift the hold")["callback_data"]
    reviewer.presses(old, "Lift the hold")
    await standin.wait_for(reviewer, "The hold is lifted")
    author.says("/hold second")
    await standin.wait_for(reviewer, "A hold was placed")
    standin.world.press(reviewer, old, data)
    await standin.wait_for(reviewer, "You begin to lift the hold")
    author.says("/status")
    assert "ON HOLD" in (await standin.wait_for(author, "How I am doing")).text


async def test_forged_release_buttons_of_a_reader_do_nothing(
    standin: Standin, author: User, reader: User, channel: Chat
) -> None:
    author.says("/hold rumour")
    await standin.wait_for(author, "Everything is stopped")
    author.says("/release")
    await standin.wait_for(author, "You begin")
    reader.says("/groups")
    any_message = await standin.wait_for(reader)
    for forged in ("release", "release 1 0000000000000000", "exempt 1", "hold attack", "grant 1"):
        await standin.answer_to(standin.world.press(reader, any_message, forged))
    author.says("/status")
    assert "ON HOLD" in (await standin.wait_for(author, "How I am doing")).text


async def test_a_hold_lasts_over_a_restart(
    standin: Standin, running_bot: RunningBot, channel: Chat
) -> None:
    author = standin.world.add_user(2001, "Moderator")
    reviewer = standin.world.add_user(2002, "Second moderator")
    async with running_bot():
        post = await composed(standin, author, "+3s | @wazahat_news | Held over a restart")
        await approved(standin, reviewer, post)
        author.says("/hold rumour")
        await standin.wait_for(author, "Everything is stopped")
    async with running_bot():
        await standin.stays_quiet(channel, 3.5)
        author.says("/release")
        await standin.wait_for(reviewer, "wants to lift the hold")
        reviewer.says("/release")
        await standin.wait_for(reviewer, "The hold is lifted")
        assert (await standin.wait_for(channel, timeout=3)).text == "Held over a restart"
