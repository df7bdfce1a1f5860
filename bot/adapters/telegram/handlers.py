"""From an update to a request and from a reply to a message: translate, nothing more."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

from bot.adapters.telegram.chats import is_administrator, seen, topic_of
from bot.adapters.telegram.failures import patiently
from bot.adapters.telegram.messenger import TelegramMessenger, person_of
from bot.adapters.telegram.requests import language_of, manages, person, pressed, request_of
from bot.commands.channels import place_changed, topic_named
from bot.commands.desk import Desk
from bot.commands.inline import offers, shared
from bot.commands.results import reacted
from bot.commands.table import for_managers, is_quick, press, receive, respond
from bot.core.allowance import Allowance
from bot.core.errors import DeliveryError, Refused
from bot.core.people import PersonId, Role
from bot.core.recent import Recent
from bot.core.records import Language
from bot.core.replies import Document, Reply, Request, plain

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE

log = logging.getLogger(__name__)

TOPICS = filters.StatusUpdate.FORUM_TOPIC_CREATED | filters.StatusUpdate.FORUM_TOPIC_EDITED
MEDIA = (
    filters.PHOTO
    | filters.VIDEO
    | filters.ANIMATION
    | filters.VIDEO_NOTE
    | filters.VOICE
    | filters.AUDIO
    | filters.Sticker.ALL
)
RENEW = "inline "
"""The one thing that a button under an inline message does."""

ALBUMS = 200
"""Albums whose first picture was answered, and the others need not be."""

LARGEST_FILE = 512 * 1024
"""Bytes of a document that are fetched at all."""

MOST_IN_CHAT, MOST_TYPED, FLOOD_SPAN = 300, 300, timedelta(seconds=10)
"""Messages and presses of one chat, and steps of one person's typing in inline mode: more than any
person's thumbs do, and little beside what can be answered."""


class Handlers:
    """What the bot does with updates. `desk` is asked anew for each one.

    `rescheduled` is called when something may be due sooner than before, `show_menus` with people
    whose menu may be another one.
    """

    def __init__(
        self,
        desk: Callable[[], Desk],
        languages: tuple[Language, ...],
        messenger: TelegramMessenger,
        rescheduled: Callable[[], None],
        show_menus: Callable[[Iterable[PersonId]], Awaitable[None]],
    ) -> None:
        self._desk = desk
        self._languages = languages
        self._messenger = messenger
        self._rescheduled = rescheduled
        self._show_menus = show_menus
        self._in_chat = Allowance(MOST_IN_CHAT, FLOOD_SPAN)
        self._typed = Allowance(MOST_TYPED, FLOOD_SPAN)
        self._albums = Recent[str, bool](ALBUMS)

    def add_to(self, app: App) -> None:
        shown = MEDIA & filters.ChatType.PRIVATE
        typed = (filters.TEXT | shown) & filters.UpdateType.MESSAGE
        sent = filters.Document.ALL & filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        app.add_handler(MessageHandler(typed, self.on_text))
        app.add_handler(CallbackQueryHandler(self.on_button))
        app.add_handler(InlineQueryHandler(self.on_inline))
        app.add_handler(ChosenInlineResultHandler(self.on_chosen))
        app.add_handler(MessageHandler(sent, self.on_document))
        app.add_handler(ChatMemberHandler(self.on_place, ChatMemberHandler.MY_CHAT_MEMBER))
        app.add_handler(MessageHandler(TOPICS, self.on_topic))
        app.add_handler(
            MessageReactionHandler(
                self.on_reactions,
                message_reaction_types=MessageReactionHandler.MESSAGE_REACTION_COUNT_UPDATED,
            )
        )
        app.add_error_handler(self.on_error)

    async def on_text(self, update: Update, context: Context) -> None:
        message = update.message
        if message is None:
            return
        request = request_of(message, self._language(update), context.bot)
        if request is None or await self._floods(message, request) or self._is_more_of(message):
            return
        if request.chat and for_managers(request.text):
            request = replace(request, manages=await manages(message))
        reply = await self._answer(respond, request)
        under = message.message_id if request.chat or reply.under else None
        await self._carry_out(reply, lambda: self._messenger.answer(message.chat_id, reply, under))

    async def on_document(self, update: Update, _: Context) -> None:
        message = update.message
        if message is None or message.document is None:
            return
        sent, language, desk = message.document, self._language(update), self._desk()
        if await self._floods(message, Request("", language=language)):
            return
        role = await asyncio.to_thread(desk.role_now, person(message))
        if role >= Role.MODERATOR and (sent.mime_type or "").startswith(("image/", "video/")):
            reply = plain(desk.say(language, "composer.misfit.file"))
        elif role < Role.ADMIN:  # whose files are not even fetched
            reply = plain(desk.say(language, "document.refused"))
        elif (sent.file_size or 0) > LARGEST_FILE:
            reply = plain(desk.say(language, "edit.large", limit=LARGEST_FILE // 1024))
        else:
            file = await sent.get_file()
            raw = bytes(await file.download_as_bytearray())
            document = Document(sent.file_name or "", raw)
            request = Request(message.caption or "", person(message), language, document=document)
            reply = await asyncio.to_thread(receive, request, desk)
        await self._messenger.answer(message.chat_id, reply)

    async def on_button(self, update: Update, _: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        chat = update.effective_chat or query.from_user
        if self._in_chat.take(str(chat.id), self._desk().clock()):
            return
        request = pressed(query, self._language(update))
        if query.inline_message_id is not None and not request.text.startswith(RENEW):
            return  # forged: the card of one person is not for another to fill
        reply = await self._answer(press, request)
        try:
            await patiently(query.answer)
        except DeliveryError:
            log.info("button press was too old to be acknowledged")

        async def show() -> None:
            if query.inline_message_id is not None:
                await self._messenger.edit_inline(query.inline_message_id, reply)
            elif isinstance(query.message, Message):
                await self._messenger.edit(query.message, reply)
            elif query.message is not None:
                await self._messenger.answer(query.message.chat.id, reply)

        await self._carry_out(reply, show)

    async def on_inline(self, update: Update, _: Context) -> None:
        query = update.inline_query
        if query is None:
            return
        desk = self._desk()
        person = person_of(query.from_user.id)
        if self._typed.take(person, desk.clock()):
            return
        asked = Request(query.query, person, self._language(update), private=False)
        found = offers(asked, desk)
        await self._messenger.offer(query, found, desk.say(asked.language, "inline.private"))

    async def on_chosen(self, update: Update, _: Context) -> None:
        chosen = update.chosen_inline_result
        if chosen is None or chosen.inline_message_id is None:
            return
        sent_in, person = self._language(update), person_of(chosen.from_user.id)
        card, record = chosen.inline_message_id, chosen.result_id
        await asyncio.to_thread(shared, card, record, sent_in, person, self._desk())

    async def on_place(self, update: Update, _: Context) -> None:
        """Our place in a channel or group has changed."""
        changed = update.my_chat_member
        if changed is None or changed.chat.type == ChatType.PRIVATE:
            return
        look = seen(changed.chat, changed.new_chat_member)
        reply = await asyncio.to_thread(
            place_changed,
            look,
            person_of(changed.from_user.id),
            self._desk(),
            administrator=is_administrator(changed.new_chat_member),
        )
        for moderator, notice in reply.notices:
            await self._messenger.tell(moderator, notice)

    async def on_topic(self, update: Update, _: Context) -> None:
        topic = topic_of(update.message) if update.message else None
        if topic is not None:
            await asyncio.to_thread(topic_named, topic, self._desk())

    async def on_reactions(self, update: Update, _: Context) -> None:
        """How many reactions a message of a channel has; told once, and minutes late."""
        counted = update.message_reaction_count
        if counted is not None:
            total = sum(each.total_count for each in counted.reactions)
            message = (counted.chat.id, counted.message_id)
            await asyncio.to_thread(reacted, *message, total, counted.date, self._desk())

    async def _floods(self, message: Message, request: Request) -> bool:
        """Whether more comes from a chat than is answered; it is said once, and then nothing."""
        desk = self._desk()
        refused = self._in_chat.take(str(message.chat_id), desk.clock())
        if refused == 1 and not desk.choices.is_silent(request.chat):
            told = plain(desk.say(request.language, "flood", seconds=FLOOD_SPAN.seconds))
            await self._messenger.answer(message.chat_id, told)
        return refused > 0

    def _is_more_of(self, message: Message) -> bool:
        """Whether it belongs to an album that was answered: each picture comes as a message."""
        album = message.media_group_id
        if album is None:
            return False
        was_answered = self._albums.find(album) is not None
        self._albums.put(album, True)
        return was_answered

    async def _answer(self, how: Callable[[Request, Desk], Reply], request: Request) -> Reply:
        """The reply; what comes from memory alone is quicker made here than handed to a thread."""
        desk = self._desk()
        if is_quick(request.text, typed=how is respond) and not request.photo:
            return how(request, desk)
        reply = await asyncio.to_thread(how, request, desk)
        if errand := reply.errand:
            is_told = await self._messenger.tell(errand.person, errand.told)
            reply = await asyncio.to_thread(errand.end, is_told)
        return reply

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
            if reply.blocks or reply.picture or reply.poll or reply.document:
                await show()
        finally:
            for person, notice in reply.notices:
                await self._messenger.tell(person, notice)
            await self._show_menus(reply.menus_of)

    def _language(self, update: Update) -> Language:
        """The language that the person chose, or has in Telegram."""
        user = update.effective_user
        person = person_of(user.id) if user else None
        return self._desk().language_of(person, language_of(user, self._languages))
