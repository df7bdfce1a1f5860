"""From an update to a request and from a reply to a message: translate, nothing more."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.adapters.telegram.messenger import TelegramMessenger, patiently, person_of
from bot.commands.desk import Desk
from bot.commands.table import press, receive, respond
from bot.core.errors import DeliveryError, Refused
from bot.core.people import Role
from bot.core.records import Language
from bot.core.replies import Document, Reply, Request, plain

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE

log = logging.getLogger(__name__)

LARGEST_FILE = 512 * 1024
"""Bytes of a document that are fetched at all."""


class Handlers:
    """What the bot does with updates. `desk` is asked anew for each one.

    `rescheduled` is called when something may be due sooner than before.
    """

    def __init__(
        self,
        desk: Callable[[], Desk],
        languages: tuple[Language, ...],
        messenger: TelegramMessenger,
        rescheduled: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._languages = languages
        self._messenger = messenger
        self._rescheduled = rescheduled

    def add_to(self, app: App) -> None:
        typed = filters.TEXT & filters.UpdateType.MESSAGE
        app.add_handler(
            MessageHandler(typed & (filters.ChatType.PRIVATE | filters.COMMAND), self.on_text)
        )
        app.add_handler(
            MessageHandler(filters.Document.ALL & filters.ChatType.PRIVATE, self.on_document)
        )
        app.add_handler(CallbackQueryHandler(self.on_button))
        app.add_error_handler(self.on_error)

    async def on_text(self, update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None or message.text is None or not self._is_for_us(message, context):
            return
        request = Request(
            text=message.text,
            person=_person(message),
            language=self._language(update),
            origin=f"telegram:{message.chat_id}:{message.message_id}",
            private=message.chat.type == ChatType.PRIVATE,
            addressed=f"@{context.bot.username}".lower() in message.text.lower(),
        )
        reply = await asyncio.to_thread(respond, request, self._desk())
        await self._carry_out(reply, lambda: self._messenger.answer(message.chat_id, reply))

    async def on_document(self, update: Update, _: Context) -> None:
        message = update.effective_message
        if message is None or message.document is None:
            return
        sent, language, desk = message.document, self._language(update), self._desk()
        person = _person(message)
        if desk.role_of(person) < Role.ADMIN:  # whose files are not even fetched
            reply = plain(desk.say(language, "document.refused"))
        elif (sent.file_size or 0) > LARGEST_FILE:
            reply = plain(desk.say(language, "edit.large", limit=LARGEST_FILE // 1024))
        else:
            file = await sent.get_file()
            raw = bytes(await file.download_as_bytearray())
            document = Document(sent.file_name or "", raw)
            request = Request(message.caption or "", person, language, document=document)
            reply = await asyncio.to_thread(receive, request, desk)
        await self._messenger.answer(message.chat_id, reply)

    async def on_button(self, update: Update, _: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        message = query.message
        request = Request(
            text=query.data or "",
            person=person_of(query.from_user.id),
            language=self._language(update),
            private=message is not None and message.chat.type == ChatType.PRIVATE,
        )
        reply = await asyncio.to_thread(press, request, self._desk())

        async def show() -> None:
            try:
                await patiently(query.answer)
            except DeliveryError:
                log.info("button press was too old to be acknowledged")
            if isinstance(message, Message):
                await self._messenger.edit(message, reply)
            elif message is not None:
                await self._messenger.answer(message.chat.id, reply)

        await self._carry_out(reply, show)

    async def on_error(self, update: object, context: Context) -> None:
        """Log what went wrong under a reference, and tell the reader the reference and no more."""
        if isinstance(context.error, Refused):
            log.info("an answer was refused", extra={"why": str(context.error)})
            return
        reference = secrets.token_hex(3)
        log.error("update failed", exc_info=context.error, extra={"ref": reference})
        if isinstance(update, Update) and update.effective_chat is not None:
            say = self._desk().say
            told = plain(say(self._language(update), "broken", ref=reference))
            try:
                await self._messenger.answer(update.effective_chat.id, told)
            except DeliveryError:
                log.warning("could not tell about the failure", extra={"ref": reference})

    async def _carry_out(self, reply: Reply, show: Callable[[], Awaitable[None]]) -> None:
        """Show the reply and do what it entails, which does not hang on whether showing works."""
        if reply.reschedules:
            self._rescheduled()
        try:
            if reply.blocks:
                await show()
        finally:
            for person, notice in reply.notices:
                await self._messenger.tell(person, notice)

    def _language(self, update: Update) -> Language:
        """The person's own in Telegram, if it is one of ours, else the first of the settings."""
        user = update.effective_user
        code = (user.language_code or "").split("-")[0] if user else ""
        return next((each for each in self._languages if each == code), self._languages[0])

    def _is_for_us(self, message: Message, context: Context) -> bool:
        """In groups a command may name another bot: `/help@other_bot`."""
        command = (message.text or "").split(maxsplit=1)[0]
        name = command.partition("@")[2].lower()
        return not command.startswith("/") or name in {"", context.bot.username.lower()}


def _person(message: Message) -> str | None:
    """Who wrote it, where Telegram vouches for a person: not a channel, not an anonymous admin."""
    if message.sender_chat is not None or message.from_user is None:
        return None
    return person_of(message.from_user.id)
