"""The python-telegram-bot application, from its first connection to its orderly end."""

import asyncio
import logging
from collections.abc import Awaitable, Coroutine, Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from telegram import BotCommand, BotCommandScopeChat, Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import ApplicationBuilder, BaseUpdateProcessor

from bot.adapters.telegram.handlers import App
from bot.adapters.telegram.transport import PollingRequest, SendingRequest
from bot.core.errors import SettingsError

log = logging.getLogger(__name__)

LONGEST_PAUSE = 30.0
IN_FLIGHT = 64


class ByChat(BaseUpdateProcessor):
    """Updates of one chat in their order; those of different chats side by side."""

    def __init__(self) -> None:
        super().__init__(IN_FLIGHT)
        self._last: dict[int, asyncio.Event] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        before, done = self._last.get(chat.id), asyncio.Event()
        self._last[chat.id] = done
        try:
            if before is not None:
                await before.wait()
            await coroutine
        finally:
            done.set()
            if self._last[chat.id] is done:
                del self._last[chat.id]

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass


def build_application(token: str, api_url: str) -> App:
    """An application that talks to the Bot API at `api_url`; nothing is sent yet."""
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(SendingRequest())
        .get_updates_request(PollingRequest())
        .job_queue(None)
        .concurrent_updates(ByChat())
        .build()
    )


async def connect(app: App, api_url: str, stop: asyncio.Event) -> bool:
    """Initialize `app`, waiting for a Bot API out of reach; False if `stop` came first.

    Raises `SettingsError` for a token that Telegram does not know.
    """
    pause = 1.0
    while not stop.is_set():
        try:
            await app.initialize()
            return True
        except InvalidToken as error:
            raise SettingsError(
                f"WAZAHAT_TOKEN: {api_url} does not know this token; take it anew from BotFather"
            ) from error
        except NetworkError as error:
            log.warning(
                "Bot API not reachable, trying again",
                extra={"at": api_url, "why": error.message, "seconds": pause},
            )
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    return False


class Menu(NamedTuple):
    """Commands and what they are for, shown in one chat or everywhere, in one language or all."""

    commands: dict[str, str]
    chat: int | None
    language: str | None


async def publish_menus(app: App, menus: Iterable[Menu]) -> None:
    """Show in Telegram's menu what each may use."""
    for menu in menus:
        scope = BotCommandScopeChat(menu.chat) if menu.chat else None
        shown = [BotCommand(*each) for each in menu.commands.items()]
        # A moderator who never started the bot has no chat yet; the menu follows at the next start.
        with suppress(TelegramError):
            await app.bot.set_my_commands(shown, scope=scope, language_code=menu.language)


async def poll_until(
    app: App, stop: asyncio.Event, beside: Iterable[Coroutine[Any, Any, None]]
) -> None:
    """Take updates by long polling until `stop`, then finish what is in hand and confirm it."""
    assert app.updater is not None  # noqa: S101  # the builder made one
    await app.start()
    tasks = [asyncio.create_task(each) for each in beside]
    try:
        await app.updater.start_polling(
            allowed_updates=["message", "callback_query"], bootstrap_retries=-1
        )
        await stop.wait()
    finally:
        for task in tasks:
            task.cancel()
        if app.updater.running:
            await app.updater.stop()
        await app.stop()
