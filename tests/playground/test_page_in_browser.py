"""The chat page in a real browser: said, answered, pressed, edited, in both directions."""

import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import ConsoleMessage, Locator, Page, async_playwright, expect
from telegram.ext import Application

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.pages import Pane, Seat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on the PATH (chromium, chromium-browser, google-chrome)"
)


@pytest.fixture
async def open_page(standin: Standin, reader: User, channel: Chat) -> AsyncIterator[Any]:
    """Opens the page in a window of the given size; a fault in its scripts fails the test."""
    moderator = standin.world.add_user(1002, "Moderator")
    second = standin.world.add_user(1003, "Second moderator", language="ur")
    standin.page.layout = (
        Pane("Reader", (Seat(1001, "Reader", 1001),)),
        Pane("Moderators", tuple(Seat(u.id, u.name, u.id) for u in (moderator, second))),
        Pane("Channel", (Seat(channel.id, "Wazahat", 1001),)),
    )
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def note(message: ConsoleMessage) -> None:
            # While the server is down, the browser writes that it cannot reach it.
            if message.type == "error" and "net::ERR_" not in message.text:
                faults.append(message.text)

        async def open_page(size: dict[str, int]) -> Page:
            page = await browser.new_page(viewport=size)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", note)
            await page.goto(standin.url)
            await expect(page.locator("#link")).to_have_text("Live")
            return page

        yield open_page
        await browser.close()
    assert not faults


def pane(page: Page, place: int) -> Locator:
    return page.locator(f"#pane-{place}")


async def type_in(where: Locator, text: str) -> None:
    await where.get_by_role("combobox").fill(text)
    await where.get_by_role("combobox").press("Enter")


async def test_a_conversation(open_page: Any, app: Application) -> None:
    page = await open_page(DESK)
    chat = pane(page, 0)
    await chat.get_by_role("button", name="Start", exact=True).click()
    answer = chat.locator(".message", has_text="Welcome")
    await expect(answer.locator("strong")).to_have_text("Welcome")
    number = await answer.get_attribute("data-id")
    await answer.get_by_role("button", name="More").click()
    edited = chat.locator(f'[data-id="{number}"]')
    await expect(edited.locator("em")).to_have_text("More")
    await expect(edited.locator(".edited")).to_be_visible()
    await expect(edited.locator(".keyboard")).to_have_count(0)
    await expect(page.locator(".toast")).to_have_text("Here is more")
    await type_in(chat, "<b>not markup</b>")
    await expect(chat.locator(".message").last).to_contain_text("You said: <b>not markup</b>")


async def test_urdu_runs_right_to_left(open_page: Any, app: Application) -> None:
    page = await open_page(DESK)
    chat = pane(page, 0)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.locator(".message", has_text="Welcome")).to_be_visible()
    await type_in(chat, "سب کے لیے امن\nand in English")
    mine = chat.locator(".mine", has_text="امن")
    urdu, english = mine.locator(".line").first, mine.locator(".line").last
    direction = "element => getComputedStyle(element).direction"
    assert await urdu.evaluate(direction) == "rtl"
    assert await english.evaluate(direction) == "ltr"
    # The first letter of the Urdu line stands right of its last one, at the bubble's right edge.
    first, last = [await urdu.evaluate(LETTER, at) for at in (0, 12)]
    text = await mine.locator(".text").bounding_box()
    assert text
    assert first["left"] > last["right"]
    assert abs(first["right"] - (text["x"] + text["width"])) < 6
    assert abs((await english.evaluate(LETTER, 0))["left"] - text["x"]) < 6


LETTER = """(element, at) => {
  const range = document.createRange();
  range.setStart(element.firstChild, at);
  range.setEnd(element.firstChild, at + 1);
  const { left, right } = range.getBoundingClientRect();
  return { left, right };
}"""


async def test_the_command_menu_opens_on_a_slash(open_page: Any, app: Application) -> None:
    await app.bot.set_my_commands([("start", "Begin"), ("help", "What I can do")])
    page = await open_page(DESK)
    chat = pane(page, 0)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await chat.get_by_role("combobox").fill("/")
    await expect(chat.get_by_role("option")).to_have_count(2)
    await chat.get_by_role("combobox").press("ArrowDown")
    await chat.get_by_role("combobox").press("Enter")
    await expect(chat.locator(".mine").last).to_contain_text("/help")
    await expect(chat.get_by_role("option")).to_have_count(0)


async def test_rich_text_is_drawn(open_page: Any, app: Application, reader: User) -> None:
    page = await open_page(DESK)
    reader.says("hello")
    chat = pane(page, 0)
    await app.bot.send_message(
        1001,
        'A <a href="https://example.org/x">source</a>, <code>code</code>, '
        "<tg-spoiler>hidden</tg-spoiler>\n<blockquote expandable>"
        + "long words " * 80
        + "</blockquote>",
        parse_mode="HTML",
    )
    link = chat.get_by_role("link", name="source")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(link).to_have_attribute("href", "https://example.org/x")
    await chat.locator(".spoiler").press("Enter")
    await expect(chat.locator(".spoiler.shown")).to_be_visible()
    quote = chat.locator("blockquote")
    low = (await quote.bounding_box() or {})["height"]
    await quote.get_by_role("button", name="Show more").click()
    assert (await quote.bounding_box() or {})["height"] > low * 2


async def test_a_deep_link_in_the_channel_opens_the_readers_chat(
    open_page: Any, app: Application, channel: Chat
) -> None:
    page = await open_page(DESK)
    link = "https://t.me/wazahat_demo_bot?start=b_water"
    await app.bot.send_message(channel.id, f'<a href="{link}">Read on</a>', parse_mode="HTML")
    await pane(page, 2).get_by_role("link", name="Read on").click()
    await expect(pane(page, 0).locator(".mine")).to_contain_text("/start b_water")


async def test_on_a_phone_one_pane_shows_and_tabs_change_it(open_page: Any, reader: User) -> None:
    page = await open_page(PHONE)
    await expect(pane(page, 0)).to_be_visible()
    await expect(pane(page, 1)).to_be_hidden()
    await page.get_by_role("tab", name="Moderators").click()
    await expect(pane(page, 0)).to_be_hidden()
    await pane(page, 1).get_by_role("button", name="Second moderator").click()
    await expect(pane(page, 1).get_by_role("heading")).to_have_text("Second moderator")
    reader.says("hello")
    await expect(page.get_by_role("tab", name="Reader 1")).to_be_visible()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


async def test_the_page_comes_back_after_a_break(
    open_page: Any, standin: Standin, reader: User
) -> None:
    page = await open_page(DESK)
    await standin.go_down()
    await expect(page.locator("#link")).to_have_text("Reconnecting…")
    await standin.come_back()
    reader.says("after the break")
    await expect(pane(page, 0).locator(".message")).to_contain_text("after the break")
