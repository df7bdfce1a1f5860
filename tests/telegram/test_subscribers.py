"""Posts to subscribers, over HTTP, with the whole bot running."""

import asyncio
import logging

import pytest

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.settings import Settings
from db.engine import make_engine
from db.unit_of_work import units_of_work
from tests.db.dump import dump
from tests.telegram.test_posting import account, approved, composed

FIRST = 7_310_001_001


async def subscribed(standin: Standin, language: str, number: int) -> User:
    person = standin.world.add_user(FIRST + number, f"Reader {number}")
    person.says(f"/language {language}")
    await standin.wait_for(person)
    person.says("/subscribe")
    await standin.wait_for(person)
    return person


async def test_subscribers_get_a_post_in_their_language_and_can_leave(
    standin: Standin,
    settings: Settings,
    author: User,
    reviewer: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    english, urdu, gone, blocking = [
        await subscribed(standin, language, number)
        for number, language in enumerate(("en", "ur", "en", "en"))
    ]
    gone.says("/unsubscribe")
    await standin.wait_for(gone)
    author.says("/compose +2s | subscribers | safoora-goth-2015")
    preview = await standin.wait_for(author, "is in review")
    assert "subscribers: 3 now" in preview.text
    blocking.blocks_bot()
    await approved(standin, reviewer, 1)
    for person in (english, urdu):
        sent = await standin.wait_for(person, "Killed 43 to 47")
        assert sent.labels[-2:] == ["Unsubscribe", "Who sends this?"]
        assert sent.labels[:2] == ["Sources", "More"]
    assert "https://t.me/" in sent.button("Unsubscribe")["url"]
    report = await standin.wait_for(author, "is done")
    assert "sent: 2" in report.text
    assert "1 subscriber refused" in report.text
    english.says("/start unsubscribe")
    await standin.wait_for(english, "no longer subscribed")
    second = await composed(standin, author, "now | subscribers | Second post")
    await approved(standin, reviewer, second)
    await standin.wait_for(urdu, "Second post")
    await asyncio.gather(*(standin.stays_quiet(each, 0.3) for each in (english, gone)))
    assert "sent: 1" in await account(standin, author, second, "sent")
    english.says("/forgetme")
    await standin.wait_for(english)
    engine = make_engine(settings.database_url)
    held = dump(units_of_work(engine))
    engine.dispose()
    assert str(FIRST) not in held
    assert str(FIRST) not in "".join(
        record.getMessage() for record in caplog.records if record.levelno >= logging.INFO
    )
