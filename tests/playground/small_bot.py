"""A bot of four answers on the real python-telegram-bot, to have something that reacts."""

from collections.abc import AsyncIterator

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.adapters.playground.server import Standin

Context = ContextTypes.DEFAULT_TYPE


async def on_start(update: Update, context: Context) -> None:
    assert update.message
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
    await update.message.reply_html("<b>Welcome</b>", reply_markup=keyboard)


async def on_text(update: Update, context: Context) -> None:
    assert update.effective_message
    await update.effective_message.reply_text(f"You said: {update.effective_message.text}")


async def on_press(update: Update, context: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("Here is more")
    await update.callback_query.edit_message_text("<i>More</i>", parse_mode=ParseMode.HTML)


@pytest.fixture
async def app(standin: Standin) -> AsyncIterator[Application]:
    builder = ApplicationBuilder().token(standin.token).job_queue(None)
    builder.base_url(f"{standin.url}/bot").base_file_url(f"{standin.url}/file/bot")
    app = builder.build()
    app.add_handler(CommandHandler("start", on_start))
    app.add_handler(CallbackQueryHandler(on_press))
    app.add_handler(MessageHandler(filters.TEXT, on_text))
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(timeout=5)
        yield app
        await app.updater.stop()
        await app.stop()
