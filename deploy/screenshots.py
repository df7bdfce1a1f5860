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
from datetime import UTC, datetime, timedelta
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
READER, MODERATOR, COLLEAGUE = 1001, 2001, 2002
GROUP, CHANNEL = -1002000000001, -1001000000001
TITLES = {"en": ("Reader", "Neighbours"), "ur": ("قاری", "محلے دار")}
STAFF = {"en": ("Moderator", "Awareness channel"), "ur": ("ماڈریٹر", "آگہی چینل")}
LANGUAGES: tuple[Language, ...] = ("en", "ur")
WORDS = {"en": "safoora goth bus", "ur": "صفورا گوٹھ بس"}
CAMPAIGN = {
    "en": ("Ask Without Fear", "Start it", "First day", "›", "1", "Languages", "English"),
    "ur": ("بے خوف بات کرو", "شروع کیجیے", "پہلا دن", "›", "1", "زبانیں", "اردو"),
}
TARGET = {"en": ("Where to", "Awareness channel"), "ur": ("کہاں", "آگہی چینل")}
LAID_OUT = {"en": ("‹ Campaign 1", "Day by day"), "ur": ("‹ مہم 1", "دن بہ دن ترتیب")}
SUBMITTED = {
    "en": ("Write the posts", "Submit all for review"),
    "ur": ("پوسٹیں لکھیے", "سب جائزے کے لیے بھیجیے"),
}
REVIEW = {"en": "Review", "ur": "جائزہ لیجیے"}
FOUND = {"en": ("Text", "Find a record"), "ur": ("متن", "ریکارڈ ڈھونڈیے")}
SETTLED = {
    "en": ("‹ The draft", "When", "Choose a day", "›", "12", "18:00", "Picture", "Fact card"),
    "ur": ("‹ مسودہ", "کب", "دن چنیے", "›", "12", "18:00", "تصویر", "حقائق کا کارڈ"),
}


@dataclass
class Scene:
    """A person on a page of their own, alone with the bot or in a group."""

    standin: Standin
    page: Page
    person: User
    language: Language

    async def open(self, *, in_group: bool = False) -> None:
        chat, shown = self.person.private_chat, self.person.name
        if in_group:
            shown = TITLES[self.language][1]
            chat = self.standin.world.add_group(GROUP, shown)
            chat.add(self.person)
        self.chat = chat
        self.standin.page.layout = (Pane(shown, (Seat(chat.id, shown, self.person.id),)),)
        await self.page.goto(self.standin.url)

    async def says(self, text: str, *, answers: bool = False) -> None:
        chat = None if self.chat.is_private else self.chat
        self.person.says(text, chat, reply_to=self.chat.last if answers else None)
        await self.standin.wait_for(self.chat, timeout=PATIENCE)

    async def presses(self, *buttons: str) -> None:
        for each in buttons:
            self.person.presses(self.chat.last, each)
            await self.standin.wait_for(self.chat, timeout=PATIENCE)

    async def image(self) -> None:
        """Wait for the picture of a message, and look at it."""
        image = self.page.locator(".message img").last
        await image.evaluate("image => image.decode()")
        await image.scroll_into_view_if_needed()


async def brief(scene: Scene) -> None:
    await scene.open()
    await scene.says(f"/attack {BRIEF}")


async def toll(scene: Scene) -> None:
    await brief(scene)
    await scene.presses(f"card {BRIEF} toll")


async def picture(scene: Scene) -> None:
    await scene.open()
    await scene.says(f"/picture {BRIEF}")
    await scene.image()


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


async def campaign(scene: Scene) -> None:
    await work(scene)
    await scene.says("/campaigns")
    await scene.presses(*CAMPAIGN[scene.language], *TARGET[scene.language])
    await scene.presses(*LAID_OUT[scene.language])


async def composer(scene: Scene) -> None:
    await work(scene)
    await scene.says("/compose")
    await scene.presses(*FOUND[scene.language])
    await scene.says(BRIEF, answers=True)
    title = scene.chat.last.labels[0]
    await scene.presses(title, *TARGET[scene.language], *SETTLED[scene.language])


async def review(scene: Scene) -> None:
    """A colleague asks for the review, and the person looks at what would go out."""
    person = scene.person
    scene.person = scene.standin.world.add_user(COLLEAGUE, person.name, scene.language)
    await campaign(scene)
    await scene.presses(*SUBMITTED[scene.language])
    scene.person = person
    await scene.open()
    await scene.says("/campaign 1")
    await scene.presses(REVIEW[scene.language])


async def month(scene: Scene) -> None:
    await campaign(scene)
    await scene.presses(*SUBMITTED[scene.language])
    following = datetime.now(UTC).replace(day=1) + timedelta(days=31)
    await scene.says(f"/calendar {following:%Y-%m}")
    await scene.image()


async def work(scene: Scene) -> None:
    """A moderator's chat, and a channel that posts can go to."""
    title = STAFF[scene.language][1]
    scene.standin.world.add_channel(CHANNEL, "wazahat_demo", title=title)
    await scene.open()
    await scene.says("/channels enable @wazahat_demo")


Shot = tuple[Callable[[Scene], Awaitable[None]], Language]
SCENES = (brief, toll, picture, quiz, inline, group, campaign, composer, review, month)
OF_STAFF = (campaign, composer, review, month)
ALL: tuple[Shot, ...] = tuple((play, each) for play in SCENES for each in LANGUAGES)
SHOWN: tuple[Shot, ...] = (
    (brief, "en"),
    (brief, "ur"),
    (picture, "en"),
    (quiz, "ur"),
    (inline, "en"),
    (campaign, "en"),
    (composer, "en"),
    (review, "ur"),
    (month, "en"),
    (campaign, "ur"),
)


async def photograph(browser: Browser, shot: Shot, folder: Path) -> None:
    """A scene in its language, as `chat-SCENE-LANGUAGE.png`; a bot of its own plays it."""
    play, language = shot
    is_staff, stop = play in OF_STAFF, asyncio.Event()
    with tempfile.TemporaryDirectory() as data:
        async with Standin() as standin:
            settings = FixedSettings(
                token=standin.token,
                api_url=standin.url,
                database_url=f"sqlite:///{data}/pictures.db",
                owners=(MODERATOR, COLLEAGUE),
            )
            bot = asyncio.create_task(app.run(settings, stop))
            page = await browser.new_page(viewport=PHONE, color_scheme="light")
            name = (STAFF if is_staff else TITLES)[language][0]
            person = standin.world.add_user(MODERATOR if is_staff else READER, name, language)
            try:
                await play(Scene(standin, page, person, language))
                await page.wait_for_timeout(2500)  # what is new or edited is lit up for a while
                await page.screenshot(path=folder / f"chat-{play.__name__}-{language}.png")
            finally:
                await page.close()
                stop.set()
                await bot


async def main(shots: Sequence[Shot], folder: Path) -> None:
    set_up_logs("text", "WARNING")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for shot in shots:
            await photograph(browser, shot, folder)
        await browser.close()


if __name__ == "__main__":
    os.environ["PTB_TIMEDELTA"] = "1"
    asked_for = (ALL, Path(sys.argv[1])) if sys.argv[1:] else (SHOWN, FOLDER)
    asyncio.run(main(*asked_for))
