"""Pictures on their way to Telegram: as bytes once, from then on by the id it gave them."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram import Message

from bot.core.drawings import Drawing
from bot.core.ports import NewUow
from bot.core.recent import Recent
from bot.pictures.version import version

log = logging.getLogger(__name__)

Draw = Callable[[Drawing], Awaitable[bytes]]

REMEMBERED = 2_000

PATIENCE = 10.0
"""Seconds to wait for another's upload of the same picture, which may have come to nothing."""


@dataclass(frozen=True, eq=False)
class _Upload:
    task: asyncio.Task[Any]
    over: asyncio.Event

    async def is_over(self) -> bool:
        """Wait for it; False where it takes too long."""
        try:
            await asyncio.wait_for(self.over.wait(), PATIENCE)
        except TimeoutError:
            return False
        return True


class Uploads:
    """Knows which drawings Telegram has, made by which drawing code. Ids belong to one bot.

    What the database cannot say or keep is drawn and uploaded again: an answer never waits for it.
    Whoever wants a picture that is being uploaded waits for that one.
    """

    def __init__(self, draw: Draw, new_uow: NewUow, bot_id: int) -> None:
        self._draw = draw
        self._new_uow = new_uow
        self._bot_id = bot_id
        self._known = Recent[str, str](REMEMBERED)
        self._uploading: dict[str, _Upload] = {}
        self._writing: set[asyncio.Task[None]] = set()

    async def photo(self, drawing: Drawing, *, anew: bool = False) -> str | bytes:
        """The id of the uploaded picture, or the picture itself; `anew` distrusts the id.

        Who gets the picture itself is expected to send it, and then to call `keep`.
        """
        key = await self._key(drawing)
        if not anew:
            await self._others(key)
            if known := self._known.find(key):
                return known
        self._begin(key)
        if not anew and (kept := await asyncio.to_thread(self._kept, key)):
            self._known.put(key, kept)
            self._end(key)
            return kept
        return await self._draw(drawing)

    async def keep(self, drawing: Drawing, sent: Message) -> None:
        key, file_id = await self._key(drawing), sent.photo[-1].file_id
        self._known.put(key, file_id)
        self._end(key)
        # Nobody's next answer waits for it: the database may be busy.
        writing = asyncio.create_task(asyncio.to_thread(self._keep, key, file_id))
        self._writing.add(writing)
        writing.add_done_callback(self._writing.discard)

    async def _others(self, key: str) -> None:
        """Wait while another task uploads this picture."""
        while (upload := self._uploading.get(key)) and upload.task is not asyncio.current_task():
            if not await upload.is_over():
                return

    def _begin(self, key: str) -> None:
        """From now on others wait for this task, until it has the id or ends without."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a coroutine runs in one
        upload = self._uploading[key] = _Upload(task, asyncio.Event())

        def end(_: object) -> None:
            if self._uploading.get(key) is upload:
                self._end(key)

        task.add_done_callback(end)

    def _end(self, key: str) -> None:
        if upload := self._uploading.pop(key, None):
            upload.over.set()

    async def _key(self, drawing: Drawing) -> str:
        """64 digits."""
        drawn_by = await asyncio.to_thread(version)
        made_of = f"{self._bot_id}:{drawn_by}:{drawing.fingerprint}"
        return hashlib.sha256(made_of.encode()).hexdigest()

    def _kept(self, key: str) -> str | None:
        try:
            with self._new_uow(reading=True) as uow:
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
