"""The chat page in a real browser: said, answered, pressed, edited, in both directions."""

import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import ConsoleMessage, Locator, Page, async_playwright, expect
from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import PollType
from telegram.ext import Application, ContextTypes, InlineQueryHandler

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.pages import Pane, Seat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.playground.images import png

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


async def test_a_picture_is_shown_with_its_caption(
    open_page: Any, app: Application, reader: User
) -> None:
    page = await open_page(PHONE)
    reader.says("hello")
    await app.bot.send_photo(1001, png(1200, 600), caption="<b>سب</b> کے لیے", parse_mode="HTML")
    shown = pane(page, 0).locator(".message", has=page.locator("img"))
    image = shown.get_by_role("img", name="سب کے لیے")
    await expect(image).to_be_visible()
    await image.evaluate("image => image.decode()")
    assert await image.evaluate("image => image.naturalWidth") == 1200
    await expect(shown.locator("strong")).to_have_text("سب")
    assert await shown.locator(".line").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


async def test_a_quiz_is_answered_by_a_click(
    open_page: Any, app: Application, reader: User
) -> None:
    page = await open_page(PHONE)
    reader.says("hello")
    quiz = {"type": PollType.QUIZ, "correct_option_ids": [1], "explanation": "As reported [1]"}
    asked = await app.bot.send_poll(1001, "Who claimed it?", ["Nobody", "A group"], **quiz)
    poll = pane(page, 0).locator(".poll")
    await expect(poll.get_by_text("As reported")).to_have_count(0)
    await poll.get_by_role("button", name="Nobody").click()
    await expect(poll.locator(".verdict")).to_have_text("That is not right.")
    await expect(poll.locator(".option.wrong")).to_contain_text("Nobody")
    await expect(poll.locator(".option.right")).to_contain_text("A group")
    await expect(poll.locator(".why")).to_have_text("As reported [1]")
    message = reader.private_chat.history[asked.message_id]
    assert message["poll"]["total_voter_count"] == 1


async def on_inline(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Two results a page, two pages, and a button to the chat with the bot."""
    assert update.inline_query
    words, first = update.inline_query.query, int(update.inline_query.offset or 0)
    results = [
        InlineQueryResultArticle(
            f"{place}", f"{words} {place}", InputTextMessageContent(f"Brief {place} of {words}")
        )
        for place in range(first, first + 2)
    ]
    button = InlineQueryResultsButton("Ask in private", start_parameter="from-inline")
    await update.inline_query.answer(
        results, cache_time=0, next_offset="" if first else "2", button=None if first else button
    )


@pytest.fixture
async def offers(open_page: Any, app: Application, reader: User) -> Locator:
    """The reader's chat with an inline query typed and its first results on the list."""
    app.add_handler(InlineQueryHandler(on_inline))
    reader.says("hello")
    chat = pane(await open_page(PHONE), 0)
    await chat.get_by_role("combobox").fill("@wazahat_demo_bot سہون")
    await expect(chat.get_by_role("option")).to_have_text(
        ["Ask in privateopens the chat with the bot", "سہون 0", "سہون 1", "More results"]
    )
    return chat


async def test_an_inline_result_is_chosen_from_the_list(offers: Locator) -> None:
    await offers.get_by_role("combobox").press("ArrowDown")
    await offers.get_by_role("combobox").press("Enter")
    sent = offers.locator(".mine", has_text="Brief 1 of سہون")
    await expect(sent.locator(".via")).to_have_text("via @wazahat_demo_bot")
    await expect(offers.get_by_role("option")).to_have_count(0)
    await expect(offers.get_by_role("combobox")).to_have_value("")


async def test_further_inline_results_come_below_the_first(offers: Locator) -> None:
    await offers.get_by_text("More results").click()
    await expect(offers.get_by_role("option")).to_have_text(
        [
            "Ask in privateopens the chat with the bot",
            "سہون 0",
            "سہون 1",
            "سہون 2",
            "سہون 3",
        ]
    )
    await offers.get_by_text("سہون 3").click()
    await expect(offers.locator(".mine", has_text="Brief 3")).to_be_visible()


async def test_the_button_above_the_results_starts_the_chat(offers: Locator) -> None:
    await offers.get_by_text("Ask in private").click()
    await expect(offers.locator(".mine").last).to_contain_text("/start from-inline")


async def test_a_button_puts_words_after_the_bots_name(
    open_page: Any, app: Application, reader: User
) -> None:
    reader.says("hello")
    share = InlineKeyboardButton("Share", switch_inline_query="aps-2014")
    await app.bot.send_message(1001, "A brief", reply_markup=InlineKeyboardMarkup([[share]]))
    chat = pane(await open_page(PHONE), 0)
    await chat.get_by_role("button", name="Share").click()
    await expect(chat.get_by_role("combobox")).to_have_value("@wazahat_demo_bot aps-2014")


async def test_a_file_is_sent_with_its_words(
    open_page: Any, standin: Standin, reader: User
) -> None:
    reader.says("hello")
    page = await open_page(PHONE)
    chat = pane(page, 0)
    await chat.get_by_role("combobox").fill("A change")
    async with page.expect_file_chooser() as chooser:
        await chat.get_by_role("button", name="Attach a file").click()
    file = {"name": "حملہ.yaml", "mimeType": "text/yaml", "buffer": b"id: x\n"}
    await (await chooser.value).set_files(file)
    sent = chat.locator(".mine", has_text="A change")
    await expect(sent.get_by_role("link", name="حملہ.yaml")).to_contain_text("6 bytes")
    message = standin.world.updates[-1]["message"]
    kept = standin.world.files.get(message["document"]["file_id"])
    assert kept
    assert (kept.raw, message["document"]["file_name"]) == (b"id: x\n", "حملہ.yaml")


async def test_a_forced_reply_opens_the_box_for_it(
    open_page: Any, app: Application, standin: Standin, reader: User
) -> None:
    page = await open_page(PHONE)
    reader.says("hello")
    asks = ForceReply(input_field_placeholder="What is wrong")
    asked = await app.bot.send_message(1001, "Tell me what is wrong", reply_markup=asks)
    chat = pane(page, 0)
    await expect(chat.locator(".answering")).to_contain_text("Tell me what is wrong")
    await expect(chat.get_by_placeholder("What is wrong")).to_be_visible()
    await type_in(chat, "The date")
    await expect(chat.locator(".mine .reply")).to_contain_text("Tell me what is wrong")
    await expect(chat.locator(".answering")).to_be_hidden()
    replies = [m for m in reader.private_chat.messages if "reply_to_message" in m]
    assert replies[0]["reply_to_message"]["message_id"] == asked.message_id


async def test_a_message_is_answered_and_the_answer_called_off(
    open_page: Any, app: Application, reader: User
) -> None:
    reader.says("hello")
    await app.bot.send_message(1001, "A brief")
    page = await open_page(DESK)
    chat = pane(page, 0)
    brief = chat.locator(".message", has_text="A brief")
    await brief.hover()
    await brief.get_by_role("button", name="Reply").click()
    await expect(chat.locator(".answering")).to_contain_text("A brief")
    await chat.get_by_role("combobox").press("Escape")
    await expect(chat.locator(".answering")).to_be_hidden()


async def test_the_language_of_telegram_can_be_changed(open_page: Any, reader: User) -> None:
    reader.says("hello")
    page = await open_page(PHONE)
    await pane(page, 0).get_by_role("button", name="change to اردو").click()
    await expect(pane(page, 0).get_by_role("button", name="change to English")).to_be_visible()
    assert reader.json()["language_code"] == "ur"
