"""Posts on their way to channels: none to a channel that was lost or disabled, and a look at one
that refuses."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from bot.core.channels import Address, Channel, Look, Use, address_of
from bot.core.errors import DeliveryError, Refused, TryLater
from bot.core.people import PersonId
from bot.core.ports import Chats, Messenger, NewUow
from bot.core.replies import Reply

AGAIN = timedelta(seconds=15)
"""Until a post to a paused channel is looked at again."""

Noticed = Callable[[Look], Awaitable[None]]


class ToChannels:
    """The `Messenger` of those who send posts, over that of the platform.

    `noticed` hears how a known channel stands after it refused a post.
    """

    def __init__(
        self, messenger: Messenger, chats: Chats, new_uow: NewUow, noticed: Noticed
    ) -> None:
        self._messenger = messenger
        self._chats = chats
        self._new_uow = new_uow
        self._noticed = noticed

    async def send(self, target: str, reply: Reply, under: int | None = None) -> int:
        """As `Messenger.send`. A post to a paused channel waits, that to a disabled is refused."""
        address = address_of(target)
        if address is None or address.is_person:
            return await self._messenger.send(target, reply, under)
        known = await asyncio.to_thread(self._known, address)
        if known is not None and known.use is Use.DISABLED:
            raise Refused(f"{known.name} was disabled; enable it under /channels")
        if known is not None and not known.takes_posts:
            raise TryLater(AGAIN)
        try:
            return await self._messenger.send(target, reply, under)
        except Refused:
            if known is not None:
                await self._look_again(known)
            raise

    async def amend(self, target: str, message_id: int, reply: Reply) -> None:
        """Also where no more posts go: what stands there is to be right."""
        await self._messenger.amend(target, message_id, reply)

    async def amend_inline(self, inline_id: str, reply: Reply) -> None:
        await self._messenger.amend_inline(inline_id, reply)

    async def tell(self, person: PersonId, reply: Reply) -> bool:
        return await self._messenger.tell(person, reply)

    async def _look_again(self, known: Channel) -> None:
        try:
            look = await self._chats.look(Address(known.chat_id))
        except DeliveryError:
            return
        gone = replace(known.look, present=False, rights=frozenset())
        await self._noticed(look or gone)

    def _known(self, address: Address) -> Channel | None:
        with self._new_uow() as uow:
            return address.among(uow.channels.all())
