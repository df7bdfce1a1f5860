"""Groups wait until it is known in which of them the bot is switched off."""

import asyncio
from collections import deque
from collections.abc import Callable

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.adapters.telegram.handlers import App, Context

LONGEST_WAIT = 60.0
"""Seconds after which nobody in a group expects an answer any more."""

MOST_WAITING = 1_000


class WaitingRoom:
    """Holds back what comes from groups until `known`, then lets in what is still young."""

    def __init__(self, app: App, known: Callable[[], bool]) -> None:
        self._app = app
        self._known = known
        self._waiting: deque[tuple[float, Update]] = deque(maxlen=MOST_WAITING)
        app.add_handler(TypeHandler(Update, self.on_update), group=-1)

    async def on_update(self, update: Update, _: Context) -> None:
        chat = update.effective_chat
        if self._known() or chat is None or chat.type == ChatType.PRIVATE:
            return
        self._leave_out_the_old()
        self._waiting.append((_seconds(), update))
        raise ApplicationHandlerStop

    def let_in(self) -> None:
        """To be called once it is known; those who wait are answered in the order they came."""
        self._leave_out_the_old()
        while self._waiting:
            _, update = self._waiting.popleft()
            self._app.update_queue.put_nowait(update)

    def _leave_out_the_old(self) -> None:
        while self._waiting and _seconds() - self._waiting[0][0] > LONGEST_WAIT:
            self._waiting.popleft()


def _seconds() -> float:
    return asyncio.get_running_loop().time()
