"""Makes the pictures of the chat page that the README shows, with the bot and its content as it is.

    .venv/bin/python deploy/screenshots.py           those of the README, into deploy/pictures
    .venv/bin/python deploy/screenshots.py FOLDER    every scene in each language, to look at

It needs what `make test` installs, Chromium, and an Urdu font. Run it again when the page or the
briefs change, and look at each picture before keeping it.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bot import app
from bot.adapters.logs import set_up_logs
from bot.adapters.playground.pages import Pane, Seat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.core.records import Language
from bot.settings import FixedSettings

PHONE = {"width": 390, "height": 1150}
FOLDER = Path(__file__).parent / "pictures"
PATIENCE = 30.0
BRIEF, QUIZ = "safoora-goth-2015", "quiz-spot-the-trick"
FIRST_READER, FIRST_GROUP = 1001, -1002000000001
TITLES = {"en": ("Reader", "Neighbours"), "ur": ("قاری", "محلے دار")}
LANGUAGES: tuple[Language, ...] = ("en", "ur")
WORDS = {"en": "safoora goth bus", "ur": "صفورا گوٹھ بس"}


@dataclass
class Scene:
    """A new reader on a page of their own, alone with the bot or in a group."""

    standin: Standin
    page: Page
    reader: User
    language: Language
    number: int

    async def open(self, *, in_group: bool = False) -> None:
        title, group_title = TITLES[self.language]
        chat, shown = self.reader.private_chat, title
        if in_group:
            world = self.standin.world
            chat, shown = world.add_group(FIRST_GROUP - self.number, group_title), group_title
            chat.add(self.reader)
        self.chat = chat
        self.standin.page.layout = (Pane(shown, (Seat(chat.id, shown, self.reader.id),)),)
        await self.page.goto(self.standin.url)

    async def says(self, text: str) -> None:
        self.reader.says(text, None if self.chat.is_private else self.chat)
        await self.standin.wait_for(self.chat, timeout=PATIENCE)

    async def presses(self, action: str) -> None:
        self.reader.presses(self.chat.last, action)
        await self.standin.wait_for(self.chat, timeout=PATIENCE)


async def brief(scene: Scene) -> None:
    await scene.open()
    await scene.says(f"/attack {BRIEF}")


async def toll(scene: Scene) -> None:
    await brief(scene)
    await scene.presses(f"card {BRIEF} toll")


async def picture(scene: Scene) -> None:
    await scene.open()
    await scene.says(f"/picture {BRIEF}")
    image = scene.page.locator(".message img")
    await image.evaluate("image => image.decode()")
    await image.scroll_into_view_if_needed()


async def quiz(scene: Scene) -> None:
    await scene.open()
    await scene.says(f"/quiz {QUIZ}")
    await scene.page.locator(".poll button.option").first.click()
    await scene.page.locator(".poll .verdict").wait_for()


async def group(scene: Scene) -> None:
    await scene.open(in_group=True)
    await scene.says(f"@{scene.standin.world.bot.username} {WORDS[scene.language]}")


async def inline(scene: Scene) -> None:
    await group(scene)
    typed = f"@{scene.standin.world.bot.username} {WORDS[scene.language]}"
    await scene.page.get_by_role("combobox").fill(typed)
    await scene.page.get_by_role("option").first.wait_for()


Shot = tuple[Callable[[Scene], Awaitable[None]], Language]
SCENES = (brief, toll, picture, quiz, inline, group)
ALL: tuple[Shot, ...] = tuple((play, each) for play in SCENES for each in LANGUAGES)
SHOWN: tuple[Shot, ...] = (
    (brief, "en"),
    (brief, "ur"),
    (picture, "en"),
    (quiz, "ur"),
    (inline, "en"),
)


async def photograph(
    standin: Standin, browser: Browser, shots: Sequence[Shot], folder: Path
) -> None:
    """Each scene in its language, as `chat-SCENE-LANGUAGE.png`."""
    for number, (play, language) in enumerate(shots):
        page = await browser.new_page(viewport=PHONE, color_scheme="light")
        reader = standin.world.add_user(FIRST_READER + number, TITLES[language][0], language)
        await play(Scene(standin, page, reader, language, number))
        await page.wait_for_timeout(2500)  # what is new or edited is lit up for a while
        await page.screenshot(path=folder / f"chat-{play.__name__}-{language}.png")
        await page.close()


async def main(shots: Sequence[Shot], folder: Path) -> None:
    set_up_logs("text", "WARNING")
    stop = asyncio.Event()
    with tempfile.TemporaryDirectory() as data:
        async with Standin() as standin, async_playwright() as playwright:
            settings = FixedSettings(
                token=standin.token,
                api_url=standin.url,
                database_url=f"sqlite:///{data}/pictures.db",
            )
            bot = asyncio.create_task(app.run(settings, stop))
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            try:
                await photograph(standin, browser, shots, folder)
            finally:
                await browser.close()
                stop.set()
                await bot


if __name__ == "__main__":
    os.environ["PTB_TIMEDELTA"] = "1"
    asked_for = (ALL, Path(sys.argv[1])) if sys.argv[1:] else (SHOWN, FOLDER)
    asyncio.run(main(*asked_for))
