"""Sending on Telegram: replies as messages, pictures, quiz polls and inline results."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

from telegram import (
    Bot,
    ForceReply,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputMediaPhoto,
    InputPollOption,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode, PollType
from telegram.error import BadRequest, RetryAfter

from bot.adapters.telegram.chats import look
from bot.adapters.telegram.failures import patiently, span_of, translated
from bot.adapters.telegram.pace import Chat, Pace
from bot.adapters.telegram.render import asking, caption, keyboard, messages
from bot.adapters.telegram.transport import SendingRequest
from bot.adapters.telegram.uploads import Uploads
from bot.core.channels import Address, Look, address_of
from bot.core.drawings import Drawing
from bot.core.errors import BotError, DeliveryError, Refused
from bot.core.people import PersonId
from bot.core.recent import Recent
from bot.core.replies import Block, Document, Offer, Photo, Poll, Reply

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
FORMAT = {"parse_mode": ParseMode.HTML.value, "link_preview_options": NO_PREVIEW.to_dict()}
WITH_PREVIEW = {"parse_mode": ParseMode.HTML.value}

INLINE_CACHE = 30
"""Seconds that Telegram may show the same results again: a correction must not wait longer."""

PHOTO_GONE = (
    "Telegram no longer has its picture; use the post as a template and send the picture anew"
)

RECENT = 500
Rendered = tuple[tuple[Block, ...], list[bytes]]
"""The blocks of a reply, and its messages as JSON objects that lack only where they go."""

T = TypeVar("T")

log = logging.getLogger(__name__)


def person_of(user_id: int) -> PersonId:
    return f"telegram:{user_id}"


class To(NamedTuple):
    """Where a message goes: into a topic, or under another message; a `post` lets answers pass."""

    chat: int | str
    thread: int | None = None
    under: int | None = None
    post: bool = False


class TelegramMessenger:
    """The `Messenger` and the `Chats` of `bot.core.ports` on Telegram, at the pace given."""

    def __init__(self, bot: Bot, uploads: Uploads, pace: Pace) -> None:
        self._bot = bot
        self._uploads = uploads
        self._pace = pace
        self._rendered = Recent[int, Rendered](RECENT)

    async def send(self, target: str, reply: Reply, under: int | None = None) -> int:
        address = _address(target)
        async with translated():
            return await self._send(To(address.chat, address.thread, under, post=True), reply)

    async def amend(self, target: str, message_id: int, reply: Reply) -> None:
        chat = _address(target).chat
        async with translated():
            await self._amend(chat, reply, {"chat_id": chat, "message_id": message_id})

    async def amend_inline(self, inline_id: str, reply: Reply) -> None:
        """Telegram names no chat here: the card has a pace of its own."""
        async with translated():
            await self._amend(inline_id, reply, {"inline_message_id": inline_id})

    async def look(self, address: Address) -> Look | None:
        return await patiently(lambda: look(self._bot, address.chat))

    async def members(self, address: Address) -> int:
        """How many there are in a chat now. Raises `DeliveryError` where nobody can tell."""
        return await patiently(lambda: self._bot.get_chat_member_count(address.chat))

    async def tell(self, person: PersonId, reply: Reply) -> bool:
        try:
            await self.answer(int(person.removeprefix("telegram:")), reply)
        except Refused as error:
            log.warning("a person cannot be told", extra={"why": str(error)})
        except DeliveryError as error:
            log.warning("a person was not told", extra={"why": str(error)})
            return False
        return True

    async def answer(self, chat: int, reply: Reply, to: int | None = None) -> None:
        """Send what a person waits for, under message `to` if given; wait if Telegram asks to.

        Where a picture cannot be drawn its words are sent, which say the same.
        """
        try:
            await patiently(lambda: self._send(To(chat, under=to), reply))
        except BotError as error:
            if reply.picture is None or isinstance(error, DeliveryError):
                raise
            log.exception("a picture could not be drawn")
            await patiently(lambda: self._send(To(chat, under=to), replace(reply, picture=None)))

    async def edit(self, message: Message, reply: Reply) -> None:
        """Show the reply in place of a message of ours, where it can take its place.

        What does not fit follows it; a picture, a poll, a file or a question is a message of its
        own.
        """
        alone = (reply.picture, reply.poll, reply.document)
        apart = reply.asks or any(each is not None for each in alone)
        if apart or message.text is None:
            await self.answer(message.chat_id, reply)
            return
        first, *more = self._as_telegram_has_it(reply)
        await self._edit(first, message.chat_id, message_id=message.message_id)
        if more:
            await patiently(lambda: self._send_all(To(message.chat_id), more))

    async def edit_inline(self, inline_message_id: str, reply: Reply) -> None:
        """Show the reply in place of a message that somebody sent through us."""
        first, *_ = self._as_telegram_has_it(reply)
        await self._edit(first, None, inline_message_id=inline_message_id)

    async def offer(self, query: InlineQuery, offers: Sequence[Offer], ask: str) -> None:
        """Answer an inline query; `ask` is the label of the way to the private chat."""
        results = [
            InlineQueryResultArticle(
                offer.id,
                offer.title,
                InputTextMessageContent(
                    messages(offer.reply)[0],
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                ),
                reply_markup=keyboard(offer.reply, self._bot.username),
                description=offer.description,
            )
            for offer in offers
        ]
        button = InlineQueryResultsButton(ask, start_parameter="inline")
        await patiently(
            lambda: query.answer(results, cache_time=INLINE_CACHE, is_personal=True, button=button)
        )

    async def _edit(self, message: bytes, chat: Chat, **which: object) -> None:
        where = {"chat_id": chat, **which}

        async def edit() -> None:
            try:
                await self._paced(chat, lambda: self._call("editMessageText", message, where))
            except BadRequest as error:
                if "not modified" not in error.message:
                    raise

        await patiently(edit)

    def _as_telegram_has_it(self, reply: Reply) -> list[bytes]:
        if not reply.lasting:
            return self._render(reply)[1]
        made = self._rendered.get(id(reply.blocks), lambda: self._render(reply))
        return made[1] if made[0] is reply.blocks else self._render(reply)[1]

    def _render(self, reply: Reply) -> Rendered:
        """The buttons are under the last message."""
        texts = messages(asking(reply) if reply.asks else reply)
        markup = ForceReply(True) if reply.asks else keyboard(reply, self._bot.username)
        under = {"reply_markup": markup.to_dict()} if markup else {}
        form = WITH_PREVIEW if reply.previews else FORMAT
        sound = {"disable_notification": True} if reply.quiet else {}
        ready: list[dict[str, object]] = [{"text": text, **form, **sound} for text in texts]
        ready[-1] |= under
        return reply.blocks, [json.dumps(each, ensure_ascii=False).encode() for each in ready]

    async def _call(self, method: str, ready: bytes, where: Mapping[str, object]) -> Any:
        """Call a method with an object that is JSON already and lacks only `where`."""
        beginning = json.dumps({name: value for name, value in where.items() if value is not None})
        request = self._bot.request
        assert isinstance(request, SendingRequest)  # noqa: S101  # the bot was built with one
        body = beginning[:-1].encode() + b", " + ready[1:]
        return await request.call(f"{self._bot.base_url}/{method}", body)

    async def _paced(
        self, chat: Chat, call: Callable[[], Awaitable[T]], *, post: bool = False
    ) -> T:
        """The result of a call that sends something, when its turn has come."""
        await (self._pace.post(chat) if post else self._pace.answer(chat))
        try:
            return await call()
        except RetryAfter as error:
            self._pace.stop(chat, span_of(error))
            raise

    async def _amend(self, chat: Chat, reply: Reply, where: dict[str, Any]) -> None:
        """Edit at the pace of posts; a message that says the same already is as it should be."""
        try:
            if isinstance(reply.picture, Photo):
                await self._amend_caption(chat, reply, where)
            elif reply.picture is not None:
                await self._amend_picture(chat, reply, reply.picture, where)
            else:
                first, *_ = self._as_telegram_has_it(reply)
                call = partial(self._call, "editMessageText", first, where)
                await self._paced(chat, call, post=True)
        except BadRequest as error:
            if "not modified" not in error.message:
                raise

    async def _amend_caption(self, chat: Chat, reply: Reply, where: dict[str, Any]) -> None:
        async def call() -> object:
            return await self._bot.edit_message_caption(
                **where,
                caption=caption(reply),
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(reply, self._bot.username),
            )

        await self._paced(chat, call, post=True)

    async def _amend_picture(
        self, chat: Chat, reply: Reply, drawing: Drawing, where: dict[str, Any]
    ) -> None:
        """The picture anew, with its caption; as `_send_picture`, where an id is not known any more
        the picture itself goes."""
        photo = await self._uploads.photo(drawing)
        try:
            edited = await self._amend_media(chat, reply, photo, where)
        except BadRequest as error:
            if isinstance(photo, bytes) or "file identifier" not in error.message:
                raise
            photo = await self._uploads.photo(drawing, anew=True)
            edited = await self._amend_media(chat, reply, photo, where)
        if isinstance(photo, bytes) and isinstance(edited, Message):
            await self._uploads.keep(drawing, edited)

    async def _amend_media(
        self, chat: Chat, reply: Reply, photo: str | bytes, where: dict[str, Any]
    ) -> Message | bool:
        async def call() -> Message | bool:
            media = InputMediaPhoto(photo, caption=caption(reply), parse_mode=ParseMode.HTML)
            under = keyboard(reply, self._bot.username)
            return await self._bot.edit_message_media(media, **where, reply_markup=under)

        return await self._paced(chat, call, post=True)

    async def _send(self, to: To, reply: Reply) -> int:
        """Returns the id of the (first) message."""
        if reply.document is not None:
            return await self._send_document(to, reply, reply.document)
        if isinstance(reply.picture, Photo):
            return await self._send_given(to, reply, reply.picture)
        if reply.picture is not None:
            return await self._send_picture(to, reply, reply.picture)
        if reply.poll is not None:
            return await self._send_with_poll(to, reply, reply.poll)
        return await self._send_all(to, self._as_telegram_has_it(reply))

    async def _send_all(self, to: To, ready: list[bytes]) -> int:
        """Once the first message is out, what fails leaves the rest open: it is not sent anew."""
        first, *more = ready
        sent = await self._send_one(to, first)
        for each in more:
            await _in_part(partial(self._send_one, to, each))
        return int(sent["message_id"])

    async def _send_one(self, to: To, message: bytes) -> Any:
        under = {"message_id": to.under, "allow_sending_without_reply": True} if to.under else None
        where = {"chat_id": to.chat, "message_thread_id": to.thread, "reply_parameters": under}
        call = partial(self._call, "sendMessage", message, where)
        return await self._paced(to.chat, call, post=to.post)

    async def _send_picture(self, to: To, reply: Reply, drawing: Drawing) -> int:
        photo = await self._uploads.photo(drawing)
        try:
            sent = await self._send_photo(to, photo, reply)
        except BadRequest as error:
            if isinstance(photo, bytes) or not _is_of_file(error):
                raise
            photo = await self._uploads.photo(drawing, anew=True)
            sent = await self._send_photo(to, photo, reply)
        if isinstance(photo, bytes):
            await self._uploads.keep(drawing, sent)
        return sent.message_id

    async def _send_given(self, to: To, reply: Reply, photo: Photo) -> int:
        """A picture of which there is nothing but its id: a post without it is refused, whoever
        else waits gets the words."""
        try:
            return (await self._send_photo(to, photo.file_id, reply)).message_id
        except BadRequest as error:
            if not _is_of_file(error):
                raise
            if to.post:
                raise Refused(PHOTO_GONE) from error
        return await self._send_all(to, self._render(replace(reply, picture=None))[1])

    async def _send_photo(self, to: To, photo: str | bytes, reply: Reply) -> Message:
        async def call() -> Message:
            return await self._bot.send_photo(
                to.chat,
                photo,
                caption=caption(reply),
                parse_mode=ParseMode.HTML,
                message_thread_id=to.thread,
                reply_parameters=_under(to.under),
                reply_markup=keyboard(reply, self._bot.username),
            )

        return await self._paced(to.chat, call, post=to.post)

    async def _send_document(self, to: To, reply: Reply, document: Document) -> int:
        async def call() -> Message:
            return await self._bot.send_document(
                to.chat,
                document.raw,
                filename=document.name,
                caption=caption(reply),
                parse_mode=ParseMode.HTML,
                message_thread_id=to.thread,
                reply_parameters=_under(to.under),
                reply_markup=keyboard(reply, self._bot.username),
            )

        sent = await self._paced(to.chat, call, post=to.post)
        return sent.message_id

    async def _send_with_poll(self, to: To, reply: Reply, poll: Poll) -> int:
        """What is said beside a poll goes before it."""
        if not reply.blocks:
            return await self._send_poll(to, reply, poll)
        first = await self._send_all(to, self._render(Reply(reply.blocks))[1])
        await _in_part(lambda: self._send_poll(to, reply, poll))
        return first

    async def _send_poll(self, to: To, reply: Reply, poll: Poll) -> int:
        async def call() -> Message:
            return await self._bot.send_poll(
                to.chat,
                poll.question,
                [InputPollOption(option) for option in poll.options],
                type=PollType.QUIZ,
                correct_option_ids=[poll.answer],  # type: ignore[list-item]  # fewer than twelve
                explanation=poll.explanation,
                message_thread_id=to.thread,
                reply_parameters=_under(to.under),
                reply_markup=keyboard(reply, self._bot.username),
            )

        sent = await self._paced(to.chat, call, post=to.post)
        return sent.message_id


def _is_of_file(error: BadRequest) -> bool:
    """Whether Telegram says that it has no such file (any more)."""
    told = error.message.lower()
    return any(each in told for each in ("file identifier", "file_id", "file_reference"))


def _address(target: str) -> Address:
    address = address_of(target)
    if address is None:
        raise Refused(f"{target} is no chat; name it as @name, by its number, or number/topic")
    return address


async def _in_part(call: Callable[[], Awaitable[object]]) -> None:
    """The rest of what has begun to go out: a failure is one of which nobody knows the extent."""
    try:
        await patiently(call)
    except DeliveryError as error:
        raise DeliveryError(f"only a part was sent: {error}") from error


def _under(message_id: int | None) -> ReplyParameters | None:
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)
