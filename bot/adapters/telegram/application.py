"""The python-telegram-bot application, from its first connection to its orderly end."""

import asyncio
import logging
from collections.abc import Awaitable, Coroutine, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple

from telegram import BotCommand, BotCommandScopeChat, Update
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ApplicationBuilder, BaseUpdateProcessor
from telegram.request import BaseRequest

from bot.adapters.telegram.handlers import App
from bot.core.errors import OutsideError, SettingsError

log = logging.getLogger(__name__)

UPDATES = (
    "message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
    "message_reaction_count",  # told of channels where we are administrator; never who reacted
)
LONGEST_PAUSE = 30.0
MOST_WAITING = 50
"""Updates of one chat that wait for their turn, beyond which more of them are dropped: nobody types
so fast."""


class ByChat(BaseUpdateProcessor):
    """Updates of one chat in their order; those of different chats side by side.

    There is no bound over all chats: most of them would be waiting for Telegram, and no chat is to
    wait for another's wait. Each turn of the event loop begins one of them, so that what Telegram
    answers is read, and the next updates are asked for, between two answers and not after many.
    """

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=1_000_000)
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}
        self._beginning = asyncio.Lock()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        turn, waiting = self._turns.get(chat.id, (asyncio.Lock(), 0))
        if waiting > MOST_WAITING:
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            log.warning("a chat writes faster than it can be answered; some is left out")
            return
        self._turns[chat.id] = turn, waiting + 1
        try:
            async with turn:
                async with self._beginning:
                    await asyncio.sleep(0)
                await coroutine
        finally:
            turn, waiting = self._turns.pop(chat.id)
            if waiting > 1:
                self._turns[chat.id] = turn, waiting - 1

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass


def build_application(token: str, api_url: str, sending: BaseRequest, polling: BaseRequest) -> App:
    """An application that talks to the Bot API at `api_url`; nothing is sent yet."""
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(sending)
        .get_updates_request(polling)
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
        except RetryAfter as error:
            wait = error.retry_after
            pause = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        except (BadRequest, Forbidden) as error:
            raise OutsideError(f"{api_url} refuses this bot: {error.message}") from error
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
    """Show in Telegram's menu what each may use; an empty one gives way to that of everyone."""
    for menu in menus:
        scope = BotCommandScopeChat(menu.chat) if menu.chat else None
        shown = [BotCommand(*each) for each in menu.commands.items()]
        try:
            if shown:
                await app.bot.set_my_commands(shown, scope=scope, language_code=menu.language)
            else:
                await app.bot.delete_my_commands(scope=scope, language_code=menu.language)
        except TelegramError as error:  # such as a moderator who never started the bot
            log.info("a menu was not shown", extra={"why": error.message})


async def poll_until(
    app: App, stop: asyncio.Event, beside: Iterable[Coroutine[Any, Any, None]]
) -> None:
    """Take updates by long polling until `stop`, then finish what is in hand and confirm it."""
    assert app.updater is not None  # noqa: S101  # the builder made one
    await app.start()
    tasks = [asyncio.create_task(_logged(each)) for each in beside]
    try:
        await app.updater.start_polling(
            allowed_updates=UPDATES,
            bootstrap_retries=-1,
        )
        await stop.wait()
    finally:
        for task in tasks:
            task.cancel()
        if app.updater.running:
            await app.updater.stop()
        await app.stop()


async def _logged(beside: Coroutine[Any, Any, None]) -> None:
    try:
        await beside
    except Exception:
        log.exception("a task beside the polling ended")
