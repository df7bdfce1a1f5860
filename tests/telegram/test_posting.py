"""Moderators, over HTTP, against the stand-in of the Bot API."""

import asyncio
import re

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram.conftest import RunningBot


async def composed(standin: Standin, author: User, line: str) -> int:
    """The number of the post that the line made."""
    author.says(f"/compose {line}")
    preview = await standin.wait_for(author)
    found = re.search(r"/post (\d+) is in review", preview.text)
    assert found, preview.text
    return int(found[1])


async def approved(standin: Standin, reviewer: User, post: int) -> None:
    reviewer.says(f"/approve {post}")
    await standin.wait_for(reviewer, f"/post {post} is approved")


async def account(standin: Standin, author: User, post: int, part: str) -> str:
    author.says(f"/post {post}")
    return (await standin.wait_for(author, part)).text


async def test_post_goes_out_when_another_approved_it_by_button(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    author.says("/compose now | @wazahat_news | safoora-goth-2015")
    preview = await standin.wait_for(author, "is in review")
    asked = await standin.wait_for(reviewer, "waits for your review")
    assert not channel.messages
    reviewer.presses(asked, "Approve")
    sent = await standin.wait_for(channel)
    assert "Killed 43 to 47" in sent.text
    assert preview.text.endswith(sent.text)
    assert asked.text.endswith(sent.text)
    report = await standin.wait_for(author, "is done")
    assert "sent: 1" in report.text


async def test_post_goes_out_at_its_time_and_not_before(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    post = await composed(standin, author, "+2s | @wazahat_news | One post.\n\nSecond paragraph.")
    await approved(standin, reviewer, post)
    await standin.stays_quiet(channel, 0.5)
    sent = await standin.wait_for(channel, timeout=4)
    assert sent.text == "One post.\n\nSecond paragraph."
    assert "sent: 1" in await account(standin, author, post, "sent")


async def test_author_cannot_approve(standin: Standin, author: User, channel: Chat) -> None:
    post = await composed(standin, author, "now | @wazahat_news | Mine")
    author.says(f"/approve {post}")
    assert "somebody else" in (await standin.wait_for(author)).text
    await standin.stays_quiet(channel)


async def test_forged_button_of_a_reader_approves_nothing(
    standin: Standin, author: User, reviewer: User, reader: User, channel: Chat
) -> None:
    post = await composed(standin, author, "now | @wazahat_news | Text")
    reader.says("/groups")
    any_message = await standin.wait_for(reader)
    for forged in (f"approve {post}", "approve", "\x00", "attack ../../etc", "posts"):
        press = standin.world.press(reader, any_message, forged)
        await standin.answer_to(press)
    await standin.stays_quiet(channel)
    assert "review" in await account(standin, author, post, "review")


async def test_each_target_has_its_own_fate(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    other = standin.world.add_channel(-1001000000009, "not_there", title="Other")
    post = await composed(standin, author, f"now | {channel.id}, @not_there | Hello")
    other.set_bot("left", by=author)
    await approved(standin, reviewer, post)
    assert (await standin.wait_for(channel)).text == "Hello"
    report = await standin.wait_for(author, "is done")
    assert "sent: 1" in report.text
    assert "refused: 1" in report.text
    assert f"{other.id}: refused: " in report.text


async def test_flood_limit_puts_the_post_back_and_it_is_sent_later(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    post = await composed(standin, author, "+2s | @wazahat_news | Patience")
    await approved(standin, reviewer, post)
    await standin.wait_for(author, "was approved")
    standin.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    assert (await standin.wait_for(channel, timeout=6)).text == "Patience"
    await standin.wait_for(author, "sent: 1")


async def test_post_that_may_have_been_sent_is_unknown_and_not_sent_again(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    post = await composed(standin, author, "+2s | @wazahat_news | Once")
    await approved(standin, reviewer, post)
    await standin.wait_for(author, "was approved")
    standin.drop_next("sendMessage")
    await standin.wait_for(channel, timeout=4)
    report = await standin.wait_for(author, "is done")
    assert "unknown: 1" in report.text
    assert "look in the chat" in report.text
    assert len(channel.messages) == 1


async def test_post_waits_for_a_bot_api_that_is_down(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    post = await composed(standin, author, "+2s | @wazahat_news | Later")
    await approved(standin, reviewer, post)
    await standin.go_down()
    assert not channel.messages
    await asyncio.sleep(2.5)  # its time comes while nobody answers
    await standin.come_back()
    assert (await standin.wait_for(channel, timeout=15)).text == "Later"


async def test_restart_loses_nothing(
    standin: Standin, running_bot: RunningBot, channel: Chat
) -> None:
    author = standin.world.add_user(2001, "Moderator")
    reviewer = standin.world.add_user(2002, "Second moderator")
    async with running_bot():
        for each in (author, reviewer):
            each.says("/start")
            await standin.wait_for(each)
        post = await composed(standin, author, "+2s | @wazahat_news | After the restart")
        await approved(standin, reviewer, post)
    assert not channel.messages
    author.says(f"/post {post}")
    async with running_bot():
        assert (await standin.wait_for(channel, timeout=5)).text == "After the restart"
        assert f"/post {post}: " in (await standin.wait_for(author, f"/post {post}: ")).text


async def test_cancelled_post_does_not_go_out(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    author.says("/compose +2s | @wazahat_news | Never")
    preview = await standin.wait_for(author, "is in review")
    asked = await standin.wait_for(reviewer, "waits for your review")
    reviewer.presses(asked, "Approve")
    await standin.wait_for(reviewer, "is approved")
    author.presses(preview, "Cancel")
    await standin.wait_for(author, "is cancelled")
    await standin.stays_quiet(channel, 2.3)
    assert not channel.messages


async def test_nobody_hidden_behind_a_group_passes_as_a_moderator(
    standin: Standin, author: User, channel: Chat
) -> None:
    group = standin.world.add_group(-1002000000001, title="Group")
    group.set_bot("administrator")
    group.says_anonymously("/compose now | @wazahat_news | Hello")
    group.says_as_channel(channel, "/posts")
    await standin.stays_quiet(group)
    author.says("/posts", chat=group)
    assert "in our private chat" in (await standin.wait_for(group)).text


async def test_what_an_approval_entails_does_not_hang_on_showing_it(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    author.says("/compose now | @wazahat_news | Text")
    await standin.wait_for(author, "is in review")
    asked = await standin.wait_for(reviewer, "waits for your review")
    standin.fail_next("editMessageText", 502, "Bad Gateway")
    reviewer.presses(asked, "Approve")
    assert (await standin.wait_for(channel, timeout=3)).text == "Text"
    await standin.wait_for(author, "was approved")


async def test_a_cancelled_post_is_told_to_who_made_it(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    post = await composed(standin, author, "+1h | @wazahat_news | Text")
    await approved(standin, reviewer, post)
    reviewer.says(f"/cancel {post}")
    assert f"/post {post} was cancelled" in (await standin.wait_for(author, "cancelled")).text


async def test_one_busy_chat_does_not_hold_up_the_others(standin: Standin, author: User) -> None:
    noisy, quiet = standin.world.add_user(1, "Noisy"), standin.world.add_user(2, "Quiet")
    standin.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    for _ in range(80):
        noisy.says("/about")
    await standin.until(lambda: len(standin.calls("sendMessage")) > 1)
    quiet.says("/start")
    await standin.wait_for(quiet, "Welcome", timeout=2)
    assert all(each.get("from", {}).get("id") == noisy.id for each in noisy.private_chat.messages)
