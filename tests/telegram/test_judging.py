"""What the rules keep from going out, over HTTP, against the stand-in."""

import shutil
from pathlib import Path

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.settings import ROOT, Settings, read_settings
from tests.telegram.conftest import AUTHOR, REVIEWER
from tests.telegram.test_composing import Phone

RECORD = "topics/when-you-worry.yaml"
HELD = "on_hold: {en: Two accounts disagree on it.}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


@pytest.fixture
def settings(standin: Standin, tmp_path: Path, folder: Path) -> Settings:
    """No day is kept, so that the tests mean the same whenever they run."""
    (folder / "calendar.yaml").write_text("{}\n", "utf8")
    for campaign in (folder / "campaigns").glob("*.yaml"):
        campaign.unlink()
    return read_settings(
        token=standin.token,
        api_url=standin.url,
        database_url=f"sqlite:///{tmp_path}/wazahat.db",
        content_dir=folder,
        owners=(AUTHOR, REVIEWER),
    )


async def test_a_post_is_refused_mended_and_sent(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    phone = Phone(standin, author)
    refused = await phone.says("/compose now | @wazahat_news | 43 people were killed at Safoora.")
    assert "S1" in refused.text and not channel.messages
    await phone.presses("Edit", "Text", "Write it")
    cited = "43 people were killed at Safoora [@aje-20150513] [@dawn-1258043]."
    await phone.answers(cited)
    submitted = await phone.presses("Submit for review")
    assert "/post 1 is in review" in submitted.text
    asked = await standin.wait_for(reviewer, "waits for your review")
    reviewer.presses(asked, "Approve")
    sent = await standin.wait_for(channel)
    assert sent.text == "43 people were killed at Safoora [1] [2]."
    assert sent.labels == ["More", "Get help", "Something wrong?"]


async def test_two_posts_too_close_are_told_in_the_draft(
    standin: Standin, author: User, reviewer: User, channel: Chat
) -> None:
    author.says("/compose 2027-09-14 18:00 | @wazahat_news | The first one")
    asked = await standin.wait_for(reviewer, "waits for your review")
    reviewer.presses(asked, "Approve")
    await standin.wait_for(author, "was approved")
    author.says("/channels enable @wazahat_news")
    await standin.wait_for(author, "is enabled")
    phone = Phone(standin, author)
    await phone.says("/compose")
    await phone.presses("Text", "Write it")
    await phone.answers("Another one")
    await phone.presses("Where to", "Channel", "‹ The draft", "When", "Type it")
    shown = await phone.answers("2027-09-14 19:00")
    assert "60 minutes from post 1" in shown.text


async def test_a_record_that_is_held_meanwhile_stops_its_post(
    standin: Standin, author: User, reviewer: User, channel: Chat, folder: Path
) -> None:
    author.says(f"/compose +8s | @wazahat_news | {Path(RECORD).stem}")
    asked = await standin.wait_for(reviewer, "waits for your review")
    reviewer.presses(asked, "Approve")
    await standin.wait_for(author, "was approved")
    with (folder / RECORD).open("a", encoding="utf8") as record:
        record.write(HELD)
    told = await standin.wait_for(author, "skipped: 1", timeout=15)
    assert "S8" in told.text and "Two accounts disagree" in told.text
    assert not channel.messages
