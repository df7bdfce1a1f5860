"""From a button under a channel's post to the figure that a moderator reads, over HTTP."""

import asyncio
import csv
import io
import zipfile
from urllib.parse import parse_qs, urlsplit

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram.conftest import AUTHOR, REVIEWER, RunningBot
from tests.telegram.test_composing import Phone

READERS = 12
CAMPAIGN = "pehle-jaanch"


def links(post: Message) -> list[str]:
    """What /start gets from the buttons of a post."""
    return [started_by(each["url"]) for each in post.buttons]


def started_by(url: str) -> str:
    """A button to share wraps the address that is shared."""
    query = parse_qs(urlsplit(url).query)
    return query["start"][0] if "start" in query else started_by(query["url"][0])


def told(channel: Chat, post: Message, *counts: int) -> dict[str, object]:
    """The update of a message's reactions, a count for each emoji."""
    reactions = [
        {"type": {"type": "emoji", "emoji": "👍"}, "total_count": count} for count in counts
    ]
    message = {"chat": channel.json(), "message_id": post.id, "date": channel.world.now()}
    return {**message, "reactions": reactions}


def file_of(standin: Standin, message: Message) -> bytes:
    file = standin.world.files.get(message["document"]["file_id"])
    assert file
    return file.raw


async def posted(standin: Standin, author: User, reviewer: User, channel: Chat) -> Message:
    """The first post of the campaign, made by buttons and gone out to the channel."""
    phone = Phone(standin, author)
    author.says("/channels enable @wazahat_news")
    await standin.wait_for(author)
    await phone.says("/compose")
    await phone.presses("Text", "From a campaign", "Check Before You Share", "1. ")
    await phone.presses("Where to", "Channel", "‹ The draft", "Submit for review")
    asked = await standin.wait_for(reviewer, "waits for your review")
    reviewer.presses(asked, "Approve")
    sent = await standin.wait_for(channel)
    await standin.wait_for(author, "is done")
    return sent


async def report_to(standin: Standin, author: User) -> Message:
    author.says(f"/results {CAMPAIGN}")
    return await standin.wait_for(author, "Results of")


async def test_taps_on_a_channels_post_are_counted_over_a_restart_and_told(
    standin: Standin, running_bot: RunningBot, channel: Chat
) -> None:
    author = standin.world.add_user(AUTHOR, "Moderator")
    reviewer = standin.world.add_user(REVIEWER, "Second moderator", "ur")
    async with running_bot():
        for user in (author, reviewer):
            user.says("/start")
            await standin.wait_for(user)
        post = await posted(standin, author, reviewer, channel)
        more = f"c_{CAMPAIGN}_1"
        assert {more, f"{more}_help"} <= {*links(post)}
        standin.world.push_update("message_reaction_count", told(channel, post, 9, 4))
        for number in range(READERS):
            reader = standin.world.add_user(5000 + number, "Reader", "ur" if number % 2 else "en")
            reader.says(f"/start {more}")
            await standin.wait_for(reader)
        async with asyncio.timeout(30):
            while "Reactions: at least 13" not in (await report_to(standin, author)).text:
                await asyncio.sleep(0.2)
    async with running_bot():
        report = await report_to(standin, author)
        assert "Brief opened: at least 12 (messages sent: 1; for each of them: 12.0)" in report.text
        assert "Reactions: at least 13; messages sent: 1" in report.text
        assert "Members of \u2068@wazahat_news\u2069" in report.text
        reviewer.says(f"/results {CAMPAIGN}")
        in_urdu = await standin.wait_for(reviewer, "کے نتائج")
        assert "خلاصہ کھلا، بار: کم از کم 12" in in_urdu.text

        author.presses(report, "CSV")
        sent = await standin.wait_for(author)
        rows = csv.DictReader(io.StringIO(file_of(standin, sent).decode("utf-8-sig")))
        opened = [row["figure"] for row in rows if row["measure"] == "taps on more"]
        assert opened == ["12", "12"]


async def test_a_pack_carries_texts_and_pictures(standin: Standin, author: User) -> None:
    author.says("/pack hum-banatay-hain")
    sent = await standin.wait_for(author, timeout=60)
    with zipfile.ZipFile(io.BytesIO(file_of(standin, sent))) as packed:
        pictures = [each for each in packed.namelist() if each.endswith(".png")]
        assert pictures
        assert all(packed.read(each).startswith(b"\x89PNG") for each in pictures)
        assert "ur/01-print.txt" in packed.namelist()
