"""Sending on Telegram: replies as messages, pictures, quiz polls and inline results."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import (
    Bot,
    ForceReply,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputPollOption,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode, PollType
from telegram.error import BadRequest

from bot.adapters.telegram.failures import patiently, translated
from bot.adapters.telegram.render import asking, caption, keyboard, messages
from bot.adapters.telegram.transport import SendingRequest
from bot.adapters.telegram.uploads import Uploads
from bot.core.drawings import Drawing
from bot.core.errors import BotError, DeliveryError, Refused
from bot.core.people import PersonId
from bot.core.recent import Recent
from bot.core.replies import Block, Offer, Poll, Reply

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
FORMAT = {"parse_mode": ParseMode.HTML.value, "link_preview_options": NO_PREVIEW.to_dict()}

INLINE_CACHE = 30
"""Seconds that Telegram may show the same results again: a correction must not wait longer."""

RECENT = 500
Rendered = tuple[tuple[Block, ...], list[bytes]]
"""The blocks of a reply, and its messages as JSON objects that lack only where they go."""

log = logging.getLogger(__name__)


def person_of(user_id: int) -> PersonId:
    return f"telegram:{user_id}"


class TelegramMessenger:
    """The `Messenger` of `bot.core.ports` on Telegram."""

    def __init__(self, bot: Bot, uploads: Uploads) -> None:
        self._bot = bot
        self._uploads = uploads
        self._rendered = Recent[int, Rendered](RECENT)

    async def send(self, target: str, reply: Reply) -> int:
        chat = target if target.startswith("@") else int(target)
        async with translated():
            return await self._send(chat, reply)

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
            await patiently(lambda: self._send(chat, reply, to))
        except BotError as error:
            if reply.picture is None or isinstance(error, DeliveryError):
                raise
            log.exception("a picture could not be drawn")
            await patiently(lambda: self._send(chat, replace(reply, picture=None), to))

    async def edit(self, message: Message, reply: Reply) -> None:
        """Show the reply in place of a message of ours, where it can take its place.

        What does not fit follows it; a picture, a poll or a question is a message of its own.
        """
        apart = reply.picture is not None or reply.poll is not None or reply.asks
        if apart or message.text is None:
            await self.answer(message.chat_id, reply)
            return
        first, *more = self._as_telegram_has_it(reply)
        await self._edit(first, chat_id=message.chat_id, message_id=message.message_id)
        if more:
            await patiently(lambda: self._send_all(message.chat_id, more, None))

    async def edit_inline(self, inline_message_id: str, reply: Reply) -> None:
        """Show the reply in place of a message that somebody sent through us."""
        first, *_ = self._as_telegram_has_it(reply)
        await self._edit(first, inline_message_id=inline_message_id)

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

    async def _edit(self, message: bytes, **which: object) -> None:
        async def edit() -> None:
            try:
                await self._call("editMessageText", message, which)
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
        ready = [{"text": text, **FORMAT} for text in texts]
        ready[-1] |= under
        return reply.blocks, [json.dumps(each, ensure_ascii=False).encode() for each in ready]

    async def _call(self, method: str, ready: bytes, where: Mapping[str, object]) -> Any:
        """Call a method with an object that is JSON already and lacks only `where`."""
        beginning = json.dumps({name: value for name, value in where.items() if value is not None})
        request = self._bot.request
        assert isinstance(request, SendingRequest)  # noqa: S101  # the bot was built with one
        body = beginning[:-1].encode() + b", " + ready[1:]
        return await request.call(f"{self._bot.base_url}/{method}", body)

    async def _send(self, chat: int | str, reply: Reply, to: int | None = None) -> int:
        """Returns the id of the (first) message."""
        if reply.picture is not None:
            return await self._send_picture(chat, reply, reply.picture, to)
        if reply.poll is not None:
            return await self._send_with_poll(chat, reply, reply.poll, to)
        return await self._send_all(chat, self._as_telegram_has_it(reply), to)

    async def _send_all(self, chat: int | str, ready: list[bytes], to: int | None) -> int:
        """Once the first message is out, what fails leaves the rest open: it is not sent anew."""
        under = {"message_id": to, "allow_sending_without_reply": True} if to else None
        where = {"chat_id": chat, "reply_parameters": under}
        first, *more = ready
        sent = await self._call("sendMessage", first, where)
        for each in more:
            await _in_part(partial(self._call, "sendMessage", each, where))
        return int(sent["message_id"])

    async def _send_picture(
        self, chat: int | str, reply: Reply, drawing: Drawing, to: int | None
    ) -> int:
        photo = await self._uploads.photo(drawing)
        try:
            sent = await self._send_photo(chat, photo, reply, to)
        except BadRequest as error:
            if isinstance(photo, bytes) or "file identifier" not in error.message:
                raise
            photo = await self._uploads.photo(drawing, anew=True)
            sent = await self._send_photo(chat, photo, reply, to)
        if isinstance(photo, bytes):
            await self._uploads.keep(drawing, sent)
        return sent.message_id

    async def _send_photo(
        self, chat: int | str, photo: str | bytes, reply: Reply, to: int | None
    ) -> Message:
        return await self._bot.send_photo(
            chat,
            photo,
            caption=caption(reply),
            parse_mode=ParseMode.HTML,
            reply_parameters=_under(to),
            reply_markup=keyboard(reply, self._bot.username),
        )

    async def _send_with_poll(
        self, chat: int | str, reply: Reply, poll: Poll, to: int | None
    ) -> int:
        """What is said beside a poll goes before it."""
        if not reply.blocks:
            return await self._send_poll(chat, reply, poll, to)
        first = await self._send_all(chat, self._render(Reply(reply.blocks))[1], to)
        await _in_part(lambda: self._send_poll(chat, reply, poll, to))
        return first

    async def _send_poll(self, chat: int | str, reply: Reply, poll: Poll, to: int | None) -> int:
        sent = await self._bot.send_poll(
            chat,
            poll.question,
            [InputPollOption(option) for option in poll.options],
            type=PollType.QUIZ,
            correct_option_ids=[poll.answer],  # type: ignore[list-item]  # fewer than twelve
            explanation=poll.explanation,
            reply_parameters=_under(to),
            reply_markup=keyboard(reply, self._bot.username),
        )
        return sent.message_id


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
