"""Putting right what was sent: an edit, or the correction itself where no edit is possible."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.errors import DeliveryError, NotSent, Refused
from bot.core.ports import Messenger, NewUow
from bot.core.posts import Delivery
from bot.core.replies import Reply

FORGOTTEN = "whoever sent the card had it forgotten"


@dataclass(frozen=True, slots=True)
class Done:
    """The message that shows the correction now; `reason` is why it is another one than before."""

    message_id: int
    reason: str = ""


@dataclass(frozen=True)
class Amender:
    """Edits messages for the sender.

    `replacing` notes in the ledger that a message is about to be sent in place of an edit, and why;
    it raises `NotSent` where that may not be.
    """

    new_uow: NewUow
    messenger: Messenger
    replacing: Callable[[Delivery, str], None]

    async def amend(self, delivery: Delivery, original: int, reply: Reply) -> Done:
        """Raises what `Messenger.send` raises. Of an edit nothing has to be known: what came of it
        does not matter where it is done again. One that was refused is not tried again when the
        message in its place has to wait."""
        if delivery.replaced:
            return await self._send(delivery, original, reply, delivery.reason)
        try:
            await self._edit(delivery, original, reply)
        except Refused as error:
            if delivery.is_inline:
                raise
            await asyncio.to_thread(self.replacing, delivery, str(error))
            return await self._send(delivery, original, reply, str(error))
        except NotSent:
            raise
        except DeliveryError as error:
            raise NotSent(str(error)) from error
        return Done(original)

    async def _edit(self, delivery: Delivery, original: int, reply: Reply) -> None:
        if not delivery.is_inline:
            await self.messenger.amend(delivery.target, original, reply)
            return
        inline_id = await asyncio.to_thread(self._inline_id, original)
        if inline_id is None:
            raise Refused(FORGOTTEN)
        await self.messenger.amend_inline(inline_id, reply)

    async def _send(self, delivery: Delivery, original: int, reply: Reply, why: str) -> Done:
        try:
            sent = await self.messenger.send(delivery.target, reply, original)
        except Refused as error:
            raise Refused(f"not edited ({why}), nor sent anew ({error})") from error
        return Done(sent, why)

    def _inline_id(self, number: int) -> str | None:
        with self.new_uow() as uow:
            return uow.inline_cards.inline_id(number)
