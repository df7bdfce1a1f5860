"""Pictures on their way to Telegram: as bytes once, from then on by the id it gave them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from telegram import Message

from bot.core.drawings import Drawing
from bot.core.ports import NewUow
from bot.core.recent import Recent

log = logging.getLogger(__name__)

Draw = Callable[[Drawing], Awaitable[bytes]]

REMEMBERED = 2_000


class Uploads:
    """Knows which drawings Telegram has. Ids belong to one bot, so its id is part of the key.

    What the database cannot say or keep is drawn and uploaded again: an answer never waits for it.
    """

    def __init__(self, draw: Draw, new_uow: NewUow, bot_id: int) -> None:
        self._draw = draw
        self._new_uow = new_uow
        self._bot_id = bot_id
        self._known = Recent[str, str](REMEMBERED)

    async def photo(self, drawing: Drawing, *, anew: bool = False) -> str | bytes:
        """The id of the uploaded picture, or the picture itself; `anew` distrusts the id."""
        key = self._key(drawing)
        if not anew:
            known = self._known.find(key) or await asyncio.to_thread(self._kept, key)
            if known:
                return self._known.get(key, lambda: known)
        return await self._draw(drawing)

    async def keep(self, drawing: Drawing, sent: Message) -> None:
        key, file_id = self._key(drawing), sent.photo[-1].file_id
        self._known.put(key, file_id)
        await asyncio.to_thread(self._keep, key, file_id)

    def _key(self, drawing: Drawing) -> str:
        return f"{self._bot_id}:{drawing.fingerprint}"

    def _kept(self, key: str) -> str | None:
        try:
            with self._new_uow() as uow:
                return uow.uploads.file_id(key)
        except Exception:  # such as a database that is not open yet
            log.info("an uploaded picture could not be looked up", exc_info=True)
            return None

    def _keep(self, key: str, file_id: str) -> None:
        try:
            with self._new_uow() as uow:
                uow.uploads.keep(key, file_id, datetime.now(UTC))
                uow.commit()
        except Exception:
            log.info("an uploaded picture could not be remembered", exc_info=True)
