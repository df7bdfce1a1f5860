"""Pictures by drawing: each made once, in a process of its own, and kept while there is room."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections import OrderedDict
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from bot.core.drawings import Drawing
from bot.core.errors import OutsideError

MOST_WAITING = 20
"""Different pictures that wait at once; each takes up to a second."""

_NICENESS = 10


class Gallery:
    """Makes pictures off the event loop, one at a time, and keeps `most_bytes` of them in memory.

    Drawing holds the interpreter for up to a second, so that a thread would stop every answer;
    the process that does it starts with the first picture and yields to all others.
    """

    def __init__(self, most_bytes: int = 24 * 1024 * 1024) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._making: dict[str, asyncio.Task[bytes]] = {}
        self._artist: Executor | None = None

    @property
    def kept_bytes(self) -> int:
        return sum(map(len, self._kept.values()))

    async def png(self, drawing: Drawing) -> bytes:
        """The picture as a PNG. Whoever asks for one that is being made waits for that one.

        Raises `Undrawable` for text that no font of ours has, and `OutsideError` where the process
        was killed (the next picture starts another) or where too many wait already.
        """
        key = drawing.fingerprint
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._making:
            if len(self._making) >= MOST_WAITING:
                raise OutsideError(f"{MOST_WAITING} pictures wait to be drawn; try again later")
            self._making[key] = asyncio.create_task(self._make(key, drawing))
        # Who gives up waiting does not take the picture from the others who wait for it.
        return await asyncio.shield(self._making[key])

    def close(self) -> None:
        """End the drawing process; pictures that are waited for are given up."""
        for task in self._making.values():
            task.cancel()
        self._dismiss()

    async def _make(self, key: str, drawing: Drawing) -> bytes:
        try:
            made = await asyncio.get_running_loop().run_in_executor(self._hire(), _drawn, drawing)
        except BrokenProcessPool as error:
            self._dismiss()
            raise OutsideError(
                "the process that draws pictures was killed: look for a lack of memory"
            ) from error
        finally:
            del self._making[key]
        self._keep(key, made)
        return made

    def _keep(self, key: str, made: bytes) -> None:
        self._kept[key] = made
        while self.kept_bytes > self._most_bytes:
            self._kept.popitem(last=False)

    def _hire(self) -> Executor:
        if self._artist is None:
            # Not forked: this process has threads, whose locks a fork would copy as they are.
            context = multiprocessing.get_context("spawn")
            self._artist = ProcessPoolExecutor(1, context, initializer=_prepare)
        return self._artist

    def _dismiss(self) -> None:
        if self._artist is not None:
            self._artist.shutdown(wait=False, cancel_futures=True)
            self._artist = None


def _drawn(drawing: Drawing) -> bytes:
    from bot.pictures.drawing import png  # which the bot itself need not load

    return png(drawing)


def _prepare() -> None:
    """In the drawing process: give way to others, and end when the bot does, however it ends."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_bot, daemon=True).start()


def _end_with_the_bot() -> None:
    bot = multiprocessing.parent_process()
    if bot is not None:
        bot.join()
        os._exit(0)
