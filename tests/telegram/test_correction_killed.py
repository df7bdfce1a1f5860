"""One toll is corrected, two hundred messages with it, and the process dies on the way."""

import asyncio
import re
import shutil
import signal
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.flood import Flood
from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.core.posts import INLINE, Delivery, DeliveryState, Event
from bot.settings import ROOT
from db.engine import make_engine
from db.unit_of_work import units_of_work
from tests.db.drafts import approved as approved_post
from tests.db.drafts import attempt, did, draft, leased
from tests.fakes.clock import NOON
from tests.telegram.test_process import environment_on, wazahat

CHANNELS, TIMES, CARDS = 90, 2, 20
OLD, NEW, WRONG = "70 to at least 90", "71 to at least 91", "We gave other counts than our sources"
LEASE = timedelta(seconds=30)
LONGEST = 100
"""Seconds, on a busy machine; alone it takes about twenty."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def correct_the_record(folder: Path) -> None:
    file = folder / "attacks" / "sehwan-2017.yaml"
    text = file.read_text("utf8")
    found = re.search(r"^as_of: (\S+)", text, re.M)
    assert found
    entry = f"corrections:\n  - date: {found[1]}\n    text: {{en: '{WRONG} [@ap-20170612].'}}\n"
    file.write_text(text.replace(OLD, NEW) + entry, "utf8")


class Sent:
    """A post that was sent to channels twice, before it was known to be wrong."""

    def __init__(self, standin: Standin, database_url: str) -> None:
        self.world, self.url = standin.world, database_url
        self.channels = [
            self.world.add_channel(-1001000001000 - n, f"channel_{n}", title=f"Channel {n}")
            for n in range(CHANNELS)
        ]
        engine = make_engine(database_url)
        new_uow = units_of_work(engine)
        post = approved_post(new_uow, of=draft(*(str(each.id) for each in self.channels)))
        with new_uow() as uow:
            for key in range(1, TIMES):
                uow.deliveries.plan(post, f"time {key}", NOON)
            uow.commit()
        rows = leased(new_uow, limit=1000)
        with new_uow() as uow:
            for row in rows:
                message = self.world.bot_says(self.world.chats[int(row.target)], {"text": OLD})
                assert uow.deliveries.begin(row.id, "one", NOON, NOON + LEASE)
                uow.deliveries.record(row.id, "one", DeliveryState.SENT, message_id=message.id)
            did(uow, post, attempt(Event.FINISH, by=None))
            uow.commit()
        engine.dispose()

    def rows(self, post_id: int) -> list[Delivery]:
        engine = make_engine(self.url)
        with units_of_work(engine)() as uow:
            found = uow.deliveries.of(post_id)
        engine.dispose()
        return found


async def approve(standin: Standin, author: User, reviewer: User) -> None:
    """The correction, by the buttons that come with the news of the record."""
    told = await standin.wait_for(author, "A brief was corrected: Sehwan shrine bombing", 10)
    assert "/post 1" in told.text
    author.presses(told, "Correct /post 1")
    shown = await standin.wait_for(author, f"Messages to be changed: {CHANNELS * TIMES + CARDS}")
    assert NEW in shown.text
    author.presses(shown, "Submit for review")
    await standin.wait_for(author, "is in review")
    asked = await standin.wait_for(reviewer, "/post 2")
    reviewer.presses(asked, "Approve")
    await standin.wait_for(reviewer, "is approved")


async def share_cards(standin: Standin, author: User, chat: Chat) -> list[Message]:
    query = author.types_inline("sehwan-2017", chat=chat)
    [first, *_] = (await standin.results_of(query)).ids
    assert first == "sehwan-2017"
    return [author.chooses(query, first, chat=chat) for _ in range(CARDS)]


def edits(standin: Standin) -> int:
    return len(standin.calls("editMessageText"))


async def test_a_corrected_toll_reaches_two_hundred_messages_though_the_process_is_killed(
    standin: Standin, sqlite_url: str, folder: Path
) -> None:
    sent = Sent(standin, sqlite_url)
    people = [standin.world.add_user(number, "Somebody") for number in (2001, 2002)]
    author, reviewer = people
    friends = standin.world.add_group(-1002000000001, title="Friends")
    lost, silenced, gone = sent.channels[:3]
    standin.limit(Flood(overall=80, per_chat=1, group_minute=20))
    environment = environment_on(standin, sqlite_url) | {
        "WAZAHAT_CONTENT_DIR": str(folder),
        "WAZAHAT_RATE_OVERALL": "120",  # more than the stand-in takes: it asks to wait
    }
    async with asyncio.timeout(LONGEST):
        async with wazahat(environment, "run") as process:
            for each in people:
                each.says("/start")
                await standin.wait_for(each, timeout=15)
            cards = await share_cards(standin, author, friends)
            lost.remove(lost.messages[0])
            silenced.set_bot("administrator", rights=["can_post_messages"])
            gone.set_bot("kicked")
            correct_the_record(folder)
            await approve(standin, author, reviewer)
            await standin.until(lambda: edits(standin) > 60, timeout=15)
            process.send_signal(signal.SIGKILL)
            await process.wait()
        assert any(row.state is not DeliveryState.SENT for row in sent.rows(2)), "it was too quick"
        async with wazahat(environment, "run"):
            report = await standin.wait_for(author, "/post 2 is done", timeout=40)

    rows = sent.rows(2)
    ended = Counter(row.state for row in rows)
    assert len(rows) == CHANNELS * TIMES + CARDS
    assert set(ended) <= {DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.UNKNOWN}
    assert f"sent: {ended[DeliveryState.SENT]}" in report.text
    listed = [row for row in rows if row.reason]
    # One message was deleted, in one channel it may not edit, from one it was thrown out.
    assert {row.target for row in listed} == {str(each.id) for each in (lost, silenced, gone)}
    assert len(listed) == 1 + 2 * TIMES
    assert ended[DeliveryState.REFUSED] == TIMES
    for channel in sent.channels[3:]:
        assert len(channel.messages) == TIMES
        assert all(is_right(message) for message in channel.messages)
    assert all(is_right(friends.history[card.id]) for card in cards)
    assert sum(row.target.startswith(INLINE) for row in rows) == CARDS
    replaced = [row for row in listed if row.replaced and row.state is DeliveryState.SENT]
    anew = [each for chat in (lost, silenced) for each in chat.messages if each.id > TIMES]
    assert all(map(is_right, anew))
    assert len(replaced) <= len(anew) <= len(replaced) + ended[DeliveryState.UNKNOWN]


def is_right(message: Message) -> bool:
    return NEW in message.text and WRONG in message.text and OLD not in message.text
