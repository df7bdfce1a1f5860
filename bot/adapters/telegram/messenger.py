"""Sending on Telegram, and the one translation of its errors into ours."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.adapters.telegram.render import keyboard, messages
from bot.adapters.telegram.transport import NeverLeft
from bot.core.errors import DeliveryError, NotSent, Refused, TryLater
from bot.core.people import PersonId
from bot.core.recent import Recent
from bot.core.replies import Block, Reply

T = TypeVar("T")

PATIENCE = timedelta(seconds=30)
"""How long an answer waits when Telegram asks to wait; a post goes back to its queue instead."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


log = logging.getLogger(__name__)

RECENT = 500
Rendered = tuple[tuple[Block, ...], list[str], InlineKeyboardMarkup | None]


def _rendered(reply: Reply) -> Rendered:
    return reply.blocks, messages(reply), keyboard(reply)


def person_of(user_id: int) -> PersonId:
    return f"telegram:{user_id}"


class TelegramMessenger:
    """The `Messenger` of `bot.core.ports` on Telegram."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._rendered = Recent[int, Rendered](RECENT)

    async def send(self, target: str, reply: Reply) -> int:
        chat = target if target.startswith("@") else int(target)
        async with translated():
            return (await self._send(chat, reply)).message_id

    async def tell(self, person: PersonId, reply: Reply) -> bool:
        try:
            await self.answer(int(person.removeprefix("telegram:")), reply)
        except Refused as error:
            log.warning("a moderator cannot be told", extra={"why": str(error)})
        except DeliveryError as error:
            log.warning("a moderator was not told", extra={"why": str(error)})
            return False
        return True

    async def answer(self, chat: int, reply: Reply) -> None:
        """Send what a person waits for; when Telegram asks to wait, do."""
        await patiently(lambda: self._send(chat, reply))

    async def edit(self, message: Message, reply: Reply) -> None:
        """Show the reply in place of a message of ours; what does not fit follows it."""
        _, (first, *more), markup = self._as_telegram_has_it(reply)

        async def edit_first() -> None:
            try:
                await message.edit_text(
                    first,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                    reply_markup=None if more else markup,
                )
            except BadRequest as error:
                if "not modified" not in error.message:
                    raise

        await patiently(edit_first)
        if more:
            await patiently(lambda: self._send_all(message.chat_id, more, markup))

    def _as_telegram_has_it(self, reply: Reply) -> "Rendered":
        if not reply.lasting:
            return _rendered(reply)
        made = self._rendered.get(id(reply.blocks), lambda: _rendered(reply))
        return made if made[0] is reply.blocks else _rendered(reply)

    async def _send(self, chat: int | str, reply: Reply) -> Message:
        _, texts, markup = self._as_telegram_has_it(reply)
        return await self._send_all(chat, texts, markup)

    async def _send_all(
        self, chat: int | str, texts: list[str], markup: InlineKeyboardMarkup | None
    ) -> Message:
        """Returns the first message; the buttons are under the last."""
        sent = [
            await self._bot.send_message(
                chat,
                text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup if number == len(texts) else None,
            )
            for number, text in enumerate(texts, 1)
        ]
        return sent[0]


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """The call's result, after as many waits as Telegram asks for within `PATIENCE`."""
    left = PATIENCE
    while True:
        try:
            async with translated():
                return await call()
        except TryLater as error:
            left -= error.wait
            if left < timedelta():
                raise
            await asyncio.sleep(error.wait.total_seconds())


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """Telegram's errors as ours, told apart by whether the message can have been sent."""
    try:
        yield
    except RetryAfter as error:
        wait = error.retry_after
        raise TryLater(wait if isinstance(wait, timedelta) else timedelta(seconds=wait)) from error
    except (BadRequest, Forbidden, InvalidToken) as error:
        raise Refused(error.message) from error
    except NeverLeft as error:
        raise NotSent(error.message) from error
    except TelegramError as error:
        raise DeliveryError(error.message) from error
