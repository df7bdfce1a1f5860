"""A campaign of six posts over HTTP, against the stand-in: every step by buttons alone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.server import Standin
from bot.jobs import scheduler
from tests.telegram.conftest import AUTHOR, REVIEWER, RunningBot
from tests.telegram.test_composing import Phone

NOON = datetime(2026, 11, 30, 7, tzinfo=UTC)
FIRST = datetime(2026, 12, 1, 13, tzinfo=UTC)
"""Six in the evening in Karachi."""

SIX = 6
ENGLISH = {
    "open": ("Ask Without Fear",),
    "set up": ("Start it", "First day", "›", "1", "Languages", "English", "Where to"),
    "write": ("‹ Campaign 1", "Day by day", "Write the posts"),
    "adjust": ("6", "When", "Choose a day", "›", "6", "20:00", "‹ Campaign 1"),
    "submit": "Submit all for review",
    "review": "Review",
    "approve": "Approve th",
    "running": "State: running",
    "done": "/post 6 is done",
    "text": "ten minutes without advice",
}
URDU = {
    "open": ("بے خوف بات کرو",),
    "set up": ("شروع کیجیے", "پہلا دن", "›", "1", "زبانیں", "اردو", "کہاں"),
    "write": ("‹ مہم 1", "دن بہ دن ترتیب", "پوسٹیں لکھیے"),
    "adjust": ("6", "کب", "دن چنیے", "›", "6", "20:00", "‹ مہم 1"),
    "submit": "سب جائزے کے لیے بھیجیے",
    "review": "جائزہ لیجیے",
    "approve": "منظور کیجیے",
    "running": "حالت: ⁨running⁩",
    "done": "⁨/post 6⁩ کا کام مکمل",
    "text": "دس منٹ، کسی مشورے کے بغیر",
}


@pytest.mark.parametrize(("code", "words"), [("en", ENGLISH), ("ur", URDU)])
async def test_a_campaign_is_run_by_buttons_alone(
    standin: Standin,
    running_bot: RunningBot,
    channel: Chat,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    words: dict[str, str | tuple[str, ...]],
) -> None:
    monkeypatch.setattr(scheduler, "EVERY", 1)  # it looks at the clock that is moved here
    with time_machine.travel(NOON, tick=True) as clock:
        author, reviewer = (
            Phone(standin, standin.world.add_user(number, "Moderator", language=code))
            for number in (AUTHOR, REVIEWER)
        )
        async with running_bot():
            for phone in (author, reviewer):
                await phone.says("/start")
                await phone.says(f"/language {code}")
            await author.says("/channels enable @wazahat_news")
            await author.says("/campaigns")
            await author.presses(*words["open"], *words["set up"], "Channel")
            await author.presses(*words["write"], *words["adjust"])
            assert "2026-12-06 20:00" in author.shown.text
            await author.presses(str(words["submit"]))
            reviewer.shown = await standin.wait_for(reviewer.user)
            await reviewer.presses(str(words["review"]))
            while any(str(words["approve"]) in each for each in reviewer.shown.labels):
                await reviewer.presses(str(words["approve"]))
            for day in range(SIX):
                assert len(channel.messages) == day
                late = timedelta(hours=2) if day == SIX - 1 else timedelta()
                clock.move_to(FIRST + timedelta(days=day) + late)
                await standin.wait_for(channel)
                if day == 1:
                    author.user.says("/campaign 1")
                    await standin.wait_for(author.user, str(words["running"]))
            await standin.wait_for(author.user, str(words["done"]))
            author.user.says("/campaign 1")
            await standin.wait_for(author.user, "sent: 6")
    assert len({each.text for each in channel.messages}) == SIX
    assert str(words["text"]) in channel.messages[0].text
