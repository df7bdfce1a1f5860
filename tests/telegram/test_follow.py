"""Looking after the content goes on, whatever one round runs into."""

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.content_files.serving import Serving
from bot.app import upkeep
from bot.app.desks import Front, content_folder
from bot.commands.desk import Desk
from bot.core.changes import News
from bot.core.replies import Reply, plain
from bot.settings import ROOT
from tests.fakes.messenger import FakeMessenger


async def test_a_round_that_fails_is_tried_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    serving, messenger = Serving(content_folder(folder)), FakeMessenger()
    front = Front(replace(desk, owners=("telegram:1",)))
    failures = iter([RuntimeError("the database is locked")])

    def told(news: News, _: Desk) -> Reply:
        for failure in failures:
            raise failure
        return plain(", ".join(each.record_id for each in news.changes))

    monkeypatch.setattr(upkeep, "told_to_admins", told)
    monkeypatch.setattr(upkeep, "LOOK_EVERY", 0.05)
    following = asyncio.create_task(upkeep.follow(serving, front, messenger))
    try:
        async with asyncio.timeout(20):
            await asyncio.to_thread(_change, folder)
            while not messenger.told:
                await asyncio.sleep(0.05)
    finally:
        following.cancel()
    [(person, reply)] = messenger.told
    assert (person, reply.text) == ("telegram:1", "sehwan-2017")


def _change(folder: Path) -> None:
    path = folder / "attacks/sehwan-2017.yaml"
    text = path.read_text("utf8")
    path.write_text(text.replace("en: Sehwan shrine bombing", "en: Bombing at Sehwan"), "utf8")
